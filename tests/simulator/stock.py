# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources of one kind, with what makes a service slow to show the truth: transitions and lagging reads."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from .settings import Settings, Transition

Key = TypeVar("Key", bound=Hashable)
Resource = dict[str, Any]


class Countdown:
    """The end of a transition: after a number of reads, or at a moment of the machine's monotonic clock."""

    def __init__(self, transition: Transition) -> None:
        self._reads = transition.reads
        self._deadline = None if transition.seconds is None else time.monotonic() + transition.seconds

    def reached(self) -> bool:
        """Count one read; true when the transition is over."""
        if self._deadline is not None:
            return time.monotonic() >= self._deadline
        self._reads -= 1
        return self._reads < 0


class Stock(Generic[Key]):
    """Resources by id. ``resources`` is the truth and open to tests; ``read`` is what the service shows of it."""

    def __init__(self, settings: Settings, arrive: Callable[[Key, Resource], None]) -> None:
        self.resources: dict[Key, Resource] = {}
        self._settings = settings
        self._arrive = arrive
        self._countdowns: dict[Key, Countdown] = {}
        self._lags: dict[Key, tuple[Resource | None, int]] = {}

    def before_write(self, key: Key) -> None:
        """Remember what lagging reads are going to show. To be called before a resource changes."""
        if self._settings.lagging_reads > 0:
            self._lags[key] = (copy.deepcopy(self.resources.get(key)), self._settings.lagging_reads)

    def begin(self, key: Key, transition: Transition) -> None:
        """Start a transition; ``arrive`` is called when it ends."""
        self._countdowns[key] = Countdown(transition)

    def end(self, key: Key) -> None:
        """Drop a transition that is under way."""
        self._countdowns.pop(key, None)

    def changing(self, key: Key) -> bool:
        """Whether a transition is under way."""
        return key in self._countdowns

    def read(self, key: Key) -> Resource | None:
        """What a read shows now: the resource, what it was before the last write, or None."""
        if key in self._lags:
            before, reads = self._lags.pop(key)
            if reads > 1:
                self._lags[key] = (before, reads - 1)
            return before
        resource = self.resources.get(key)
        if resource is None:
            self._countdowns.pop(key, None)
            return None
        countdown = self._countdowns.get(key)
        if countdown is not None and countdown.reached():
            del self._countdowns[key]
            self._arrive(key, resource)
        return self.resources.get(key)

    def read_all(self) -> list[tuple[Key, Resource]]:
        """What a list shows now, in the order of creation."""
        shown = []
        for key in [*self.resources, *(key for key in list(self._lags) if key not in self.resources)]:
            resource = self.read(key)
            if resource is not None:
                shown.append((key, resource))
        return shown

    def find(self, matches: Callable[[Resource], bool]) -> Key | None:
        """Id of the first resource that matches, those included that lagging reads still show."""
        for key, resource in self.resources.items():
            if matches(resource):
                return key
        return next((key for key, (before, _reads) in self._lags.items() if before and matches(before)), None)

    def clear(self) -> None:
        """Remove everything."""
        self.resources.clear()
        self._countdowns.clear()
        self._lags.clear()
