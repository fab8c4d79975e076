# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading without changing: one resource by its id or ref_id, or a list."""

from __future__ import annotations

import typing as t

from .._core.errors import InvalidInput
from .._engine.apply import doing
from .addresses import id_refusals, refusals
from .shapes import JSON

_LIST_OPTIONS = ("limit", "page", "sort", "order")


def read_resources(
    noun: str,
    options: t.Mapping[str, t.Any],
    *,
    by_id: t.Callable[[str], JSON | None],
    by_ref: t.Callable[[str], JSON | None],
    listed: t.Callable[..., list[JSON]],
) -> list[JSON]:
    """The resources that the options ask for; an empty list where there is none.

    :param noun: What messages call one of them.
    :raises InvalidInput: The options cannot be right; no request is made.
    """
    with doing(f"read {_what(noun, options)}"):
        found = _refusals(options)
        if found:
            raise InvalidInput("; ".join(found), details=found)
        if options.get("id") is not None:
            one = by_id(options["id"])
        elif options.get("ref_id") is not None:
            one = by_ref(options["ref_id"])
        else:
            return listed(**{name: options.get(name) for name in _LIST_OPTIONS})
    return [] if one is None else [one]


def _what(noun: str, options: t.Mapping[str, t.Any]) -> str:
    named = [f"{name} {options[name]!r}" for name in ("id", "ref_id") if options.get(name) is not None]
    return f"the {noun} with the {' and the '.join(named)}" if named else f"{noun}s"


def _refusals(options: t.Mapping[str, t.Any]) -> list[str]:
    resource_id, ref_id = options.get("id"), options.get("ref_id")
    found = [] if resource_id is None else id_refusals("id", resource_id)
    found += [] if ref_id is None else refusals("ref_id", ref_id)
    if resource_id is not None and ref_id is not None:
        found.append("id and ref_id both name one resource; give one of them")
    for name in ("limit", "page"):
        value = options.get(name)
        if value is not None and value < 1:
            found.append(f"{name} {value} is less than 1")
    return found
