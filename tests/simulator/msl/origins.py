# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations on origins (reference msl, sections 2 and 4)."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from ..clock import iso
from ..replies import Reply
from ..stock import Resource
from .account import ACTOR, Account, OriginRecord
from .problems import Problem, refuse_all
from .shared_keys import host_name_mistakes, key_mistakes, shown_key, stored_keys
from .stream_rules import cpcode_fits, place_mistakes
from .work import Work, accepted, created

MAXIMUM_IDENTIFIER = 16

_REQUIRED = ("hostName", "cpcode", "encoderZone")
_LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?")
#: Status of the detail -> status of the list, which has its own vocabulary.
_LIST_STATUS = {"SUCCEEDED": "PROVISIONED"}


def list_origins(work: Work) -> Reply:
    """GET /origins."""
    shown = [
        _summary(origin, record)
        for number, origin in work.account.origin_stock.read_all()
        if (record := work.account.origin_records.get(number)) is not None
    ]
    wanted = {"location": work.query.get("encoderLocation"), "cpcode": work.query.get("cpcode")}
    for member, value in wanted.items():
        if value is not None:
            shown = [origin for origin in shown if origin[member] == value]
    return Reply(200, shown)


def get_origin(work: Work) -> Reply:
    """GET /origins/{id}."""
    origin = None if work.number is None else work.account.origin_stock.read(work.number)
    if origin is None:
        raise Problem(404, "Resource Not Found")
    shown = copy.deepcopy(origin)
    shown["sharedKeys"] = [shown_key(key, work.settings.return_key_extras) for key in shown["sharedKeys"]]
    return Reply(200, shown)


def post_origin(work: Work) -> Reply:
    """POST /origins."""
    refuse_all([f"{name} is required" for name in _REQUIRED if name not in work.body])
    refuse_all([*new_origin_mistakes(work.account, work.body)])
    return created(work, "origins", create(work.account, work.body))


def put_origin(work: Work) -> Reply:
    """PUT /origins/{id}: the list of keys is replaced; without it, sharing is switched off."""
    account, body = work.account, work.body
    if work.number is None or work.number not in account.origins:
        raise Problem(400, "Requested Origin does not exist")
    stored, record = account.origins[work.number], account.origin_records[work.number]
    keys = body.get("sharedKeys", [])
    errors = [] if body.get("id", work.number) == work.number else ["id cannot be changed"]
    errors += key_mistakes(account, keys, stored["sharedKeys"], account.clock.now())
    errors += _third_party_mistakes(account, stored, keys)
    refuse_all(errors)
    refuse_all([*host_name_mistakes(account, record.identifier, stored, keys)])
    account.origin_stock.before_write(work.number)
    stored["sharedKeys"] = stored_keys(account, record.identifier, stored, keys)
    stored["activeVersion"] = str(int(stored.get("activeVersion", "0")) + 1)
    record.email_ids = list(body.get("emailIds", []))
    account.touch(stored)
    account.provision(account.origin_stock, work.number)
    return accepted()


def delete_origin(work: Work) -> Reply:
    """DELETE /origins/{id}: refused as long as streams use it."""
    account = work.account
    if work.number is None or work.number not in account.origins:
        raise Problem(400, "Requested Origin does not exist")
    if account.streams_of(work.number):
        raise Problem(
            400,
            "There are active streams existing under this origin. "
            "Please delete the streams before deleting the origin.",
        )
    account.origin_stock.before_write(work.number)
    del account.origins[work.number]
    account.origin_stock.end(work.number)
    return accepted()


def new_origin_mistakes(account: Account, origin: dict[str, Any]) -> Iterator[str]:
    """What is wrong with an origin that is to be made, by itself or together with its first stream."""
    yield from _identifier_mistakes(account, origin.get("hostName", ""))
    if not cpcode_fits(account, origin.get("cpcode", 0), origin.get("contractId")):
        yield "Invalid CPCode"
    if "thirdPartyCdnCpcode" in origin and account.cpcode(origin["thirdPartyCdnCpcode"]) is None:
        yield "Invalid third party CPCode"
    yield from place_mistakes(account, origin)
    keys = origin.get("sharedKeys", [])
    yield from key_mistakes(account, keys, [], account.clock.now())
    yield from _third_party_mistakes(account, origin, keys)


