# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What declared shared keys cannot be, whatever the origin has (msl.md, section 4.1). Pure."""

from __future__ import annotations

import datetime as dt
import typing as t

from .._core.errors import InvalidInput
from .._core.instants import parse_instant, parse_length
from .._core.names import snake
from .._core.secrets import MASK
from .._engine.fields import Members
from .shared_key_fields import AKAMAI, AUTH_METHODS, MOST_KEYS, ONLY_THIRD_PARTY, THIRD_PARTY, declared_type

_EMPTY = {
    "key": "the key is empty; leave it out to keep or generate one",
    "cdn": "cdn is empty; leave it out to keep the service's, or name the CDN",
    "guid": "guid is empty; leave it out to keep the service's",
}
# What stands for a key in results of tasks: a key of that text would lock its CDN out.
_MASKS = (MASK, "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER")


def refusals(wanted: t.Sequence[Members], now: dt.datetime) -> list[str]:
    """Why these keys cannot be right, each reason a sentence."""
    found = []
    seen = set()
    for key in wanted:
        name = key["name"]
        identity = (name, declared_type(key))
        if identity in seen:
            found.append(f"shared key {name!r} is declared twice")
        seen.add(identity)
        found += [f"shared key {name!r}: {reason}" for reason in _refusals_of_one(key, now)]
    present = [key for key in wanted if key.get("state") != "absent"]
    if len(present) > MOST_KEYS:
        found.append(f"{len(present)} shared keys are declared, and an origin takes {MOST_KEYS}")
    return found


def _refusals_of_one(key: Members, now: dt.datetime) -> list[str]:
    found = []
    kind = declared_type(key)
    if not str(key["name"]).strip():
        found.append("the name is empty")
    if kind and key.get("authMethod") and key["authMethod"] != AUTH_METHODS[kind]:
        found.append(f"auth_method of a key of type {kind} is {AUTH_METHODS[kind]}")
    if kind == AKAMAI:
        found += [f"{snake(name)} is for keys of type {THIRD_PARTY} only" for name in ONLY_THIRD_PARTY if key.get(name)]
    found += [reason for name, reason in _EMPTY.items() if key.get(name) is not None and not key[name].strip()]
    if key.get("key") in _MASKS:
        found.append("the key is a mask from the result of a task; leave it out, or give the key itself")
    if key.get("rotate") not in (None, "never") and key.get("key"):
        found.append("rotate lets the service generate the new key; leave out key")
    return found + (_length_refusals(key) or _validity_refusals(key)) + _expiry_refusals(key, now)


def _length_refusals(key: Members) -> list[str]:
    found = []
    # An empty grace period must not be taken for none: the old key would end at once.
    lengths = [(name, key.get(name, "0")) for name in ("rotateWithin", "gracePeriod")]
    for name, written in [*lengths, ("validity", key.get("validity") or "0")]:
        try:
            parse_length(written)
        except InvalidInput as error:
            found.append(f"{snake(name)}: {error.message}")
    return found


def _validity_refusals(key: Members) -> list[str]:
    """A new key that is due at once would be rotated in each run, and every CDN that has it cut off."""
    if key.get("state") == "absent" or declared_type(key) == AKAMAI:
        return []
    written, within = key.get("validity"), key.get("rotateWithin") or "0"
    if written and not parse_length(written):
        return [f"validity {written} is no time at all; give how long a new key is accepted, such as 90d"]
    if not written or key.get("rotate") != "expiring" or key.get("expiryDate") is not None:
        return []
    if parse_length(written) > parse_length(within):
        return []
    return [
        f"validity {written} is not longer than rotate_within {within}: every run would rotate;"
        " give a longer validity or a shorter rotate_within"
    ]


def _expiry_refusals(key: Members, now: dt.datetime) -> list[str]:
    written = key.get("expiryDate")
    if written is None or key.get("state") == "absent":
        return []
    if not written:
        clash = "expiry_date is empty, which takes the end away, and validity sets one; give one of them"
        return [clash] if key.get("validity") else []
    try:
        expiry = parse_instant(written)
        # One that was returned may have ended since; it is refused only where it would change what is there.
        if expiry <= now and "keyFingerprint" not in key:
            return [f"expiry_date {written} has passed"]
        if key.get("rotate") == "expiring" and expiry - now <= parse_length(key.get("rotateWithin") or "0"):
            return [f"expiry_date {written} lies within rotate_within: every run would rotate; give validity instead"]
    except InvalidInput as error:
        return [f"expiry_date: {error.message}"]
    return []
