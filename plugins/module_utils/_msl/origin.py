# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Origins with their shared keys: the field table (msl.md, section 4) and what is special about them."""

from __future__ import annotations

import dataclasses
import typing as t

from .._core.context import Context
from .._core.errors import Conflict, InvalidInput
from .._core.names import snake
from .._engine.compare import same_set
from .._engine.fields import Field, Members, Table, Write, members_from_options
from .._engine.listing import Listing
from .._engine.plan import Desired, Observed, Plan, Step
from .._engine.resource import Resource
from .._engine.wait import Progress, Stage
from .api import MslApi
from .authorship import AUTHORSHIP, was_modified
from .hosts import entry_is_origin, identifier, identifier_refusals, same_origin
from .lookups import Lookups, cpcode_value, is_cdn_code
from .shapes import SECRETS
from .shared_key_fields import KEY_FIELDS
from .shared_key_refusals import refusals
from .shared_keys import KeysPlan, merge, same_keys
from .shown_keys import compared_keys, sent_keys, shown_keys
from .stream import Streams
from .texts import filled_unique, same_zone, stripped, without_empty_zone, zone

# The whole of it but e-mail addresses and shared keys is fixed at creation (section 4). Shared keys are planned apart.
# A list's entry has names of its own or, by the schema, those of the detail (section 7, row 13).
FIELDS: Table = (
    Field("hostName", convert=stripped, same=same_origin, write=Write.CREATE, listed="hostName"),
    Field("contractId", write=Write.CREATE),
    Field("groupId", type="int", write=Write.CREATE, returned=False),
    Field("cpcode", type="int", option_type="str", convert=cpcode_value, write=Write.CREATE, listed="cpcode"),
    Field("encoderZone", convert=zone, same=same_zone, write=Write.CREATE, listed=("location", "encoderZone")),
    Field(
        "backupEncoderZone",
        convert=zone,
        same=same_zone,
        write=Write.CREATE,
        listed=("backupOriginHost.location", "backupEncoderZone"),
        absent=None,
    ),
    Field(
        "thirdPartyCdnCpcode",
        type="int",
        option_type="str",
        convert=cpcode_value,
        write=Write.CREATE,
        listed=("otherCdnCpcode", "thirdPartyCdnCpcode"),
        absent=None,
    ),
    Field("isDedicatedOrigin", type="bool", write=Write.CREATE),
    Field("emailIds", type="list", elements="str", convert=filled_unique, same=same_set, returned=False),
    Field("status", write=Write.NEVER, listed="status"),
    *AUTHORSHIP,
    Field("sharedKeys", type="list", elements="dict", write=Write.NEVER),
)
_READY = ("SUCCEEDED", "PROVISIONED")


