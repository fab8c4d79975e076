# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared keys that the service shows with less than its documents say: what stands for the rest. Pure.

A member that is not shown cannot differ, so it causes no update; an update that is made anyway says it.
"""

from __future__ import annotations

import datetime as dt
import typing as t

from .._core.errors import InvalidInput
from .._core.instants import parse_instant
from .._engine.fields import Members
from .shared_key_fields import AUTH_METHODS, THIRD_PARTY, declared_type, type_of_method

#: What a shown key may lack.
GAPS = ("authMethod", "cdnCode", "enabled", "type")
_SHOWN_OF_THIRD_PARTY = ("cdnCode", "expiryDate", "guid", "previousKey")


def with_types(shown: t.Iterable[Members], wanted: t.Sequence[Members]) -> list[Members]:
    """The keys with the types that they lack, as far as one follows from what they have or what is declared."""
    typed = ((key, _type_of_shown(key, wanted)) for key in shown)
    return [{**key, "type": kind} if kind else dict(key) for key, kind in typed]


def _type_of_shown(key: Members, wanted: t.Sequence[Members]) -> str | None:
    if key.get("type"):
        return str(key["type"])
    third_party = THIRD_PARTY if any(key.get(name) for name in _SHOWN_OF_THIRD_PARTY) else None
    declared = {declared_type(one) for one in wanted if one["name"] == key.get("name")}
    return type_of_method(key) or third_party or (declared.pop() if len(declared) == 1 else None)


def filled_in(keys: t.Iterable[Members], wanted: t.Iterable[Members]) -> list[Members]:
    """The keys as an update says them: enabled, and with the method of their type, where nothing else is known."""
    cdns = {(one["name"], THIRD_PARTY): one["cdn"] for one in wanted if one.get("cdn")}
    filled = []
    for key in keys:
        likely = {
            "enabled": True,
            "authMethod": AUTH_METHODS.get(str(key.get("type"))),
            "cdnCode": cdns.get((str(key.get("name")), str(key.get("type")))),
        }
        filled.append({**{name: value for name, value in likely.items() if value is not None}, **key})
    return filled


def shown_instant(shown: t.Any) -> dt.datetime | None:
    """A point in time that the service shows, in UTC where it has no offset (msl.md, section 7, row 24).

    :returns: None where it cannot be read.
    """
    for text in (f"{shown}", f"{shown}Z"):
        try:
            return parse_instant(text)
        except InvalidInput:
            continue
    return None


def same_shown_time(one: t.Any, other: t.Any) -> bool:
    """Whether two times, each as it was sent or shown, are the same to the millisecond that the service keeps."""
    first, second = shown_instant(one), shown_instant(other)
    if first is None or second is None:
        return bool(one == other)
    return abs((first - second).total_seconds()) < 0.001
