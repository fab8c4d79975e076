# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the code relies on in an answer's members, made sure of where the answer comes in."""

from __future__ import annotations

import enum
import typing as t

from .errors import UnexpectedResponse
from .numbers import whole_number


class Kind(enum.Enum):
    """What the members of one name are, wherever they stand in an answer. Each may be null or missing as well."""

    TEXT = "text"
    SCALAR = "text, a number or a truth value"
    NUMBER = "a number"
    OBJECT = "an object"
    SWITCH = "an object or a truth value"
    OBJECTS = "a list of objects"
    SCALARS = "a list of texts or numbers"


Kinds = t.Mapping[str, Kind]
_SCALARS = (str, int, float, bool)


def _is_number(value: t.Any) -> bool:
    """Ids and counts: whole, and written as a text at worst."""
    if isinstance(value, str):
        return value.isascii() and whole_number(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


_FITS: dict[Kind, t.Callable[[t.Any], bool]] = {
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.SCALAR: lambda value: isinstance(value, _SCALARS),
    Kind.NUMBER: _is_number,
    Kind.OBJECT: lambda value: isinstance(value, dict),
    Kind.SWITCH: lambda value: isinstance(value, (dict, bool)),
    Kind.OBJECTS: lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    Kind.SCALARS: lambda value: isinstance(value, list) and all(isinstance(one, _SCALARS) for one in value),
}


def take_in(
    body: t.Any, kinds: Kinds, service: str, *, secrets: t.Container[str] = (), learn: t.Callable[[str], t.Any] = str
) -> None:
    """Look at every object of an answer; a number that is written as a text becomes a number, so that ids compare.

    :param kinds: Member -> what it is; members that are not in it may be anything.
    :param secrets: Members whose values are secrets.
    :param learn: Gets each of these values.
    :raises UnexpectedResponse: A member is something else; the message names it and shows no value.
    """
    left = [body]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            for name, member in value.items():
                kind = kinds.get(name)
                if kind is not None and member is not None and not _FITS[kind](member):
                    raise UnexpectedResponse(
                        f"{service} answered with a member {name} that is not {kind.value}",
                        advice="Check the host and any proxy in between; if they are right, the service has changed",
                    )
                if kind is Kind.NUMBER and isinstance(member, str):
                    value[name] = whole_number(member)
                if name in secrets and isinstance(member, (str, int, float)):
                    learn(str(member))
            left.extend(value.values())
        elif isinstance(value, list):
            left.extend(value)


def refuse_without(entries: t.Iterable[t.Mapping[str, t.Any]], name: str, what: str) -> None:
    """Look for a member that tells the entries of a list apart.

    :param what: What was asked for, as in "GET /streams".
    :raises UnexpectedResponse: An entry lacks it.
    """
    if any(entry.get(name) is None for entry in entries):
        raise UnexpectedResponse(f"the service answered {what} with an entry that has no {name}")
