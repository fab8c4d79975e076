# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How two values of a member compare: the wanted one against the one that the service shows."""

from __future__ import annotations

import ipaddress
import typing as t

from .._core.instants import same_instant

Comparison = t.Callable[[t.Any, t.Any], bool]


def same(wanted: t.Any, shown: t.Any) -> bool:
    """Equal, where a number and its text are equal too and True is not 1."""
    if isinstance(wanted, bool) or isinstance(shown, bool):
        return wanted is shown
    if isinstance(wanted, (str, int)) and isinstance(shown, (str, int)):
        return str(wanted) == str(shown)
    return bool(wanted == shown)


def same_ignoring_case(wanted: t.Any, shown: t.Any) -> bool:
    """Equal names, whatever their case."""
    return str(wanted).casefold() == str(shown).casefold()


def same_set(wanted: t.Any, shown: t.Any) -> bool:
    """The same values, in whatever order and however often."""
    return {str(value) for value in wanted or ()} == {str(value) for value in shown or ()}


def same_addresses(wanted: t.Any, shown: t.Any) -> bool:
    """The same IP addresses, in whatever order and spelling."""
    return {_address(value) for value in wanted or ()} == {_address(value) for value in shown or ()}


def same_time(wanted: t.Any, shown: t.Any) -> bool:
    """The same point in time, whatever its offset; nothing wanted equals nothing shown."""
    if not wanted or not shown:
        return not wanted and not shown
    return same_instant(str(wanted), str(shown))


def same_json(wanted: t.Any, shown: t.Any) -> bool:
    """Every wanted member of a JSON value is shown; lists agree whatever their order, and however often a value stands."""
    if isinstance(wanted, dict) and isinstance(shown, dict):
        return all(same_json(value, shown.get(name)) for name, value in wanted.items())
    if isinstance(wanted, (list, tuple)) and isinstance(shown, (list, tuple)):
        return all(any(same_json(one, other) for other in shown) for one in wanted) and all(
            any(same_json(one, other) for one in wanted) for other in shown
        )
    return same(wanted, shown)


def unique(values: t.Sequence[t.Any]) -> list[t.Any]:
    """The values in their order, each once; they may be such as no set takes."""
    return [value for place, value in enumerate(values) if value not in values[:place]]


def _address(value: t.Any) -> str:
    try:
        return ipaddress.ip_address(str(value).strip()).compressed
    except ValueError:
        return str(value)
