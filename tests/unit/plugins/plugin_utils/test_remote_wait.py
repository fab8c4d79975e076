# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a module on another machine, by short calls: the module is the real task, run here with a scripted clock."""

from __future__ import annotations

import contextlib
import copy
import math
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.plugins.module_utils._module import (
    msl_cpcode,
    msl_origins,
    msl_stream,
    msl_streams,
)
from ansible_collections.streamops.live.plugins.module_utils._module.task import failure, run
from ansible_collections.streamops.live.plugins.plugin_utils.remote_wait import Wait, wait_in_sight, wait_of
from ansible_collections.streamops.live.tests.simulator import Provisioning, Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

TASKS = {"stream": msl_stream.TASK, "streams": msl_streams.TASK}
STREAM = {"format": "HLS", "cpcode": "400001", "encoder_zone": "EUROPE", "origin": {"host_name": "demohost"}}


class RingingClock(SkippingClock):
    """Does something at an instant, and ends the sleep over which it comes."""

    def __init__(self) -> None:
        super().__init__()
        self._bell: tuple[float, Callable[[], None]] | None = None

    def at(self, instant: float, ring: Callable[[], None]) -> None:
        self._bell = instant, ring

    def sleep(self, seconds: float, stop: threading.Event | None = None) -> None:
        bell = self._bell
        if bell is not None and self.monotonic() + seconds >= bell[0]:
            seconds = max(0.0, bell[0] - self.monotonic())
            bell[1]()
        super().sleep(seconds, stop)


