# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tasks that read and write every kind of resource, each with what is there before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import (
    FASTLY,
    PARTNER,
    origin,
    stream,
)

Scene = tuple[str, dict[str, Any], Callable[[Simulator], Any]]


def _account(sim: Simulator) -> None:
    keys = [
        {
            "name": "fastly",
            "type": "THIRD_PARTY",
            "cdnCode": "dn003",
            "key": "the-key",
            "expiryDate": "2030-01-01T00:00:00Z",
        },
        {"name": "partner", "type": "AKAMAI", "key": "another-key"},
    ]
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001, "thirdPartyCdnCpcode": 700001, "sharedKeys": keys})
    for name in ("news", "sport", "music"):
        auth = {"username": "encoder", "password": "digest-word", "algorithm": "MD5"}
        sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}, "cpcode": 400002, "streamAuth": auth})


def _merchant(sim: Simulator) -> None:
    for name in ("show", "other", "third"):
        sim.smartstream.add_live_event({"ref_id": name, "name": name.title()})


_EVENT = {"ref_id": "new", "name": "New", "live_event_profile": "HD 1080p"}
_ROTATION = {"name": "fastly", "rotate": "always", "validity": "300d"}
_DIGEST = {"username": "encoder", "password": "new-word", "algorithm": "MD5"}

SCENES: dict[str, Scene] = {
    "origin created": ("origin", origin(host_name="fresh", shared_keys=[FASTLY, PARTNER], wait=True), _account),
    "origin by names": ("origin", origin(host_name="fresh", cpcode="ingest-1", third_party_cdn_cpcode="third-party-1"), _account),
    "keys changed": ("origin", {"host_name": "demohost", "shared_keys": [_ROTATION, {**PARTNER, "rotate": "always"}]}, _account),
    "origin deleted": ("origin", {"host_name": "demohost", "state": "absent"}, _account),
    "origins": ("origins", {"origins": [{"host_name": "demohost", "details": True}, {"host_name": "b", "state": "absent"}]}, _account),
    "stream created": ("stream", stream(name="fresh", wait=True), _account),
    "stream updated": ("stream", {"name": "news", "allowed_ips": ["192.0.2.9"], "stream_auth": _DIGEST, "update_unreadable": "always"}, _account),
    "streams": ("streams", {"streams": [stream(name=name, allowed_ips=["192.0.2.9"]) for name in ("news", "sport", "fresh")], "wait": True}, _account),
    "streams pruned": ("streams", {"streams": [{"name": "news"}], "prune": True, "prune_match": "."}, _account),
    "CP code": ("cpcode", {"name": "fresh", "contract_id": "C-1"}, _account),
    "facts": ("facts", {"details": True}, _account),
    "event created": ("live_event", {**_EVENT, "state": "started", "wait": True}, _merchant),
    "event updated": ("live_event", {"ref_id": "show", "description": "x", "live_encode_start_at": "2034-01-01T00:00:00Z"}, _merchant),
    "event by name": ("live_event", {"name": "Show", "state": "reset", "reset_pending": True}, _merchant),
    "event deleted": ("live_event", {"ref_id": "show", "state": "absent", "wait": True}, _merchant),
    "season": ("season", {"live_events": [{**_EVENT, "ref_id": name} for name in ("show", "a", "b")], "wait": True}, _merchant),
    "season pruned": ("season", {"live_events": [{"ref_id": "show"}], "prune": True, "prune_match": "."}, _merchant),
    "event list": ("live_events", {}, _merchant),
    "profile list": ("live_event_profiles", {}, _merchant),
    "token": ("access_token", {}, _merchant),
}  # fmt: skip
