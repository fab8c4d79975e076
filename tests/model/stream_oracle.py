# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list of streams must lead to, written from the contract and the reference, not from the planner."""

from __future__ import annotations

import copy
import ipaddress
import re
from typing import Any

from ansible_collections.streamops.live.tests.simulator.msl.account import Account, Digest, StreamSecrets

from .wishes import Wish

Resource = dict[str, Any]

#: Members that are asked for and never shown (reference msl, section 3).
UNREADABLE = ("password", "streamAuth")
#: Members that every accepted write changes.
WRITTEN_BY_SERVICE = ("modifiedBy", "modifiedDate")
#: Members that a PUT may leave out only at the price of a default; what is missing before may be shown afterwards.
_DEFAULTS = {"dvrWindow": 30}
_PREFIX = re.compile(r"^\d{3}-dn\w{3}-")


def plain(stream: Resource, member: str) -> Any:
    """The value of a member in a form that equal values share."""
    value = stream.get(member)
    forms = {
        "origin": lambda: identifier(stream["origin"]["hostName"]),
        "allowedIps": lambda: frozenset(ipaddress.ip_address(one) for one in value or ()),
        "additionalEmailIds": lambda: frozenset(value or ()),
        "events": lambda: frozenset((one["event"], one["age"]) for one in value or ()),
        "ingestAccelerated": lambda: bool(value),
        "streamAuth": lambda: (value["username"], value["algorithm"]) if value else None,
    }
    return forms[member]() if member in forms else value


def identifier(host_name: str) -> str:
    """The user's part of a full host name."""
    return _PREFIX.sub("", host_name.partition(".")[0].lower())


def action(stream: Resource | None, wish: Wish) -> list[str]:
    """The writes that a wish takes."""
    if wish.state == "absent":
        return [] if stream is None else ["delete"]
    if stream is None:
        return ["create"]
    return ["update"] if _differences(stream, wish) else []


def _differences(stream: Resource, wish: Wish) -> list[str]:
    readable = [name for name in wish.members if name not in UNREADABLE]
    found = [name for name in readable if plain(stream, name) != wish.members[name]]
    auth = wish.members.get("streamAuth")
    if auth is not None and plain(stream, "streamAuth") != _shown(auth):
        found.append("streamAuth")
    return found


def _shown(auth: Resource) -> tuple[str, str] | None:
    return (auth["username"], auth["algorithm"]) if auth else None


def assert_as_wished(before: Resource | None, after: Resource | None, wish: Wish) -> None:
    """Every declared member is as declared, and every other one as it was."""
    if wish.state == "absent":
        assert after is None
        return
    assert after is not None
    for name in wish.members.keys() - set(UNREADABLE):
        assert plain(after, name) == wish.members[name], name
    if "streamAuth" in wish.members:
        assert plain(after, "streamAuth") == _shown(wish.members["streamAuth"])
    if before is None:
        return
    if not action(before, wish):
        assert after == before
        return
    for name in (before.keys() | after.keys()) - wish.members.keys() - set(WRITTEN_BY_SERVICE):
        if before.get(name) is None and name in _DEFAULTS:
            assert after.get(name) in (None, _DEFAULTS[name])
        else:
            assert plain(after, name) == plain(before, name), name


def assert_secrets(before: StreamSecrets | None, after: StreamSecrets, wish: Wish, actions: list[str]) -> None:
    """A password goes along with a write and never causes one; credentials rotate only where they differ."""
    old = before or StreamSecrets()
    wanted = wish.members.get("password")
    assert after.password == (wanted if actions and wanted is not None else old.password)
    auth = wish.members.get("streamAuth")
    if auth is None or (old.current and _shown(auth) == (old.current.username, old.current.algorithm)):
        assert (after.current, after.previous) == (old.current, old.previous)
    elif not auth:
        assert (after.current, after.previous) == (None, None)
    else:
        assert after.current == Digest(auth["username"], auth["password"], auth["algorithm"])
        kept = after.previous and Digest(after.previous.username, after.previous.password, after.previous.algorithm)
        assert kept == old.current


def seen(account: Account) -> dict[int, Resource]:
    """All streams; how far provisioning is depends on how often somebody looked."""
    return {
        number: {name: copy.deepcopy(value) for name, value in stream.items() if name != "provisionDetail"}
        for number, stream in account.streams.items()
    }