class Remote:
    """A machine on which the module runs: each call begins anew, but for the clock and the service."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.clock = RingingClock()
        self.limit = math.inf
        self.calls: list[dict[str, Any]] = []
        self.lines: list[str] = []
        self.tell = self.lines.append
        self.warnings: list[list[str]] = []
        self.stop_after: float | None = None

    def execute(self, task: Any, arguments: dict[str, Any]) -> dict[str, Any]:
        self.calls.append(arguments)
        validated = ArgumentSpecValidator(task.spec).validate(copy.deepcopy(arguments))
        assert not validated.error_messages
        context = Context(environment={"HOME": "/nonexistent"}, clock=self.clock)
        if self.stop_after is not None:
            self.clock.at(self.stop_after, context.stop.set)
        result = run(task, validated.validated_parameters, context)
        values = {**result.values, "invocation": {"module_args": validated.validated_parameters}}
        return {**values, "failed": True} if result.failed else values

    def wait_in_one_call(self, kind: str, **options: Any) -> dict[str, Any]:
        """The same task as it is in the controller."""
        return self.execute(TASKS[kind], {**self.sim.credentials, "wait": True, **options})

    def wait(self, kind: str, **options: Any) -> dict[str, Any]:
        """One task with ``wait``, divided as the action plugin does it."""
        task, arguments = TASKS[kind], {**self.sim.credentials, "wait": True, **options}
        wait = wait_of(arguments, task)
        assert wait is not None
        return wait_in_sight(
            lambda given: self.execute(task, given),
            arguments,
            wait,
            connection=set(self.sim.credentials) | {"retries"},
            tell=self.tell,
            warn_of_interruption=self.warnings.append,
            time_left=lambda: self.limit - self.clock.monotonic(),
            now=self.clock.monotonic,
            sleep=self.clock.sleep,
        )

    @property
    def requests(self) -> list[str]:
        return [f"{request.method} {request.path}" for request in self.sim.requests]


@contextlib.contextmanager
def service() -> Iterator[Simulator]:
    settings = Settings(seed=1, provisioning=Provisioning(reads=8)).without_budget()
    with Simulator(settings) as simulator:
        simulator.msl.add_origin({"hostName": "demohost", "encoderZone": "EUROPE", "cpcode": 400001})
        yield simulator


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with service() as simulator:
        yield simulator


@pytest.fixture
def remote(sim: Simulator) -> Remote:
    return Remote(sim)


def test_one_stream_is_created_once_and_waited_for_in_short_calls(remote: Remote, sim: Simulator) -> None:
    result = remote.wait("stream", name="news", **STREAM)
    assert not result.get("failed"), result["msg"]
    assert (result["changed"], result["actions"], len(sim.writes)) == (True, ["create"], 1)
    assert result["stream"]["provision_detail"]["status"] == "PROVISIONED"
    assert (result["diff"]["before"], result["diff"]["after"]["name"]) == ({}, "news")
    assert result["diff"]["after_header"] == "stream 'news'"
    assert result["api_calls"] == len(sim.requests)
    assert result["invocation"]["module_args"]["wait_timeout"] == 10800
    assert len(remote.calls) > 2
    assert all(set(call) <= {*sim.credentials, "id", "wait", "wait_timeout"} for call in remote.calls[1:])


def test_lines_tell_what_is_new_and_otherwise_every_five_minutes(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    result = remote.wait("stream", name="news", wait_timeout=3600, **STREAM)
    assert (result["failed"], result["error"]["kind"]) == (True, "timeout")
    assert 11 <= len(remote.lines) <= 13
    assert remote.lines[0] == "Waiting: stream 'news' is PENDING; 60 s so far, giving up after 3600 s."
    assert 3600 <= remote.clock.monotonic() < 3720
    assert f"Cannot wait for stream 'news': it is still PENDING after {remote.clock.monotonic():.0f} s" in result["msg"]
    assert result["actions"] == ["create"]


def test_what_ansible_made_of_a_call_that_is_one_of_several_is_left_out() -> None:
    late = {"failed": True, "msg": "x", "error": {"kind": "timeout"}, "stream": {"id": 1}, "exception": "x"}
    done = {"changed": False, "stream": {"id": 1}, "exception": "y"}
    calls = iter([late, done])
    result = wait_in_sight(
        lambda _given: next(calls), {}, Wait("stream", 100, 1),
        connection=(), tell=lambda _line: None, warn_of_interruption=lambda _done: None,
    )  # fmt: skip
    assert "exception" not in result


def test_lines_call_a_resource_as_the_task_does() -> None:
    origin = {"id": 1, "host_name": "001-dn001-neworg.akamaiorigin.net", "status": "PENDING"}
    msg = "Cannot wait for origin 'neworg': it is still PENDING after 60 s."
    calls = iter([{"failed": True, "msg": msg, "error": {"kind": "timeout"}, "origin": origin}, {"origin": origin}])
    lines: list[str] = []
    wait_in_sight(
        lambda _given: next(calls), {}, Wait("origin", 100, 1),
        connection=(), tell=lines.append, warn_of_interruption=lambda _done: None,
    )  # fmt: skip
    assert [line.partition(";")[0] for line in lines] == ["Waiting: origin 'neworg' is PENDING"]


def test_what_has_failed_is_not_waited_for_in_words_either(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.fail = "^s1$"
    entries = [{"name": f"s{number}", **STREAM} for number in range(3)]
    result = remote.wait("streams", streams=entries, continue_on_error=True)
    assert "stream 's1'" in result["msg"]
    assert "unknown" not in " ".join(remote.lines)


def test_many_are_asked_for_by_the_list(remote: Remote, sim: Simulator) -> None:
    result = remote.wait("streams", streams=[{"name": f"s{number}", **STREAM} for number in range(20)])
    assert not result.get("failed"), result.get("msg")
    assert result["actions"] == ["create"] * 20
    assert [one["actions"] for one in result["streams"]] == [["create"]] * 20
    assert {one["stream"]["provision_detail"]["status"] for one in result["streams"]} == {"PROVISIONED"}
    assert "20 PENDING" in remote.lines[0]
    begun = max(index for index, line in enumerate(remote.requests) if line.startswith("POST"))
    # Each was read back once; all that follows is the list.
    later = remote.requests[begun:]
    assert len([line for line in later if line.startswith("GET /streams/")]) <= 20
    assert len([line for line in later if line == "GET /streams"]) <= 2 * len(remote.calls)


def test_several_are_returned_as_after_a_wait_in_one_call(remote: Remote) -> None:
    """Later calls look by the list, which shows less than the first call has read."""
    entries = [{"name": f"s{number}", **STREAM} for number in range(3)]
    divided = remote.wait("streams", streams=entries)
    with service() as another:
        whole = Remote(another).wait_in_one_call("streams", streams=entries)
    assert len(remote.calls) > 1
    assert [set(one["stream"]) for one in divided["streams"]] == [set(one["stream"]) for one in whole["streams"]]
    assert "contract_id" in divided["streams"][0]["stream"]


def test_one_of_several_that_vanishes_is_not_waited_for_to_the_end(remote: Remote, sim: Simulator) -> None:
    entries = [{"name": f"s{number}", **STREAM} for number in range(4)]
    told = remote.lines.append

    def vanish(line: str) -> None:
        told(line)
        for number in [one for one, stream in sim.msl.streams.items() if stream["name"] == "s2"]:
            del sim.msl.streams[number]

    remote.tell = vanish
    result = remote.wait("streams", streams=entries, continue_on_error=True)
    assert [one.get("error", {}).get("kind") for one in result["streams"]] == [None, None, "not_found", None]
    assert (result["streams"][2]["stream"], result["streams"][2]["actions"]) == ({}, ["create"])
    assert remote.clock.monotonic() < 1800


def test_entries_that_failed_do_not_end_the_wait_for_the_others(remote: Remote, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "s0", "cpcode": 400002})
    entries = [{"name": f"s{number}", **STREAM} for number in range(4)]
    sim.settings.provisioning.fail = "^s2$"
    result = remote.wait("streams", streams=entries, continue_on_error=True)
    assert [one.get("error", {}).get("kind") for one in result["streams"]] == [
        "immutable", None, "provisioning_failed", None,
    ]  # fmt: skip
    assert (result["failed"], result["changed"], result["error"]["kind"]) == (True, True, "immutable")
    assert result["msg"].startswith("2 of 4 streams failed: ")


def test_passing_trouble_is_endured(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 3
    sim.faults.add("status", "GET", "/streams", skip=4, times=6, status=503)
    result = remote.wait("stream", name="news", retries=0, **STREAM)
    assert not result.get("failed"), result["msg"]
    assert result["stream"]["provision_detail"]["status"] == "PROVISIONED"


def test_trouble_that_lasts_ends_with_the_timeout(remote: Remote, sim: Simulator) -> None:
    sim.faults.add("status", "GET", "/streams", skip=3, times=None, status=503)
    result = remote.wait("stream", name="news", retries=0, wait_timeout=600, **STREAM)
    assert (result["failed"], result["error"]["kind"], result["changed"]) == (True, "timeout", True)
    assert 600 <= remote.clock.monotonic() < 780


@pytest.mark.parametrize("kind", ["stream", "streams"])
@pytest.mark.parametrize("instant", [30.0, 90.0])
def test_no_call_follows_one_that_was_interrupted(remote: Remote, sim: Simulator, kind: str, instant: float) -> None:
    sim.settings.provisioning.reads = 10_000
    remote.stop_after = instant
    entries = [{"name": f"s{number}", **STREAM} for number in range(3)]
    result = remote.wait(kind, **({"streams": entries} if kind == "streams" else entries[0]))
    assert (len(remote.calls), remote.clock.monotonic()) == (1 + instant // 60, instant)
    assert (result["failed"], result["error"]["kind"]) == (True, "timeout")
    assert result["actions"] == ["create"] * len(sim.msl.streams)
    assert (
        "Cannot wait for stream 's0': the task was interrupted while it waited, and it was PENDING then."
        in result["msg"]
    )


def test_a_call_that_was_interrupted_before_it_looked_is_the_last(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    execute = remote.execute

    def stopped(task: Any, arguments: dict[str, Any]) -> dict[str, Any]:
        if not remote.calls:
            return execute(task, arguments)
        remote.calls.append(arguments)
        interrupted = Context()
        interrupted.stop.set()
        with pytest.raises(Interrupted) as raised:
            interrupted.go_on()
        return {"failed": True, **failure(raised.value, 0, interrupted)}

    remote.execute = stopped  # type: ignore[method-assign]
    result = remote.wait("stream", name="news", **STREAM)
    assert (len(remote.calls), result["actions"], result["stream"]["name"]) == (2, ["create"], "news")
    assert "Cannot wait for stream 'news': the task was interrupted" in result["msg"]


def test_what_was_done_is_returned_before_the_time_limit_of_the_task(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    remote.limit = 61.5
    result = remote.wait("streams", streams=[{"name": f"s{number}", **STREAM} for number in range(3)])
    assert (len(remote.calls), result["actions"], result["changed"]) == (1, ["create"] * 3, True)
    assert result["msg"].startswith("3 of 3 streams failed: Cannot wait for stream 's0': the task was interrupted")


def test_what_was_done_is_told_where_there_is_no_result(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000

    def ended(_line: str) -> None:
        raise KeyboardInterrupt

    remote.tell = ended
    with pytest.raises(KeyboardInterrupt):
        remote.wait("streams", streams=[{"name": f"s{number}", **STREAM} for number in range(2)])
    assert remote.warnings == [["create stream 's0'", "create stream 's1'"]]


def test_a_failure_of_provisioning_is_the_service_s_own(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.fail = True
    result = remote.wait("stream", name="news", **STREAM)
    assert (result["failed"], result["error"]["kind"]) == (True, "provisioning_failed")
    assert "Stream provisioning failed" in result["msg"]


def test_a_failure_of_the_first_call_is_the_result(remote: Remote, sim: Simulator) -> None:
    result = remote.wait("stream", name="not a name", **STREAM)
    assert (result["error"]["kind"], len(remote.calls), remote.lines) == ("invalid", 1, [])


@pytest.mark.parametrize(
    ("task", "arguments"),
    [
        (msl_stream.TASK, {}),
        (msl_stream.TASK, {"wait": "no"}),
        (msl_cpcode.TASK, {"wait": True}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 60}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 0}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": "long"}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 600.5}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": float("inf")}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 100, "wait_interval": "120"}),
        (msl_stream.TASK, {"wait": True, "state": "absent"}),
        (msl_streams.TASK, {"wait": True, "streams": [{"id": 1}, {"id": 2, "state": "absent"}]}),
        (msl_origins.TASK, {"wait": True, "origins": [], "prune": True}),
    ],
)
def test_what_is_not_divided(task: Any, arguments: dict[str, Any]) -> None:
    assert wait_of(arguments, task) is None


def test_times_may_be_texts() -> None:
    given = {"wait": "yes", "wait_timeout": "600", "wait_interval": "90"}
    assert wait_of(given, msl_stream.TASK) == Wait("stream", 600, 90)
    assert wait_of({**given, "wait_timeout": "9" * 400}, msl_stream.TASK) == Wait("stream", 10**9, 90)
    assert wait_of({"wait": True}, msl_streams.TASK) == Wait("streams", 10800, 60)
