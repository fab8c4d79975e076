# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How texts that users write are sent and compared. The service takes no spaces around them."""

from __future__ import annotations

import typing as t

from .._engine.compare import same_ignoring_case, unique
from .._engine.fields import Members


def stripped(value: str) -> str:
    """A text without the spaces around it."""
    return value.strip()


def stripped_unique(values: t.Sequence[str]) -> list[str]:
    """The texts in their order, each once and without the spaces around it."""
    return unique([stripped(value) for value in values])


def filled_unique(values: t.Sequence[str]) -> list[str]:
    """The same without those that are blank, which is how forms send a list that nobody filled in."""
    return [value for value in stripped_unique(values) if value]


def zone(value: str) -> str:
    """An encoder zone; samples say ``Europe``, the real names are upper case (msl.md, section 7, row 5)."""
    return value.strip().upper()


def same_zone(wanted: t.Any, shown: t.Any) -> bool:
    """The same encoder zone; an empty one is none."""
    return same_ignoring_case(wanted or "", shown or "")


def without_empty_zone(members: Members) -> Members:
    """What a new resource is created with: the service takes no empty backup zone, and leaving it out says the same."""
    return {name: value for name, value in members.items() if (name, value) != ("backupEncoderZone", "")}
