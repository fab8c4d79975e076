# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A kind of resource that lives in a dict, with a service that does what a script says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import StreamOpsError
from ansible_collections.streamops.live.plugins.module_utils._engine.converge import converge
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import Field, Write
from ansible_collections.streamops.live.plugins.module_utils._engine.listing import Listing
from ansible_collections.streamops.live.plugins.module_utils._engine.manner import Manner, Prune
from ansible_collections.streamops.live.plugins.module_utils._engine.outcome import Outcome
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import Desired, Step
from ansible_collections.streamops.live.plugins.module_utils._engine.resource import Resource
from ansible_collections.streamops.live.plugins.module_utils._engine.wait import Progress, Stage, Waiting
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

_STAGES = {"READY": Stage.READY, "FAILED": Stage.FAILED}


class Shelves(Resource):
    """Shelves by number. ``there`` is the truth; ``calls`` are the requests in order.

    ``raises``: what a request raises, one after another; ``lost``: the write is carried out before that.
    ``statuses``: what each further read shows as status, the last one for ever.
    """

    noun = "shelf"
    fields = (
        Field("name", listed="name"),
        Field("width", type="int", listed="width"),
        Field("colour"),
        Field("wood", write=Write.CREATE),
        Field("lock", secret=True, returned=False),
        Field("status", write=Write.NEVER, listed="status"),
    )
    setting_names = ("id", "update_pending", "update_unreadable")
    needed_to_create = ("name", "width")

    def __init__(self, context: Context, there: dict[int, dict[str, Any]] | None = None) -> None:
        super().__init__(context)
        self.there = there if there is not None else {1: {"name": "a", "width": 80}, 2: {"name": "b", "width": 90}}
        self.calls: list[str] = []
        self.raises: dict[str, list[Exception]] = {}
        self.lost = False
        self.statuses: list[str] = []
        self.reasons: list[str] = []

    def _called(self, call: str) -> None:
        self.calls.append(call)
        kind = call.partition(" ")[0]
        if self.raises.get(kind):
            raise self.raises[kind].pop(0)

    def identity(self, desired: Desired) -> str | None:
        wanted_id = desired.settings.get("id")
        return str(wanted_id) if wanted_id is not None else desired.members.get("name")

    def key(self, desired: Desired) -> str | None:
        return desired.members.get("name")

    def keys_of(self, entry: dict[str, Any]) -> tuple[str, ...]:
        return (str(entry.get("name")),)

    def refusals(self, desired: Desired) -> list[str]:
        return ["a shelf needs a width above 0"] if desired.members.get("width") == 0 else []

    def entries(self) -> list[tuple[int, dict[str, Any]]]:
        self._called("list")
        names = ("name", "width", "status")
        return [
            (number, {name: members[name] for name in names if name in members})
            for number, members in self.there.items()
        ]

    def read(self, resource_id: int) -> dict[str, Any] | None:
        self._called(f"read {resource_id}")
        members = self.there.get(resource_id)
        if members is not None and self.statuses:
            members["status"] = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        return None if members is None else dict(members)

    def matches(self, desired: Desired, entry: dict[str, Any]) -> bool:
        return entry.get("name") == desired.members.get("name")

    def explain(self, desired: Desired) -> list[str]:
        self._called("explain")
        return self.reasons

    def progress(self, desired: Desired, members: dict[str, Any] | None) -> Progress:
        if members is None or desired.state == "absent":
            return super().progress(desired, members)
        status = members.get("status", "READY")
        return Progress(_STAGES.get(status, Stage.PENDING), status, members.get("why", ""))

    def carry_out(self, step: Step, resource_id: int | None, desired: Desired) -> int | None:
        if self.lost:
            self._write(step, resource_id)
        self._called(f"{step.action} {resource_id}" if resource_id is not None else step.action)
        return self._write(step, resource_id)

    def _write(self, step: Step, resource_id: int | None) -> int | None:
        if step.action == "create":
            number = max(self.there, default=0) + 1
            self.there[number] = dict(step.body)
            return number
        if step.action == "delete":
            self.there.pop(resource_id or 0, None)
        elif step.action == "update":
            self.there[resource_id or 0].update(step.body)
        return None


def wanted(index: int | None = None, state: str = "present", **members: Any) -> Desired:
    """What a task wants of a shelf; ``id`` and the like are settings."""
    settings = {name: members.pop(name) for name in Shelves.setting_names if name in members}
    return Desired(state, members, settings, index)


def shelves(there: dict[int, dict[str, Any]] | None = None, *, check: bool = False) -> Shelves:
    """Two shelves, or those given."""
    return Shelves(Context(check=check, clock=SkippingClock()), there)


def converged(
    resource: Shelves, *desired: Desired, prune: str = "", limit: int = 10, wait: bool = False, **manner: Any
) -> list[Outcome]:
    """Bring the list about, one request at a time."""
    pruning = Prune(re.compile(prune), limit) if prune else None
    waiting = Waiting(wait, 100.0, 10.0)
    how = Manner(**{"waiting": waiting, "prune": pruning, "concurrency": 1, **manner})
    return converge(resource, list(desired), resource.context, how, Listing.shared(resource, resource.context))


def refusal(resource: Shelves, *desired: Desired, **manner: Any) -> StreamOpsError:
    """The error of a list that is refused before anything is written."""
    before = {number: dict(members) for number, members in resource.there.items()}
    with pytest.raises(StreamOpsError) as refused:
        converged(resource, *desired, **manner)
    assert resource.there == before
    return refused.value
