# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Field tables: everything there is to know about a member of a resource, said once."""

from __future__ import annotations

import enum
import typing as t

from .._core.names import snake
from .compare import Comparison, same, same_json

Members = dict[str, t.Any]


class Write(enum.Enum):
    """When the service takes a member."""

    ALWAYS = "on create and on update"
    CREATE = "on create only"
    NEVER = "never"


class Unknown:
    """Stands for the value of a member that the service does not show."""

    def __repr__(self) -> str:
        return "<not shown by the service>"


UNKNOWN = Unknown()


class Field(t.NamedTuple):
    """One member.

    :param name: The API's name.
    :param type: Ansible's type of the option.
    :param write: When the service takes it.
    :param same: How a wanted value compares with a shown one.
    :param secret: Its value is shown to nobody.
    :param returned: The service shows it; a member that it does not show never causes an update.
    :param listed: Where a list's entry has it, as dotted paths, of which the first that is there counts; none: the list
        lacks it.
    :param resent: An update must repeat it even when it stays (for services whose update replaces).
    :param absent: What it means when a whole resource is shown without it; UNKNOWN: nothing is known then.
    :param members: The members of an object.
    :param option_type: The option's type, where it takes more than the member does.
    :param convert: Makes the member's value of the option's.
    :param default: The option's default; most have none, since what is left out stays as it is.
    """

    name: str
    type: str = "str"
    write: Write = Write.ALWAYS
    elements: str | None = None
    same: Comparison = same
    secret: bool = False
    returned: bool = True
    listed: str | tuple[str, ...] = ()
    resent: bool = False
    absent: t.Any = UNKNOWN
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    members: tuple[Field, ...] = ()
    option_type: str | None = None
    convert: t.Callable[[t.Any], t.Any] | None = None
    default: t.Any = None
    required: bool = False

    @property
    def option(self) -> str:
        """The option's name."""
        return snake(self.name)

    @property
    def paths(self) -> tuple[str, ...]:
        """Where a list's entry may have it."""
        return (self.listed,) if isinstance(self.listed, str) else self.listed

    @property
    def in_lists(self) -> bool:
        """Whether a list's entry shows it, or something of it."""
        return bool(self.listed) or any(member.listed for member in self.members)

    @property
    def is_gap(self) -> bool:
        """Whether nothing is known of it where it is missing."""
        return self.absent is UNKNOWN or self.absent is None

    def equal(self, wanted: t.Any, shown: t.Any) -> bool:
        """Whether the service shows what is wanted; of an object only the declared members count."""
        if self.members and self.type == "dict":
            if not isinstance(shown, dict):
                return not wanted and not shown
            return all(
                member.name not in wanted
                or not member.returned
                or member.name not in shown
                or member.equal(wanted[member.name], shown[member.name])
                for member in self.members
            )
        if self.members and self.same is same:
            return same_json(wanted, shown)
        return self.same(wanted, shown)


Table = tuple[Field, ...]


def members_from_options(fields: Table, options: t.Mapping[str, t.Any]) -> Members:
    """The declared members under their API names; an option that is None was left out."""
    return {
        field.name: _value_from_option(field, options[field.option])
        for field in fields
        if field.write is not Write.NEVER and options.get(field.option) is not None
    }


def _value_from_option(field: Field, value: t.Any) -> t.Any:
    if isinstance(value, (list, tuple)):
        plain: t.Any = [members_from_options(field.members, entry) if field.members else entry for entry in value]
    else:
        plain = members_from_options(field.members, value) if field.members else value
    return field.convert(plain) if field.convert else plain


def members_from_entry(fields: Table, entry: t.Mapping[str, t.Any]) -> Members:
    """The members that a list's entry shows, under the names and in the shape that the detail uses."""
    members: Members = {}
    for field in fields:
        value = members_from_entry(field.members, entry) or None if field.type == "dict" else None
        if field.listed:
            value = next((found for found in (_at(entry, path) for path in field.paths) if found is not None), None)
        if value is not None:
            members[field.name] = value
    return members


def entry_from_members(fields: Table, members: t.Mapping[str, t.Any]) -> Members:
    """A list's entry of a resource whose detail is known: the reverse of :func:`members_from_entry`."""
    entry: Members = {}
    for field in fields:
        value = members.get(field.name)
        if field.type == "dict" and isinstance(value, dict):
            entry.update(entry_from_members(field.members, value))
        if field.listed and value is not None:
            *parents, last = field.paths[0].split(".")
            place = entry
            for name in parents:
                place = place.setdefault(name, {})
            place[last] = value
    return entry


def listed_members(fields: Table, wanted: t.Mapping[str, t.Any]) -> bool:
    """Whether the list shows every wanted member that the service shows at all."""
    for field in fields:
        if field.name not in wanted or not field.returned:
            continue
        value = wanted[field.name]
        inside = field.type == "dict" and isinstance(value, dict) and bool(value)
        if not field.listed and not (inside and listed_members(field.members, value)):
            return False
    return True


def entry_shows(fields: Table, wanted: t.Mapping[str, t.Any], members: t.Mapping[str, t.Any]) -> bool:
    """Whether a list's entry has every wanted member that lists show, or its absence means something.

    :param members: What :func:`members_from_entry` found in it.
    """
    for field in fields:
        if field.name not in wanted or not field.returned:
            continue
        value, shown = wanted[field.name], members.get(field.name)
        if shown is None and field.is_gap:
            return False
        inside = bool(field.members) and isinstance(value, dict) and isinstance(shown, dict)
        if inside and not entry_shows(field.members, value, t.cast(Members, shown)):
            return False
    return True


def _at(entry: t.Any, path: str) -> t.Any:
    for name in path.split("."):
        if not isinstance(entry, dict) or name not in entry:
            return None
        entry = entry[name]
    return entry


def argument_spec(fields: Table) -> dict[str, dict[str, t.Any]]:
    """Ansible's argument specification of a table's writable members."""
    return {field.option: _option(field) for field in fields if field.write is not Write.NEVER}


def _option(field: Field) -> dict[str, t.Any]:
    spec: dict[str, t.Any] = {"type": field.option_type or field.type}
    if field.required:
        spec["required"] = True
    if field.default is not None:
        spec["default"] = field.default
    if field.elements:
        spec["elements"] = field.elements
    if field.choices:
        spec["choices"] = list(field.choices)
    if field.aliases:
        spec["aliases"] = list(field.aliases)
    if field.members:
        spec["options"] = argument_spec(field.members)
    if field.secret:
        spec["no_log"] = True
    elif any(word in field.option for word in ("key", "password", "secret", "token")):
        spec["no_log"] = False
    return spec


def is_given(members: Members, option_path: str) -> bool:
    """Whether a member is declared; the path has option names, as messages show them."""
    value: t.Any = members
    for part in option_path.split("."):
        name = part.split("_")[0] + "".join(word.capitalize() for word in part.split("_")[1:])
        if not isinstance(value, dict) or value.get(name) in (None, ""):
            return False
        value = value[name]
    return True
