# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service says becomes names of hosts, variables and groups that do no harm in Ansible. Pure.

The service is not trusted: a name may come twice, may be no name of a host at all, or be one that means something
else to Ansible, such as ``localhost`` or ``ansible_connection``.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ansible import constants
from ansible.vars.reserved import get_reserved_names

Members = dict[str, t.Any]

# Without what host patterns, paths to host_vars and command lines take for something else.
_HOST = re.compile(r"\w[\w.@+-]*")
_MEANT_OTHERWISE = frozenset({"all", "ungrouped", *constants.LOCALHOST})
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
_RESERVED = frozenset({*get_reserved_names(), *constants.INTERNAL_STATIC_VARS, "groups", "group_names", "vars"})


@dataclasses.dataclass(frozen=True)
class Found:
    """A resource that is to be a host.

    :param id: What the service calls it; told in messages, and a part of the name where two have the same.
    :param names: What the host may be called, best first.
    :param members: Its variables, in snake_case.
    :param groups: Kind of group and value of each group, such as ``("format", "HLS")``; a value may be missing.
    """

    id: str
    names: tuple[str, ...]
    members: Members
    groups: tuple[tuple[str, t.Any], ...] = ()


@dataclasses.dataclass(frozen=True)
class Host:
    """A resource and the name of its host.

    :param name: None: it has no name that could be a host's.
    :param warning: Why the name is not what the user would expect; empty where it is.
    """

    name: str | None
    found: Found
    warning: str = ""


def named(noun: str, found: t.Iterable[Found], groups: t.Collection[str] = ()) -> list[Host]:
    """Give each resource a host's name of its own, in the order in which they come.

    Who comes first keeps a name that several have, so the order must not depend on what changes from run to run.

    :param noun: What a resource is called in warnings.
    :param groups: Names of groups. A host of such a name would be taken for the group.
    """
    found = list(found)
    # A name that somebody has is not another's substitute: nobody is called otherwise because of another's name.
    taken = {*groups, *(one.names[0] for one in found if _fits(one.names[0]))}
    given: set[str | None] = set()
    hosts = []
    for one in found:
        host = _named(noun, one, groups, given, taken)
        given.add(host.name)
        taken.update(filter(None, [host.name]))
        hosts.append(host)
    return hosts


def _named(
    noun: str, one: Found, groups: t.Container[str], given: t.Container[str | None], taken: t.Container[str]
) -> Host:
    wished = one.names[0]
    fits, is_group = _fits(wished), wished in groups
    if fits and not is_group:
        if wished not in given:
            return Host(wished, one)
        host = _with_id(wished, one.id, taken)
        return Host(
            host, one, f"Several {noun}s are called {wished!r}; the one with the id {one.id} is the host {host!r}."
        )
    substitute = next((name for name in one.names[1:] if _fits(name)), wished if fits else None)
    if substitute is None:
        return Host(None, one, f"The {noun} {wished!r} is left out: no host can be called that.")
    host = _with_id(substitute, one.id, taken) if substitute in taken else substitute
    reason = f"a group is called {wished!r}" if is_group else "no host can be called as it is"
    return Host(host, one, f"The {noun} {wished!r} is the host {host!r}: {reason}.")


def unlike_groups(
    name: t.Callable[[t.Collection[str]], list[Host]], groups_of: t.Callable[[list[Host]], t.Collection[str]]
) -> list[Host]:
    """Name hosts so that none has the name of a group, where groups are known only once the hosts have names.

    :param name: Names all hosts, in the same order each time, and none as these groups are called.
    :param groups_of: The groups that there are when the hosts have these names.
    """
    hosts = name(())
    groups = set(groups_of(hosts))
    if not any(host.name in groups for host in hosts):
        return hosts
    renamed = name(groups)
    # A group that is called as its host is, whatever that is called, is what the user wants: another name is in vain.
    after = groups_of(renamed)
    following = {host.name for host, other in zip(hosts, renamed, strict=True) if other.name in after}
    return name(groups - following) if following else renamed


def variables(members: t.Mapping[str, t.Any], prefix: str, evasive_prefix: str) -> Members:
    """The variables of a host.

    :param prefix: Put before each name.
    :param evasive_prefix: Put before a name that Ansible uses itself, where the other prefix does not do.
    """
    return {_variable(prefix + name, evasive_prefix): value for name, value in members.items()}


def group(kind: str, value: t.Any) -> str | None:
    """The name of a group before Ansible makes a valid one of it; None where there is no value."""
    text = "" if value is None else str(value).strip().lower()
    if not text:
        return None
    return text if text.startswith(f"{kind}_") else f"{kind}_{text}"


def _fits(name: str) -> bool:
    return _HOST.fullmatch(name) is not None and name.lower() not in _MEANT_OTHERWISE


def _with_id(name: str, resource_id: str, taken: t.Container[str]) -> str:
    host = f"{name}_{resource_id}"
    while host in taken:
        host += f"_{resource_id}"
    return host


def _variable(name: str, evasive_prefix: str) -> str:
    if _IDENTIFIER.fullmatch(name) and name not in _RESERVED and not name.startswith("ansible_"):
        return name
    return evasive_prefix + re.sub(r"\W", "_", name)
