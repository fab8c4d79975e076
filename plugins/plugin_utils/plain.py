# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values as a module would receive them: without what Ansible attaches to them in the controller."""

from __future__ import annotations

import datetime as dt
import json
import typing as t


def plain(value: t.Any) -> t.Any:
    """Copy a value with plain text, numbers, lists and dicts only.

    Texts may carry tags or be vaulted, which turning them into text resolves; unquoted YAML timestamps arrive as
    dates, and a module would get them in ISO 8601.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    if isinstance(value, t.Mapping):
        return {_name(name): plain(member) for name, member in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(member) for member in value]
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    return str(value)


def _name(value: t.Any) -> str:
    """The name of a member as JSON has it, which knows texts only."""
    bare = plain(value)
    return bare if isinstance(bare, str) else json.dumps(bare)
