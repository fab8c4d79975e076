# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.reply import Reply
from ansible_collections.streamops.live.plugins.module_utils._core.tries import (
    DEFAULT_POLICY,
    Loss,
    Reason,
    TryPolicy,
    reason_to_repeat,
    seconds_to_wait,
    tries_allowed,
)

RECEIVED = dt.datetime(2018, 5, 11, 7, 0, tzinfo=dt.timezone.utc)
GET = {"reads": True, "repeatable": True}
PUT = {"reads": False, "repeatable": True}
POST = {"reads": False, "repeatable": False}


def reply(status: int, **headers: str) -> Reply:
    return Reply(status, {name.replace("_", "-"): value for name, value in headers.items()}, b"", RECEIVED)


@pytest.mark.parametrize(
    ("outcome", "read", "write", "create"),
    [
        (reply(429), Reason.THROTTLED, Reason.THROTTLED, Reason.THROTTLED),
        (reply(500), Reason.TROUBLE, None, None),
        (reply(502), Reason.TROUBLE, Reason.TROUBLE, None),
        (reply(503), Reason.TROUBLE, Reason.TROUBLE, None),
        (reply(503, Retry_After="3"), Reason.THROTTLED, Reason.THROTTLED, None),
        (reply(504), Reason.TROUBLE, Reason.TROUBLE, None),
        (reply(400), None, None, None),
        (reply(401), None, None, None),
        (reply(404), None, None, None),
        (reply(501), None, None, None),
        (Loss.REFUSED, Reason.TROUBLE, Reason.TROUBLE, Reason.TROUBLE),
        (Loss.BROKEN, Reason.TROUBLE, Reason.TROUBLE, None),
        (Loss.TIMEOUT, Reason.TROUBLE, Reason.TROUBLE, None),
    ],
    ids=str,
)
def test_what_is_sent_again_for_which_method(
    outcome: Reply | Loss, read: Reason | None, write: Reason | None, create: Reason | None
) -> None:
    assert [
        reason_to_repeat(outcome, **method, burst=False, tried=0)  # type: ignore[arg-type]
        for method in (GET, PUT, POST)
    ] == [read, write, create]


@pytest.mark.parametrize("method", [GET, PUT, POST])
def test_a_burst_block_was_not_carried_out_and_is_sent_again(method: dict[str, bool]) -> None:
    assert reason_to_repeat(reply(400), **method, burst=True, tried=3) is Reason.BURST


def test_a_server_error_is_read_again_only_once() -> None:
    assert reason_to_repeat(reply(500), reads=True, repeatable=True, burst=False, tried=1) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"X_RateLimit_Next": "2018-05-11T07:04:40.004Z", "Date": "Fri, 11 May 2018 07:04:38 GMT"}, 3.004),
        ({"X_RateLimit_Next": "2018-05-11T07:00:02.000Z"}, 3.0),
        ({"X_RateLimit_Next": "2018-05-11T06:00:00.000Z"}, 1.0),
        ({"Retry_After": "0"}, 1.0),
        ({"X_RateLimit_Next": "soon", "Retry_After": "7"}, 7.0),
        ({"Retry_After": "7"}, 7.0),
        ({"Retry_After": "Fri, 11 May 2018 07:00:09 GMT", "Date": "Fri, 11 May 2018 07:00:00 GMT"}, 9.0),
        ({"X_RateLimit_Next": "2018-05-12T07:00:00.000Z"}, DEFAULT_POLICY.longest_wait),
        ({"Retry_After": "never"}, 1.0),
        ({}, 1.0),
    ],
)
def test_the_service_says_how_long_to_wait(headers: dict[str, str], seconds: float) -> None:
    assert seconds_to_wait(DEFAULT_POLICY, Reason.THROTTLED, reply(429, **headers), 0, 0.0) == pytest.approx(seconds)


def test_trouble_on_the_way_is_not_governed_by_the_services_word() -> None:
    told = reply(502, Retry_After="120")
    assert seconds_to_wait(DEFAULT_POLICY, Reason.TROUBLE, told, 0, 0.0) == 1.0


@pytest.mark.parametrize(("reason", "first"), [(Reason.TROUBLE, 1.0), (Reason.THROTTLED, 1.0), (Reason.BURST, 5.0)])
def test_waits_double_where_the_service_says_nothing(reason: Reason, first: float) -> None:
    waits = [seconds_to_wait(DEFAULT_POLICY, reason, Loss.REFUSED, tried, 0.0) for tried in range(4)]
    assert waits == [first, 2 * first, 4 * first, 8 * first]


@given(
    st.sampled_from(Reason),
    st.sampled_from([Loss.BROKEN, reply(429), reply(429, Retry_After="999999"), reply(429, X_RateLimit_Next="x")]),
    st.integers(0, 10_000),
    st.floats(0, 1),
)
def test_no_wait_is_negative_or_longer_than_the_policy_allows(
    reason: Reason, outcome: Reply | Loss, tried: int, jitter: float
) -> None:
    assert 0 <= seconds_to_wait(DEFAULT_POLICY, reason, outcome, tried, jitter) <= DEFAULT_POLICY.longest_wait


@pytest.mark.parametrize(
    ("policy", "reason", "allowed"),
    [
        (TryPolicy(tries=8), Reason.THROTTLED, 8),
        (TryPolicy(tries=8, throttled_tries=2), Reason.THROTTLED, 2),
        (TryPolicy(tries=8, throttled_tries=2), Reason.BURST, 2),
        (TryPolicy(tries=8, throttled_tries=2), Reason.TROUBLE, 8),
        (TryPolicy(tries=1, throttled_tries=5), Reason.THROTTLED, 1),
    ],
)
def test_how_often_is_the_policys_word(policy: TryPolicy, reason: Reason, allowed: int) -> None:
    assert tries_allowed(policy, reason) == allowed
