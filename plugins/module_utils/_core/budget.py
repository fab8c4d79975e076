# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's request budget, kept by all threads of one transport: slow down before a request is refused."""

from __future__ import annotations

import contextlib
import threading
import typing as t

from .context import Context
from .numbers import whole_number
from .reply import Reply
from .tries import told_by_service

# Seconds to wait where nothing is left and the service does not say until when.
_SHORT_WAIT = 1.0
# Seconds between two lines that say the same.
_TELL_AGAIN = 60.0
_PROBE = 1


class Standing(t.NamedTuple):
    """What is known of the budget. Pure: each change is a new one.

    ``most``: so many requests may be under way; None: as many as there are. The first request goes alone, and so does
    the first one after a wait: it finds out how things stand. ``since``: the number of requests that had been sent
    when ``most`` was learned. ``not_before``: seconds of the monotonic clock.
    """

    most: int | None = _PROBE
    since: int = 0
    not_before: float = float("-inf")

    def free(self, under_way: int) -> bool:
        """Whether one more request may be under way."""
        return self.most is None or under_way < max(self.most, _PROBE)

    def learn(self, reply: Reply, number: int, sent: int, now: float, longest_wait: float) -> Standing:
        """The standing after a reply.

        Replies come in any order, so one to a request that was sent before ``most`` was learned can only lower it.

        :param number: The place of the reply's request in the order of sending, from 1.
        :param sent: How many requests have been sent by now.
        """
        remaining = _remaining(reply)
        newer = number > self.since
        if remaining is None:
            # A service without budgets; an error may come from something in between and says nothing.
            return self._replace(most=None, since=sent) if reply.ok and newer else self
        if not newer and self.most is not None and remaining >= self.most:
            return self
        if remaining > 0:
            return self._replace(most=remaining, since=sent)
        told = told_by_service(reply)
        return self.held(min(_SHORT_WAIT if told is None else told, longest_wait), sent, now)

    def held(self, seconds: float, sent: int, now: float) -> Standing:
        """The standing after which no request leaves for so long."""
        return Standing(_PROBE, sent, max(self.not_before, now + max(0.0, seconds)))


def _remaining(reply: Reply) -> int | None:
    """``X-RateLimit-Remaining`` (msl.md, section 6); None where it is missing or no number."""
    return whole_number(reply.headers.get("X-RateLimit-Remaining") or "")


class Turn:
    """One request's place in the budget."""

    def __init__(self, budget: Budget, number: int) -> None:
        self._budget = budget
        self._number = number

    def learn(self, reply: Reply) -> None:
        """Take over what a reply says."""
        self._budget.learn(reply, self._number)


class Budget:
    """Lets requests through; used by several threads.

    :param longest_wait: Seconds; no wait that a reply asks for is longer.
    """

    def __init__(self, context: Context, longest_wait: float) -> None:
        self._context = context
        self._longest_wait = longest_wait
        self._standing = Standing()
        self._under_way = 0
        self._sent = 0
        self._changed = threading.Condition()
        self._told_at = self._counted_until = float("-inf")
        self._seconds_waited = 0.0

    @property
    def seconds_waited(self) -> float:
        """How long requests were held back; threads that wait at the same time count once."""
        return self._seconds_waited

    @contextlib.contextmanager
    def turn(self) -> t.Iterator[Turn]:
        """Wait until a request may leave; it is under way while the block runs.

        :raises Interrupted: It had to wait, and the task was told to stop.
        """
        number = self._begin()
        try:
            yield Turn(self, number)
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()

    def hold(self, seconds: float, why: str) -> None:
        """After a request was refused: nobody sends one for so long.

        :param why: For the line that tells of it.
        """
        with self._changed:
            now = self._context.clock.monotonic()
            self._standing = self._standing.held(seconds, self._sent, now)
            if now + seconds > self._counted_until + 1:
                self._context.report.tell(f"Waiting {seconds:.0f} s: {why}.")
                self._told_at = now
            self._count(now)

    def learn(self, reply: Reply, number: int) -> None:
        """Take over what the reply to a request says."""
        with self._changed:
            now = self._context.clock.monotonic()
            self._standing = self._standing.learn(reply, number, self._sent, now, self._longest_wait)

    def _begin(self) -> int:
        while True:
            with self._changed:
                now = self._context.clock.monotonic()
                seconds = self._standing.not_before - now
                if seconds <= 0:
                    if self._standing.free(self._under_way):
                        self._under_way += 1
                        self._sent += 1
                        return self._sent
                    # Whoever is under way comes back, within its timeout, and wakes the others.
                    self._changed.wait()
                    continue
                if now - self._told_at >= _TELL_AGAIN:
                    self._context.report.tell("Sending slowly: the service's request limit is nearly used up.")
                    self._told_at = now
                self._count(now)
            self._context.sleep(seconds)

    def _count(self, now: float) -> None:
        until = self._standing.not_before
        self._seconds_waited += max(0.0, until - max(now, self._counted_until))
        self._counted_until = max(until, self._counted_until)
