# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of the SmartSTREAM Live API, page by page (smartstream.md, section 8)."""

from __future__ import annotations

import typing as t

from .._core.errors import InvalidInput, NotFound, StreamOpsError, UnexpectedResponse
from .._core.numbers import whole_number
from .._core.reply import Reply
from .._core.shape import refuse_without
from .refusals import BAD_REQUEST
from .shapes import JSON, take_in_resource

# The documents' own sample of a list (section 8); sent always, since defaults are not documented.
PAGE_SIZE = 30
_SORT = "updated_at"
_ORDER = "ASC"
# A list may not go on for ever: so many pages are most of a minute's requests (section 8).
MOST_PAGES = 40


class ListTooLong(InvalidInput):
    """A list goes on after as many pages as a task reads."""


class Page(t.NamedTuple):
    """One page of a list.

    :ivar entries: Those that no page before it had; at least one.
    :ivar full: Whether the service sent as many as were asked for.
    :ivar counted: What the service says; it may count the list or the page. None where it says nothing.
    """

    entries: list[JSON]
    full: bool
    counted: int | None


def read_pages(
    get: t.Callable[[t.Mapping[str, t.Any]], Reply], path: str, members: t.Sequence[str], query: t.Mapping[str, t.Any]
) -> t.Iterator[Page]:
    """Page by page, each entry once.

    Neither a short page nor ``count`` says reliably that it was the last one (section 8): an empty page does, and
    one that brings nothing new. What a page beyond the last one is answered is not documented: a refusal of it, or
    an answer without a list or without anything, is taken for the end as well, once a page was read.

    :param get: Sends the request with these query parameters.
    :param path: What is read, for messages.
    :param members: What the answer's member with the list may be called.
    :param query: limit, page, sort and order; what is None or left out gets the documents' sample value. With ``page``
        no other page is read.
    :raises ListTooLong: There are more pages than a task should read.
    """
    asked = query.get("page")
    size = query.get("limit") or PAGE_SIZE
    fixed = {"limit": size, "sort": query.get("sort") or _SORT, "order": query.get("order") or _ORDER}
    seen: set[t.Any] = set()
    for number in range(1, MOST_PAGES + 1) if asked is None else (asked,):
        try:
            reply = get({**fixed, "page": number})
        except (InvalidInput, NotFound) as refused:
            if seen and _is_beyond_the_end(refused):
                return
            raise
        body = reply.json() if reply.content.strip() else {}
        found = _entries(body, members, path, number)
        entries = [entry for entry in found if entry["id"] not in seen]
        if not entries:
            return
        seen.update(entry["id"] for entry in entries)
        yield Page(entries, len(found) >= size, _count(body))
    if asked is None:
        raise ListTooLong(
            f"the list {path} goes on after {MOST_PAGES} pages with {len(seen)} entries, and no more are read",
            advice="Name a resource by id or ref_id, or read the list page by page with limit and page",
        )


def _is_beyond_the_end(refused: StreamOpsError) -> bool:
    """Whether a refusal is one of the page's number: every other parameter was accepted with the first page.

    A page for people is none: it has no words of the service, or is no ``NotFound``.
    """
    if isinstance(refused, NotFound):
        return refused.status == 404
    return refused.status == 400 and (refused.code == BAD_REQUEST or (refused.code is None and bool(refused.details)))


def _entries(body: t.Any, members: t.Sequence[str], path: str, number: int) -> list[JSON]:
    found = body
    if isinstance(body, dict):
        found = next((body[name] for name in members if body.get(name) is not None), None)
        if found is None and (number > 1 or _count(body) == 0):
            found = []
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnexpectedResponse(f"SmartSTREAM answered GET {path} with something other than a list")
    refuse_without(found, "id", f"GET {path}")
    for entry in found:
        take_in_resource(entry)
    return found


def _count(body: t.Any) -> int | None:
    count = body.get("count") if isinstance(body, dict) else None
    if isinstance(count, str):
        return whole_number(count)
    return count if isinstance(count, int) and not isinstance(count, bool) else None
