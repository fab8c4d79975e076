# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams: the field table (msl.md, section 3) and what is special about them."""

from __future__ import annotations

import dataclasses
import ipaddress
import re
import typing as t

from .._core.context import Context
from .._core.errors import InvalidInput
from .._core.instants import format_utc, parse_instant
from .._engine.compare import same_addresses, same_set, unique
from .._engine.fields import UNKNOWN, Field, Members, Table, Write
from .._engine.plan import Change, Desired, Observed, Plan, Step, refuse_immutable
from .._engine.resource import Resource
from .._engine.wait import Progress, Stage
from . import archive
from .api import MslApi
from .authorship import AUTHORSHIP, was_modified
from .digest import DigestUpdate, plan_digest
from .hosts import identifier, identifier_refusals, same_origin
from .lookups import Lookups, cpcode_value
from .shapes import SECRETS
from .texts import filled_unique, same_zone, stripped, stripped_unique, without_empty_zone, zone

LONGEST_NAME = 90
MOST_ADDRESSES = 50
FORMATS = ("HLS", "HDS", "DASH", "CMAF")
ALGORITHMS = ("SHA256", "SHA512", "SHA512_256", "MD5")
_NAME = re.compile(r"[A-Za-z0-9_-]+")


_CITY = (Field("name", resent=True),)
_STATE = (Field("name", resent=True), Field("cities", type="list", elements="dict", resent=True, members=_CITY))
_INGEST_LOCATIONS = (
    Field("countryName", resent=True),
    Field("states", type="list", elements="dict", resent=True, members=_STATE),
)
# The list's schema spells it in two ways (section 7, row 14).
_LISTED_ORIGIN = ("originHostName", "originHostname", "origin.hostName")
# Asked for and never shown again: name and is_new.
_STORAGE = (Field("name", returned=False), Field("isNew", type="bool", returned=False))

# Everything that PUT carries is resent, since a PUT replaces (section 7, row 7). A list's entry has names of its own
# (section 3.5), or those of the detail, as was found of origins (section 7, row 13).
FIELDS: Table = (
    Field("name", listed="name", resent=True),
    Field("format", write=Write.CREATE, choices=FORMATS, listed="format", resent=True),
    Field(
        "cpcode", type="int", option_type="str", convert=cpcode_value, write=Write.CREATE, listed="cpcode", resent=True
    ),
    Field("contractId", write=Write.CREATE, resent=True),
    Field("groupId", type="int", write=Write.CREATE, returned=False),
    Field("encoderZone", convert=zone, same=same_zone, write=Write.CREATE, listed="encoderZone", resent=True),
    # The detail may lack it although it is set (section 3).
    Field("backupEncoderZone", convert=zone, same=same_zone, write=Write.CREATE),
    Field("origin", type="dict", write=Write.CREATE, resent=True, members=(
        Field("hostName", convert=stripped, same=same_origin, listed=_LISTED_ORIGIN, resent=True),
        Field("cpcode", type="int", option_type="str", convert=cpcode_value, returned=False),
    )),
    Field("isDedicatedOrigin", type="bool", write=Write.CREATE),
    Field("ingestAccelerated", type="bool", resent=True, absent=False),
    Field("password", secret=True, returned=False),
    Field(
        "allowedIps", type="list", elements="str", convert=stripped_unique, same=same_addresses, resent=True, absent=()
    ),
    Field(
        "additionalEmailIds", type="list", elements="str", convert=filled_unique, same=same_set, resent=True, absent=()
    ),
    Field("dvrWindow", type="int", listed=("dvrWindowInMin", "dvrWindow"), resent=True, absent=None),
    Field("activeArchiveDurationInDays", type="int", write=Write.CREATE, resent=True, absent=None),
    Field("streamLevelPurgeDays", type="int", write=Write.CREATE, resent=True, absent=None),
    Field("events", type="list", elements="dict", convert=unique, write=Write.CREATE, resent=True, absent=(), members=(
        Field("event", resent=True), Field("age", type="int", resent=True),
    )),
    Field("storageGroup", type="dict", write=Write.CREATE, members=(
        Field("cpcode", type="int", listed=("primaryStorageCpcode", "storageGroup.cpcode")), *_STORAGE,
    )),
    Field("backupStorageGroup", type="dict", write=Write.CREATE, members=(
        Field("cpcode", type="int", listed=("backupStorageCpcode", "backupStorageGroup.cpcode")), *_STORAGE,
    )),
    Field("vodOrigin", type="dict", write=Write.CREATE, resent=True, absent=None, members=(
        Field("cpcode", type="int", resent=True), Field("name", resent=True),
    )),
    Field(
        "primaryIngestLocations", type="dict", write=Write.CREATE, resent=True, absent=None, members=_INGEST_LOCATIONS
    ),
    Field(
        "backupIngestLocations", type="dict", write=Write.CREATE, resent=True, absent=None, members=_INGEST_LOCATIONS
    ),
    Field("streamAuth", type="dict", members=(
        Field("username"), Field("password", secret=True, returned=False), Field("algorithm", choices=ALGORITHMS),
    )),
    Field("provisionDetail", type="dict", write=Write.NEVER, listed="provisionDetail"),
    *AUTHORSHIP,
    Field("streamAuthPrevious", type="dict", write=Write.NEVER),
)  # fmt: skip
_AUTH = next(field for field in FIELDS if field.name == "streamAuth")


