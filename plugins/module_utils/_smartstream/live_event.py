# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Live events: members by the field table, states by the table of the lifecycle."""

from __future__ import annotations

import contextlib
import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, Conflict, InvalidInput, NotFound, StreamOpsError, UnexpectedResponse
from .._engine.fields import Members
from .._engine.listing import Listing
from .._engine.plan import Desired, Observed, Plan, Step, changes
from .._engine.resource import Resource
from .._engine.wait import Progress, Stage
from . import lifecycle
from .addresses import id_refusals, ref_id_warnings, refusals
from .api import SmartstreamApi
from .calls import Calls
from .event_fields import FIELDS, changed_schedule_refusals, schedule_refusals, sent_members, with_source_type
from .event_list import EventList
from .lifecycle import ARRIVED, FOLLOWING_PHASE, HARMLESS, UNKNOWN, UPDATE, Vocabulary, decide
from .lists import ListTooLong
from .profiles import Profiles
from .refusals import PROFILE_NOT_FOUND

# Seconds before each look at an event whose members were just written: reads may lag (smartstream.md, section 6).
_LOOKS = (0.0, 1.0, 2.0, 3.0, 4.0)
#: The states that a task can wait for.
AWAITED_STATES = (*ARRIVED, "absent")
STATES = ("present", "absent", *FOLLOWING_PHASE)


