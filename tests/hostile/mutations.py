# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are nearly right: one or a few members have a value that no document allows for."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from typing import Any

_DEEP: Any = "deep"
for _level in range(60):
    _DEEP = [_DEEP] if _level % 2 else {"nested": _DEEP}

#: What stands in place of a member.
STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 1.5, float("inf"), float("nan"), "", " ", "x" * 5000, "\r\nX-Injected: yes", "../..", "\x00", "\ud800",
    "2026-13-45T99:99:99Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-12:00",
    "{{ 7 * 7 }}", [], [None], ["x"], [[]], [{}], {}, {"id": 1}, {"name": None}, _DEEP,
)  # fmt: skip

Place = tuple[Any, Any]


def places(value: Any) -> Iterator[Place]:
    """Every member of every object and list below: what holds it, and where."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in list(members):
        yield value, key
        yield from places(member)


def mutated(body: Any, seed: int) -> Any:
    """A copy of an answer with up to three members gone, doubled or strange; now and then the whole of it."""
    generator = random.Random(seed)
    if generator.random() < 0.05:
        return copy.deepcopy(generator.choice(STRANGE))
    body = copy.deepcopy(body)
    for _change in range(generator.randint(1, 3)):
        found = list(places(body))
        if found:
            generator.choice(_CHANGES)(generator, *generator.choice(found))
    return body


def _replace(generator: random.Random, holder: Any, key: Any) -> None:
    holder[key] = copy.deepcopy(generator.choice(STRANGE))


def _remove(generator: random.Random, holder: Any, key: Any) -> None:
    del holder[key]


def _double(generator: random.Random, holder: Any, key: Any) -> None:
    """An entry of a list comes twice, as on the next page of a list that moves."""
    if isinstance(holder, list):
        holder.insert(key, copy.deepcopy(holder[key]))
    else:
        holder[f"{key}_2"] = holder[key]


_CHANGES: tuple[Callable[[random.Random, Any, Any], None], ...] = (_replace, _replace, _replace, _remove, _double)
