# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of ``msl_origins``: what they ask for, and how they are written."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ansible_collections.streamops.live.tests.simulator.msl.account import Account

from . import spelling
from .drawing import Draw, doubled, maybe, one_of, seldom, shuffled, some_of, subset
from .key_oracle import Key, KeyWish, by_identity
from .wishes import Wish

IDENTIFIERS = ("demohost", "Sports-1", "archive", "n3ws")
ZONES = (("EUROPE", None), ("US_EAST", "JAPAN"), ("JAPAN", None))
CDNS = {"dn002": "L3", "dn003": "Fastly", "dn004": "Cloudfront"}
#: One name with both types: the type is part of a key's identity.
KEYS = (
    ("fastly", "THIRD_PARTY"),
    ("partner", "AKAMAI"),
    ("cloud", "THIRD_PARTY"),
    ("fastly", "AKAMAI"),
    ("level three", "THIRD_PARTY"),
)
_EMAILS = ("ops@example.com", "noc@example.com")
_GUIDS = ("0f8fad5b-d9cb-469f-a165-70867728950e", "7c9e6679-7425-40de-944b-e07fc1f90ae7")
_FIXED = ("contractId", "cpcode", "encoderZone", "backupEncoderZone", "thirdPartyCdnCpcode", "isDedicatedOrigin")
_OPTIONS = {
    "hostName": "host_name",
    "contractId": "contract_id",
    "encoderZone": "encoder_zone",
    "backupEncoderZone": "backup_encoder_zone",
    "thirdPartyCdnCpcode": "third_party_cdn_cpcode",
    "isDedicatedOrigin": "is_dedicated_origin",
    "emailIds": "email_ids",
}


def expiry(months: int) -> dt.datetime:
    """An end of a key's life far away, the same for the same number."""
    return dt.datetime(2045, 1, 31, 12, tzinfo=dt.timezone.utc) + dt.timedelta(days=30 * months)


def new_origin(draw: Draw, identifier: str, free_cpcode: int) -> Wish:
    """A wish for an origin that is not there."""
    zone, backup = one_of(draw, *ZONES)
    members: dict[str, Any] = {"hostName": identifier, "cpcode": free_cpcode, "encoderZone": zone}
    more: dict[str, Any] = {"contractId": one_of(draw, "C-0N7RAC7", "K-0N7RAK7"), "isDedicatedOrigin": maybe(draw)}
    more |= {"thirdPartyCdnCpcode": one_of(draw, 700001, 700002), "emailIds": frozenset(subset(draw, _EMAILS))}
    if backup:
        more["backupEncoderZone"] = backup
    members.update(some_of(draw, more))
    wish = Wish(None, members=members, named_by="host_name")
    _add_keys(draw, wish, [], third_party="thirdPartyCdnCpcode" in members)
    return wish


def known_origin(draw: Draw, account: Account, number: int) -> Wish:
    """A wish for an origin that is there; what holds for ever is declared as it is, or not at all."""
    origin = account.origins[number]
    members = some_of(draw, {name: origin[name] for name in _FIXED if origin.get(name) is not None})
    if maybe(draw):
        members["emailIds"] = frozenset(subset(draw, _EMAILS))
    by_name = {"hostName": account.origin_records[number].identifier}
    wish = Wish(number, named_by=one_of(draw, "host_name", "id"))
    if wish.named_by == "host_name" or seldom(draw):
        members.update(by_name)
    wish.members = members
    if seldom(draw):
        wish.state = "absent"
    else:
        _add_keys(draw, wish, origin["sharedKeys"], third_party="thirdPartyCdnCpcode" in origin)
    return wish


def _add_keys(draw: Draw, wish: Wish, shown: list[Key], *, third_party: bool) -> None:
    """Declare keys, or not; ``wish.settings["keys"]`` are key wishes."""
    if seldom(draw):
        return
    known = by_identity(shown)
    usable = [identity for identity in KEYS if third_party or identity[1] == "AKAMAI"]
    wish.settings["keys"] = [_key(draw, *identity, known.get(identity)) for identity in usable if maybe(draw)]
    wish.settings["purge"] = seldom(draw)


def _key(draw: Draw, name: str, kind: str, shown: Key | None) -> KeyWish:
    wish = KeyWish(name, kind, absent=seldom(draw), enabled=not seldom(draw))
    if maybe(draw) and seldom(draw):
        wish.members["key"] = one_of(draw, "a-key-of-our-own", "another-key-0f-ours")
    if kind == "THIRD_PARTY":
        wish.members.update(some_of(draw, {"cdnCode": one_of(draw, *CDNS), "expiryDate": expiry(one_of(draw, 0, 1))}))
        if shown is None:
            wish.members.setdefault("cdnCode", one_of(draw, *CDNS))
        if seldom(draw):
            wish.members["guid"] = shown["guid"] if shown else one_of(draw, *_GUIDS)
        wish.graceful = not seldom(draw)
        if maybe(draw) and not wish.members.keys() & {"key", "expiryDate"}:
            wish.rotates = True
    return wish


def written(draw: Draw, account: Account, wish: Wish) -> dict[str, Any]:
    """The options of an entry, spelled anew each time."""
    entry = {_OPTIONS.get(name, name): _spelled(draw, account, name, value) for name, value in wish.members.items()}
    if wish.named_by == "id":
        entry["id"] = spelling.number(draw, wish.target)
    if wish.state != "present" or maybe(draw):
        entry["state"] = wish.state
    if "keys" in wish.settings:
        shown = account.origins[wish.target]["sharedKeys"] if wish.target else []
        declared = wish.settings["keys"]
        names = [key.name for key in declared]
        entry["shared_keys"] = [
            _written_key(draw, key, shown, alone=names.count(key.name) == 1) for key in shuffled(draw, declared)
        ]
        entry["purge_shared_keys"] = spelling.flag(draw, wish.settings["purge"])
    return entry


def _spelled(draw: Draw, account: Account, name: str, value: Any) -> Any:
    if name == "hostName":
        return spelling.host_name(draw, value, f"001-dn001-{value}.akamaiorigin.net")
    if name in ("encoderZone", "backupEncoderZone"):
        return spelling.zone(draw, value)
    if name in ("cpcode", "thirdPartyCdnCpcode"):
        known = account.cpcode(value)
        return one_of(draw, spelling.number(draw, value), known["name"] if known else str(value))
    if name == "emailIds":
        return doubled(draw, sorted(value))
    return spelling.flag(draw, value) if isinstance(value, bool) else value


def _written_key(draw: Draw, key: KeyWish, shown: list[Key], *, alone: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {"name": key.name}
    # The type may be left out where it follows from the rest, and no other declared key has the name.
    types = {one["type"] for one in shown if one["name"] == key.name}
    tells = not key.absent and bool(key.members.keys() & {"cdnCode", "expiryDate", "guid"})
    if not (alone and (tells or types == {key.type})) or maybe(draw):
        entry["type"] = key.type
    if key.absent:
        return {**entry, "state": "absent"}
    if not key.enabled or maybe(draw):
        entry["enabled"] = spelling.flag(draw, key.enabled)
    spelled = {
        "cdnCode": lambda code: ("cdn", one_of(draw, CDNS[code], code, CDNS[code].upper(), code.upper())),
        "expiryDate": lambda moment: ("expiry_date", spelling.instant(draw, moment)),
    }
    entry.update(spelled[name](value) if name in spelled else (name, value) for name, value in key.members.items())
    if key.rotates:
        entry["rotate"] = "expiring"
    if not key.graceful:
        entry["grace_period"] = one_of(draw, "0", "0d")
    return entry
