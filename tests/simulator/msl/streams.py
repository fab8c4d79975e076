# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations on streams (reference msl, sections 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..clock import iso
from ..replies import Reply
from ..stock import Resource
from . import origins, stream_auth, stream_rules
from .account import ACTOR, StreamSecrets
from .problems import Problem, refuse_all
from .seeding import storage_cpcode
from .stream_views import detail, in_order, published, summary
from .work import Work, accepted, created

_POST_REQUIRED = ("name", "format", "cpcode", "encoderZone", "origin")
_PUT_REQUIRED = ("name", "format", "cpcode", "encoderZone", "origin")

#: Members that a PUT may carry but not change, and may leave out only when the stream has none.
_FIXED = (
    "activeArchiveDurationInDays",
    "streamLevelPurgeDays",
    "events",
    "vodOrigin",
    "primaryIngestLocations",
    "backupIngestLocations",
    "primaryDirectConnectSettings",
    "backupDirectConnectSettings",
)
#: Members that a PUT may change, with what they are when it leaves them out.
_EDITABLE: dict[str, Any] = {"ingestAccelerated": False, "allowedIps": [], "additionalEmailIds": []}
#: Members of a POST that are kept as they are.
_TAKEN = (
    "name",
    "format",
    "cpcode",
    "encoderZone",
    "backupEncoderZone",
    "dvrWindow",
    "activeArchiveDurationInDays",
    "streamLevelPurgeDays",
    "vodOrigin",
    "primaryIngestLocations",
    "backupIngestLocations",
    "ingestOptions",
)


def list_streams(work: Work) -> Reply:
    """GET /streams."""
    query = work.query
    page, size = query.get("page", 1), query.get("pageSize")
    refuse_all(
        [
            f"{name} must be positive"
            for name, value in (("page", page), ("pageSize", size))
            if value is not None and value < 1
        ]
    )
    streams = [summary(stream) for _number, stream in work.account.stream_stock.read_all()]
    streams = in_order(streams, query.get("sortKey", "modifiedDate"), query.get("sortOrder", "DESC"))
    total, maximum = len(streams), work.account.settings.page_maximum
    size = size if size is not None else max(total, 1)
    size = size if maximum is None else min(size, maximum)
    shown = streams[(page - 1) * size : page * size]
    return Reply(200, {"totalSize": total, "page": page, "pageSize": size, "streams": shown})


def get_stream(work: Work) -> Reply:
    """GET /streams/{id}."""
    stream = None if work.number is None else work.account.stream_stock.read(work.number)
    if stream is None:
        raise _unknown()
    _drop_expired(work, work.number or 0)
    return Reply(200, detail(work.account, stream))


def delete_stream(work: Work) -> Reply:
    """DELETE /streams/{id}."""
    number = _existing(work)
    stock = work.account.stream_stock
    stock.before_write(number)
    del stock.resources[number]
    stock.end(number)
    work.account.stream_secrets.pop(number, None)
    return Reply(200)


def post_stream(work: Work) -> Reply:
    """POST /streams."""
    account, body = work.account, work.body
    refuse_all([f"{name} is required" for name in _POST_REQUIRED if name not in body])
    refuse_all([*_new_stream_mistakes(work)])
    secrets = StreamSecrets(body.get("password"), group_id=body.get("groupId"))
    if "streamAuth" in body:
        secrets.current = stream_auth.enabled(body["streamAuth"])
    origin = account.origins[_origin_for(work)]
    number = next(account.universe.stream_ids)
    account.stream_stock.before_write(number)
    account.streams[number] = _new_stream(work, number, origin)
    account.stream_secrets[number] = secrets
    _show_auth(account.streams[number], secrets)
    account.provision(account.stream_stock, number)
    return created(work, "streams", number)


