# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of ``msl_streams``: what they ask for, and how they are written."""

from __future__ import annotations

import ipaddress
from typing import Any

from ansible_collections.streamops.live.tests.simulator.msl.account import Account

from . import spelling
from .drawing import Draw, doubled, maybe, one_of, some_of, subset
from .stream_oracle import Resource, plain
from .wishes import Wish

#: The origins that are there: identifier -> location, backup location.
ORIGINS = {"demohost": ("EUROPE", "GERMANY"), "Sports-1": ("US_EAST", None)}
NAMES = ("news", "Sport_1", "show-2", "clip", "late", "n3w5")
CPCODES = {400001 + number: f"ingest-{number + 1}" for number in range(4)}
_ADDRESSES = ("192.0.2.1", "198.51.100.7", "2001:db8::1", "2001:db8:0:1::a")
_EMAILS = ("ops@example.com", "noc@example.com", "night@example.com")
#: Members that a PUT may change (reference msl, section 3).
EDITABLE = ("allowedIps", "additionalEmailIds", "ingestAccelerated", "dvrWindow", "streamAuth")
#: Members that hold for ever, as far as a test can declare them from what is stored.
_FIXED = (
    "format",
    "cpcode",
    "contractId",
    "encoderZone",
    "backupEncoderZone",
    "origin",
    "isDedicatedOrigin",
    "activeArchiveDurationInDays",
    "streamLevelPurgeDays",
    "events",
    "vodOrigin",
    "storageGroup",
)


def editable(draw: Draw, stream: Resource) -> dict[str, Any]:
    """Values for members that can be edited, such as fit the stream's archive."""
    wanted: dict[str, Any] = {
        "allowedIps": frozenset(map(ipaddress.ip_address, subset(draw, _ADDRESSES))),
        "additionalEmailIds": frozenset(subset(draw, _EMAILS)),
        "ingestAccelerated": maybe(draw),
        "streamAuth": one_of(
            draw,
            {},
            {"username": "encoder", "password": "first-pass-1", "algorithm": "SHA256"},
            {"username": "encoder", "password": "other-pass-2", "algorithm": "SHA512"},
            {"username": "backup", "password": "third-pass-3", "algorithm": "SHA256"},
        ),
    }
    if stream.get("activeArchiveDurationInDays") is None:
        archived = stream.get("events") or stream.get("streamLevelPurgeDays") is not None
        wanted["dvrWindow"] = -1 if archived else one_of(draw, 5, 30, 17, -1)
    wanted = some_of(draw, wanted)
    if wanted.get("ingestAccelerated"):
        wanted["password"] = one_of(draw, "ingest-pass-1", "ingest-pass-2")
    return wanted


def new_stream(draw: Draw, name: str) -> Wish:
    """A wish for a stream that is not there."""
    origin = one_of(draw, *ORIGINS)
    zone, backup = ORIGINS[origin]
    members: dict[str, Any] = {
        "name": name,
        "format": one_of(draw, "HLS", "DASH", "CMAF", "HDS"),
        "cpcode": one_of(draw, *CPCODES),
        "encoderZone": zone,
        "origin": origin.lower(),
    }
    more = {"contractId": one_of(draw, "C-0N7RAC7", "K-0N7RAK7"), "isDedicatedOrigin": maybe(draw)}
    if backup:
        more["backupEncoderZone"] = backup
    members.update(some_of(draw, {**more, "storageGroup": {"cpcode": 600002}}))
    members.update(_archive(draw, members["format"]))
    return Wish(None, members={**editable(draw, members), **members})


def _archive(draw: Draw, stream_format: str) -> dict[str, Any]:
    """One of the combinations that are accepted (reference msl, section 3.1)."""
    kinds: list[dict[str, Any]] = [
        {},
        {"dvrWindow": 20},
        {"dvrWindow": -1},
        {"dvrWindow": -1, "events": frozenset({("derby", 3), ("final", 14)})},
        {"dvrWindow": -1, "streamLevelPurgeDays": 7},
    ]
    if stream_format in ("HLS", "DASH"):
        kinds += [
            {"activeArchiveDurationInDays": 14},
            {"activeArchiveDurationInDays": 3, "vodOrigin": {"cpcode": 600001, "name": "vod-1"}},
        ]
    return dict(one_of(draw, *kinds))


def known_stream(draw: Draw, account: Account, number: int, free_name: str) -> Wish:
    """A wish for a stream that is there: members that hold for ever are declared as they are, or not at all."""
    stream = account.streams[number]
    fixed = {name: plain(stream, name) for name in _FIXED if stream.get(name) is not None}
    if not fixed.get("events"):
        fixed.pop("events", None)
    members = {**some_of(draw, fixed), **editable(draw, stream)}
    if not maybe(draw):
        return Wish(number, members={**members, "name": stream["name"]})
    name = {} if maybe(draw) else {"name": one_of(draw, stream["name"], free_name)}
    return Wish(number, members={**members, **name}, named_by="id")


def written(draw: Draw, wish: Wish) -> Resource:
    """The options of an entry, spelled anew each time."""
    entry = {_OPTIONS.get(name, name): _spelled(draw, name, value) for name, value in wish.members.items()}
    if wish.named_by == "id":
        entry["id"] = spelling.number(draw, wish.target)
    if wish.state != "present" or maybe(draw):
        entry["state"] = wish.state
    return {**entry, **wish.settings}


def _spelled(draw: Draw, name: str, value: Any) -> Any:
    forms = {
        "cpcode": lambda: one_of(draw, spelling.number(draw, value), CPCODES[value]),
        "encoderZone": lambda: spelling.zone(draw, value),
        "backupEncoderZone": lambda: spelling.zone(draw, value),
        "origin": lambda: {"host_name": spelling.host_name(draw, value, f"001-dn001-{value}.akamaiorigin.net")},
        "allowedIps": lambda: doubled(draw, [spelling.address(draw, str(one)) for one in sorted(value, key=str)]),
        "additionalEmailIds": lambda: doubled(draw, sorted(value)),
        "events": lambda: [
            {"event": event, "age": spelling.number(draw, age)} for event, age in doubled(draw, sorted(value))
        ],
        "storageGroup": lambda: {"cpcode": spelling.number(draw, value["cpcode"])},
        "vodOrigin": lambda: {**value, "cpcode": spelling.number(draw, value["cpcode"])},
        "streamAuth": lambda: dict(value),
    }
    if name in forms:
        return forms[name]()
    if isinstance(value, bool):
        return spelling.flag(draw, value)
    return spelling.number(draw, value) if isinstance(value, int) else value


#: API name -> option, where they differ.
_OPTIONS = {
    "contractId": "contract_id",
    "encoderZone": "encoder_zone",
    "backupEncoderZone": "backup_encoder_zone",
    "isDedicatedOrigin": "is_dedicated_origin",
    "ingestAccelerated": "ingest_accelerated",
    "allowedIps": "allowed_ips",
    "additionalEmailIds": "additional_email_ids",
    "dvrWindow": "dvr_window",
    "activeArchiveDurationInDays": "active_archive_duration_in_days",
    "streamLevelPurgeDays": "stream_level_purge_days",
    "storageGroup": "storage_group",
    "vodOrigin": "vod_origin",
    "streamAuth": "stream_auth",
}
