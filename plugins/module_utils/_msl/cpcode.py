# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CP codes: can be listed and created, neither changed nor deleted (msl.md, section 2, rows 15 and 16)."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.fields import Field, Members, Table, Write
from .._engine.plan import Desired, Observed, Step
from .._engine.resource import Resource
from .api import MslApi
from .lookups import Lookups
from .texts import stripped

FIELDS: Table = (
    Field("name", convert=stripped, write=Write.CREATE, listed="name", required=True),
    Field("contractId", write=Write.CREATE, required=True),
)


class Cpcodes(Resource):
    """Ingest CP codes of one account."""

    noun = "CP code"
    fields = FIELDS
    setting_names = ()

    def __init__(self, api: MslApi, context: Context) -> None:
        super().__init__(context)
        self._api = api
        self._lookups = Lookups(api, context)
        self._created: Members = {}

    def scope(self) -> str | None:
        return self._api.scope

    def identity(self, desired: Desired) -> str | None:
        return t.cast(str, desired.members["name"])

    def refusals(self, desired: Desired) -> list[str]:
        return [f"{field.option} is empty" for field in FIELDS if not str(desired.members[field.name]).strip()]

    def entries(self) -> list[tuple[t.Any, Members]]:
        entries = self._api.list_cpcodes("INGEST")
        return [(entry.get("id"), {**entry, "name": stripped(str(entry.get("name") or ""))}) for entry in entries]

    def key(self, desired: Desired) -> str | None:
        return t.cast(str, desired.members["name"])

    def keys_of(self, entry: Members) -> tuple[str, ...]:
        return (str(entry.get("name")),)

    def matches(self, desired: Desired, entry: Members) -> bool:
        contracts = _contracts(entry)
        wanted = desired.members["contractId"]
        return entry.get("name") == desired.members["name"] and (not contracts or wanted in contracts)

    def read(self, resource_id: t.Any) -> Members | None:
        """There is no operation for one CP code: what the service answered to its creation, else the list's entry."""
        return self._created or dict(self.entries()).get(resource_id)

    def observe_whole(self, resource_id: t.Any, entry: Members | None = None) -> Observed | None:
        detail = entry or self.read(resource_id)
        return Observed(resource_id, dict(detail), True) if detail else None

    def explain(self, desired: Desired) -> list[str]:
        return self._lookups.explain(zones={}, cpcodes={}, contract=desired.members["contractId"])

    def carry_out(self, step: Step, resource_id: t.Any, desired: Desired) -> t.Any:
        self._created = self._api.create_cpcode(step.body["name"], step.body["contractId"])
        return self._created["id"]


def _contracts(entry: Members) -> set[str]:
    """The contracts of a CP code, in either of the two shapes that exist (section 7, row 17)."""
    objects = entry.get("contracts") or ()
    return {str(contract.get("contractId")) for contract in objects} | {
        str(contract) for contract in entry.get("contractIds") or ()
    }