def put_stream(work: Work) -> Reply:
    """PUT /streams/{id}: replaces what can be edited; a member that is left out goes back to its default."""
    number, body = _existing(work), work.body
    account = work.account
    stored, secrets = account.streams[number], account.stream_secrets.setdefault(number, StreamSecrets())
    if work.settings.refuse_put_while_pending and stored["provisionDetail"]["status"] == "PENDING":
        raise Problem(400, "The stream cannot be changed while it is being provisioned")
    refuse_all([f"{name} is required" for name in _PUT_REQUIRED if name not in body])
    refuse_all([*_fixed_mistakes(stored, body)])
    wanted = stored | {name: body.get(name, default) for name, default in _EDITABLE.items()} | {"name": body["name"]}
    _set_window(work, wanted, body)
    refuse_all([*_changed_stream_mistakes(work, wanted, secrets)])
    _drop_expired(work, number)
    current, previous = stream_auth.changed(secrets.current, secrets.previous, body, account.clock.now())
    if "ingestOptions" in body:
        wanted["ingestOptions"] = body["ingestOptions"]
    account.stream_stock.before_write(number)
    secrets.current, secrets.previous = current, previous
    secrets.password = body.get("password", secrets.password)
    stored.clear()
    stored.update(wanted)
    _show_auth(stored, secrets)
    account.touch(stored)
    account.provision(account.stream_stock, number)
    return accepted()


def _unknown() -> Problem:
    return Problem(400, "Requested Stream does not exist")


def _existing(work: Work) -> int:
    if work.number is None or work.number not in work.account.streams:
        raise _unknown()
    return work.number


def _drop_expired(work: Work, number: int) -> None:
    secrets = work.account.stream_secrets.get(number)
    if (
        secrets
        and secrets.previous
        and secrets.previous.expires
        and secrets.previous.expires <= work.account.clock.now()
    ):
        secrets.previous = None


def _show_auth(stream: Resource, secrets: StreamSecrets) -> None:
    stream.pop("streamAuth", None)
    if secrets.current is not None:
        stream["streamAuth"] = {"username": secrets.current.username, "algorithm": secrets.current.algorithm}


def _set_window(work: Work, stream: Resource, body: dict[str, Any]) -> None:
    """The archive window: as wanted, else the default of a stream without an archive, else none."""
    stream.pop("dvrWindow", None)
    default = work.settings.default_dvr_window
    if "dvrWindow" in body:
        stream["dvrWindow"] = body["dvrWindow"]
    elif default is not None and stream.get("activeArchiveDurationInDays") is None:
        stream["dvrWindow"] = default


def _new_stream_mistakes(work: Work) -> Iterator[str]:
    account, body = work.account, work.body
    yield from stream_rules.value_mistakes(account, body)
    yield from stream_rules.place_mistakes(account, body)
    yield from stream_rules.archive_mistakes(body)
    yield from stream_rules.storage_mistakes(account, body)
    if body.get("ingestAccelerated") and not body.get("password"):
        yield "password is required when ingestAccelerated is true"
    yield from _origin_mistakes(work)
    model = work.query.get("cloneInternalSettingsFromStreamId", -1)
    if model != -1 and model not in account.streams:
        yield "The stream to clone internal settings from does not exist"


def _origin_mistakes(work: Work) -> Iterator[str]:
    """An existing origin must fit; of an unknown one, everything that makes a new origin must be there."""
    account, body = work.account, work.body
    host_name = body["origin"].get("hostName", "")
    number = account.origin_by_identifier(host_name)
    if number is None:
        yield from origins.new_origin_mistakes(account, _implied_origin(body))
        if body["origin"].get("cpcode") in account.used_cpcodes():
            yield "Invalid CPCode"
        return
    origin = account.origins[number]
    if body["encoderZone"] != origin["encoderZone"]:
        yield f"encoderZone must match the origin's location {origin['encoderZone']}"
    backup, origins_backup = body.get("backupEncoderZone"), origin.get("backupEncoderZone")
    if backup and origins_backup and backup != origins_backup:
        yield f"backupEncoderZone must match the origin's backup location {origins_backup}"
    if body["origin"].get("cpcode", origin["cpcode"]) != origin["cpcode"]:
        yield "origin.cpcode is not the origin's CP code"


