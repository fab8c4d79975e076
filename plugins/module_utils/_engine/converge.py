# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey of every task: observe, plan, apply, wait; check mode stops at the plan."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, Conflict, InvalidInput, NotFound, StreamOpsError, Throttled, TimedOut, Unavailable
from .fields import Members
from .plan import Desired, Observed, Plan, Replanned, Step
from .resource import Resource
from .wait import Stage, Waiting, wait_for


@dataclasses.dataclass
class Outcome:
    """What became of one wanted resource.

    ``actions``: the writes that were carried out, or in check mode would be. ``before``: the resource as it was;
    ``members``: as it is, or in check mode would be; empty where there is none.
    """

    desired: Desired
    label: str
    plan: Plan
    actions: list[str]
    before: Members
    members: Members
    id: t.Any = None


@dataclasses.dataclass(frozen=True)
class Seen:
    """One look at a resource; None: the service shows none."""

    observed: Observed | None


class Listing:
    """A kind's list, read at most once per task and only when something must be looked up in it."""

    def __init__(self, resource: Resource) -> None:
        self._resource = resource
        self._entries: list[tuple[t.Any, Members]] | None = None

    def find(self, desired: Desired) -> tuple[t.Any, Members] | None:
        """The entry that the options name."""
        if self._entries is None:
            self._entries = self._resource.entries()
        return self._resource.find(desired, self._entries)


def converge(resource: Resource, wanted: t.Sequence[Desired], context: Context, waiting: Waiting) -> list[Outcome]:
    """Bring resources into their wanted state.

    :raises StreamOpsError: The first thing that went wrong; its ``actions`` are the writes already carried out.
    """
    refuse_invalid(resource, wanted)
    listing = Listing(resource)
    outcomes = [_planned(resource, desired, listing, context, waiting) for desired in wanted]
    if context.check:
        return outcomes
    done: list[str] = []
    try:
        for outcome in outcomes:
            _apply(resource, outcome, done)
        for outcome in outcomes:
            _wait(resource, outcome, context, waiting)
    except StreamOpsError as error:
        error.actions = done
        raise
    return outcomes


def refuse_invalid(resource: Resource, wanted: t.Sequence[Desired]) -> None:
    """Refuse, before any request, what cannot be right.

    :raises InvalidInput: With every reason.
    """
    seen: dict[str, Desired] = {}
    for desired in wanted:
        identity = resource.identity(desired)
        reasons = resource.refusals(desired)
        if reasons:
            where = "" if desired.index is None else f" (entry {desired.index} of the list)"
            raise InvalidInput("; ".join(reasons), details=reasons).while_doing(
                f"manage {resource.label(desired)}{where}"
            )
        if identity is None:
            continue
        if identity in seen:
            raise InvalidInput(
                f"entries {seen[identity].index} and {desired.index} of the list both are {resource.label(desired)}",
                advice="Name each resource once",
            )
        seen[identity] = desired


@contextlib.contextmanager
def doing(what: str) -> t.Iterator[None]:
    """Say in every error from within what was being done."""
    try:
        yield
    except StreamOpsError as error:
        error.while_doing(what)
        raise


def _planned(resource: Resource, desired: Desired, listing: Listing, context: Context, waiting: Waiting) -> Outcome:
    label = resource.label(desired)
    with doing(f"read {label}"):
        observed = resource.look_up(desired, listing.find)
    with doing(f"manage {label}"):
        resource.resolve(desired, observed)
        plan = resource.plan(desired, observed)
        if observed is not None and "update" in plan.actions and _is_held_up(resource, desired, observed):
            observed, plan = _after_provisioning(resource, desired, observed, plan, context, waiting)
    for warning in plan.warnings:
        context.report.warn(warning)
    before = observed.members if observed else {}
    return Outcome(desired, label, plan, plan.actions, before, plan.predicted, observed.id if observed else None)


def _is_held_up(resource: Resource, desired: Desired, observed: Observed) -> bool:
    if resource.writable_while_pending or desired.settings.get("update_pending"):
        return False
    return resource.progress(desired, observed.members).stage is Stage.PENDING


