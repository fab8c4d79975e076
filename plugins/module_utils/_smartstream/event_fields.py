# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of a live event (smartstream.md, section 3): the field table, and what is read out of them. Pure."""

from __future__ import annotations

import typing as t

from .._core.errors import InvalidInput
from .._core.instants import parse_instant
from .._engine.compare import same_time
from .._engine.fields import Field, Members, Table, Write

SOURCE_TYPES = ("rtmp", "rtp", "udp")
START, END = "live_encode_start_at", "live_encode_end_at"


def sent_instant(text: str) -> str:
    """An instant as it is sent: with milliseconds, and with the user's own offset; other texts stay, to be refused."""
    try:
        instant = parse_instant(text)
    except InvalidInput:
        return text
    return instant.isoformat(timespec="milliseconds")


# Every member that an update takes is resent: whether a PUT replaces is not documented (section 6). A list shows all.
# Their absence, or null, is the empty value: what a new event has.
FIELDS: Table = (
    Field("ref_id", listed="ref_id", resent=True, absent=""),
    Field("name", listed="name", resent=True, absent=""),
    Field("description", listed="description", resent=True, absent=""),
    # Never shown by itself; see source_type().
    Field("source_type", write=Write.CREATE, choices=SOURCE_TYPES, listed="source_type"),
    Field("live_event_profile_id", listed="live_event_profile_id", resent=True, absent=""),
    Field("enable_ad_insertion_flag", type="bool", listed="enable_ad_insertion_flag", resent=True, absent=False),
    Field("enable_live_to_file_flag", type="bool", listed="enable_live_to_file_flag", resent=True, absent=False),
    Field(START, same=same_time, convert=sent_instant, listed=START, resent=True, absent=""),
    Field(END, same=same_time, convert=sent_instant, listed=END, resent=True, absent=""),
    *(
        Field(name, write=Write.NEVER, listed=name)
        for name in ("id", "merchant_id", "media_id", "encode_status", "created_at", "updated_at")
    ),
    Field("input_sources", type="list", write=Write.NEVER, listed="input_sources"),
    Field("preview", type="dict", write=Write.NEVER, listed="preview"),
)


def with_source_type(event: Members) -> Members:
    """An event as the service shows it, and the source type that its ingest URL tells."""
    kind = source_type(event.get("input_sources"))
    return {**event, "source_type": kind} if kind else dict(event)


def source_type(input_sources: t.Any) -> str | None:
    """The scheme of the first ingest URL; None where that is no source type, or there is no URL.

    The documents type a source as an object and show a text (section 3): either is read.
    """
    first = input_sources[0] if isinstance(input_sources, list) and input_sources else None
    texts = first.values() if isinstance(first, dict) else [first]
    for text in texts:
        scheme, separator, _rest = str(text).partition("://")
        if separator and scheme.lower() in SOURCE_TYPES:
            return scheme.lower()
    return None


def sent_members(members: Members, *, creating: bool) -> Members:
    """Members as a request carries them: an empty time is null, which clears it; a new event just has none."""
    cleared = {name for name in (START, END) if members.get(name) == ""}
    if creating:
        return {name: value for name, value in members.items() if name not in cleared}
    return {name: None if name in cleared else value for name, value in members.items()}


def changed_schedule_refusals(shown: Members, wanted: Members) -> list[str]:
    """Why a schedule cannot be that is partly wanted and partly stays; nothing where no time would change.

    A time that the service shows is never refused for how it is written, which is the service's business.
    """
    stays = {name: shown[name] for name in (START, END) if name not in wanted and _is_instant(shown.get(name))}
    changes = any(name in wanted and not same_time(wanted[name], shown.get(name)) for name in (START, END))
    return schedule_refusals({**stays, **wanted}) if changes else []


def _is_instant(text: t.Any) -> bool:
    try:
        parse_instant(str(text))
    except InvalidInput:
        return False
    return True


def schedule_refusals(members: Members) -> list[str]:
    """Why these times cannot be, each a sentence.

    :param members: With the times that are wanted, or also those that stay.
    """
    found, instants = [], {}
    for name in (START, END):
        written = members.get(name)
        if not written:
            continue
        try:
            instants[name] = parse_instant(str(written))
        except InvalidInput as error:
            found.append(f"{name}: {error.text()}")
    if len(instants) == 2 and instants[END] <= instants[START]:
        found.append(f"{END} {members[END]} is not after {START} {members[START]}")
    return found
