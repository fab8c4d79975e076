# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of live events, and what it takes to believe that an event is not in it."""

from __future__ import annotations

import copy
import threading
import typing as t

from .._core.context import Context
from .._engine.fields import Members
from .api import SmartstreamApi
from .event_fields import with_source_type
from .lists import MOST_PAGES, ListTooLong

Entries = list[tuple[t.Any, Members]]


class EventList:
    """Readings of the list of live events, shared by a task and its loop.

    The list is sorted by the time of the last change (smartstream.md, section 8). An event that changes while page
    after page is read moves to the end, and the one behind it slips to the page that was read before: it is in none.
    """

    def __init__(self, api: SmartstreamApi) -> None:
        self._api = api
        self._lock = threading.Lock()
        self._pages = 0
        self._too_long: ListTooLong | None = None
        self._second: Entries = []
        self._second_of: float | None = None

    @classmethod
    def shared(cls, api: SmartstreamApi, context: Context) -> EventList:
        """The task's."""
        return t.cast(EventList, context.shared.setdefault("list of live events", cls(api)))

    @property
    def requests(self) -> int:
        """How many requests a reading takes, as far as is known."""
        return MOST_PAGES if self._too_long is not None else max(1, self._pages)

    def read(self) -> Entries:
        """Every event by its id.

        :raises ListTooLong: There are more than a task reads; it is found out once.
        """
        if self._too_long is not None:
            raise copy.copy(self._too_long)
        try:
            pages = list(self._api.live_event_pages())
        except ListTooLong as too_long:
            self._too_long = copy.copy(too_long)
            raise
        self._pages = len(pages)
        return [(entry["id"], with_source_type(entry)) for page in pages for entry in page.entries]

    def read_again(self, first_read_at: float) -> Entries:
        """Every event by a second reading, done once for each first one; nothing where one page had them all.

        :param first_read_at: When the first reading was done; seconds of the monotonic clock.
        """
        with self._lock:
            if self._second_of != first_read_at:
                self._second = self.read() if self._pages > 1 else []
                self._second_of = first_read_at
            return self._second
