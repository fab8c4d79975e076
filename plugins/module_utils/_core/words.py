# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words for people. Pure."""

from __future__ import annotations

import typing as t

_KINDS: tuple[tuple[t.Any, str], ...] = (
    (type(None), "null"),
    (bool, "a truth value"),
    ((int, float), "a number"),
    (str, "text"),
    (t.Mapping, "a dictionary"),
    ((list, tuple), "a list"),
)


def kind_of(value: t.Any) -> str:
    """What a value is. The names of types would be Ansible's own, which say nothing to those who wrote the value."""
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "something else")
