# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stream as the detail and as the list show it (reference msl, sections 3.4 and 3.5)."""

from __future__ import annotations

import copy
from typing import Any

from ..stock import Resource
from .account import Account

#: Path prefix of the publishing URL; HLS has none.
_PREFIXES = {"HLS": "", "HDS": "/hds", "DASH": "/dash", "CMAF": "/cmaf"}
_DOMAIN = "i.akamaientrypoint.net"


def published(account: Account, stream: Resource, origin: Resource) -> dict[str, Any]:
    """Members that follow from the stream's number, format and origin."""
    number, prefix = stream["id"], _PREFIXES[stream["format"]]
    complete = account.settings.msl.publishing_urls == "url"
    members: dict[str, Any] = {
        "primaryPublishingUrl": f"http://p-ep{number}.{_DOMAIN}{prefix}/{number}"
        if complete
        else f"p-ep{number}.{_DOMAIN}"
    }
    if stream.get("backupEncoderZone"):
        members["backupPublishingUrl"] = (
            f"http://b-ep{number}.{_DOMAIN}{prefix}/{number}-b" if complete else f"b-ep{number}.{_DOMAIN}"
        )
    if origin.get("backupHostName"):
        members["backupOrigin"] = {"hostName": origin["backupHostName"]}
    return members


def detail(account: Account, stream: Resource) -> Resource:
    """GET of one stream. Members that a test has put there are shown as well."""
    shown = copy.deepcopy(stream)
    if account.settings.msl.return_ingest_options:
        shown.setdefault("ingestOptions", {"ingestOverrides": []})
    return shown


def summary(stream: Resource) -> Resource:
    """The same stream in the list, under the list's names."""
    return {
        "id": stream["id"],
        "name": stream["name"],
        "format": stream["format"],
        "cpcode": stream["cpcode"],
        "encoderZone": stream["encoderZone"],
        "originHostName": stream["origin"]["hostName"],
        "dvrWindowInMin": stream.get("dvrWindow"),
        "primaryStorageCpcode": (stream.get("storageGroup") or {}).get("cpcode"),
        "backupStorageCpcode": (stream.get("backupStorageGroup") or {}).get("cpcode"),
        "streamAuth": bool(stream.get("streamAuth")),
        "primaryDirectConnectSettings": {"enabled": False},
        "backupDirectConnectSettings": {"enabled": False},
        "provisionDetail": {
            name: value for name, value in stream["provisionDetail"].items() if name in ("status", "message")
        },
        "createdBy": stream["createdBy"],
        "createdDate": stream["createdDate"],
        "modifiedBy": stream["modifiedBy"],
        "modifiedDate": stream["modifiedDate"],
    }


#: sortKey -> the list member it sorts by.
_SORT_MEMBERS = {"zone": "encoderZone", "status": "provisionDetail"}


def in_order(streams: list[Resource], sort_key: str, sort_order: str) -> list[Resource]:
    """List entries in the order asked for; equal ones by id."""
    member = _SORT_MEMBERS.get(sort_key, sort_key)

    def rank(stream: Resource) -> tuple[bool, Any, int]:
        value = stream[member]["status"] if sort_key == "status" else stream[member]
        return value is not None, 0 if value is None else value, stream["id"]

    return sorted(streams, key=rank, reverse=sort_order == "DESC")
