# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Limits and combinations that the service holds streams to (reference msl, sections 3 and 3.1)."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from typing import Any

from .account import Account

_NAME = re.compile(r"[A-Za-z0-9_-]{1,90}")
MAXIMUM_ADDRESSES = 50

#: dvrWindow, streamLevelPurgeDays, activeArchiveDurationInDays, events: the combinations that are accepted.
#: Every other one is refused, those that the vendor's table does not list included.
_ARCHIVES = {
    ("absent", False, False, False),
    ("positive", False, False, False),
    ("-1", False, False, False),
    ("-1", False, False, True),
    ("-1", True, False, False),
    ("absent", False, True, False),
}

Stream = dict[str, Any]


def value_mistakes(account: Account, stream: Stream) -> Iterator[str]:
    """What is wrong with members that POST and PUT share."""
    if "name" in stream and not _NAME.fullmatch(stream["name"]):
        yield "Stream name takes 1 to 90 alphanumeric characters, underscores and dashes"
    yield from _address_mistakes(stream.get("allowedIps", []))
    if "dvrWindow" in stream and stream["dvrWindow"] != -1 and not 5 <= stream["dvrWindow"] <= 30:
        yield "dvrWindow must be between 5 and 30 minutes, or -1"
    if "cpcode" in stream and not cpcode_fits(account, stream["cpcode"], stream.get("contractId")):
        yield "Invalid CPCode"


def _address_mistakes(addresses: list[str]) -> Iterator[str]:
    if len(addresses) > MAXIMUM_ADDRESSES:
        yield f"No more than {MAXIMUM_ADDRESSES} allowed IP addresses"
    for address in addresses:
        try:
            ipaddress.ip_address(address)
        except ValueError:
            yield f"Invalid IP address {address}"


def cpcode_fits(account: Account, number: int, contract: str | None) -> bool:
    """Whether the account has that CP code, under that contract if one is named."""
    cpcode = account.cpcode(number)
    if cpcode is None:
        return False
    return contract is None or contract in [known["contractId"] for known in cpcode["contracts"]]


def place_mistakes(account: Account, resource: dict[str, Any]) -> Iterator[str]:
    """What is wrong with contract, group and zones of a new stream or origin."""
    valid = {contract["contractId"]: contract for contract in account.contracts if not contract["expired"]}
    contract = valid.get(resource.get("contractId", next(iter(valid), "")))
    if contract is None:
        yield "Invalid contract"
    elif "groupId" in resource and resource["groupId"] not in [group["groupId"] for group in contract["groups"]]:
        yield "Invalid group"
    zones = [place["location"] for place in account.locations]
    for member in ("encoderZone", "backupEncoderZone"):
        if member in resource and resource[member] not in zones:
            yield f"Invalid {member} {resource[member]}"


def archive_mistakes(stream: Stream) -> Iterator[str]:
    """What is wrong with the archive members taken together."""
    window = stream.get("dvrWindow")
    days = stream.get("activeArchiveDurationInDays")
    purge = stream.get("streamLevelPurgeDays")
    events = stream.get("events") or []
    first = "absent" if window is None else "-1" if window == -1 else "positive"
    if (first, purge is not None, days is not None, bool(events)) not in _ARCHIVES:
        yield "dvrWindow, streamLevelPurgeDays, activeArchiveDurationInDays and events do not go together"
    if days is not None and not 1 <= days <= 31:
        yield "activeArchiveDurationInDays must be between 1 and 31"
    if days is not None and stream.get("format") not in ("HLS", "DASH"):
        yield "activeArchiveDurationInDays is for HLS and DASH streams only"
    if purge is not None and purge < 1:
        yield "streamLevelPurgeDays must be positive"
    for event in events:
        if not event.get("event") or event.get("age", 0) < 1:
            yield "An event needs its name and an age of at least one day"
    if "vodOrigin" in stream and days is None:
        yield "vodOrigin needs activeArchiveDurationInDays"


def storage_mistakes(account: Account, stream: Stream) -> Iterator[str]:
    """What is wrong with storage groups and the VOD origin of a new stream."""
    storage = [cpcode["id"] for cpcode in account.cpcodes if cpcode.get("type") == "STORAGE"]
    for member in ("storageGroup", "backupStorageGroup"):
        group = stream.get(member)
        if group is None:
            continue
        if group.get("isNew"):
            if not group.get("name"):
                yield f"{member}.name is required for a new storage group"
        elif group.get("cpcode") not in storage:
            yield f"{member}: Invalid CPCode"
    vod = stream.get("vodOrigin")
    if vod is not None and vod.get("cpcode") not in [known["cpcode"] for known in account.vod_origins]:
        if not vod.get("name"):
            yield "vodOrigin.name is required for a new VOD origin"
        if account.cpcode(vod.get("cpcode")) is None:
            yield "vodOrigin: Invalid CPCode"
