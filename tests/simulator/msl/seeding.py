# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Resources that are there from the start: members of a request and of a reply, in any mixture, unchecked."""

from __future__ import annotations

import base64
import copy
from typing import Any

from ..clock import iso
from .account import ACTOR, Account, Digest, OriginRecord, StreamSecrets
from .shared_keys import AUTH_METHODS, derived_members


def seed_origin(account: Account, given: dict[str, Any]) -> int:
    """Add an origin; whatever is missing gets a sensible value. Returns the id."""
    origin = copy.deepcopy(given)
    number = int(origin.pop("id", 0)) or next(account.universe.origin_ids)
    host_name = origin.pop("hostName", f"origin-{number}")
    identifier = host_name.split(".")[0] if "." in host_name else host_name
    zone = origin.setdefault("encoderZone", "EUROPE")
    stored: dict[str, Any] = {
        "id": number,
        "hostName": host_name if "." in host_name else account.host_name(host_name, zone),
    }
    if origin.get("backupEncoderZone"):
        stored["backupHostName"] = account.host_name(identifier, origin["backupEncoderZone"])
    origin.setdefault("cpcode", _free_cpcode(account))
    for name in ("cpcode", "thirdPartyCdnCpcode"):
        _know_cpcode(account, origin.get(name), "INGEST" if name == "cpcode" else "THIRD_PARTY")
    now = iso(account.clock.stamp())
    account.origin_records[number] = OriginRecord(
        identifier=origin.pop("hostNameIdentifier", identifier),
        created=origin.pop("createdDate", now),
        created_by=origin.pop("createdBy", ACTOR),
        email_ids=origin.pop("emailIds", []),
        group_id=origin.pop("groupId", None),
    )
    keys = [_seed_key(account, stored, origin, identifier, key) for key in origin.pop("sharedKeys", [])]
    defaults = {
        "contractId": account.contracts[0]["contractId"],
        "isDedicatedOrigin": False,
        "status": "SUCCEEDED",
        "activeVersion": "1",
        "amdProperties": [],
        "modifiedBy": ACTOR,
        "modifiedDate": now,
    }
    account.origins[number] = defaults | stored | origin | {"sharedKeys": keys}
    return number


def _seed_key(
    account: Account, stored: dict[str, Any], origin: dict[str, Any], identifier: str, given: dict[str, Any]
) -> dict[str, Any]:
    key = {"type": "THIRD_PARTY", "enabled": True, **given}
    key.setdefault("authMethod", AUTH_METHODS[key["type"]])
    key.setdefault("key", new_key(account, key["type"]))
    if key["type"] == "THIRD_PARTY":
        key.setdefault("cdnCode", account.cdns[0]["code"])
        key.setdefault("guid", account.universe.guid())
    return derived_members(account, identifier, origin | stored, key) | key


def new_key(account: Account, kind: str | None) -> str:
    """A key as List generate-key gives: 17 hex digits for AKAMAI, else base64 of 16 bytes."""
    raw = account.universe.random.randbytes(16)
    return raw.hex()[:17] if kind == "AKAMAI" else base64.b64encode(raw).decode()


def seed_stream(account: Account, given: dict[str, Any]) -> int:
    """Add a stream; whatever is missing gets a sensible value. Returns the id."""
    from .stream_views import published

    stream = copy.deepcopy(given)
    number = int(stream.pop("id", 0)) or next(account.universe.stream_ids)
    origin = account.origins[_origin_of(account, stream.pop("origin", None), stream)]
    secrets = StreamSecrets(stream.pop("password", None), group_id=stream.pop("groupId", None))
    auth = stream.pop("streamAuth", None)
    if auth:
        secrets.current = Digest(auth["username"], auth.pop("password", ""), auth["algorithm"])
        stream["streamAuth"] = auth
    account.stream_secrets[number] = secrets
    now = iso(account.clock.stamp())
    stored: dict[str, Any] = {
        "id": number,
        "name": f"stream-{number}",
        "format": "HLS",
        "cpcode": origin["cpcode"],
        "contractId": origin.get("contractId", account.contracts[0]["contractId"]),
        "encoderZone": origin["encoderZone"],
        "isDedicatedOrigin": False,
        "ingestAccelerated": False,
        "allowedIps": [],
        "additionalEmailIds": [],
        "events": [],
        "storageGroup": {"cpcode": storage_cpcode(account)},
        "provisionDetail": {"status": "PROVISIONED", "message": "Provisioned", "streamId": number},
        "createdBy": ACTOR,
        "createdDate": now,
        "modifiedBy": ACTOR,
        "modifiedDate": now,
    }
    if stream.get("activeArchiveDurationInDays") is None and account.settings.msl.default_dvr_window is not None:
        stored["dvrWindow"] = account.settings.msl.default_dvr_window
    stored |= stream | {"origin": {"hostName": origin["hostName"]}}
    account.streams[number] = published(account, stored, origin) | stored
    _know_cpcode(account, stored["cpcode"], "INGEST")
    return number


def _origin_of(account: Account, named: dict[str, Any] | None, stream: dict[str, Any]) -> int:
    if named is None and account.origins:
        return next(iter(account.origins))
    host_name = (named or {}).get("hostName", "origin-1")
    by_full_name = (number for number, origin in account.origins.items() if origin["hostName"] == host_name)
    found = next(by_full_name, None) or account.origin_by_identifier(host_name)
    if found is not None:
        return found
    wanted = {name: stream[name] for name in ("encoderZone", "backupEncoderZone", "contractId") if name in stream}
    return seed_origin(account, wanted | (named or {}) | {"hostName": host_name})


def storage_cpcode(account: Account) -> int | None:
    """The CP code of the account's first storage group."""
    return next((cpcode["id"] for cpcode in account.cpcodes if cpcode.get("type") == "STORAGE"), None)


def _free_cpcode(account: Account) -> int:
    used = account.used_cpcodes()
    free = (cpcode["id"] for cpcode in account.cpcodes if cpcode.get("type") == "INGEST" and cpcode["id"] not in used)
    return next(free, None) or next(account.universe.cpcode_ids)


def _know_cpcode(account: Account, number: int | None, kind: str) -> None:
    if number is None or account.cpcode(number) is not None:
        return
    contracts = [{"contractId": contract["contractId"]} for contract in account.contracts if not contract["expired"]]
    account.cpcodes.append({"id": number, "name": f"{kind.lower()}-{number}", "type": kind, "contracts": contracts})
