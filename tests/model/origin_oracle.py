# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list of origins must lead to, written from the contract and the reference, not from the planner."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
from typing import Any

from ansible_collections.streamops.live.tests.simulator.msl.account import Account

from . import key_oracle
from .key_oracle import by_identity
from .stream_oracle import identifier
from .wishes import Wish

Resource = dict[str, Any]

_WRITTEN_BY_SERVICE = {"modifiedBy", "modifiedDate", "activeVersion"}


def plain(origin: Resource, member: str) -> Any:
    """The value of a member in a form that equal values share."""
    value = origin.get(member)
    forms = {"hostName": lambda: identifier(value), "emailIds": lambda: frozenset(value or ())}
    return forms[member]() if member in forms else value


def action(origin: Resource | None, wish: Wish, now: dt.datetime) -> list[str]:
    """The writes that a wish takes: of an origin that is there, only keys can be seen to differ."""
    if wish.state == "absent":
        return [] if origin is None else ["delete"]
    if origin is None:
        return ["create"]
    return ["update"] if keys_change(origin, wish, now) else []


def keys_change(origin: Resource, wish: Wish, now: dt.datetime) -> bool:
    """Whether the list of keys changes."""
    if "keys" not in wish.settings:
        return False
    known = by_identity(origin["sharedKeys"])
    declared = {key.identity for key in wish.settings["keys"]}
    purged = known.keys() - declared if wish.settings["purge"] else set()
    return bool(purged) or any(key_oracle.changes(known.get(key.identity), key, now) for key in wish.settings["keys"])


def generated(origin: Resource | None, wish: Wish, now: dt.datetime) -> int:
    """How many keys the service is asked for."""
    known = by_identity(origin["sharedKeys"] if origin else [])
    return sum(key_oracle.generates(known.get(key.identity), key, now) for key in wish.settings.get("keys", ()))


def assert_as_wished(before: Resource | None, after: Resource | None, wish: Wish, now: dt.datetime) -> None:
    """Every declared member is as declared, and every other one as it was; no key is lost."""
    actions = action(before, wish, now)
    if wish.state == "absent":
        assert after is None
        return
    assert after is not None
    if before is not None and not actions:
        assert after == before
        return
    # An empty update is what switches sharing off (reference msl, section 4.1): it takes no addresses.
    untaken = {"emailIds"} if before and not after["sharedKeys"] and before["sharedKeys"] else set()
    for name in wish.members.keys() - untaken:
        expected = wish.members[name].lower() if name == "hostName" else wish.members[name]
        assert plain(after, name) == expected, name
    _assert_keys(before, after, wish, now)
    if before is None:
        return
    # The service never shows addresses, so an update that lacks them cannot keep them (reference msl, section 4).
    changing = wish.members.keys() | _WRITTEN_BY_SERVICE | {"sharedKeys", "emailIds"}
    for name in (before.keys() | after.keys()) - changing:
        assert plain(after, name) == plain(before, name), name


def _assert_keys(before: Resource | None, after: Resource, wish: Wish, now: dt.datetime) -> None:
    old, new = by_identity(before["sharedKeys"] if before else []), by_identity(after["sharedKeys"])
    assert len(new) == len(after["sharedKeys"])
    declared = {key.identity: key for key in wish.settings.get("keys", ())}
    for identity, key in declared.items():
        key_oracle.assert_as_wished(old.get(identity), new.get(identity), key, now)
    others = {identity: key_oracle.repeated(key, now) for identity, key in old.items() if identity not in declared}
    expected = {} if wish.settings.get("purge") else others
    assert {identity: key for identity, key in new.items() if identity not in declared} == expected


def seen(account: Account) -> dict[int, Resource]:
    """All origins with what they hide; how far provisioning is depends on how often somebody looked."""
    return {
        number: {
            **{name: copy.deepcopy(value) for name, value in origin.items() if name != "status"},
            "emailIds": list(account.origin_records[number].email_ids),
            "record": dataclasses.replace(account.origin_records[number], email_ids=[]),
        }
        for number, origin in account.origins.items()
    }
