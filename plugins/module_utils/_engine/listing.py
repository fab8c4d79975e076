# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One kind's list, read when something must first be looked up in it and shared from then on."""

from __future__ import annotations

import threading
import typing as t

from .._core.context import Context
from .fields import Members, entry_from_members

if t.TYPE_CHECKING:
    from .plan import Desired
    from .resource import Resource

Entry = tuple[t.Any, Members]

# A listing answers for a minute at most what exists, and a plan's look-ups throughout; a create wants to know it as of now.
_LIFETIME = 60.0
_FRESH = 5.0
# From the third look-up on, one listing is cheaper than asking for each resource.
_WORTHWHILE = 3


class Listing:
    """The list of one kind of resource for one task; may be used from several threads."""

    def __init__(self, resource: Resource, context: Context) -> None:
        self._resource = resource
        self._clock = context.clock
        self._lock = threading.RLock()
        self._by_id: dict[t.Any, Members] = {}
        self._by_key: dict[str, list[t.Any]] | None = None
        self._read_at: float | None = None
        self._lookups = 0
        self._doubted = self._contested = False
        self._expected_at = self._clock.monotonic()

    @classmethod
    def shared(cls, resource: Resource, context: Context) -> Listing:
        """The task's listing of this kind."""
        return t.cast(Listing, context.shared.setdefault(("listing", resource.noun), cls(resource, context)))

    def expect(self, lookups: int) -> None:
        """Say how many look-ups are to come."""
        self._lookups += lookups
        self._expected_at = self._clock.monotonic()

    @property
    def worthwhile(self) -> bool:
        """Whether to look up here what could be asked for by itself, too."""
        return self._lookups >= _WORTHWHILE

    @property
    def was_read(self) -> bool:
        """Whether the list was read, be it that nothing of it is certain any more."""
        return self._read_at is not None

    @property
    def looked_at(self) -> float:
        """When the resources were looked at: when the list was read, or at the earliest when the task began."""
        return self._expected_at if self._read_at is None else self._read_at

    @property
    def contested(self) -> bool:
        """Whether another task is known to have created something since the resources were looked at."""
        return self._contested

    def __call__(self, desired: Desired) -> Entry | None:
        """The entry that the options name.

        :raises Conflict: There is more than one.
        """
        with self._lock:
            self._read_unless_younger_than(_LIFETIME, self._expected_at)
            return self._resource.find(desired, self._candidates(desired))

    def now(self, desired: Desired) -> Entry | None:
        """The same from a list that is not older than a few seconds, before a resource is created."""
        with self._lock:
            self._read_unless_younger_than(0.0 if self._doubted else _FRESH)
            return self._resource.find(desired, self._candidates(desired))

    def entry(self, resource_id: t.Any) -> Members | None:
        """The entry of an id."""
        with self._lock:
            self._read_unless_younger_than(_LIFETIME, self._expected_at)
            return self._by_id.get(resource_id)

    def entries(self) -> list[Entry]:
        """Every entry."""
        with self._lock:
            self._read_unless_younger_than(_LIFETIME)
            return list(self._by_id.items())

    def doubt(self) -> None:
        """Reads went by since the list was read: before anything is created it is to be read again."""
        self._doubted = True

    def contest(self) -> None:
        """Another task has created something since: nothing is to be created without a look."""
        self._doubted = self._contested = True

    def note(self, resource_id: t.Any, members: Members | None) -> None:
        """Keep up with a write: a resource as it is now, or None where it is gone."""
        with self._lock:
            if self._by_key is None:
                return
            for key in self._resource.keys_of(self._by_id.pop(resource_id, {})):
                self._by_key[key] = [one for one in self._by_key.get(key, ()) if one != resource_id]
            if members:
                self._add(resource_id, entry_from_members(self._resource.fields, members))

    def forget(self) -> None:
        """After a failure nothing of it is certain any more."""
        with self._lock:
            self._by_key = None

    def _read_unless_younger_than(self, seconds: float, at: float | None = None) -> None:
        """Read the list unless it was younger at that moment; None: now. It may have been read after it."""
        age = (self._clock.monotonic() if at is None else at) - self.looked_at
        if self._by_key is None or seconds <= 0 or age > seconds:
            entries = self._resource.entries()
            self._read_at, self._doubted = self._clock.monotonic(), False
            self._by_id, self._by_key = {}, {}
            for entry_id, entry in entries:
                self._add(entry_id, entry)

    def _add(self, entry_id: t.Any, entry: Members) -> None:
        self._by_id[entry_id] = entry
        by_key = t.cast("dict[str, list[t.Any]]", self._by_key)
        for key in self._resource.keys_of(entry):
            by_key.setdefault(key, []).append(entry_id)

    def _candidates(self, desired: Desired) -> list[Entry]:
        key = self._resource.key(desired)
        if key is None:
            return list(self._by_id.items())
        return [(entry_id, self._by_id[entry_id]) for entry_id in (self._by_key or {}).get(key, ())]
