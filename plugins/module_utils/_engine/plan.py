# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plans: pure values, made from what is wanted and what is observed; nothing else decides ``changed``."""

from __future__ import annotations

import dataclasses
import types
import typing as t

from .._core.errors import Immutable
from .fields import UNKNOWN, Field, Members, Table, Write

# Characters of a value that a message shows.
_LONGEST_VALUE = 200


@dataclasses.dataclass
class Desired:
    """What a task wants of one resource.

    :param members: The declared members under their API names; a member that is not here is left as it is.
    :param settings: The options that are no member (``id``, ``wait`` ...).
    :param index: The place in the task's list, for messages.
    """

    state: str
    members: Members
    settings: dict[str, t.Any] = dataclasses.field(default_factory=dict)
    index: int | None = None


@dataclasses.dataclass
class Observed:
    """What the service shows of one resource.

    :param members: Under the names of the detail.
    :param whole: The detail was read; else only what the list shows is known.
    """

    id: t.Any
    members: Members
    whole: bool


class Change(t.NamedTuple):
    """One member that differs."""

    field: Field
    before: t.Any
    after: t.Any


class Step(t.NamedTuple):
    """One write."""

    action: str
    body: t.Any = None
    query: t.Mapping[str, t.Any] = types.MappingProxyType({})
    repeatable: bool | None = None


class Replanned(Exception):
    """Raised by a write that the service refused in a way that tells what to do instead.

    :param steps: What to do in place of this step and the ones after it; empty: nothing more is needed.
    :param warning: What the user should know of it.
    """

    def __init__(self, steps: t.Sequence[Step], warning: str = "") -> None:
        super().__init__(warning)
        self.steps = list(steps)
        self.warning = warning


@dataclasses.dataclass
class Plan:
    """What will be done to one resource, and how it looks before and after, ready to be shown.

    ``predicted`` is the whole resource as it will be, under the API's names: what check mode returns.
    """

    steps: list[Step]
    before: Members = dataclasses.field(default_factory=dict)
    after: Members = dataclasses.field(default_factory=dict)
    predicted: Members = dataclasses.field(default_factory=dict)
    warnings: list[str] = dataclasses.field(default_factory=list)

    @property
    def changed(self) -> bool:
        """Whether anything is to be written."""
        return bool(self.steps)

    @property
    def actions(self) -> list[str]:
        """The names of the writes, in order."""
        return [step.action for step in self.steps]


def changes(fields: Table, wanted: Members, observed: Members) -> list[Change]:
    """The declared members that the service shows differently.

    A member that the service never shows cannot differ; nor can one that is missing from what it shows, unless
    the table says what its absence means.
    """
    found = []
    for field in fields:
        if field.name not in wanted or not field.returned:
            continue
        shown = observed.get(field.name)
        if shown is None:
            shown = field.absent
        if shown is UNKNOWN or field.equal(wanted[field.name], shown):
            continue
        found.append(Change(field, shown, wanted[field.name]))
    return found


def refuse_immutable(found: t.Iterable[Change]) -> None:
    """Refuse a plan that would change what the service cannot change, naming every such member.

    :raises Immutable: There is such a change.
    """
    fixed = [change for change in found if change.field.write is not Write.ALWAYS]
    if fixed:
        named = ", ".join(
            f"{change.field.option} (is {_brief(change, change.before)}, wanted {_brief(change, change.after)})"
            for change in fixed
        )
        raise Immutable(
            f"the service cannot change {named}",
            advice="Leave these options as they are, or delete and create the resource anew",
            details=[change.field.option for change in fixed],
        )


def create_body(fields: Table, wanted: Members) -> Members:
    """The members to create with."""
    return {
        field.name: wanted[field.name] for field in fields if field.name in wanted and field.write is not Write.NEVER
    }


def update_body(fields: Table, wanted: Members, observed: Members) -> Members:
    """A whole update: what must be repeated, as the service shows it, overlaid by what is wanted.

    For services whose update replaces: a member left out would be lost, so one that the service does not show is
    repeated as it is declared.
    """
    body: Members = {}
    for field in fields:
        if field.write is Write.NEVER or not (field.resent or field.write is Write.ALWAYS):
            continue
        shown = observed.get(field.name)
        if field.write is Write.ALWAYS and field.name in wanted:
            body[field.name] = wanted[field.name]
        elif field.resent and (shown is not None or field.name in wanted):
            body[field.name] = _resent_members(field, wanted[field.name] if shown is None else shown)
    return body


def _resent_members(field: Field, shown: t.Any) -> t.Any:
    """Of an object only what an update takes, at every depth."""
    if not field.members or shown is None:
        return shown
    if isinstance(shown, dict):
        return {
            member.name: _resent_members(member, shown[member.name])
            for member in field.members
            if member.resent and shown.get(member.name) is not None
        }
    return [_resent_members(field, entry) for entry in shown] if isinstance(shown, (list, tuple)) else shown


def _brief(change: Change, value: t.Any) -> str:
    if change.field.secret:
        return "a secret"
    text = repr(value)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."
