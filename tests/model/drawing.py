# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Choices of a generated example."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

#: Draws a value of a strategy.
Draw = Callable[[st.SearchStrategy[Any]], Any]


def one_of(draw: Draw, *values: Any) -> Any:
    """One of the values; the first one is the simplest."""
    return draw(st.sampled_from(values))


def maybe(draw: Draw) -> bool:
    """True or false; false is the simpler one."""
    return bool(draw(st.booleans()))


def seldom(draw: Draw) -> bool:
    """True in about one of eight examples."""
    return bool(draw(st.integers(0, 7)) == 7)


def some_of(draw: Draw, members: Mapping[str, Any]) -> dict[str, Any]:
    """A part of the members."""
    return {name: value for name, value in members.items() if maybe(draw)}


def subset(draw: Draw, values: Iterable[Any]) -> list[Any]:
    """Some of the values, in their order."""
    return [value for value in values if maybe(draw)]


def shuffled(draw: Draw, values: Iterable[Any]) -> list[Any]:
    """The values in any order."""
    return list(draw(st.permutations(list(values))))


def doubled(draw: Draw, values: Iterable[Any]) -> list[Any]:
    """The values in any order, some of them twice."""
    once = list(values)
    return shuffled(draw, once + subset(draw, once))
