# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converges of origins with their shared keys, and of streams."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ansible_collections.streamops.live.tests.faults.converges import Converge
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import (
    FASTLY,
    PARTNER,
    origin,
    stream,
)

_HIDDEN = "a key that nobody may see"
_SHOWS = ("news", "sport", "music")


def _soon() -> str:
    return (dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=5)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _origin(sim: Simulator) -> None:
    """Keys of three kinds: of a CDN, of a CDN and about to end, of a partner."""
    keys = [
        {
            "name": "l3", "type": "THIRD_PARTY", "cdnCode": "dn002", "key": f"l3: {_HIDDEN}",
            "previousKey": f"old: {_HIDDEN}", "previousKeyExpiryDate": _soon(),
        },
        {"name": "fastly", "type": "THIRD_PARTY", "cdnCode": "dn003", "key": f"fastly: {_HIDDEN}", "expiryDate": _soon()},
        {"name": "partner", "type": "AKAMAI", "key": f"partner: {_HIDDEN}"},
    ]  # fmt: skip
    given: dict[str, Any] = {
        "hostName": "demohost",
        "cpcode": 400001,
        "thirdPartyCdnCpcode": 700001,
        "sharedKeys": keys,
    }
    sim.msl.add_origin(given)


def _streams(sim: Simulator) -> None:
    _origin(sim)
    for name in _SHOWS:
        sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}, "cpcode": 400002})


def _key(sim: Simulator, name: str) -> dict[str, Any]:
    """A key of the only origin; empty where there is none."""
    origins = list(sim.msl.origins.values())
    keys = origins[0]["sharedKeys"] if len(origins) == 1 else []
    return next((key for key in keys if key["name"] == name), {})


def _names(sim: Simulator) -> list[str]:
    return sorted(stream["name"] for stream in sim.msl.streams.values())


def _created(sim: Simulator) -> bool:
    return all(_key(sim, name).get("key") for name in ("fastly", "partner"))


def _rotated(sim: Simulator) -> bool:
    key = _key(sim, "fastly")
    return key.get("previousKey") == f"fastly: {_HIDDEN}" and key["key"] != key["previousKey"]


def _three(**changes: Any) -> dict[str, Any]:
    entries = [stream(name=name, **changes) for name in _SHOWS]
    return {"streams": entries, "concurrency": 1}


def _moved(sim: Simulator) -> bool:
    return len(sim.msl.streams) == 3 and all(one["allowedIps"] == ["192.0.2.9"] for one in sim.msl.streams.values())


_KEYS = ("l3", "fastly", "partner")
_EXISTING = {"host_name": "demohost"}
_ROTATION = {"name": "fastly", "type": "THIRD_PARTY", "rotate": "expiring", "validity": "365d", "grace_period": "7d"}

CONVERGES: tuple[Converge, ...] = (
    Converge("origin created with keys", "msl", "origin", origin(shared_keys=[FASTLY, PARTNER]), _created),
    Converge("origin created, awaited", "msl", "origin", origin(wait=True), lambda sim: len(sim.msl.origins) == 1),
    Converge(
        "key added", "msl", "origin", {**_EXISTING, "shared_keys": [{"name": "new", "type": "THIRD_PARTY", "cdn": "Fastly"}]},
        lambda sim: bool(_key(sim, "new").get("key")), _origin, _KEYS,
    ),
    Converge(
        "key switched off", "msl", "origin", {**_EXISTING, "shared_keys": [{"name": "fastly", "enabled": False}]},
        lambda sim: _key(sim, "fastly").get("enabled") is False, _origin, _KEYS,
    ),
    Converge("key rotated", "msl", "origin", {**_EXISTING, "shared_keys": [_ROTATION]}, _rotated, _origin, ("l3", "partner")),
    Converge(
        "key removed", "msl", "origin", {**_EXISTING, "shared_keys": [{"name": "l3", "state": "absent"}]},
        lambda sim: len(sim.msl.origins) == 1 and not _key(sim, "l3"), _origin, ("fastly", "partner"),
    ),
    Converge(
        "origin deleted", "msl", "origin", {**_EXISTING, "state": "absent"}, lambda sim: not sim.msl.origins, _origin
    ),
    Converge("stream created", "msl", "stream", stream(), lambda sim: _names(sim) == ["news"], _origin, _KEYS),
    Converge(
        "streams created, awaited", "msl", "streams", {**_three(), "wait": True},
        lambda sim: _names(sim) == sorted(_SHOWS), _origin, _KEYS,
    ),
    Converge("streams updated", "msl", "streams", _three(allowed_ips=["192.0.2.9"]), _moved, _streams, _KEYS),
    Converge("streams deleted", "msl", "streams", _three(state="absent"), lambda sim: not sim.msl.streams, _streams, _KEYS),
)  # fmt: skip
