# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two plays that bring the same list about at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.load.forks import Done, side_by_side
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import stream
from ansible_collections.streamops.live.tests.unit.support.sample_tasks import connection

NAMES = [f"show-{number}" for number in range(8)]
# A loser says that somebody else was faster, and nothing else.
CONNECTIONS: dict[str, Callable[[Simulator], dict[str, Any]]] = {
    "streams": lambda sim: connection(sim, "msl_streams"),
    "season": lambda sim: {**connection(sim, "smartstream_live_events"), "requests_per_minute": 0},
}
LOST = {"conflict", "not_found"}


def streams(**changes: Any) -> dict[str, Any]:
    return {"streams": [stream(name=name, **changes) for name in NAMES]}


def seed(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost"})


def both(sim: Simulator, task: str, options: dict[str, Any], folder: Path) -> list[Done]:
    """Two plays at once, then one alone, which must find or bring about what is wanted, and one that finds it."""
    sim.settings.latency = 0.02
    given = {**CONNECTIONS[task](sim), **options}
    racing = side_by_side(task, [given, given], folder)
    assert {one.values["error"]["kind"] for one in racing if one.failed} <= LOST, [
        one.values.get("msg") for one in racing
    ]
    (after,) = side_by_side(task, [given], folder)
    assert not after.failed, after.values["msg"]
    (again,) = side_by_side(task, [given], folder)
    assert (again.failed, again.values["changed"]) == (False, False)
    return racing


def names(resources: dict[Any, dict[str, Any]], member: str) -> Counter[str]:
    return Counter(str(one[member]) for one in resources.values())


@pytest.mark.parametrize("unique", [True, False], ids=["ref_ids are unique", "ref_ids are not unique"])
def test_live_events_are_created_once(sim: Simulator, tmp_path: Path, unique: bool) -> None:
    sim.settings.smartstream.unique_ref_ids = unique
    season = [{"ref_id": name, "name": name, "live_event_profile": "hd"} for name in NAMES]
    both(sim, "season", {"live_events": season}, tmp_path)
    assert names(sim.smartstream.live_events, "ref_id") == Counter(NAMES)


def test_streams_are_created_once(sim: Simulator, tmp_path: Path) -> None:
    seed(sim)
    both(sim, "streams", streams(), tmp_path)
    assert names(sim.msl.streams, "name") == Counter(NAMES)


def test_streams_are_updated_to_the_same(sim: Simulator, tmp_path: Path) -> None:
    seed(sim)
    for name in NAMES:
        sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}, "cpcode": 400002})
    racing = both(sim, "streams", streams(allowed_ips=["192.0.2.9"]), tmp_path)
    assert not any(one.failed for one in racing)
    assert all(one["allowedIps"] == ["192.0.2.9"] for one in sim.msl.streams.values())


def test_streams_are_deleted_by_both(sim: Simulator, tmp_path: Path) -> None:
    seed(sim)
    for name in NAMES:
        sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}, "cpcode": 400002})
    racing = both(sim, "streams", {"streams": [{"name": name, "state": "absent"} for name in NAMES]}, tmp_path)
    assert not any(one.failed for one in racing)
    assert sim.msl.streams == {}
