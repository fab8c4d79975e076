# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from ansible_collections.streamops.live.plugins.module_utils._core.context import Clock, Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import (
    Interrupted,
    NotFound,
    ProvisioningFailed,
    TimedOut,
    Unauthorized,
    Unavailable,
)
from ansible_collections.streamops.live.plugins.module_utils._engine.wait import (
    _LOOKS_FOR_A_MISSING_ONE,
    Awaited,
    Progress,
    Stage,
    Waiting,
    wait_for,
)
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

STAGES = {"PENDING": Stage.PENDING, "READY": Stage.READY, "FAILED": Stage.FAILED}


def judge(members: dict[str, Any] | None) -> Progress:
    status = members["status"] if members else "gone"
    return Progress(STAGES.get(status, Stage.READY), status, (members or {}).get("message", ""))


class Service:
    """Shows one scripted state after another, the last one for ever; an exception is raised."""

    def __init__(self, **scripts: list[Any]) -> None:
        self.scripts = scripts
        self.looks: list[list[str]] = []

    def __call__(self, open_ones: Sequence[Awaited]) -> dict[str, Any]:
        self.looks.append([one.id for one in open_ones])
        seen = {}
        for one in open_ones:
            script = self.scripts[one.id]
            state = script.pop(0) if len(script) > 1 else script[0]
            if isinstance(state, Exception):
                raise state
            seen[one.id] = state if state is None or isinstance(state, dict) else {"status": state}
        return seen


def waited(
    service: Service, timeout: float = 100, interval: float = 10, **settings: Any
) -> tuple[list[Awaited], Context]:
    context = Context(clock=SkippingClock())
    awaited = [Awaited(name, f"stream {name!r}", judge) for name in service.scripts]
    wait_for(awaited, service, waiting=Waiting(True, timeout, interval), context=context, **settings)
    return awaited, context


def test_a_wait_ends_as_soon_as_the_service_says_ready() -> None:
    (one,), context = waited(Service(a=["PENDING", "PENDING", "READY"]))
    assert (one.error, one.members) == (None, {"status": "READY"})
    assert context.clock.slept == [10, 10]
    assert context.report.progress == ["Waiting: stream 'a' is PENDING; 0 s so far, giving up after 100 s."]


def test_what_was_seen_just_now_is_not_read_again() -> None:
    service = Service(a=["FAILED"])
    (one,), context = waited(service, first={"a": {"status": "READY"}})
    assert (one.error, service.looks, context.clock.slept) == (None, [], [])


def test_a_failure_says_the_services_message() -> None:
    (one,), _context = waited(Service(a=["PENDING", {"status": "FAILED", "message": "No capacity"}]))
    assert isinstance(one.error, ProvisioningFailed)
    assert "FAILED: No capacity" in one.error.message
    assert one.error.details == ["No capacity"]


def test_a_wait_gives_up_after_its_timeout_and_says_how_it_stood() -> None:
    (one,), context = waited(Service(a=["PENDING"]), timeout=25)
    assert isinstance(one.error, TimedOut)
    assert "still PENDING after 25 s" in one.error.message
    assert "wait_timeout" in one.error.advice
    assert context.clock.slept == [10, 10, 5]


def test_passing_trouble_is_endured() -> None:
    trouble = Unavailable("the connection broke")
    (one,), context = waited(Service(a=[trouble, "PENDING", trouble, "READY"]))
    assert one.error is None
    assert "no answer from the service (the connection broke)" in context.report.progress[0]


def test_trouble_to_the_end_is_told_with_the_timeout() -> None:
    (one,), _context = waited(Service(a=["PENDING", Unavailable("the connection broke")]), timeout=15)
    assert "still PENDING" in str(one.error)
    assert "the last look failed: the connection broke" in str(one.error)


def test_what_will_not_pass_ends_the_wait_at_once() -> None:
    (one,), context = waited(Service(a=["PENDING", Unauthorized("the token was withdrawn")]))
    assert isinstance(one.error, Unauthorized)
    assert (one.members, context.clock.slept) == ({"status": "PENDING"}, [10])


def test_ready_must_be_seen_as_often_in_a_row_as_asked() -> None:
    service = Service(a=["READY", "PENDING", "READY", "READY"])
    (one,), _context = waited(service, confirmations=2)
    assert (one.error, len(service.looks)) == (None, 4)