class Origins(Resource):
    """Origins of one account."""

    noun = "origin"
    fields = FIELDS
    secret_members = SECRETS
    setting_names = ("id", "purge_shared_keys", "update_unreadable", "reveal_secrets")
    needed_to_create = ("host_name", "cpcode", "encoder_zone")
    reads_before_delete = True

    def __init__(self, api: MslApi, context: Context, *, reveal_secrets: bool = False) -> None:
        super().__init__(context)
        self._api = api
        self._lookups = Lookups(api, context)
        self._reveal = reveal_secrets

    def desired(self, options: t.Mapping[str, t.Any], index: int | None = None) -> Desired:
        desired = super().desired(options, index)
        if options.get("shared_keys") is not None:
            desired.settings["shared_keys"] = [members_from_options(KEY_FIELDS, key) for key in options["shared_keys"]]
        return desired

    def identity(self, desired: Desired) -> str | None:
        wanted_id, host_name = desired.settings.get("id"), desired.members.get("hostName")
        if wanted_id is not None:
            return str(wanted_id)
        return None if host_name is None else identifier(host_name).casefold()

    def label(self, desired: Desired) -> str:
        host_name = desired.members.get("hostName")
        if "id" in desired.settings or host_name is None:
            return super().label(desired)
        return f"origin {identifier(host_name)!r}"

    def list_suffices(self, desired: Desired) -> bool:
        return "shared_keys" not in desired.settings and super().list_suffices(desired)

    def refusals(self, desired: Desired) -> list[str]:
        if self.identity(desired) is None:
            return ["an origin is named by its id or its host_name, and neither is given"]
        host_name = desired.members.get("hostName")
        found = [] if host_name is None else identifier_refusals(host_name, "host_name")
        if desired.state == "absent":
            return found
        return found + refusals(desired.settings.get("shared_keys", ()), self.context.clock.now())

    def entries(self) -> list[tuple[t.Any, Members]]:
        return [(entry.get("id"), entry) for entry in self._api.list_origins()]

    def read(self, resource_id: t.Any) -> Members | None:
        return self._api.get_origin(resource_id)

    def key(self, desired: Desired) -> str | None:
        return identifier(str(desired.members.get("hostName") or "")).casefold() or None

    def keys_of(self, entry: Members) -> tuple[str, ...]:
        names = (entry.get("hostNameIdentifier"), entry.get("hostName"))
        return tuple({identifier(name).casefold() for name in names if name})

    def name_of(self, entry: Members) -> str | None:
        return identifier(str(entry.get("hostNameIdentifier") or entry.get("hostName") or "")) or None

    def matches(self, desired: Desired, entry: Members) -> bool:
        return entry_is_origin(desired.members.get("hostName", ""), entry)

    def resolve(self, desired: Desired, observed: Observed | None) -> None:
        if desired.state == "absent":
            if observed is not None:
                self._refuse_while_in_use(observed)
            return
        members = desired.members
        for member, kind in (("cpcode", "AKAMAI"), ("thirdPartyCdnCpcode", "THIRD_PARTY")):
            if isinstance(members.get(member), str):
                members[member] = self._lookups.cpcode(members[member], kind, snake(member))
        for key in desired.settings.get("shared_keys", ()):
            if key.get("cdn") and key.get("state") != "absent":
                key["cdn"] = self._lookups.cdn_code(key["cdn"])
        strange = self._lookups.unknown_zones(_zones(members)) if observed is None else []
        if strange:
            raise InvalidInput("; ".join(strange), details=strange)

    def _refuse_while_in_use(self, observed: Observed) -> None:
        """The service refuses this too, but does not say which streams they are."""
        host_name = str(observed.members.get("hostName", ""))
        streams = Streams(self._api, self.context)
        users = sorted(
            str(entry.get("name"))
            for stream_id, entry in Listing.shared(streams, self.context).entries()
            if same_origin(host_name, _origin_of(streams.observe_listed(stream_id, entry).members))
        )
        if users:
            raise Conflict(
                f"{len(users)} stream{'s use' if len(users) > 1 else ' uses'} it ({', '.join(users)})",
                advice="Delete these streams first",
                details=users,
            ).while_doing(f"delete origin {identifier(host_name)!r}")

    def explain(self, desired: Desired) -> list[str]:
        members = desired.members
        return self._lookups.explain(
            zones=_zones(members),
            cpcodes={
                "cpcode": (members.get("cpcode"), "AKAMAI"),
                "third_party_cdn_cpcode": (members.get("thirdPartyCdnCpcode"), "THIRD_PARTY"),
            },
            contract=members.get("contractId"),
            cdns=[
                key["cdn"]
                for key in desired.settings.get("shared_keys", ())
                if key.get("cdn") and is_cdn_code(key["cdn"])
            ],
        )

    def progress(self, desired: Desired, members: Members | None) -> Progress:
        """Two vocabularies, SUCCEEDED in the detail and PROVISIONED in the list (section 7, row 19)."""
        if members is None or desired.state == "absent":
            return super().progress(desired, members)
        status = members.get("status")
        if status is None:
            return Progress(Stage.READY)
        stage = Stage.READY if status in _READY else Stage.FAILED if status == "FAILED" else Stage.PENDING
        return Progress(stage, str(status))

    def shows_progress(self, members: Members) -> bool:
        return members.get("status") is not None

    def plan_create(self, desired: Desired) -> Plan:
        plan = super().plan_create(dataclasses.replace(desired, members=without_empty_zone(desired.members)))
        keys = self._keys(desired, [])
        body = dict(plan.steps[0].body)
        body["hostName"] = identifier(body["hostName"]) if "." in body["hostName"] else body["hostName"]
        if keys and keys.keys:
            body["sharedKeys"] = keys.keys
            plan.after["shared_keys"] = compared_keys(keys.keys)
        plan.steps = [Step("create", body)]
        plan.predicted = body
        return plan

    def plan_update(self, desired: Desired, observed: Observed) -> Plan:
        plan = super().plan_update(desired, observed)
        shown = observed.members.get("sharedKeys") or []
        before = compared_keys(shown)
        plan.before["shared_keys"] = before
        plan.after = {**plan.after, "shared_keys": before}
        keys = self._keys(desired, shown)
        plan.warnings += keys.warnings if keys is not None else []
        if keys is not None and keys.changed:
            plan.after["shared_keys"] = compared_keys(keys.keys)
            plan.predicted = {**plan.predicted, "sharedKeys": keys.keys}
        if plan.changed or (keys is not None and keys.changed):
            plan.steps = [self._update(desired, observed, keys)]
            if "emailIds" in desired.members and "emailIds" not in plan.steps[0].body:
                plan.after.pop("email_ids", None)
                plan.warnings.append(
                    f"The email_ids of {self.label(desired)} are not sent, since the update that removes its last shared key"
                    " is empty. Run the task again with update_unreadable=always to send them."
                )
        return plan

    def plan_absent(self, desired: Desired, observed: Observed | None) -> Plan:
        plan = super().plan_absent(desired, observed)
        if observed is not None:
            plan.before["shared_keys"] = compared_keys(observed.members.get("sharedKeys") or [])
            users = _properties(observed.members)
            if users:
                plan.warnings.append(f"Delivery properties use {self.label(desired)}: {', '.join(users)}.")
        return plan

    def _update(self, desired: Desired, observed: Observed, keys: KeysPlan | None) -> Step:
        """The list of keys goes along with every update; nothing at all switches sharing off (section 4.1)."""
        body: Members = {}
        if keys is not None and keys.changed and not keys.keys:
            return Step("update", body)
        if "emailIds" in desired.members:
            body["emailIds"] = desired.members["emailIds"]
        whole = (
            keys
            if keys is not None
            else merge([], observed.members.get("sharedKeys") or [], purge=False, now=self.context.clock.now())
        )
        if body or whole.keys:
            body.update(id=observed.id, sharedKeys=whole.keys)
        return Step("update", body)

    def _keys(self, desired: Desired, shown: t.Sequence[Members]) -> KeysPlan | None:
        wanted = desired.settings.get("shared_keys")
        if wanted is None:
            return None
        return merge(wanted, shown, purge=bool(desired.settings.get("purge_shared_keys")), now=self.context.clock.now())

    def took_effect(self, step: Step, desired: Desired, before: Members, after: Members) -> bool:
        if not was_modified(before, after):
            return False  # New addresses cannot be seen; that the origin was modified can.
        sent, shown = step.body.get("sharedKeys", ()), after.get("sharedKeys") or ()
        return same_keys(sent, shown) and super().took_effect(step, desired, before, after)

    def is_late(self, before: Members, after: Members) -> bool:
        return not was_modified(before, after)

    def carry_out(self, step: Step, resource_id: t.Any, desired: Desired) -> t.Any:
        if step.action == "delete":
            return self._api.delete_origin(resource_id)
        if "sharedKeys" in step.body:
            step.body["sharedKeys"] = sent_keys(step.body["sharedKeys"], self._api.generate_key)
        if step.action == "create":
            return self._api.create_origin(step.body)
        return self._api.update_origin(resource_id, step.body)

    def show(self, members: Members) -> Members:
        result = super().show({name: value for name, value in members.items() if name != "sharedKeys"})
        if members.get("sharedKeys") is not None:
            result["shared_keys"] = shown_keys(members["sharedKeys"], reveal=self._reveal)
        return result


def _origin_of(stream: Members) -> str:
    return str((stream.get("origin") or {}).get("hostName", ""))


def _properties(members: Members) -> list[str]:
    """The delivery properties of this and of partner accounts that take content from an origin."""
    entries = list(members.get("amdProperties") or ())
    for key in members.get("sharedKeys") or ():
        entries += key.get("amdProperties") or ()
    return sorted({str(entry.get("propertyName")) for entry in entries})


def _zones(members: Members) -> dict[str, t.Any]:
    return {"encoder_zone": members.get("encoderZone"), "backup_encoder_zone": members.get("backupEncoderZone")}
