# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's budget: what replies tell of it, and that threads keep to it together."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from requests.structures import CaseInsensitiveDict

from ansible_collections.streamops.live.plugins.module_utils._core.budget import Budget, Standing
from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.plugins.module_utils._core.reply import Reply
from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi
from ansible_collections.streamops.live.tests.simulator import Budget as SimulatedBudget
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

DATE = "Fri, 11 May 2018 07:04:38 GMT"
NEXT = {"X-RateLimit-Next": "2018-05-11T07:04:40.004Z", "Date": DATE}


def reply(remaining: object = None, status: int = 200, **headers: str) -> Reply:
    told = {} if remaining is None else {"X-RateLimit-Remaining": str(remaining)}
    return Reply(status, CaseInsensitiveDict({**told, **headers}), b"{}", dt.datetime.now(dt.timezone.utc))


def learned(standing: Standing, answer: Reply, number: int = 1, sent: int = 1) -> Standing:
    return standing.learn(answer, number, sent, now=100.0, longest_wait=300.0)


def test_the_first_request_goes_alone() -> None:
    assert Standing().free(0)
    assert not Standing().free(1)


def test_as_many_may_be_under_way_as_remain() -> None:
    standing = learned(Standing(), reply(3))
    assert [standing.free(under_way) for under_way in range(5)] == [True, True, True, False, False]


@pytest.mark.parametrize("written", [None, "", "many", "-1"])
def test_a_service_that_tells_nothing_is_not_held_back(written: str | None) -> None:
    assert learned(Standing(), reply(written)).free(1000)


@pytest.mark.parametrize("status", [404, 500, 502])
def test_an_error_without_a_figure_changes_nothing(status: int) -> None:
    standing = Standing(most=2)
    assert learned(standing, reply(status=status)) == standing


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({}, 1.0), (NEXT, 3.004), ({"Retry-After": "7"}, 7.0), ({"Retry-After": "86400"}, 300.0)],
    ids=["silent", "next", "seconds", "capped"],
)
def test_nothing_left_means_to_wait_and_then_to_look_with_one_request(headers: dict[str, str], wait: float) -> None:
    standing = learned(Standing(most=5), reply(0, **headers))
    assert standing.not_before == pytest.approx(100.0 + wait)
    assert standing.free(0)
    assert not standing.free(1)


def test_a_reply_that_was_overtaken_only_lowers() -> None:
    standing = Standing(most=3, since=10)
    assert learned(standing, reply(8), number=10, sent=12) == standing
    assert learned(standing, reply(2), number=10, sent=12).most == 2
    assert learned(standing, reply(8), number=11, sent=12) == Standing(most=8, since=12)


def test_an_overtaken_reply_of_a_silent_service_does_not_end_caution() -> None:
    standing = Standing(since=10)
    assert learned(standing, reply(), number=9) == standing


def test_a_hold_is_never_shortened() -> None:
    standing = Standing().held(60.0, 1, 100.0)
    assert standing.held(1.0, 2, 100.0).not_before == 160.0
    assert learned(standing, reply(0)).not_before == 160.0
    assert learned(standing, reply(9)).not_before == 160.0


def test_a_request_waits_until_the_hold_is_over_and_says_so_once() -> None:
    context = Context(clock=SkippingClock())
    budget = Budget(context, 300.0)
    budget.hold(7.0, "the service's request limit")
    budget.hold(7.0, "the service's request limit")
    with budget.turn():
        assert context.clock.slept == [7.0]
    assert budget.seconds_waited == 7.0
    assert context.report.progress == ["Waiting 7 s: the service's request limit."]


def test_going_slowly_is_told_once_a_minute_and_counted() -> None:
    context = Context(clock=SkippingClock())
    budget = Budget(context, 300.0)
    for _turn in range(100):
        with budget.turn() as turn:
            turn.learn(reply(0))
    assert context.clock.slept == [1.0] * 99
    assert budget.seconds_waited == 99.0
    assert len(context.report.progress) == 2


def test_a_place_is_given_back_when_the_request_fails() -> None:
    budget = Budget(Context(clock=SkippingClock()), 300.0)
    for _try in range(3):
        with contextlib.suppress(RuntimeError), budget.turn():
            raise RuntimeError
    with budget.turn():
        pass


def test_who_waits_stops_when_the_task_does() -> None:
    context = Context()
    budget = Budget(context, 300.0)
    budget.hold(60.0, "a test")
    threading.Timer(0.05, context.stop.set).start()
    with pytest.raises(Interrupted), budget.turn():
        pass


def test_threads_never_have_more_under_way_than_remain() -> None:
    budget = Budget(Context(), 300.0)
    counting = threading.Lock()
    under_way, seen = 0, []

    def send(number: int) -> None:
        nonlocal under_way
        with budget.turn() as turn:
            with counting:
                under_way += 1
                seen.append(under_way)
            turn.learn(reply(3))
            with counting:
                under_way -= 1

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(200)))
    assert len(seen) == 200
    assert max(seen) <= 3


def read_all(api: MslApi, ids: list[int]) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(api.get_stream, ids))


def test_200_reads_at_a_time_of_8_run_into_no_refusal() -> None:
    settings = Settings()
    settings.budget = SimulatedBudget(limit=50, window=0.5)
    with Simulator(settings) as sim:
        sim.msl.add_origin({"hostName": "demohost"})
        ids = [sim.msl.add_stream({"name": f"show-{number}"}) for number in range(200)]
        api = MslApi.from_options(sim.credentials, Context())
        read_all(api, ids)
        assert sim.summary()["throttled"] == 0
        assert api.requests_sent == len(sim.requests) == 200
