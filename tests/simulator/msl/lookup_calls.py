# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations on the lookup lists, CP codes and keys (reference msl, sections 2 and 5)."""

from __future__ import annotations

from typing import Any

from ..replies import Reply
from .account import Account
from .problems import refuse_all
from .seeding import new_key
from .work import Work

#: type of /origins/cpcodes -> type of the CP codes it lists.
_ORIGIN_TYPES = {"AKAMAI": "INGEST", "THIRD_PARTY": "THIRD_PARTY"}


def list_contracts(work: Work) -> Reply:
    """GET /contracts."""
    return Reply(200, work.account.contracts)


def list_cdns(work: Work) -> Reply:
    """GET /cdns."""
    return Reply(200, work.account.cdns)


def list_locations(work: Work) -> Reply:
    """GET /publishing-locations."""
    return Reply(200, work.account.locations)


def list_vod_origins(work: Work) -> Reply:
    """GET /vod-origin."""
    location = work.query.get("encoderLocation")
    return Reply(
        200,
        [
            {"cpcode": origin["cpcode"], "name": origin["name"], "streamCount": origin["streamCount"]}
            for origin in work.account.vod_origins
            if location in (None, origin.get("encoderLocation"))
        ],
    )


def generate_key(work: Work) -> Reply:
    """GET /generate-key: a new key each time."""
    return Reply(200, {"key": new_key(work.account, work.query.get("type"))})


def list_cpcodes(work: Work) -> Reply:
    """GET /cpcodes."""
    used = work.account.used_cpcodes()
    return Reply(
        200,
        [
            _described(cpcode, used) | {"contracts": cpcode["contracts"]}
            for cpcode in _of_type(work.account, work.query["type"])
            if not (work.query.get("unused") and cpcode["id"] in used)
        ],
    )


def list_origin_cpcodes(work: Work) -> Reply:
    """GET /origins/cpcodes: CP codes that a new origin can take."""
    asked = work.query.get("type")
    used = work.account.used_cpcodes()
    shown = []
    for kind in [_ORIGIN_TYPES[asked]] if asked else _ORIGIN_TYPES.values():
        for cpcode in _of_type(work.account, kind):
            if kind == "INGEST" and cpcode["id"] in used:
                continue
            if work.settings.origin_cpcode_contracts == "contractIds":
                contracts = {"contractIds": [contract["contractId"] for contract in cpcode["contracts"]]}
            else:
                contracts = {"contracts": cpcode["contracts"]}
            shown.append(_described(cpcode, used) | contracts)
    return Reply(200, shown)


def post_cpcode(work: Work) -> Reply:
    """POST /cpcodes."""
    account, body = work.account, work.body
    valid = [contract["contractId"] for contract in account.contracts if not contract["expired"]]
    errors = [f"{name} is required" for name in ("contractId", "name") if not body.get(name)]
    if body.get("contractId") and body["contractId"] not in valid:
        errors.append("Invalid contract")
    refuse_all(errors)
    number = next(account.universe.cpcode_ids)
    contracts = [{"contractId": body["contractId"]}]
    account.cpcodes.append({"id": number, "name": body["name"], "type": "INGEST", "contracts": contracts})
    return Reply(202, {"id": number, "name": body["name"], "contractId": body["contractId"]})


def _of_type(account: Account, kind: str) -> list[dict[str, Any]]:
    return [cpcode for cpcode in account.cpcodes if cpcode.get("type", "INGEST") == kind]


def _described(cpcode: dict[str, Any], used: set[int]) -> dict[str, Any]:
    return {"id": cpcode["id"], "name": cpcode["name"], "isUsed": cpcode["id"] in used}