def _after_provisioning(
    resource: Resource, desired: Desired, observed: Observed, plan: Plan, context: Context, waiting: Waiting
) -> tuple[Observed, Plan]:
    """What a change to a resource does that the service is still provisioning: wait, or say so."""
    if not waiting.wanted:
        status = resource.progress(desired, observed.members).status
        raise Conflict(
            f"the service is still provisioning it ({status}), and what a change does meanwhile is not documented",
            advice="Run the task later, let it wait with wait=true, or send the change now with update_pending=true",
        )
    if context.check:
        return observed, plan
    ready = _wait_until_done(resource, desired, observed.id, observed, context, waiting)
    if ready is None:
        raise NotFound("it vanished from the service while the task waited for it")
    return ready, resource.plan(desired, ready)


def _apply(resource: Resource, outcome: Outcome, done: list[str]) -> None:
    steps, outcome.actions = list(outcome.plan.steps), []
    while steps:
        step = steps.pop(0)
        with doing(f"{step.action} {outcome.label}"):
            try:
                new_id = _write(resource, outcome, step)
            except Replanned as better:
                steps = better.steps
                if better.warning:
                    resource.context.report.warn(better.warning)
                continue
        done.append(step.action)
        outcome.actions.append(step.action)
        outcome.id = new_id if new_id is not None else outcome.id
    if outcome.actions and outcome.actions[-1] == "delete":
        outcome.members = {}
    elif outcome.plan.changed:
        with doing(f"read {outcome.label} after the {outcome.plan.actions[-1]}"):
            _read_back(resource, outcome)


def _write(resource: Resource, outcome: Outcome, step: Step) -> t.Any:
    """Do one write; a lost answer is settled by reading."""
    desired = outcome.desired
    try:
        return resource.carry_out(step, outcome.id, desired)
    except InvalidInput as refused:
        _explain(resource, desired, refused)
        raise
    except NotFound:
        if step.action != "delete":
            raise
        return None  # Somebody else was faster, or the first answer was lost: it is gone, as wanted.
    except Ambiguous as lost:
        try:
            return resource.settle(step, outcome.id, desired, outcome.before, lost)
        except (Unavailable, Throttled, TimedOut):
            raise lost from None  # The service cannot be asked either: what became of the write stays open.


def _read_back(resource: Resource, outcome: Outcome) -> None:
    if outcome.id is None:
        outcome.id = resource.find_new(outcome.desired)
    observed = resource.read_back(outcome.id, outcome.desired) if outcome.id is not None else None
    if observed is None:
        resource.context.report.warn(f"The service accepted {outcome.label} but does not show it yet.")
    else:
        outcome.members = observed.members


def _wait(resource: Resource, outcome: Outcome, context: Context, waiting: Waiting) -> None:
    if outcome.id is None:
        return
    if not waiting.wanted:
        progress = resource.progress(outcome.desired, outcome.members or None)
        if progress.stage is Stage.FAILED:
            context.report.warn(
                f"The service reports {progress.status} for {outcome.label}: {progress.message or 'no message'}."
            )
        return
    with doing(f"wait for {outcome.label}"):
        absent = outcome.desired.state == "absent"
        first = None if absent or not outcome.members else Observed(outcome.id, outcome.members, True)
        try:
            ready = _wait_until_done(resource, outcome.desired, outcome.id, first, context, waiting)
        except TimedOut as late:
            if not absent:
                raise
            context.report.warn(
                f"The service accepted the deletion of {outcome.label} and still shows it: {late.message}."
            )
            return
        if ready is not None:
            outcome.members = ready.members


def _wait_until_done(
    resource: Resource, desired: Desired, resource_id: t.Any, first: Observed | None, context: Context, waiting: Waiting
) -> Observed | None:
    seen = wait_for(
        lambda: Seen(resource.observe_whole(resource_id)),
        lambda seen: resource.progress(desired, seen.observed.members if seen.observed else None),
        waiting=waiting,
        context=context,
        label=resource.label(desired),
        first=Seen(first) if first else None,
        confirmations=resource.confirmations,
    )
    return seen.observed


def _explain(resource: Resource, desired: Desired, refused: InvalidInput) -> None:
    """Add to a refusal what the service does have; where that cannot be read, the refusal stands as it is."""
    if refused.status is None:
        return
    with contextlib.suppress(StreamOpsError):
        reasons = resource.explain(desired)
        refused.details += reasons
        if reasons:
            refused.message = f"{refused.message}; {'; '.join(reasons)}"
