# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a resource looks to a user: snake_case, secrets masked or left out; and the diff of a plan."""

from __future__ import annotations

import typing as t

from .._core.names import snake, snake_members
from .._core.secrets import MASK
from .fields import Field, Members, Table, Write
from .plan import Plan


def shown(fields: Table, members: Members, secrets: t.Container[str] = ()) -> Members:
    """A resource as it is returned: every member that the service shows, but no secret.

    :param secrets: Members that are secrets wherever they stand, by the API's names.
    """
    by_name = {field.name: field for field in fields}
    result: Members = {}
    for name, value in members.items():
        field = by_name.get(name)
        if field is None and name not in secrets:
            result[snake(name)] = snake_members(value, secrets)
        elif field is not None and not field.secret:
            result[field.option] = _inside(field, value, secrets)
    return result


def compared(fields: Table, members: Members) -> Members:
    """A resource as it stands in a diff: writable members only, secrets masked the same on both sides."""
    return {
        field.option: MASK if field.secret else _masked(field, members[field.name])
        for field in fields
        if field.write is not Write.NEVER and members.get(field.name) is not None
    }


def diff_of_one(name: str, plan: Plan) -> dict[str, t.Any]:
    """The diff of one resource, in Ansible's form."""
    return {"before": plan.before, "after": plan.after, "before_header": name, "after_header": name}


def diff_of_many(headed: t.Iterable[tuple[str, Plan]]) -> dict[str, t.Any]:
    """One diff for a list of resources: those that change, by what they are called."""
    changing = [(name, plan) for name, plan in headed if plan.changed]
    return {
        "before": {name: plan.before for name, plan in changing if plan.before},
        "after": {name: plan.after for name, plan in changing if plan.after},
    }


def _inside(field: Field, value: t.Any, secrets: t.Container[str]) -> t.Any:
    """Of an object that is an option only what is an option, so that it can be given as one."""
    if not field.members:
        return snake_members(value, secrets)
    if isinstance(value, dict):
        return {
            member.option: _inside(member, value[member.name], secrets)
            for member in field.members
            if member.name in value and not member.secret
        }
    if isinstance(value, (list, tuple)):
        return [_inside(field, entry, secrets) for entry in value]
    return value


def _masked(field: Field, value: t.Any) -> t.Any:
    if not field.members:
        return snake_members(value)
    if isinstance(value, dict):
        return compared(field.members, dict(value))
    if isinstance(value, (list, tuple)):
        return [compared(field.members, dict(entry)) if isinstance(entry, dict) else entry for entry in value]
    return value
