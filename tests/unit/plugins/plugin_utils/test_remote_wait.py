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
from ansible_collections.streamops.live.plugins.module_utils._core.wait_part import FOR_NEXT_CALL, WaitPart
from ansible_collections.streamops.live.plugins.module_utils._module import (
    msl_cpcode,
    msl_origin,
    msl_stream,
    msl_streams,
    smartstream_live_event,
    smartstream_live_events,
)
from ansible_collections.streamops.live.plugins.module_utils._module.task import failure, run
from ansible_collections.streamops.live.plugins.plugin_utils._divided_wait import Wait, wait_of
from ansible_collections.streamops.live.plugins.plugin_utils.remote_wait import wait_in_sight
from ansible_collections.streamops.live.tests.simulator import Provisioning, Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

TASKS = {
    "stream": msl_stream.TASK,
    "streams": msl_streams.TASK,
    "origin": msl_origin.TASK,
    "live_event": smartstream_live_event.TASK,
    "live_events": smartstream_live_events.TASK,
}
STREAM = {"format": "HLS", "cpcode": "400001", "encoder_zone": "EUROPE", "origin": {"host_name": "demohost"}}
ON_AIR = {"name": "Show", "encode_status": "encode_status_running"}


def validated(task: Any, arguments: dict[str, Any]) -> dict[str, Any]:
    """The options as Ansible gives them to a module."""
    found = ArgumentSpecValidator(task.spec).validate(copy.deepcopy(arguments))
    assert not found.error_messages
    return found.validated_parameters


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
            seconds, self._bell = max(0.0, bell[0] - self.monotonic()), None
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

    def execute(self, task: Any, arguments: dict[str, Any], part: WaitPart = WaitPart.WHOLE) -> dict[str, Any]:
        self.calls.append(arguments)
        options = validated(task, arguments)
        context = Context(environment={"HOME": "/nonexistent"}, clock=self.clock, part=part)
        if self.stop_after is not None:
            self.clock.at(self.stop_after, context.stop.set)
        result = run(task, options, context)
        values = {**result.values, "invocation": {"module_args": options}}
        return {**values, "failed": True} if result.failed else values

    def connection(self, kind: str) -> dict[str, Any]:
        if not kind.startswith("live_event"):
            return dict(self.sim.credentials)
        merchant = self.sim.smartstream
        log_in = {"mail_address": merchant.mail_address, "password": merchant.password}
        return {"api_url": self.sim.url, "merchant_id": merchant.merchant_id, **log_in, "requests_per_minute": 0}

    def wait_in_one_call(self, kind: str, **options: Any) -> dict[str, Any]:
        """The same task as it is in the controller."""
        return self.execute(TASKS[kind], {**self.connection(kind), "wait": True, **options})

    def wait(self, kind: str, **options: Any) -> dict[str, Any]:
        """One task with ``wait``, divided as the action plugin does it."""
        task, arguments = TASKS[kind], {**self.connection(kind), "wait": True, **options}
        wait = wait_of(validated(task, arguments), task)
        assert wait is not None
        return wait_in_sight(
            lambda given, part: self.execute(task, given, part),
            arguments,
            wait,
            connection={*self.connection(kind), "retries"},
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
    assert all(set(call) == {*sim.credentials, "id", "state", "wait", "wait_timeout"} for call in remote.calls[1:])


def test_lines_tell_what_is_new_and_otherwise_every_five_minutes(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    result = remote.wait("stream", name="news", wait_timeout=3600, **STREAM)
    assert (result["failed"], result["error"]["kind"]) == (True, "timeout")
    assert len(remote.lines) == 13
    assert remote.lines[0] == "Waiting: stream 'news' is PENDING; 0 s so far, giving up after 3600 s."
    assert 3600 <= remote.clock.monotonic() < 3720
    assert f"Cannot wait for stream 'news': it is still PENDING after {remote.clock.monotonic():.0f} s" in result["msg"]
    assert result["actions"] == ["create"]


def test_what_ansible_made_of_a_call_that_is_one_of_several_is_left_out() -> None:
    late = {"failed": True, "msg": "x", "error": {"kind": "timeout"}, "stream": {"id": 1}, "exception": "x"}
    done = {"changed": False, "stream": {"id": 1}, "exception": "y"}
    calls = iter([late, done])
    result = wait_in_sight(
        lambda _given, _part: next(calls), {}, Wait("stream", 100, 1),
        connection=(), tell=lambda _line: None, warn_of_interruption=lambda _done: None,
    )  # fmt: skip
    assert "exception" not in result


def test_lines_call_a_resource_as_the_task_does() -> None:
    origin = {"id": 1, "host_name": "001-dn001-neworg.akamaiorigin.net", "status": "PENDING"}
    msg = "Cannot wait for origin 'neworg': it is still PENDING after 60 s."
    calls = iter([{"failed": True, "msg": msg, "error": {"kind": "timeout"}, "origin": origin}, {"origin": origin}])
    lines: list[str] = []
    wait_in_sight(
        lambda _given, _part: next(calls), {}, Wait("origin", 100, 1),
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


@pytest.mark.parametrize("kind", ["stream", "streams"])
def test_trouble_that_lasts_ends_with_the_timeout(remote: Remote, sim: Simulator, kind: str) -> None:
    sim.faults.add("status", "GET", "/streams", skip=5, times=None, status=503)
    entries = [{"name": name, **STREAM} for name in ("news", "talk")]
    options = {"streams": entries, "continue_on_error": True} if kind == "streams" else entries[0]
    result = remote.wait(kind, retries=0, wait_timeout=600, **options)
    assert (result["failed"], result["error"]["kind"], result["changed"]) == (True, "timeout", True)
    one = result["streams"][0] if kind == "streams" else result
    assert one["stream"]["name"] == "news"
    assert "Cannot wait for stream 'news': it is still PENDING after 6" in one["msg"]
    assert "(the last look failed: " in one["msg"]
    assert remote.lines[-1].startswith("Waiting: no answer from the service (")
    assert 600 <= remote.clock.monotonic() < 780


@pytest.mark.parametrize("kind", ["stream", "streams"])
@pytest.mark.parametrize("instant", [30.0, 90.0])
def test_no_call_follows_one_that_was_interrupted(remote: Remote, sim: Simulator, kind: str, instant: float) -> None:
    sim.settings.provisioning.reads = 10_000
    remote.stop_after = instant
    entries = [{"name": f"s{number}", **STREAM} for number in range(3)]
    result = remote.wait(kind, wait_interval=30, **({"streams": entries} if kind == "streams" else entries[0]))
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

    def stopped(task: Any, arguments: dict[str, Any], part: WaitPart) -> dict[str, Any]:
        if not remote.calls:
            return execute(task, arguments, part)
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
    result = remote.wait("streams", wait_interval=30, streams=[{"name": f"s{number}", **STREAM} for number in range(3)])
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
        (msl_cpcode.TASK, {"name": "x", "contract_id": "C-1"}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 60, "wait_interval": 30}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 0}),
        (msl_stream.TASK, {"wait": True, "wait_timeout": 0, "wait_interval": 120}),
    ],
)
def test_what_is_not_divided(task: Any, arguments: dict[str, Any]) -> None:
    assert wait_of(validated(task, arguments), task) is None


