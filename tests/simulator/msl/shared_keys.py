# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules for the shared keys of an origin (reference msl, section 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..clock import iso, parse_date_time

if TYPE_CHECKING:
    from .account import Account

#: type -> the only authMethod that fits it.
AUTH_METHODS = {"AKAMAI": "MSL_MULTI_ACCOUNT", "THIRD_PARTY": "SIMPLE_AKAMAI_HEADER_VERIFICATION"}
MAXIMUM_KEYS = 10

_REQUIRED = ("type", "authMethod", "name", "key", "enabled")
_NOT_EMPTY = ("name", "key", "cdnCode", "guid", "previousKey")
_THIRD_PARTY_ONLY = (
    "cdnCode",
    "guid",
    "expiryDate",
    "previousKey",
    "previousKeyExpiryDate",
    "hostName",
    "backupHostName",
)
_DATES = {"expiryDate": "Expiry Date", "previousKeyExpiryDate": "Expiry Date of Previous Key"}
_HOST_NAMES = ("hostName", "backupHostName")

Key = dict[str, Any]


def key_mistakes(account: Account, keys: list[Key], stored: list[Key], now: datetime) -> Iterator[str]:
    """One sentence for each rule that the complete list of wanted keys breaks; ``stored`` is what there is."""
    if len(keys) > MAXIMUM_KEYS:
        yield f"An origin cannot have more than {MAXIMUM_KEYS} shared keys"
    known = {_identity(key): key for key in stored}
    seen = set()
    for key in keys:
        missing = [name for name in _REQUIRED if name not in key]
        if missing:
            yield f"Shared key without {', '.join(missing)}"
            continue
        if _identity(key) in seen:
            yield f"Shared key name {key['name']} is not unique"
        seen.add(_identity(key))
        yield from _one_key(account, key, known.get(_identity(key), {}), now)


def _one_key(account: Account, key: Key, stored: Key, now: datetime) -> Iterator[str]:
    name = key["name"]
    yield from (f"Shared key {name}: {member} must not be empty" for member in _NOT_EMPTY if key.get(member) == "")
    if key["authMethod"] != AUTH_METHODS[key["type"]]:
        yield f"Shared key {name}: {key['authMethod']} is not allowed for type {key['type']}"
    if key["type"] == "AKAMAI":
        yield from (
            f"Shared key {name}: {member} is not allowed for type AKAMAI"
            for member in _THIRD_PARTY_ONLY
            if member in key
        )
        return
    if key.get("cdnCode") not in [cdn["code"] for cdn in account.cdns]:
        yield f"Shared key {name}: Invalid CDN code"
    yield from _pair(key)
    yield from _dates(key, stored, now)
    if stored and key.get("guid", stored.get("guid")) != stored.get("guid"):
        yield f"Shared key {name}: guid cannot be changed"


def host_name_mistakes(account: Account, identifier: str, origin: dict[str, Any], keys: list[Key]) -> Iterator[str]:
    """Host names of keys can be sent back as they came, but not be chosen; the origin holds the keys before."""
    for key, kept in zip(keys, stored_keys(account, identifier, origin, keys), strict=True):
        for member in _HOST_NAMES:
            if member in key and key[member] != kept.get(member):
                yield f"Shared key {key['name']}: {member} cannot be changed"


def _pair(key: Key) -> Iterator[str]:
    if "previousKey" in key and "previousKeyExpiryDate" not in key:
        yield "Expiry Date of Previous Key is required"
    if "previousKeyExpiryDate" in key and "previousKey" not in key:
        yield "Previous Key is required"


def _dates(key: Key, stored: Key, now: datetime) -> Iterator[str]:
    for member, words in _DATES.items():
        wanted = parse_date_time(key[member]) if member in key else None
        if wanted is None:
            continue
        unchanged = member in stored and parse_date_time(stored[member]) == wanted
        if wanted <= now and not unchanged:
            yield f"{words} must be in the future"


def stored_keys(account: Account, identifier: str, origin: dict[str, Any], keys: list[Key]) -> list[Key]:
    """Accepted keys as the service keeps and returns them; the origin still holds the keys before."""
    before = {_identity(key): key for key in origin.get("sharedKeys", [])}
    kept = []
    for key in keys:
        known = before.get(_identity(key), {})
        wanted = dict(key)
        for member in _DATES:
            moment = parse_date_time(wanted[member]) if member in wanted else None
            if moment is not None:
                wanted[member] = iso(moment)
        if key["type"] == "THIRD_PARTY":
            wanted.setdefault("guid", known.get("guid") or account.universe.guid())
        derived = derived_members(account, identifier, origin, wanted)
        if known.get("cdnCode") == wanted.get("cdnCode"):
            derived |= {name: known[name] for name in _HOST_NAMES if name in known}
        kept.append(wanted | derived)
    return kept


def derived_members(account: Account, identifier: str, origin: dict[str, Any], key: Key) -> Key:
    """Members that the service makes up: host names per CDN, and the read-only extras."""
    members: Key = {}
    if key["type"] == "THIRD_PARTY":
        members["hostName"] = account.host_name(identifier, origin["encoderZone"], key["cdnCode"])
        if origin.get("backupEncoderZone"):
            members["backupHostName"] = account.host_name(identifier, origin["backupEncoderZone"], key["cdnCode"])
    return members


def shown_key(key: Key, extras: bool) -> Key:
    """A key as a detail shows it, with the read-only members that requests must not carry."""
    if not extras:
        return dict(key)
    shown = {**key, "data": f"{key['name']}={key['key']}"}
    if "previousKey" in key:
        shown["previousData"] = f"{key['name']}={key['previousKey']}"
    if key["type"] == "AKAMAI":
        shown.setdefault("amdProperties", [])
    return shown


def _identity(key: Key) -> tuple[Any, Any]:
    return key.get("type"), key.get("name")
