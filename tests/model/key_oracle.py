# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list of shared keys must lead to, written from the contract and the reference, not from the planner."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable
from typing import Any

from ansible_collections.streamops.live.tests.simulator.clock import parse_date_time

Key = dict[str, Any]
Identity = tuple[str, str]

#: What a rotation leaves out is this (reference of the module): when it is due.
ROTATE_WITHIN = dt.timedelta(days=30)
_HOST_NAMES = {"hostName", "backupHostName"}
_PREVIOUS = {"previousKey", "previousKeyExpiryDate"}
_REPLACED = {"key", *_PREVIOUS}


@dataclasses.dataclass
class KeyWish:
    """One declared key.

    :ivar members: Of cdnCode, expiryDate (as an instant), guid and key those that are declared.
    :ivar rotates: It is rotated when it expires within thirty days.
    :ivar graceful: The old key goes on to be accepted when it is replaced.
    """

    name: str
    type: str
    absent: bool = False
    enabled: bool = True
    members: dict[str, Any] = dataclasses.field(default_factory=dict)
    rotates: bool = False
    graceful: bool = True

    @property
    def identity(self) -> Identity:
        """What tells it from other keys of its origin."""
        return self.name, self.type


def by_identity(keys: Iterable[Key]) -> dict[Identity, Key]:
    """Keys by what tells them apart."""
    return {(key["name"], key["type"]): key for key in keys}


def plain(key: Key, member: str) -> Any:
    """The value of a member in a form that equal values share."""
    value = key.get(member)
    return parse_date_time(value) if value and member.endswith("Date") else value


def repeated(key: Key, now: dt.datetime) -> Key:
    """A key as an update leaves it: without an earlier key whose time is over, which the service refuses (section 4.1)."""
    over = key.get("previousKeyExpiryDate") and plain(key, "previousKeyExpiryDate") <= now
    return {name: value for name, value in key.items() if not (over and name in _PREVIOUS)}


def is_due(key: Key, wish: KeyWish, now: dt.datetime) -> bool:
    """Whether the key is to be rotated."""
    return wish.rotates and bool(key.get("expiryDate")) and plain(key, "expiryDate") - now <= ROTATE_WITHIN


def changes(key: Key | None, wish: KeyWish, now: dt.datetime) -> bool:
    """Whether a wish takes a write."""
    if key is None or wish.absent:
        return (key is None) != wish.absent
    wanted = {"enabled": wish.enabled, **wish.members}
    return is_due(key, wish, now) or any(plain(key, name) != value for name, value in wanted.items())


def generates(key: Key | None, wish: KeyWish, now: dt.datetime) -> bool:
    """Whether the service is asked for a new key."""
    if wish.absent:
        return False
    return "key" not in wish.members if key is None else is_due(key, wish, now)


def assert_as_wished(before: Key | None, after: Key | None, wish: KeyWish, now: dt.datetime) -> None:
    """A declared key is as declared; what is not declared of it stays."""
    if wish.absent:
        assert after is None
        return
    assert after is not None
    assert after["enabled"] == wish.enabled
    assert after["key"]
    rotated = before is not None and is_due(before, wish, now)
    for name, value in wish.members.items():
        assert plain(after, name) == value, name
    if before is None:
        return
    changing = set(wish.members) | {"enabled"}
    if rotated or before["key"] != wish.members.get("key", before["key"]):
        changing |= _REPLACED
        assert after["key"] != before["key"]
        _assert_grace(before, after, wish, now)
    if rotated:
        changing.add("expiryDate")
        assert plain(after, "expiryDate") - now > ROTATE_WITHIN
    if before.get("cdnCode") != after.get("cdnCode"):
        changing |= _HOST_NAMES
        assert after["hostName"] != before["hostName"]
    kept = repeated(before, now)
    for name in (kept.keys() | after.keys()) - changing:
        assert plain(after, name) == plain(kept, name), name


def _assert_grace(before: Key, after: Key, wish: KeyWish, now: dt.datetime) -> None:
    if wish.type == "THIRD_PARTY" and wish.graceful:
        assert after["previousKey"] == before["key"]
        assert plain(after, "previousKeyExpiryDate") > now
    else:
        assert after.get("previousKey") is None
        assert after.get("previousKeyExpiryDate") is None