def _implied_origin(body: dict[str, Any]) -> dict[str, Any]:
    names = ("encoderZone", "backupEncoderZone", "contractId", "groupId", "isDedicatedOrigin")
    implied = {name: body[name] for name in names if name in body}
    return implied | dict(body["origin"])


def _origin_for(work: Work) -> int:
    number = work.account.origin_by_identifier(work.body["origin"]["hostName"])
    return origins.create(work.account, _implied_origin(work.body)) if number is None else number


def _new_stream(work: Work, number: int, origin: Resource) -> Resource:
    account, body = work.account, work.body
    contracts = [contract["contractId"] for contract in account.contracts if not contract["expired"]]
    stream = {name: body[name] for name in _TAKEN if name in body}
    stream |= {name: body.get(name, default) for name, default in _EDITABLE.items()}
    now = iso(account.clock.stamp())
    stream |= {
        "id": number,
        "contractId": body.get("contractId", contracts[0]),
        "origin": {"hostName": origin["hostName"]},
        "isDedicatedOrigin": body.get("isDedicatedOrigin", False),
        "events": body.get("events", []),
        "storageGroup": {"cpcode": _storage(work, body.get("storageGroup"))},
        "createdBy": ACTOR,
        "createdDate": now,
        "modifiedBy": ACTOR,
        "modifiedDate": now,
    }
    if "backupStorageGroup" in body:
        stream["backupStorageGroup"] = {"cpcode": _storage(work, body["backupStorageGroup"])}
    _set_window(work, stream, body)
    _note_vod_origin(work, stream)
    return published(account, stream, origin) | stream


def _storage(work: Work, group: dict[str, Any] | None) -> int | None:
    account = work.account
    if group is None:
        return storage_cpcode(account)
    if not group.get("isNew"):
        return int(group["cpcode"])
    number = next(account.universe.cpcode_ids)
    contracts = [{"contractId": contract["contractId"]} for contract in account.contracts if not contract["expired"]]
    account.cpcodes.append({"id": number, "name": group["name"], "type": "STORAGE", "contracts": contracts})
    return number


def _note_vod_origin(work: Work, stream: Resource) -> None:
    vod = stream.get("vodOrigin")
    if vod is None:
        return
    known = next((one for one in work.account.vod_origins if one["cpcode"] == vod["cpcode"]), None)
    if known is None:
        known = {**vod, "streamCount": 0, "encoderLocation": stream["encoderZone"]}
        work.account.vod_origins.append(known)
    known["streamCount"] += 1
    stream["vodOrigin"] = {"cpcode": known["cpcode"], "name": known["name"]}


def _fixed_mistakes(stored: Resource, body: dict[str, Any]) -> Iterator[str]:
    """Members that a PUT would change although it may not."""
    same = {"id": stored["id"], "contractId": stored.get("contractId")}
    same |= {name: stored[name] for name in ("format", "cpcode", "encoderZone")}
    for name, value in same.items():
        if body.get(name, value) != value:
            yield f"{name} cannot be changed"
    if body["origin"].get("hostName") != stored["origin"]["hostName"]:
        yield "origin cannot be changed"
    for name in _FIXED:
        if (body.get(name) or None) != (stored.get(name) or None):
            yield f"{name} cannot be changed"


def _changed_stream_mistakes(work: Work, wanted: Resource, secrets: StreamSecrets) -> Iterator[str]:
    checked: Resource = {name: wanted[name] for name in ("name", "allowedIps", "dvrWindow") if name in wanted}
    yield from stream_rules.value_mistakes(work.account, checked)
    yield from stream_rules.archive_mistakes(wanted)
    if wanted["ingestAccelerated"] and not work.body.get("password", secrets.password):
        yield "password is required when ingestAccelerated is true"
