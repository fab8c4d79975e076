# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a request is sent again and after how long. Pure: no request is made here."""

from __future__ import annotations

import datetime as dt
import enum
import typing as t

from .errors import InvalidInput
from .instants import parse_http_date, parse_instant
from .numbers import whole_number
from .reply import Reply


class Loss(enum.Enum):
    """Why there is no reply."""

    REFUSED = "the connection could not be opened"
    BROKEN = "the connection broke before the answer was complete"
    TIMEOUT = "no answer came within the timeout"


class TryPolicy(t.NamedTuple):
    """How patient a client is.

    ``tries``: further tries after the first. ``first_wait``: seconds before the first of them where the service does
    not say, doubled each time. ``throttled_wait`` and ``burst_wait``: the same after a request limit was met.
    ``throttled_growth``: by how much ``throttled_wait`` grows each time; 1: not at all.
    ``longest_wait``: no single wait is longer, whatever the service says.
    """

    tries: int = 8
    first_wait: float = 1.0
    throttled_wait: float = 1.0
    burst_wait: float = 5.0
    longest_wait: float = 300.0
    throttled_tries: int | None = None
    throttled_growth: float = 2.0


DEFAULT_POLICY = TryPolicy()


class Reason(enum.Enum):
    """Why a request is sent again."""

    THROTTLED = "the service's request limit"
    BURST = "the gateway's burst limit"
    TROUBLE = "trouble on the way to the service"


_GATEWAY_TROUBLE = frozenset({502, 503, 504})
_SERVER_ERROR_READ_TRIES = 1
# Seconds; a service that names a moment sooner than that has named none.
_SOONEST = 1.0


def reason_to_repeat(outcome: Reply | Loss, *, reads: bool, repeatable: bool, burst: bool, tried: int) -> Reason | None:
    """Why this outcome may be answered by sending the same request again; None: it may not.

    A request that was refused for its rate was not carried out, so any method may be repeated. A write that
    must not happen twice is repeated for no other reason, except that its connection was never opened.

    :param reads: The request only reads.
    :param repeatable: Carrying the request out twice is the same as once.
    :param burst: The service's client recognises the reply as a gateway's burst block.
    :param tried: How many further tries there were.
    """
    if isinstance(outcome, Loss):
        return Reason.TROUBLE if repeatable or outcome is Loss.REFUSED else None
    if outcome.status == 429:
        return Reason.THROTTLED
    if burst:
        return Reason.BURST
    if outcome.status == 503 and "Retry-After" in outcome.headers and repeatable:
        return Reason.THROTTLED
    if outcome.status in _GATEWAY_TROUBLE and repeatable:
        return Reason.TROUBLE
    if outcome.status == 500 and reads and tried < _SERVER_ERROR_READ_TRIES:
        return Reason.TROUBLE
    return None


def seconds_to_wait(policy: TryPolicy, reason: Reason, outcome: Reply | Loss, tried: int, jitter: float) -> float:
    """How long to wait before the next try.

    The service's word comes first: ``X-RateLimit-Next`` less the reply's ``Date``, so that the local clock does not
    matter (msl.md, section 6), plus a second; then ``Retry-After``; else exponential with jitter. A moment that has
    come already is no word: all tries would be over at once.

    :param jitter: A number from 0 to 1.
    """
    told = told_by_service(outcome) if reason is not Reason.TROUBLE and isinstance(outcome, Reply) else None
    if told is None or told < _SOONEST:
        first = {
            Reason.THROTTLED: policy.throttled_wait,
            Reason.BURST: policy.burst_wait,
            Reason.TROUBLE: policy.first_wait,
        }[reason]
        growth = policy.throttled_growth if reason is Reason.THROTTLED else 2.0
        told = first * growth ** min(tried, 20) * (1 + 0.25 * jitter)
    return min(told, policy.longest_wait)


def tries_allowed(policy: TryPolicy, reason: Reason) -> int:
    """How many further tries there may be for this reason."""
    if reason is not Reason.TROUBLE and policy.throttled_tries is not None:
        return min(policy.tries, policy.throttled_tries)
    return policy.tries


def told_by_service(reply: Reply) -> float | None:
    """How many seconds after a reply the service wants to hear of the client again; None where it does not say."""
    at_service = parse_http_date(reply.headers.get("Date")) or reply.received_at
    next_slot = _instant_or_none(reply.headers.get("X-RateLimit-Next"))
    if next_slot is not None:
        return (next_slot - at_service).total_seconds() + 1.0
    retry_after = (reply.headers.get("Retry-After") or "").strip()
    seconds = whole_number(retry_after)
    if seconds is not None:
        return float(seconds)
    retry_at = parse_http_date(retry_after)
    return (retry_at - at_service).total_seconds() if retry_at else None


def _instant_or_none(text: str | None) -> dt.datetime | None:
    try:
        return parse_instant(text) if text else None
    except InvalidInput:
        return None
