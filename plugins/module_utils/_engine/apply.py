# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carrying out plans: the writes, and finding out what became of those whose answer was lost."""

from __future__ import annotations

import contextlib
import typing as t

from .._core.errors import (
    Ambiguous,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    StreamOpsError,
    Throttled,
    TimedOut,
    Unauthorized,
    Unavailable,
    UnexpectedResponse,
)
from .listing import Listing
from .outcome import Outcome
from .plan import Replanned, Step
from .resource import Resource

# The service cannot be asked, or its answer says nothing: what a reading was to find out stays open.
_UNANSWERED = (Unavailable, Throttled, TimedOut, Unauthorized, Forbidden, UnexpectedResponse)


@contextlib.contextmanager
def doing(what: str) -> t.Iterator[None]:
    """Say in every error from within what was being done."""
    try:
        yield
    except StreamOpsError as error:
        error.while_doing(what)
        raise


def apply(resource: Resource, outcome: Outcome, listing: Listing) -> None:
    """Carry a plan out and read the resource back; ``outcome.actions`` are the writes that were accepted.

    :raises StreamOpsError: A write failed; those before it stand.
    """
    steps, outcome.actions, outcome.begun = list(outcome.plan.steps), [], bool(outcome.plan.steps)
    try:
        while steps:
            steps = _step(resource, outcome, listing, steps)
        if outcome.actions and outcome.actions[-1] == "delete":
            outcome.members = {}
            listing.note(outcome.id, None)
        elif outcome.plan.changed:
            with doing(f"read {outcome.label} after the {outcome.plan.actions[-1]}"):
                _read_back(resource, outcome)
            listing.note(outcome.id, outcome.members)
    except BaseException:
        listing.forget()
        if outcome.actions:
            outcome.members = resource.last_seen(outcome.id) or outcome.members
        raise


def _step(resource: Resource, outcome: Outcome, listing: Listing, steps: list[Step]) -> list[Step]:
    """Do the first of the steps; returns those that are left."""
    step, *left = steps
    resource.context.go_on()
    with doing(f"{step.action} {outcome.label}"):
        try:
            if step.action == "create" and resource.exists_by_now(outcome.desired, listing):
                raise appeared(outcome)
            new_id = _write(resource, outcome, step)
        except Replanned as better:
            if better.warning:
                resource.context.report.warn(better.warning)
            return better.steps
    outcome.actions.append(step.action)
    resource.context.done.append(f"{step.action} {outcome.label}")
    outcome.id = new_id if new_id is not None else outcome.id
    return left


def appeared(outcome: Outcome) -> Conflict:
    """The error of what was to be created and is there by now."""
    return Conflict(
        f"somebody else created {outcome.label} while the task ran", advice="Run the task again, it will look at it"
    )


def _write(resource: Resource, outcome: Outcome, step: Step) -> t.Any:
    """Do one write; a lost answer is settled by reading."""
    desired = outcome.desired
    try:
        return resource.carry_out(step, outcome.id, desired)
    except (InvalidInput, Conflict) as refused:
        if step.action == "delete" and _is_gone(resource, outcome):
            return None  # Not every service says so by a status of its own (msl.md, section 7, row 18).
        if isinstance(refused, InvalidInput):
            _explain(resource, outcome, step, refused)
        raise
    except NotFound as gone:
        if step.action == "delete":
            return None  # Somebody else was faster, or the first answer was lost: it is gone, as wanted.
        gone.advice = gone.advice or "It vanished while the task ran: run the task again"
        raise
    except Ambiguous as lost:
        try:
            return resource.settle(step, outcome.id, desired, outcome.before, lost)
        except _UNANSWERED:
            lost.advice = "Whether it was carried out could not be read: run the task again, it looks before it writes"
            raise lost from None  # What became of the write stays open, and that is what the user must know.


def _is_gone(resource: Resource, outcome: Outcome) -> bool:
    try:
        return resource.read(outcome.id) is None
    except _UNANSWERED:
        return False


def _explain(resource: Resource, outcome: Outcome, step: Step, refused: InvalidInput) -> None:
    """Add to a refusal what the service does have; where that cannot be read, the refusal stands as it is."""
    if refused.status is None:
        return
    there, reasons = None, []
    with contextlib.suppress(StreamOpsError):
        there = resource.find(outcome.desired, resource.entries()) if step.action == "create" else None
        reasons = [] if there else resource.explain(outcome.desired)
    if there:
        raise appeared(outcome) from refused
    if reasons:
        refused.details += reasons
        refused.message = f"{refused.message}; {'; '.join(reasons)}"


def _read_back(resource: Resource, outcome: Outcome) -> None:
    if outcome.id is None:
        outcome.id = resource.find_new(outcome.desired)
    observed = resource.read_back(outcome.id, outcome.desired, outcome.before) if outcome.id is not None else None
    if observed is None:
        resource.context.report.warn(f"The service accepted {outcome.label} but does not show it yet.")
    else:
        outcome.members = observed.members
