# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request budgets: a token bucket, and so many requests a minute."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from .settings import Budget


@dataclass
class Standing:
    """What the bucket says about one request."""

    allowed: bool
    limit: int
    remaining: int
    #: When one more request can be made.
    next_at: datetime


class Bucket:
    """A token bucket that follows its settings when they change."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._tokens: float | None = None
        self._filled_at: datetime | None = None

    def take(self, now: datetime) -> Standing | None:
        """Take a token. None when there is no budget."""
        limit = self._budget.limit
        if limit is None:
            self._tokens = None
            return None
        rate = limit / self._budget.window
        if self._tokens is None or self._filled_at is None:
            self._tokens = float(limit)
        else:
            passed = max(0.0, (now - self._filled_at).total_seconds())
            self._tokens = min(float(limit), self._tokens + passed * rate)
        self._filled_at = now
        allowed = self._tokens >= 1
        if allowed:
            self._tokens -= 1
        wait = max(0.0, (1 - self._tokens) / rate)
        # The service names the moment in milliseconds; one more keeps a punctual client on the right side of it.
        return Standing(allowed, limit, int(self._tokens), now + timedelta(seconds=wait, milliseconds=1))


class Window:
    """So many requests in any stretch of ``window`` seconds; a request over the limit does not count."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._passed: deque[datetime] = deque()

    def take(self, now: datetime) -> Standing | None:
        """Count a request. None when there is no budget."""
        limit, stretch = self._budget.limit, timedelta(seconds=self._budget.window)
        if limit is None:
            self._passed.clear()
            return None
        while self._passed and self._passed[0] <= now - stretch:
            self._passed.popleft()
        allowed = len(self._passed) < limit
        if allowed:
            self._passed.append(now)
        full = len(self._passed) >= limit
        return Standing(allowed, limit, limit - len(self._passed), self._passed[0] + stretch if full else now)