def test_of_many_only_those_that_are_not_done_are_looked_at() -> None:
    service = Service(a=["PENDING", "READY"], b=["READY"], c=["PENDING", "PENDING", "FAILED"], d=["PENDING"])
    awaited, context = waited(service, timeout=20)
    assert [type(one.error) for one in awaited] == [type(None), type(None), ProvisioningFailed, TimedOut]
    assert service.looks == [["a", "b", "c", "d"], ["a", "c", "d"], ["c", "d"]]
    assert "Waiting: 3 PENDING, 1 READY;" in context.report.progress[0]


def test_a_long_silence_is_broken() -> None:
    _awaited, context = waited(Service(a=["PENDING"]), timeout=700, interval=100)
    assert [line.split(";")[1].split()[0] for line in context.report.progress] == ["0", "300", "600"]


def test_a_long_interval_is_no_long_silence() -> None:
    service = Service(a=["PENDING"])
    _awaited, context = waited(service, timeout=1600, interval=700)
    assert [line.split(";")[1].split()[0] for line in context.report.progress] == [
        "0", "300", "600", "900", "1200", "1500",
    ]  # fmt: skip
    assert len(service.looks) == 4


def test_one_that_is_gone_is_judged_as_such() -> None:
    (one,), _context = waited(Service(a=["PENDING", None]))
    assert (one.error, one.members, one.status) == (None, None, "gone")


def test_an_interrupted_task_waits_no_longer() -> None:
    context = Context(clock=Clock())
    context.stop.set()
    one = Awaited("a", "stream 'a'", judge)
    wait_for([one], Service(a=["PENDING"]), waiting=Waiting(True, 600, 600), context=context)
    assert isinstance(one.error, Interrupted)


def test_an_interruption_says_what_was_seen_last_and_keeps_what_is_over() -> None:
    context = Context(clock=SkippingClock())
    looks = iter([{"a": {"status": "PROVISIONED"}, "b": {"status": "PENDING"}}])

    def look(_open_ones: Sequence[Awaited]) -> dict[str, Any]:
        context.stop.set()
        return next(looks)

    done, left = (Awaited(name, f"stream {name!r}", judge) for name in "ab")
    wait_for([done, left], look, waiting=Waiting(True, 600, 600), context=context)
    assert done.error is None
    assert isinstance(left.error, Interrupted)
    assert "PENDING" in left.error.message


def test_interrupted_while_it_looks_a_wait_does_not_call_that_trouble() -> None:
    context = Context(clock=SkippingClock())

    def look(_open_ones: Sequence[Awaited]) -> dict[str, Any]:
        context.stop.set()
        raise Unavailable("the connection broke")

    one = Awaited("a", "stream 'a'", judge)
    wait_for([one], look, waiting=Waiting(True, 600, 600), context=context)
    assert isinstance(one.error, Interrupted)
    assert "connection broke" not in one.error.message


def test_nothing_to_wait_for_is_no_wait() -> None:
    assert waited(Service())[1].clock.slept == []


def shown_late(*awaited: Awaited, waiting: Waiting, stop: bool = False) -> Context:
    """Wait for what no look ever shows anything of."""
    context = Context(clock=SkippingClock())

    def look(_open_ones: Sequence[Awaited]) -> dict[str, Any]:
        if stop:
            context.stop.set()
        raise Unavailable("it is down")

    wait_for(awaited, look, waiting=waiting, context=context)
    return context


def test_a_wait_that_never_saw_anything_says_so() -> None:
    one = Awaited("a", "stream 'a'", judge)
    shown_late(one, waiting=Waiting(True, 20, 10))
    assert isinstance(one.error, TimedOut)
    assert one.over is True
    assert one.error.text() == (
        "It is still unknown after 20 s (the last look failed: it is down)."
        " The service goes on by itself: run the task again later, or raise wait_timeout."
    )


def test_an_interruption_before_anything_was_seen_says_so() -> None:
    one = Awaited("a", "stream 'a'", judge)
    shown_late(one, waiting=Waiting(True, 20, 10), stop=True)
    assert isinstance(one.error, Interrupted)
    assert one.over is True
    assert one.error.text() == (
        "The task was interrupted while it waited, and it was unknown then."
        " The service goes on by itself: run the task again, it goes on waiting."
    )


def test_a_timeout_without_trouble_names_none() -> None:
    (one,), _context = waited(Service(a=["PENDING"]), timeout=20)
    assert one.error is not None
    assert one.error.message == "it is still PENDING after 20 s"


def test_what_will_not_pass_is_over_for_each_of_them() -> None:
    awaited, _context = waited(Service(a=[Unauthorized("no")], b=["PENDING"]))
    assert [one.over for one in awaited] == [True, True]
    errors = [one.error for one in awaited]
    assert [error and error.message for error in errors] == ["no", "no"]
    assert errors[0] is not errors[1]


