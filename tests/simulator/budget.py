# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request budget of a service: a token bucket."""

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
