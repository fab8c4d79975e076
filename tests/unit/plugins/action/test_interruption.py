# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module in a process of its own that is told to stop in the middle of its writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.deadline import TIME_LIMIT, stop_in_time
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

STREAM = {"format": "HLS", "cpcode": "400002", "encoder_zone": "EUROPE", "origin": {"host_name": "demohost"}}
ENTRIES = [{"name": f"s{number}", **STREAM} for number in range(50)]
PROGRAM = """
import json, sys
from ansible_collections.streamops.live.plugins.modules import msl_streams
from ansible_collections.streamops.live.tests.unit.support.modules import module_arguments
with module_arguments(json.load(sys.stdin)):
    msl_streams.main()
"""


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(Settings().without_budget()) as simulator:
        simulator.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
        yield simulator


def test_a_module_whose_task_has_no_time_left_writes_nothing_and_says_so(sim: Simulator) -> None:
    child = subprocess.run(
        [sys.executable, "-c", PROGRAM], input=json.dumps({**sim.credentials, "streams": ENTRIES}),
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": "/nonexistent", TIME_LIMIT: "0"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    result = json.loads(child.stdout.splitlines()[-1])
    assert (result["failed"], result["actions"], sim.writes) == (True, [], [])
    assert "interrupted" in result["msg"]


@pytest.mark.parametrize("limit", ["", "soon", None])
def test_without_a_time_limit_nobody_is_stopped(limit: str | None) -> None:
    stop = threading.Event()
    stop_in_time({} if limit is None else {TIME_LIMIT: limit}, stop)
    assert not stop.wait(0.05)


@pytest.mark.parametrize(("limit", "stops_at"), [("60", 58), ("4.0", 2), ("2", 1), ("0.4", 0.2), ("0", 0), ("-1", 0)])
def test_a_short_limit_leaves_half_of_it_to_work(monkeypatch: pytest.MonkeyPatch, limit: str, stops_at: float) -> None:
    set_to: list[float] = []
    monkeypatch.setattr(
        threading, "Timer", lambda seconds, _ring: SimpleNamespace(start=lambda: set_to.append(seconds))
    )
    stop_in_time({TIME_LIMIT: limit}, threading.Event())
    assert set_to == [stops_at]


def interrupted(sim: Simulator, number: int, after: int, **options: Any) -> dict[str, Any]:
    """Run the module and send it a signal when so many streams have been asked for."""
    child = subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "HOME": "/nonexistent"},
    )  # fmt: skip
    assert child.stdin is not None
    child.stdin.write(json.dumps({**sim.credentials, "streams": ENTRIES, **options}))
    child.stdin.close()
    child.stdin = None
    deadline = time.monotonic() + 60
    while len(sim.writes) < after and time.monotonic() < deadline and child.poll() is None:
        time.sleep(0.005)
    child.send_signal(number)
    output, errors = child.communicate(timeout=60)
    assert output, errors
    result: dict[str, Any] = json.loads(output.splitlines()[-1])
    return result


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_no_write_begins_after_the_signal_and_the_next_run_does_the_rest(sim: Simulator, number: int) -> None:
    sim.faults.add("slow", "POST", "/streams", times=None, seconds=0.2)
    result = interrupted(sim, number, after=10)
    assert result["failed"]
    # Those that were under way end; eight are side by side.
    assert 10 <= len(sim.writes) < len(ENTRIES)
    assert result["actions"] == ["create"] * len(sim.writes)
    assert result["changed"]
    by_name = {one["stream"].get("name"): one for one in result["streams"] if one["actions"]}
    assert len(by_name) == len(sim.writes)
    assert "interrupted" in result["msg"]
    done = len(sim.writes)
    sim.faults.clear()
    rest = Bench(sim).run("streams", streams=ENTRIES)
    assert (rest.failed, rest["actions"]) == (False, ["create"] * (50 - done))
    assert sorted(one["name"] for one in sim.msl.streams.values()) == sorted(one["name"] for one in ENTRIES)


def test_a_wait_ends_at_the_signal(sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    result = interrupted(sim, signal.SIGTERM, after=1, streams=ENTRIES[:1], wait=True, wait_interval=3000)
    assert (result["failed"], result["actions"]) == (True, ["create"])
