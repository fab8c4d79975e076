# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clock that tests move: sleeping takes no time."""

from __future__ import annotations

import datetime as dt
import threading

from ansible_collections.streamops.live.plugins.module_utils._core.context import Clock


class SkippingClock(Clock):
    """Starts at the real time, or at the one given, and goes on only when somebody sleeps."""

    def __init__(self, start: dt.datetime | None = None) -> None:
        self.start = start or dt.datetime.now(dt.timezone.utc)
        self.slept: list[float] = []
        self._passed = 0.0

    def now(self) -> dt.datetime:
        return self.start + dt.timedelta(seconds=self._passed)

    def monotonic(self) -> float:
        return self._passed

    def sleep(self, seconds: float, stop: threading.Event | None = None) -> None:
        self.slept.append(seconds)
        self._passed += seconds

    def skip(self, length: dt.timedelta) -> None:
        """Let time pass without anybody sleeping."""
        self._passed += length.total_seconds()