class LiveEvents(Resource):
    """Live events of one merchant."""

    noun = "live event"
    fields = FIELDS
    setting_names = (
        "id",
        "live_event_profile",
        "wait",
        *dict.fromkeys(rule.option for rules in lifecycle.TABLE.values() for rule in rules.values() if rule.option),
    )
    reads_before_delete = True
    confirmations = 2
    # The list is sorted by the last change and read page by page.
    entries_may_slip = True

    def __init__(self, api: SmartstreamApi, context: Context, vocabulary: Vocabulary) -> None:
        super().__init__(context)
        self._api = api
        self._vocabulary = vocabulary
        self._profiles = Profiles(api, context)
        self._list = EventList.shared(api, context)
        self._latest: dict[str, Members] = {}
        self._unproven: set[str] = set()
        self._calls = Calls(api, vocabulary, self._latest, context)

    def scope(self) -> str | None:
        return self._api.scope

    # What is wanted.

    def identity(self, desired: Desired) -> str | None:
        named = self._named(desired)
        return f"{named[0]} {named[1]}" if named else None

    def identities(self, desired: Desired) -> list[tuple[str, str]]:
        """Events may share a name, unless one of them is found by it."""
        named = self._named(desired)
        given = {"id": desired.settings.get("id"), "ref_id": desired.members.get("ref_id")}
        if desired.state == "absent" or named is None:
            given = {}
        return [
            *([named] if named else []),
            *((name, str(value)) for name, value in given.items() if value is not None and named != (name, value)),
        ]

    def other_names(self, desired: Desired) -> list[tuple[str, str]]:
        named = self._named(desired)
        if desired.state == "absent" or named is None or named[0] == "name" or "name" not in desired.members:
            return []
        return [("name", str(desired.members["name"]))]

    def label(self, desired: Desired) -> str:
        named = self._named(desired)
        return f"{self.noun} {named[1]!r}" if named else f"a {self.noun}"

    @staticmethod
    def _named(desired: Desired) -> tuple[str, str] | None:
        """The option that names the event, and its value."""
        given = {"id": desired.settings.get("id"), **desired.members}
        return next(((name, given[name]) for name in ("id", "ref_id", "name") if given.get(name) is not None), None)

    def refusals(self, desired: Desired) -> list[str]:
        named, members = self._named(desired), desired.members
        if named is None:
            return ["a live event is named by its id, its ref_id or its name, and none of them is given"]
        found = self._vocabulary.refusals()
        found += id_refusals("id", desired.settings["id"]) if "id" in desired.settings else []
        found += refusals("ref_id", members["ref_id"]) if "ref_id" in members else []
        profile = desired.settings.get("live_event_profile")
        texts = {"name": members.get("name"), "live_event_profile_id": members.get("live_event_profile_id")}
        texts["live_event_profile"] = profile
        found += [f"{name} is empty" for name, value in texts.items() if value is not None and not value.strip()]
        if profile is not None and "live_event_profile_id" in members:
            found.append("live_event_profile and live_event_profile_id both name the profile; give one of them")
        return found if desired.state == "absent" else found + schedule_refusals(members)

    # What is there.

    def key(self, desired: Desired) -> str | None:
        return self.identity(desired)

    def keys_of(self, entry: Members) -> tuple[str, ...]:
        return tuple(f"{name} {entry[name]}" for name in ("ref_id", "name") if entry.get(name) is not None)

    def matches(self, desired: Desired, entry: Members) -> bool:
        named = self._named(desired)
        return named is not None and entry.get(named[0]) == named[1]

    def name_of(self, entry: Members) -> str | None:
        return t.cast("str | None", entry.get("ref_id") or entry.get("name"))

    def entries(self) -> list[tuple[t.Any, Members]]:
        return self._list.read()

    @property
    def requests_of_a_list(self) -> int:
        return self._list.requests

    def read(self, resource_id: t.Any) -> Members | None:
        return self._seen(self._api.get_live_event(resource_id))

    def look_up(self, desired: Desired, listing: Listing) -> Observed | None:
        """An event that the list lacks is not believed to be missing: while the list is paged, it may slip past."""
        named = self._named(desired)
        if named is None or named[0] == "id":
            return super().look_up(desired, listing)
        if named[0] == "name":
            return super().look_up(desired, listing) or self._look_again(desired, listing)
        if listing.worthwhile and desired.state == "present":
            with contextlib.suppress(ListTooLong):
                listed = super().look_up(desired, listing)
                if listed is not None:
                    return listed
        found = self._seen(self._api.get_live_event_by_ref(named[1]))
        return None if found is None else Observed(found["id"], found, True)

    def _look_again(self, desired: Desired, listing: Listing) -> Observed | None:
        """What a second reading of the list tells; it may be older than the task's own writes, so the event is read."""
        found = self.find(desired, self._list.read_again(listing.looked_at))
        observed = self.observe_whole(found[0]) if found else None
        return observed if observed is not None and self.matches(desired, observed.members) else None

    def exists_by_now(self, desired: Desired, listing: Listing) -> bool:
        """Asked only where another task is known to have created events since the look-up, which asked the same."""
        named = self._named(desired)
        if named is None or named[0] == "id" or not listing.contested:
            return False
        if named[0] == "ref_id":
            return self._api.get_live_event_by_ref(named[1]) is not None
        return listing.now(desired) is not None or self._look_again(desired, listing) is not None

    def list_suffices(self, desired: Desired) -> bool:
        return desired.state == "present" and super().list_suffices(desired)

    def entry_suffices(self, desired: Desired, members: Members) -> bool:
        return True  # What a list lacks of an event the event itself lacks as well (section 8).

    def observe_listed(self, resource_id: t.Any, entry: Members) -> Observed:
        return Observed(resource_id, with_source_type(entry), False)

    def observe_whole(self, resource_id: t.Any, entry: Members | None = None) -> Observed | None:
        detail = self.read(resource_id)
        return None if detail is None else Observed(resource_id, detail, True)

    def resolve(self, desired: Desired, observed: Observed | None) -> None:
        profile = desired.settings.get("live_event_profile")
        if profile is None or desired.state == "absent" or not (observed or desired.state in ("present", "started")):
            return
        shown = observed.members.get("live_event_profile_id") if observed else None
        desired.members["live_event_profile_id"] = profile if profile == shown else self._profiles.profile_id(profile)

    def _seen(self, event: Members | None) -> Members | None:
        """Remember how an event was last seen."""
        if event is not None:
            event = self._latest[event["id"]] = with_source_type(event)
        return event

    def phase(self, members: Members) -> str:
        """The phase of an event as the service shows it."""
        return self._vocabulary.phase(members.get("encode_status"))

    def show(self, members: Members) -> Members:
        shown = super().show(members)
        return {**shown, "phase": self.phase(members)} if "id" in members else shown

    def progress(self, desired: Desired, members: Members | None) -> Progress:
        if members is None or desired.state not in ARRIVED:
            simple = super().progress(desired, members)
            if members is None:
                # An event that somebody deleted meanwhile is not on air any more, which is what a stop is for.
                return Progress(Stage.READY, "gone") if desired.state == "stopped" else simple
            return Progress(simple.stage, self._vocabulary.described(members.get("encode_status")))
        phase = self.phase(members)
        stage = Stage.READY if phase in ARRIVED[desired.state] else Stage.PENDING
        status = self._vocabulary.described(members.get("encode_status"))
        if desired.state == "started" and phase == lifecycle.FAILED:
            return Progress(
                Stage.FAILED, status, advice="Reset it: state=reset, or state=started with reset_stopped=true"
            )
        return Progress(stage, status)

    def awaits(self, desired: Desired, left_alone: bool) -> bool:
        # A start or deletion that was refused may be under way; any other refusal found the event not running.
        return desired.state in AWAITED_STATES and (desired.state in ("started", "absent") or not left_alone)

    def last_seen(self, resource_id: t.Any) -> Members | None:
        return self._latest.get(resource_id)

    # The plan.

    def plan(self, desired: Desired, observed: Observed | None) -> Plan:
        if observed is None:
            return self._plan_without_event(desired)
        phase = self.phase(observed.members)
        if desired.state == "present":
            return self.plan_update(desired, observed)
        rule = decide(desired.state, phase, desired.settings)
        if desired.state == "absent":
            return self.plan_absent(desired, observed)
        plan = self.plan_update(desired, observed)
        self._add_calls(plan, desired, rule.actions, phase)
        status = self._vocabulary.described(observed.members.get("encode_status"))
        if rule.warning:
            plan.warnings.append(f"The encode_status of {self.label(desired)} is {status}: {rule.warning}.")
        elif phase == UNKNOWN:
            plan.warnings.append(f"The encode_status of {self.label(desired)} is {status}; it counts as unknown.")
        return plan

    def _plan_without_event(self, desired: Desired) -> Plan:
        if desired.state == "absent":
            return Plan([])
        label = self.label(desired)
        if desired.state not in ("present", "started"):
            raise NotFound(f"there is no {label}", advice="Create it first, with state=present or state=started")
        plan = self.plan_create(desired)
        if desired.state == "started":
            self._add_calls(plan, desired, ("start",), None)
        return plan

    def _add_calls(self, plan: Plan, desired: Desired, actions: t.Sequence[str], phase: str | None) -> None:
        plan.steps += [Step(action) for action in actions]
        if actions:
            plan.before = {**plan.before, "phase": phase} if phase else plan.before
            plan.after = {**plan.after, "phase": FOLLOWING_PHASE[desired.state]}

    def plan_create(self, desired: Desired) -> Plan:
        given = {"name": desired.members.get("name"), "profile": desired.members.get("live_event_profile_id")}
        if desired.state == "started" and not all(given.values()):
            raise NotFound(
                f"there is no {self.label(desired)} to start",
                advice="To create it as well, give name and live_event_profile, or live_event_profile_id",
            )
        plan = super().plan_create(desired)
        missing = [name for name, value in given.items() if not value]
        if missing:
            texts = {"name": "name", "profile": "live_event_profile or live_event_profile_id"}
            raise InvalidInput(
                f"{self.label(desired)} does not exist, and to create it {' and '.join(texts[name] for name in missing)}"
                " must be given",
                details=[f"{texts[name]} is missing" for name in missing],
            )
        body = sent_members(plan.steps[0].body, creating=True)
        plan.steps, plan.after, plan.predicted = [Step("create", body)], body, body
        plan.warnings += ref_id_warnings(body["ref_id"]) if "ref_id" in body else []
        return plan

    def plan_update(self, desired: Desired, observed: Observed) -> Plan:
        plan = super().plan_update(desired, observed)
        if not plan.changed:
            return plan
        found = changed_schedule_refusals(observed.members, desired.members)
        if found:
            raise InvalidInput("; ".join(found), details=found)
        changed = {change.field.name for change in self.find_changes(desired, observed)}
        if changed - HARMLESS:
            self._refuse_while_running(desired, observed, sorted(changed - HARMLESS))
        if "ref_id" in changed:
            plan.warnings += ref_id_warnings(desired.members["ref_id"])
        plan.predicted = sent_members(plan.predicted, creating=False)
        return plan

    def _refuse_while_running(self, desired: Desired, observed: Observed, changed: t.Sequence[str]) -> None:
        try:
            decide(UPDATE, self.phase(observed.members), desired.settings)
        except Conflict as refused:
            refused.message = f"{', '.join(changed)} would change; {refused.message}"
            refused.details = list(changed)
            raise

    def update_step(self, desired: Desired, observed: Observed) -> Step:
        return Step("update", sent_members(super().update_step(desired, observed).body, creating=False))

    def reached(self, plan: Plan, actions: t.Sequence[str], members: Members) -> Members:
        after = super().reached(plan, actions, members)
        refused = any(step.action not in (*actions, "update") for step in plan.steps)
        return {**after, "phase": self.phase(members)} if actions and refused and "phase" in after else after

    # Writes.

    def carry_out(self, step: Step, resource_id: t.Any, desired: Desired) -> t.Any:
        if step.action == "create":
            with self._explained():
                return self._created(self._api.create_live_event(step.body), desired)
        if step.action == "update":
            with self._explained():
                self._api.update_live_event(resource_id, step.body)
            self._unproven.add(resource_id)
        elif step.action == "delete":
            self._calls.delete(resource_id, desired, self.label(desired))
        else:
            self._prove(resource_id, desired)
            self._calls.carry_out(step, resource_id, desired, self.label(desired))
        return resource_id

    def _created(self, event: Members, desired: Desired) -> str:
        created = t.cast(Members, self._seen(event))
        if changes(self.fields, desired.members, created):
            self._unproven.add(created["id"])
        return str(created["id"])

    @contextlib.contextmanager
    def _explained(self) -> t.Iterator[None]:
        """Say which profiles there are when the service does not know the one that was sent."""
        try:
            yield
        except NotFound as refused:
            if refused.code == PROFILE_NOT_FOUND:
                with contextlib.suppress(StreamOpsError):
                    refused.message += f"; there are {self._profiles.known()}"
            raise

    def find_new(self, desired: Desired) -> t.Any:
        named = self._named(desired)
        if named is None or named[0] != "ref_id":
            return super().find_new(desired)
        for seconds in _LOOKS:
            self.context.sleep(seconds)
            found = self._seen(self._api.get_live_event_by_ref(named[1]))
            if found is not None:
                return found["id"]
        return None

    def read_back(self, resource_id: t.Any, desired: Desired, before: Members) -> Observed | None:
        """The last answer shows the event as it is, unless it was an update's or none at all."""
        if resource_id in self._unproven:
            self._prove(resource_id, desired)
        if resource_id in self._latest:
            return Observed(resource_id, with_source_type(self._latest[resource_id]), True)
        return super().read_back(resource_id, desired, before)

    def _prove(self, resource_id: str, desired: Desired) -> None:
        """Read an event until it shows what was written, for as long as reads may lag.

        :raises UnexpectedResponse: It does not: the service accepted the write and did something else.
        """
        if resource_id not in self._unproven:
            return
        self._unproven.discard(resource_id)
        different: list[str] = []
        for seconds in _LOOKS:
            self.context.sleep(seconds)
            detail = self.read(resource_id)
            different = [change.field.option for change in changes(self.fields, desired.members, detail or {})]
            if detail is not None and not different:
                return
        raise UnexpectedResponse(
            f"the service accepted the write and still shows another {', '.join(different) or 'state'}"
            f" {sum(_LOOKS):.0f} s later",
            advice="Look at the event: the service may not take this value, or may not clear it",
            details=different,
        )

    def settle(self, step: Step, resource_id: t.Any, desired: Desired, before: Members, lost: Ambiguous) -> t.Any:
        if step.action in ("create", "update", "delete"):
            return super().settle(step, resource_id, desired, before, lost)
        self._calls.settle(step, resource_id, desired, self.label(desired), lost)
        return resource_id