def test_each_resource_is_waited_for_in_its_own_state() -> None:
    streams = [{"id": 1}, {"id": 2, "state": "absent"}]
    wait = wait_of(
        validated(msl_streams.TASK, {"streams": streams, "wait": "yes", "wait_timeout": "600"}), msl_streams.TASK
    )
    assert wait == Wait("streams", 600, 60, ("present", "absent"))
    assert [wait.state(place) for place in range(3)] == ["present", "absent", "absent"]
    assert wait_of(validated(msl_stream.TASK, {"wait": True}), msl_stream.TASK) == Wait("stream", 10800, 60)


def test_a_start_is_sent_once_and_waited_for_in_short_calls(remote: Remote, sim: Simulator) -> None:
    event = sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
    sim.settings.smartstream.start.reads = 40
    words = {"running_statuses": ["encode_status_running"], "pending_statuses": ["encode_status_pending"]}
    result = remote.wait("live_event", ref_id="show", state="started", **words)
    assert not result.get("failed"), result["msg"]
    assert (result["live_event"]["phase"], result["actions"]) == ("running", ["start"])
    assert [line for line in remote.requests if line.startswith("POST") and "auth" not in line] == [
        f"POST /live_events/{event}/start"
    ]
    assert remote.lines[0].startswith("Waiting: live event 'show' is encode_status_pending; 60 s so far")
    assert len(remote.calls) > 2
    assert {"id": event, "state": "started", **words}.items() <= remote.calls[-1].items()