def create(account: Account, wanted: dict[str, Any]) -> int:
    """Make an origin that has been found right; returns its id."""
    number = next(account.universe.origin_ids)
    identifier, zone, backup = wanted["hostName"], wanted["encoderZone"], wanted.get("backupEncoderZone")
    contracts = [contract["contractId"] for contract in account.contracts if not contract["expired"]]
    now = iso(account.clock.stamp())
    origin: Resource = {
        "id": number,
        "hostName": account.host_name(identifier, zone),
        "contractId": wanted.get("contractId", contracts[0]),
        "cpcode": wanted["cpcode"],
        "encoderZone": zone,
        "isDedicatedOrigin": wanted.get("isDedicatedOrigin", False),
        "activeVersion": "1",
        "amdProperties": [],
        "modifiedBy": ACTOR,
        "modifiedDate": now,
    }
    if backup:
        origin |= {"backupEncoderZone": backup, "backupHostName": account.host_name(identifier, backup)}
    if "thirdPartyCdnCpcode" in wanted:
        origin["thirdPartyCdnCpcode"] = wanted["thirdPartyCdnCpcode"]
    origin["sharedKeys"] = stored_keys(account, identifier, origin, wanted.get("sharedKeys", []))
    account.origin_stock.before_write(number)
    account.origins[number] = origin
    account.origin_records[number] = OriginRecord(
        identifier=identifier,
        created=now,
        resource_group="resGrp01" if origin["isDedicatedOrigin"] else None,
        email_ids=list(wanted.get("emailIds", [])),
        group_id=wanted.get("groupId"),
    )
    account.provision(account.origin_stock, number)
    return number


def _identifier_mistakes(account: Account, identifier: str) -> Iterator[str]:
    if len(identifier) > MAXIMUM_IDENTIFIER:
        yield f"Lengthy Origin Identifier. Should not exceed {MAXIMUM_IDENTIFIER} characters"
    elif not _LABEL.fullmatch(identifier):
        # Not written anywhere, but the identifier becomes part of a host name.
        yield "Invalid Origin Identifier"
    elif account.universe.identifier_taken(identifier):
        yield "Origin Identifier already exists"


def _third_party_mistakes(account: Account, origin: dict[str, Any], keys: list[dict[str, Any]]) -> Iterator[str]:
    needed = account.settings.msl.third_party_cpcode_required
    if needed and "thirdPartyCdnCpcode" not in origin and any(key.get("type") == "THIRD_PARTY" for key in keys):
        yield "thirdPartyCdnCpcode is required for shared keys of type THIRD_PARTY"


def _summary(origin: Resource, record: OriginRecord) -> Resource:
    """The origin in the list, under the list's names."""
    shown = {
        "id": origin["id"],
        "hostName": origin["hostName"],
        "hostNameIdentifier": record.identifier,
        "cpcode": origin["cpcode"],
        "otherCdnCpcode": origin.get("thirdPartyCdnCpcode"),
        "location": origin["encoderZone"],
        "status": _LIST_STATUS.get(origin["status"], origin["status"]),
        "storageCpcode": record.storage_cpcode,
        "createdBy": record.created_by,
        "createdDate": record.created,
        "modifiedBy": origin["modifiedBy"],
        "modifiedDate": origin["modifiedDate"],
    }
    if record.resource_group:
        shown["resourceGroup"] = record.resource_group
    if origin.get("backupEncoderZone"):
        shown["backupOriginHost"] = {
            "backupHostName": origin.get("backupHostName"),
            "location": origin["backupEncoderZone"],
            "storageCpcode": None,
        }
    return shown