class Streams(Resource):
    """Streams of one account."""

    noun = "stream"
    fields = FIELDS
    secret_members = SECRETS
    setting_names = (
        "id",
        "clone_internal_settings_from_stream_id",
        "purge_content",
        "update_unreadable",
        "update_pending",
        "stream_auth_previous_expiry",
    )
    needed_to_create = ("name", "format", "cpcode", "encoder_zone", "origin.host_name")
    writable_while_pending = False

    def __init__(self, api: MslApi, context: Context) -> None:
        super().__init__(context)
        self._api = api
        self._lookups = Lookups(api, context)

    def scope(self) -> str | None:
        return self._api.scope

    def identity(self, desired: Desired) -> str | None:
        wanted_id = desired.settings.get("id")
        return str(wanted_id) if wanted_id is not None else desired.members.get("name")

    def refusals(self, desired: Desired) -> list[str]:
        members = desired.members
        if self.identity(desired) is None:
            return ["a stream is named by its id or its name, and neither is given"]
        # A name that a stream has already may be any; see find_changes.
        found = _name_refusals(members["name"]) if "name" in members and "id" not in desired.settings else []
        if desired.state == "absent":
            return found
        found += _address_refusals(members.get("allowedIps", ()))
        host_name = members.get("origin", {}).get("hostName")
        found += identifier_refusals(host_name, "origin.host_name") if host_name is not None else []
        return found + archive.refusals(members) + self._expiry_refusals(desired)

    def _expiry_refusals(self, desired: Desired) -> list[str]:
        written = desired.settings.get("stream_auth_previous_expiry")
        if not written:
            return []
        try:
            if parse_instant(written) <= self.context.clock.now():
                return [f"stream_auth_previous_expiry {written} has passed"]
        except InvalidInput as error:
            return [f"stream_auth_previous_expiry: {error.message}"]
        return []

    def entries(self) -> list[tuple[t.Any, Members]]:
        return [(entry.get("id"), entry) for entry in self._api.list_streams()]

    def read(self, resource_id: t.Any) -> Members | None:
        return self._api.get_stream(resource_id)

    def key(self, desired: Desired) -> str | None:
        return desired.members.get("name")

    def keys_of(self, entry: Members) -> tuple[str, ...]:
        return (str(entry.get("name")),)

    def matches(self, desired: Desired, entry: Members) -> bool:
        return entry.get("name") == desired.members.get("name")

    def resolve(self, desired: Desired, observed: Observed | None) -> None:
        members, origin = desired.members, desired.members.get("origin", {})
        if desired.state == "absent":
            return
        if isinstance(members.get("cpcode"), str):
            members["cpcode"] = self._lookups.cpcode(members["cpcode"], "INGEST", "cpcode")
        if isinstance(origin.get("cpcode"), str):
            origin["cpcode"] = self._lookups.cpcode(origin["cpcode"], "AKAMAI", "origin.cpcode")
        strange = self._lookups.unknown_zones(_zones(members)) if observed is None else []
        if strange:
            raise InvalidInput("; ".join(strange), details=strange)

    def explain(self, desired: Desired) -> list[str]:
        return self._lookups.explain(
            zones=_zones(desired.members),
            cpcodes={"cpcode": (desired.members.get("cpcode"), "INGEST")},
            contract=desired.members.get("contractId"),
        )

    def progress(self, desired: Desired, members: Members | None) -> Progress:
        if members is None or desired.state == "absent":
            return super().progress(desired, members)
        detail = members.get("provisionDetail")
        if detail is None:
            return Progress(Stage.READY)
        status = str(detail.get("status") or "PENDING")
        stage = {"PROVISIONED": Stage.READY, "FAILED": Stage.FAILED}.get(status, Stage.PENDING)
        return Progress(stage, status, str(detail.get("message") or ""))

    def shows_progress(self, members: Members) -> bool:
        return members.get("provisionDetail") is not None

    def plan_create(self, desired: Desired) -> Plan:
        plan = super().plan_create(dataclasses.replace(desired, members=without_empty_zone(desired.members)))
        members = desired.members
        reasons = archive.create_refusals(members)
        if members.get("ingestAccelerated") and not members.get("password"):
            reasons.append("ingest_accelerated needs password; its user name is the CP code")
        if reasons:
            raise InvalidInput("; ".join(reasons), details=reasons)
        auth = plan_digest(members.get("streamAuth"), None, previous_expiry=None, resend_unreadable=False)
        body = dict(plan.steps[0].body)
        body["origin"] = {**body["origin"], "hostName": _short(body["origin"]["hostName"])}
        if not auth.changed:
            body.pop("streamAuth", None)
        source = desired.settings.get("clone_internal_settings_from_stream_id")
        plan.steps = [Step("create", body, {} if source is None else {"clone_from": source})]
        plan.warnings += archive.warnings(members)
        return plan

    def find_changes(self, desired: Desired, observed: Observed) -> list[Change]:
        undigested = {name: value for name, value in desired.members.items() if name != "streamAuth"}
        found = super().find_changes(Desired(desired.state, undigested, desired.settings), observed)
        refuse_immutable(found)  # A password that is missing would not help.
        auth = self._digest(desired, observed)
        if auth.changed:
            deleted = bool(auth.current and "delete" in auth.current)
            found.append(Change(_AUTH, observed.members.get("streamAuth", UNKNOWN), {} if deleted else auth.current))
        reasons = [reason for change in found if change.field.name == "name" for reason in _name_refusals(change.after)]
        if reasons:
            raise InvalidInput("; ".join(reasons), details=reasons)
        switched_on = any(change.field.name == "ingestAccelerated" and change.after for change in found)
        if switched_on and not desired.members.get("password"):
            raise InvalidInput("ingest_accelerated needs password; its user name is the CP code")
        return found

    def plan_update(self, desired: Desired, observed: Observed) -> Plan:
        plan = super().plan_update(desired, observed)
        reasons = archive.update_refusals(desired.members, observed.members) if plan.changed and observed.whole else []
        if reasons:
            raise InvalidInput("; ".join(reasons), details=reasons)
        plan.warnings += archive.warnings(desired.members)
        if plan.changed and plan.predicted.get("ingestAccelerated") and not desired.members.get("password"):
            plan.warnings.append(
                f"{self.label(desired)} is ingest-accelerated, and the service never shows its password: give password,"
                " or the update is sent without it."
            )
        return plan

    def update_step(self, desired: Desired, observed: Observed) -> Step:
        step = super().update_step(desired, observed)
        auth = self._digest(desired, observed)
        body = {name: value for name, value in step.body.items() if name != "streamAuth"}
        body["id"] = observed.id
        if auth.current:
            body["streamAuth"] = auth.current
        if auth.previous:
            body["streamAuthPrevious"] = auth.previous
        return Step("update", body, repeatable="password" not in (auth.current or {}))

    def took_effect(self, step: Step, desired: Desired, before: Members, after: Members) -> bool:
        if not was_modified(before, after):
            return False  # A new password cannot be seen; that the stream was modified can.
        undigested = {name: value for name, value in desired.members.items() if name != "streamAuth"}
        return super().took_effect(step, Desired(desired.state, undigested, desired.settings), before, after)

    def is_late(self, before: Members, after: Members) -> bool:
        return not was_modified(before, after)

    def carry_out(self, step: Step, resource_id: t.Any, desired: Desired) -> t.Any:
        if step.action == "create":
            return self._api.create_stream(step.body, step.query.get("clone_from"))
        if step.action == "update":
            return self._api.update_stream(resource_id, step.body, repeatable=step.repeatable is not False)
        return self._api.delete_stream(resource_id, purge_content=bool(desired.settings.get("purge_content")))

    def _digest(self, desired: Desired, observed: Observed) -> DigestUpdate:
        expiry = desired.settings.get("stream_auth_previous_expiry")
        shown = observed.members.get("streamAuth")
        return plan_digest(
            desired.members.get("streamAuth"),
            shown if isinstance(shown, dict) else None,
            previous_expiry=format_utc(parse_instant(expiry)) if expiry else None,
            resend_unreadable=desired.settings.get("update_unreadable") == "always",
        )


def _zones(members: Members) -> dict[str, t.Any]:
    return {"encoder_zone": members.get("encoderZone"), "backup_encoder_zone": members.get("backupEncoderZone")}


def _short(host_name: str) -> str:
    return identifier(host_name) if "." in host_name else host_name


def _name_refusals(name: str) -> list[str]:
    if len(name) > LONGEST_NAME:
        return [f"the name has {len(name)} characters, and a stream's name may have {LONGEST_NAME}"]
    if not _NAME.fullmatch(name):
        return [f"the name {name!r} may hold letters, digits, dash and underscore only"]
    return []


def _address_refusals(addresses: t.Sequence[str]) -> list[str]:
    found = []
    if len(addresses) > MOST_ADDRESSES:
        found.append(f"allowed_ips has {len(addresses)} addresses, and a stream takes {MOST_ADDRESSES}")
    for address in addresses:
        try:
            ipaddress.ip_address(address.strip())
        except ValueError:
            found.append(
                f"allowed_ips: {address!r} is not an IP address (networks are not documented for this service)"
            )
    return found