def test_calls_share_one_log_in(remote: Remote, sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
    sim.settings.smartstream.start.reads = 40
    result = remote.wait("live_event", ref_id="show", state="started")
    assert (result["live_event"]["phase"], len(remote.calls) > 2) == ("running", True)
    assert sim.summary()["token_requests"] == 1
    assert [token for token in sim.smartstream.tokens if token in str(result)] == []
    assert "access_token" not in str(result["invocation"]).replace("'access_token': None", "")


def test_options_are_shown_as_the_first_call_got_them() -> None:
    def late(token: str | None) -> dict[str, Any]:
        return {"unsent": ["update"], "invocation": {"module_args": {"access_token": token}}}

    calls = iter([{**late(None), FOR_NEXT_CALL: {"access_token": "t"}}, {**late("hidden"), "unsent": []}])
    given: list[Any] = []

    def execute(arguments: dict[str, Any], _part: WaitPart) -> dict[str, Any]:
        given.append(arguments.get("access_token"))
        return next(calls)

    result = wait_in_sight(
        execute, {}, Wait("live_event", 100, 1),
        connection=(), tell=lambda _line: None, warn_of_interruption=lambda _done: None,
    )  # fmt: skip
    assert (given, result["invocation"]["module_args"]["access_token"]) == ([None, "t"], None)


def test_a_token_that_is_refused_between_two_calls_is_replaced_once(remote: Remote, sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
    sim.settings.smartstream.start.reads = 40
    remote.clock.at(90, sim.smartstream.revoke_tokens)
    result = remote.wait("live_event", ref_id="show", state="started")
    assert (result["live_event"]["phase"], len(remote.calls) > 3) == ("running", True)
    assert sim.summary()["token_requests"] == 2


def test_a_token_that_was_given_is_not_returned(remote: Remote, sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", **ON_AIR})
    given = {"access_token": sim.smartstream.issue_token()[0]}
    event = {**remote.connection("live_event"), "ref_id": "show", "state": "started", "wait": True}
    first, second = (remote.execute(TASKS["live_event"], {**event, **more}, WaitPart.FIRST) for more in (given, {}))
    whole = remote.execute(TASKS["live_event"], event)
    assert [FOR_NEXT_CALL in result for result in (first, second, whole)] == [False, True, False]


def test_stops_of_several_events_are_sent_once(remote: Remote, sim: Simulator) -> None:
    for name in ("one", "two"):
        sim.smartstream.add_live_event({"ref_id": name, **ON_AIR})
    sim.settings.smartstream.stop.reads = 30
    wanted = [{"ref_id": name, "state": "stopped"} for name in ("one", "two")]
    result = remote.wait("live_events", live_events=wanted)
    assert not result.get("failed"), result["msg"]
    assert (result["actions"], len([line for line in remote.requests if line.endswith("/stop")])) == (["stop"] * 2, 2)
    assert remote.lines[0].startswith("Waiting: 2 encode_status_running")
    assert len(remote.calls) > 1


def test_an_event_that_starts_too_slowly_is_told_as_after_one_call(remote: Remote, sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
    sim.settings.smartstream.start.reads = 10_000
    result = remote.wait("live_event", ref_id="show", state="started")
    assert (result["error"]["kind"], result["actions"]) == ("timeout", ["start"])
    assert "Cannot wait for live event 'show': it is still encode_status_pending after 90" in result["msg"]


def test_a_deletion_is_sent_once_and_waited_for_in_short_calls(remote: Remote, sim: Simulator) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", **ON_AIR})
    sim.settings.smartstream.delete_stops = True
    sim.settings.smartstream.stop.reads = 30
    result = remote.wait("live_event", ref_id="show", state="absent", force=True)
    assert not result.get("failed"), result["msg"]
    assert (result["actions"], result["live_event"], result.get("warnings")) == (["delete"], {}, None)
    assert [line.split()[0] for line in remote.requests].count("DELETE") == 1
    assert "deletion_pending" not in result
    assert remote.lines[0].startswith("Waiting: live event 'show' is encode_status_running")


@pytest.mark.parametrize("kind", ["live_event", "live_events"])
def test_a_deletion_that_does_not_end_is_no_failure(remote: Remote, sim: Simulator, kind: str) -> None:
    sim.smartstream.add_live_event({"ref_id": "show", **ON_AIR})
    wanted = {"ref_id": "show", "state": "absent", "force": True}
    options = {"live_events": [wanted]} if kind == "live_events" else wanted
    divided = remote.wait(kind, wait_timeout=120, **options)
    with service() as another:
        another.smartstream.add_live_event({"ref_id": "show", **ON_AIR})
        whole = Remote(another).wait_in_one_call(kind, wait_timeout=120, **options)
    assert (divided.get("failed"), divided["actions"]) == (None, ["delete"])
    assert set(divided) - {"warnings"} == set(whole)
    one, other = (result["live_events"][0] if kind == "live_events" else result for result in (divided, whole))
    assert (one["deletion_pending"], set(one["live_event"])) == (True, set(other["live_event"]))
    assert divided["warnings"] == ["The deletion of live event 'show' was accepted, and the service still shows it."]


def test_what_is_pruned_is_waited_for_as_what_the_list_names(remote: Remote, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "old", "cpcode": 400001})
    shown: list[Any] = []

    def still_shown(body: dict[str, Any]) -> dict[str, Any]:
        listed = body["streams"]
        shown.extend(entry for entry in listed if entry["name"] == "old")
        return {**body, "streams": [*(entry for entry in listed if entry["name"] != "old"), shown[0]]}

    sim.faults.add("call", "GET", "/streams$", times=7, rewrite=still_shown)
    options = {"streams": [{"name": "new", **STREAM}], "prune": True, "prune_match": "^(old|new)$"}
    result = remote.wait("streams", **options)
    assert not result.get("failed"), result["msg"]
    assert len(remote.calls) > 2
    assert [set(one["stream"]) for one in result["streams"]][1] == {"id", "name"}
    assert [(one["stream"]["name"], one["actions"]) for one in result["streams"]] == [
        ("new", ["create"]), ("old", ["delete"]),
    ]  # fmt: skip
    assert len(sim.writes) == 2
    assert not result.get("warnings")


@pytest.mark.parametrize("kind", ["stream", "streams"])
def test_a_change_that_had_to_wait_is_sent(remote: Remote, sim: Simulator, kind: str) -> None:
    remote.wait_in_one_call("stream", name="news", **STREAM, wait_timeout=0)
    remote.calls.clear()
    change = {"name": "news", "dvr_window": 20}
    entries = {"streams": [change, {"name": "talk", **STREAM}], "continue_on_error": True}
    result = remote.wait(kind, **(entries if kind == "streams" else change))
    assert not result.get("failed"), result["msg"]
    assert sorted(result["actions"]) == (["create", "update"] if kind == "streams" else ["update"])
    assert {stream["dvrWindow"] for stream in sim.msl.streams.values() if stream["name"] == "news"} == {20}
    assert "unsent" not in str(result)
    if kind == "streams":
        assert [one["actions"] for one in result["streams"]] == [["update"], ["create"]]
        assert set(result["diff"]["after"]) == {"stream 'news'", "stream 'talk'"}


def test_a_change_that_waits_in_vain_is_said_not_to_be_sent(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 10_000
    remote.wait_in_one_call("stream", name="news", **STREAM, wait_timeout=0)
    result = remote.wait("stream", name="news", dvr_window=20, wait_timeout=600)
    assert (result["error"]["kind"], result["actions"], result["unsent"]) == ("timeout", [], ["update"])
    assert "it is still PENDING after 600 s, and the change was not sent" in result["msg"]
    assert len(sim.writes) == 1


def test_a_long_interval_is_no_long_silence(remote: Remote, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 4
    result = remote.wait("stream", name="news", wait_interval=900, **STREAM)
    assert not result.get("failed"), result["msg"]
    times = [float(line.split("; ")[1].split()[0]) for line in remote.lines]
    assert max(later - earlier for earlier, later in zip([0.0, *times], times, strict=False)) <= 300
    assert {call["wait_timeout"] for call in remote.calls} == {0}