def test_a_status_that_nobody_names_is_counted_as_unknown() -> None:
    def nameless(members: dict[str, Any] | None) -> Progress:
        return Progress(Stage.PENDING, "")

    for names, said in ((["a"], "stream 'a' is unknown"), (["a", "b"], "2 unknown")):
        context = Context(clock=SkippingClock())
        awaited = [Awaited(name, f"stream {name!r}", nameless) for name in names]
        wait_for(awaited, lambda ones: {one.id: {} for one in ones}, waiting=Waiting(True, 5, 5), context=context)
        assert context.report.progress[0] == f"Waiting: {said}; 0 s so far, giving up after 5 s."


def test_a_failure_of_provisioning_says_what_to_mend() -> None:
    (one,), _context = waited(Service(a=[{"status": "FAILED", "message": "no zone"}]))
    assert isinstance(one.error, ProvisioningFailed)
    assert one.over is True
    assert one.error.text() == (
        "The service reports FAILED: no zone."
        " Mend what the message names, then update the resource or delete and create it anew."
    )
    assert one.error.details == ["no zone"]
    (silent,), _context = waited(Service(a=["FAILED"]))
    assert silent.error is not None
    assert (silent.error.message, silent.error.details) == ("the service reports FAILED", [])


def test_what_vanishes_for_good_ends_the_wait() -> None:
    def missed(members: dict[str, Any] | None) -> Progress:
        return Progress(Stage.PENDING, "gone" if members is None else "there")

    one, context = Awaited("a", "stream 'a'", missed), Context(clock=SkippingClock())
    shown: list[dict[str, Any]] = [{}, {"a": {}}, {}, {}]
    looks: list[int] = []

    def look(_ones: Sequence[Awaited]) -> dict[str, Any]:
        looks.append(1)
        return shown.pop(0) if shown else {}

    wait_for([one], look, waiting=Waiting(True, 1000, 10), context=context)
    assert isinstance(one.error, NotFound)
    assert one.error.message == "it vanished from the service while the task waited for it"
    assert (one.over, len(looks)) == (True, 2 + _LOOKS_FOR_A_MISSING_ONE)


def test_quick_looks_do_not_make_it_vanish_sooner() -> None:
    def missed(members: dict[str, Any] | None) -> Progress:
        return Progress(Stage.PENDING, "gone" if members is None else "there")

    context = Context(clock=SkippingClock())
    context.clock.skip(dt.timedelta(hours=1))
    one, shown = Awaited("a", "stream 'a'", missed), [{"a": {}}]
    wait_for([one], lambda _ones: shown.pop() if shown else {}, waiting=Waiting(True, 1000, 2), context=context)
    assert isinstance(one.error, NotFound)
    # It is there at first, and missed from the second second on: ten seconds later it is gone.
    assert context.clock.slept == [2] * 6


class NotingClock(SkippingClock):
    """Remembers what would wake a sleeper."""

    def __init__(self) -> None:
        super().__init__()
        self.wakers: list[Any] = []

    def sleep(self, seconds: float, stop: Any = None) -> None:
        super().sleep(seconds)
        self.wakers.append(stop)


def test_an_interruption_wakes_a_wait() -> None:
    context = Context(clock=NotingClock())
    one = Awaited("a", "stream 'a'", judge)
    wait_for([one], Service(a=["PENDING", "READY"]), waiting=Waiting(True, 60, 10), context=context)
    assert context.clock.wakers == [context.stop]


def test_only_the_time_since_the_wait_began_counts() -> None:
    context = Context(clock=SkippingClock())
    context.clock.skip(dt.timedelta(hours=1))
    one = Awaited("a", "stream 'a'", judge)
    wait_for([one], Service(a=["PENDING"]), waiting=Waiting(True, 20, 10), context=context)
    assert context.clock.slept == [10, 10]
    assert one.error is not None
    assert one.error.message == "it is still PENDING after 20 s"


def test_one_that_was_missing_for_a_moment_is_missed_anew() -> None:
    def missed(members: dict[str, Any] | None) -> Progress:
        return Progress(Stage.PENDING, "gone" if members is None else "there")

    one = Awaited("a", "stream 'a'", missed)
    gone: list[dict[str, Any]] = [{}] * (_LOOKS_FOR_A_MISSING_ONE - 1)
    shown = [*gone, {"a": {}}, *gone, {"a": {}}]
    waiting = Waiting(True, 10 * (len(shown) - 1), 10)
    wait_for([one], lambda _ones: shown.pop(0), waiting=waiting, context=Context(clock=SkippingClock()))
    assert isinstance(one.error, TimedOut)
    assert shown == []
