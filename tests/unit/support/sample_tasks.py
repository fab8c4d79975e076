# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that together return everything a module can return; what they return is held against the documentation.

A new module gets a row in TASKS, and in PREPARED where its tasks or its examples find something there.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from ansible_collections.streamops.live.tests.simulator import (
    Provisioning,
    Settings,
    Simulator,
    SmartstreamSettings,
    Transition,
)

Options = dict[str, Any]

ORIGIN: Options = {
    "host_name": "news", "cpcode": 400001, "encoder_zone": "EUROPE", "backup_encoder_zone": "NORDICS",
    "third_party_cdn_cpcode": 700001,
    "shared_keys": [
        {"name": "fastly", "cdn": "Fastly", "validity": "9d", "rotate": "always"},
        {"name": "partner", "type": "AKAMAI"},
    ],
}  # fmt: skip
_STREAM: Options = {
    "format": "HLS", "cpcode": 400001, "encoder_zone": "EUROPE", "backup_encoder_zone": "NORDICS",
    "origin": {"host_name": "news", "cpcode": 400001}, "primary_ingest_locations": {"country_name": "Germany"},
    "backup_ingest_locations": {"country_name": "Sweden"}, "ingest_accelerated": True, "password": "not-shown",
    "stream_auth": {"username": "encoder", "password": "not-shown", "algorithm": "SHA256"},
    "storage_group": {"cpcode": 600001}, "backup_storage_group": {"cpcode": 600002},
}  # fmt: skip
# One for each way to archive, since each has members of its own.
STREAMS: list[Options] = [
    {**_STREAM, "name": "events", "dvr_window": -1, "events": [{"event": "evening", "age": 7}]},
    {**_STREAM, "name": "purged", "dvr_window": -1, "stream_level_purge_days": 30},
    {
        **_STREAM, "name": "on-demand", "active_archive_duration_in_days": 14,
        "vod_origin": {"cpcode": 600001, "name": "vod-1"},
    },
]  # fmt: skip
# Does not exist, and lacks what a creation needs.
_INCOMPLETE_ORIGIN, _INCOMPLETE_STREAM = {"host_name": "other"}, {"name": "other"}

_SHOW: Options = {
    "ref_id": "evening-show", "name": "Evening show", "live_event_profile": "hd",
    "live_encode_start_at": "2034-12-31T20:00:00+09:00", "live_encode_end_at": "2034-12-31T22:00:00+09:00",
}  # fmt: skip
_STARTED: Options = {"ref_id": "evening-show", "state": "started"}
# It runs and goes on running, so that the deletion is pending at the end of the wait.
_ENDED: Options = {"ref_id": "evening-show", "state": "absent", "force": True}
_NO_WAIT: Options = {"wait": True, "wait_timeout": 0}
# The service goes on showing one, and goes on provisioning the other: see PREPARED.
_LINGERING: Options = {"state": "absent"}
_CHANGED_TOO_EARLY: Options = {"name": "pending", "dvr_window": 20}
_WRONG_PASSWORD = {"password": "not-the-password"}

