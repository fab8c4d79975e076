# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live event profiles: names that users write and ids that the service wants."""

from __future__ import annotations

import threading
import typing as t

from .._core.context import Context
from .._core.errors import Conflict, NotFound
from .api import SmartstreamApi
from .lists import Page
from .shapes import JSON

_MOST_NAMED = 25


class Profiles:
    """The profiles of one task, read when one must first be looked up, and no further than needed."""

    def __init__(self, api: SmartstreamApi, context: Context) -> None:
        self._api = api
        self._found: dict[str, str] = context.shared.setdefault("profiles", {})
        self._lock = threading.Lock()

    def profile_id(self, profile: str) -> str:
        """The id of a profile that is given by its ref_id or its name; a ref_id comes before a name.

        The first page usually has all of them, and then no other is read. A name waits for what seems to be the last
        page: a ref_id, or another profile of the same name, may stand further on.

        :raises NotFound: There is none; the message says which there are.
        :raises Conflict: Several have this name.
        """
        with self._lock:
            if profile not in self._found:
                self._found[profile] = self._look_up(profile)
            return self._found[profile]

    def known(self) -> str:
        """Which profiles there are, for messages."""
        return _named(self._api.list_profiles())

    def _look_up(self, profile: str) -> str:
        seen: list[JSON] = []
        for page in self._api.profile_pages():
            seen += page.entries
            if _has_ref_id(profile, page.entries) or (_seems_last(page, len(seen)) and _matching(profile, seen)):
                break
        matching = _matching(profile, seen)
        if not matching:
            raise NotFound(
                f"there is no live event profile with the ref_id or name {profile!r}; there are {_named(seen)}",
                advice="Use one of these",
            )
        if len(matching) > 1:
            ids = ", ".join(str(entry.get("id")) for entry in matching)
            raise Conflict(
                f"{len(matching)} live event profiles are called {profile!r} (ids {ids})",
                advice="Give live_event_profile_id",
                details=[f"id {entry.get('id')}" for entry in matching],
            )
        return str(matching[0]["id"])


def _has_ref_id(profile: str, entries: t.Sequence[JSON]) -> bool:
    return any(entry.get("ref_id") == profile for entry in entries)


def _seems_last(page: Page, seen: int) -> bool:
    """A short page says little, since the service may have a limit of its own (smartstream.md, section 8)."""
    return not page.full and (page.counted is None or page.counted <= seen)


def _matching(profile: str, entries: t.Sequence[JSON]) -> list[JSON]:
    for member in ("ref_id", "name", "id"):
        found = [entry for entry in entries if entry.get(member) == profile]
        if found:
            return found
    return []


def _named(entries: t.Sequence[JSON]) -> str:
    texts = [f"{entry.get('name')!r} (ref_id {entry.get('ref_id') or 'none'})" for entry in entries]
    more = f" and {len(texts) - _MOST_NAMED} more" if len(texts) > _MOST_NAMED else ""
    return (", ".join(texts[:_MOST_NAMED]) or "none") + more
