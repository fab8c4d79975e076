# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Work grows with the list and no faster. Counted in calls of functions: a clock would tell of the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import EventBench
from ansible_collections.streamops.live.tests.unit.support.bench import Bench, Ran

# Each list has the one before in it, and as many entries again.
SIZES = (20, 40, 80)
# Everything happens in one thread, so that all of it is counted; pruning looks at the whole list.
LIST: dict[str, Any] = {"concurrency": 1, "prune": True, "prune_match": "."}
OWN = "/plugins/module_utils/_"
Task = Callable[[Simulator, int], Ran]


def streams(sim: Simulator, count: int) -> Ran:
    wanted = [stream(name=f"s{number}", dvr_window=10) for number in range(count)]
    return Bench(sim).run("streams", streams=wanted, **LIST)


def streams_with_details(sim: Simulator, count: int) -> Ran:
    wanted = [stream(name=f"s{number}", allowed_ips=["192.0.2.1"]) for number in range(count)]
    return Bench(sim).run("streams", streams=wanted, **LIST)


def origins(sim: Simulator, count: int) -> Ran:
    wanted = [origin(host_name=f"o{number}", cpcode=str(800000 + number)) for number in range(count)]
    return Bench(sim).run("origins", origins=wanted, **LIST)


def live_events(sim: Simulator, count: int) -> Ran:
    wanted = [{"ref_id": f"e{number}", "name": f"E{number}", "live_event_profile": "hd"} for number in range(count)]
    return EventBench(sim).run("season", live_events=wanted, **LIST)


@pytest.fixture
def account(sim: Simulator) -> Simulator:
    """A simulator in which origins, streams and live events can be created."""
    contracts = sim.msl.cpcodes[0]["contracts"]
    for number in range(max(SIZES)):
        sim.msl.cpcodes.append({"id": 800000 + number, "name": f"n{number}", "type": "INGEST", "contracts": contracts})
    return sim


def calls_of(task: Task, sim: Simulator, count: int) -> int:
    """How many functions the collection's own code calls for a list of so many.

    In how many parts a socket hands an answer over is nobody's doing here.
    """
    calls = 0

    def note(frame: Any, event: str, _argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call") and OWN in frame.f_code.co_filename

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        ran = task(sim, count)
    finally:
        sys.setprofile(before)
    assert not ran.failed, ran["msg"]
    return calls


@pytest.mark.parametrize("task", [streams, streams_with_details, origins, live_events])
def test_twice_the_list_is_twice_the_work(account: Simulator, task: Task) -> None:
    if task in (streams, streams_with_details):
        account.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    task(account, 1)  # Whatever happens only once in a process.
    half_new, unchanged = [], []
    for size in SIZES:
        half_new.append(calls_of(task, account, size))
        unchanged.append(calls_of(task, account, size))
    # What a task does once is in each count, so that a straight line stays below; a comparison of each entry with each
    # other one would bring both near four.
    assert half_new[2] <= 2.05 * half_new[1]
    assert unchanged[2] - unchanged[1] <= 2.05 * (unchanged[1] - unchanged[0])