#: Module -> its tasks, at least one of which fails.
TASKS: dict[str, list[Options]] = {
    "msl_cpcode": [{"name": "news", "contract_id": "C-0N7RAC7"}, {"name": "news", "contract_id": "unknown"}],
    "msl_facts": [{}, {"details": True}, {"stream_ids": [1]}],
    "msl_origin": [
        {**ORIGIN, "reveal_secrets": True},
        _INCOMPLETE_ORIGIN,
        {"host_name": "lingering", **_LINGERING, **_NO_WAIT},
    ],
    "msl_origins": [
        {"origins": [ORIGIN, _INCOMPLETE_ORIGIN], "continue_on_error": True},
        {"origins": [{"host_name": "lingering", **_LINGERING}], **_NO_WAIT},
    ],
    "msl_stream": [
        *STREAMS,
        _INCOMPLETE_STREAM,
        {"name": "lingering", **_LINGERING, **_NO_WAIT},
        {**_CHANGED_TOO_EARLY, **_NO_WAIT},
    ],
    "msl_streams": [
        {"streams": [*STREAMS, _INCOMPLETE_STREAM], "continue_on_error": True},
        {"streams": [{"name": "lingering", **_LINGERING}, _CHANGED_TOO_EARLY], "continue_on_error": True, **_NO_WAIT},
        {"streams": [_CHANGED_TOO_EARLY], **_NO_WAIT},
    ],
    "smartstream_live_event": [_SHOW, _STARTED, {"ref_id": "other"}, {**_ENDED, **_NO_WAIT}],
    "smartstream_live_event_info": [{}, _WRONG_PASSWORD],
    "smartstream_live_event_profile_info": [{}, _WRONG_PASSWORD],
    "smartstream_live_events": [
        {"live_events": [_SHOW, {"ref_id": "other"}], "continue_on_error": True},
        {"live_events": [_STARTED]},
        {"live_events": [_ENDED], **_NO_WAIT},
    ],
    "smartstream_token": [{}, _WRONG_PASSWORD],
}
#: Modules that only read.
READERS = {
    "msl_facts",
    "smartstream_live_event_info",
    "smartstream_live_event_profile_info",
    "smartstream_token",
}


def _one_stream(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "news", "encoderZone": "EUROPE", "cpcode": 400001})
    sim.msl.add_stream({"name": "morning", "origin": {"hostName": "news"}})


def _one_show(sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "evening-show", "name": "Evening show"})


def _one_lingering_origin(sim: Simulator) -> None:
    number = sim.msl.add_origin({"hostName": "lingering"})
    sim.faults.add("status", "DELETE", f"/origins/{number}$", times=None, status=202)


def _one_lingering_and_one_pending_stream(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "busy", "encoderZone": "EUROPE", "cpcode": 400002})
    lingering, pending = (
        sim.msl.add_stream({"name": name, "format": "HLS", "origin": {"hostName": "busy"}, "dvrWindow": 10})
        for name in ("lingering", "pending")
    )

    def unfinished(body: Any) -> Any:
        return {**body, "provisionDetail": {"status": "PENDING"}}

    sim.faults.add("status", "DELETE", f"/streams/{lingering}$", times=None, status=202)
    sim.faults.add("call", "GET", f"/streams/{pending}$", times=None, rewrite=unfinished)


#: Plugin -> what its tasks and examples find there.
PREPARED: dict[str, Callable[[Simulator], None]] = {
    "msl_facts": _one_stream,
    "msl_origin": _one_lingering_origin,
    "msl_origins": _one_lingering_origin,
    "msl_publishing_urls": _one_stream,
    "msl_stream": _one_lingering_and_one_pending_stream,
    "msl_streams": _one_lingering_and_one_pending_stream,
    "smartstream_live_event_info": _one_show,
}


def done_at_once() -> Settings:
    """A service without request budgets that has done everything by the time it is asked."""
    at_once = SmartstreamSettings(start=Transition(reads=0), stop=Transition(reads=0))
    return Settings(provisioning=Provisioning(reads=0), smartstream=at_once).without_budget()


def prepare(sim: Simulator, plugin: str) -> None:
    """Put what a plugin's tasks and examples take for granted into an empty simulator."""
    if plugin in PREPARED:
        PREPARED[plugin](sim)


def connection(sim: Simulator, module: str) -> Options:
    """Connection options for the simulator."""
    if module.startswith("msl_"):
        return dict(sim.credentials)
    merchant = sim.smartstream
    names = ("merchant_id", "mail_address", "password", "api_key")
    return {"api_url": sim.url, **{name: getattr(merchant, name) for name in names}}


def tasks(sim: Simulator, module: str) -> list[Options]:
    """The options of a module's tasks, connection included."""
    return [{**connection(sim, module), **copy.deepcopy(options)} for options in TASKS[module]]
