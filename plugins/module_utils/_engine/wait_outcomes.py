# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for what a task has written: which of it, by which requests, and what becomes of the outcomes."""

from __future__ import annotations

import contextlib
import typing as t

from .._core.context import Context
from .._core.errors import Interrupted, InvalidInput, TimedOut
from .._core.wait_part import WaitPart
from .fields import Members
from .listing import Listing
from .manner import Manner
from .outcome import Outcome
from .plan import Desired
from .resource import Resource
from .wait import Awaited, Stage, wait_for


def wait_all(
    resource: Resource, outcomes: t.Sequence[Outcome], listing: Listing, context: Context, manner: Manner
) -> None:
    """Wait for what can be waited for, where that is wanted; else warn of what the service reports to have failed."""
    if any(outcome.error for outcome in outcomes) and not manner.continue_on_error:
        return
    done = [outcome for outcome in outcomes if outcome.error is None and outcome.id is not None]
    if manner.waiting.wanted:
        for outcome in outcomes:
            _refuse_to_wait_for_the_unseen(outcome)
        awaited = [outcome for outcome in done if resource.awaits(outcome.desired, _was_left_alone(outcome))]
        wait_for_outcomes(resource, awaited, context, manner)
        for outcome in awaited:
            listing.note(outcome.id, outcome.members or None)
        return
    for outcome in done:
        progress = resource.progress(outcome.desired, outcome.members or None)
        if progress.stage is Stage.FAILED:
            message = f": {progress.message}" if progress.message else ""
            context.report.warn(f"The service reports {progress.status} for {outcome.label}{message}.")


def _refuse_to_wait_for_the_unseen(outcome: Outcome) -> None:
    if outcome.error is None and outcome.id is None and outcome.actions:
        outcome.error = TimedOut(
            "the service accepted it and does not show it yet, so its id is not known",
            advice="Run the task again: it looks for it, and waits",
        )
        outcome.error.while_doing(f"wait for {outcome.label}")


def _was_left_alone(outcome: Outcome) -> bool:
    """Whether the service refused what was planned, and that was as good."""
    return outcome.plan.changed and not outcome.actions


def _seen_by_detail(resource: Resource, resource_id: t.Any) -> Members | None:
    """A resource by its detail; where that does not tell how far it is, with what the list shows."""
    observed = resource.observe_whole(resource_id)
    if observed is None or resource.shows_progress(observed.members):
        return observed.members if observed else None
    entry = dict(resource.entries()).get(resource_id)
    listed = resource.observe_listed(resource_id, entry).members if entry else {}
    return {**observed.members, **listed}


def _seen_by_list(resource: Resource, outcome: Outcome, entry: Members | None, *, confirming: bool) -> Members | None:
    """A resource by its entry in the list; by its detail where that does not tell how far it is.

    A list may show a new resource late. For one that is to be deleted it is enough to be missing; where entries slip
    past, the look that confirms it asks for the resource itself.
    """
    if entry is not None:
        listed = resource.observe_listed(outcome.id, entry).members
        if resource.shows_progress(listed):
            return {**outcome.members, **listed}
    elif outcome.desired.state == "absent" and not (resource.entries_may_slip and confirming):
        return None
    observed = resource.observe_whole(outcome.id, entry)
    return observed.members if observed else None


def wait_for_outcomes(resource: Resource, outcomes: t.Sequence[Outcome], context: Context, manner: Manner) -> None:
    """Wait by the list where that takes fewer requests than the details do."""

    def judge_of(desired: Desired) -> t.Callable[[Members | None], t.Any]:
        return lambda members: resource.progress(desired, members)

    def look(open_ones: t.Sequence[Awaited]) -> dict[t.Any, Members | None]:
        if len(open_ones) > resource.requests_of_a_list:
            # Some services refuse a list that is too long, and say so only when it is read.
            with contextlib.suppress(InvalidInput):
                entries = dict(resource.entries())
                return {
                    one.id: _seen_by_list(resource, by_id[one.id], entries.get(one.id), confirming=one.agreed > 0)
                    for one in open_ones
                }
        return {one.id: _seen_by_detail(resource, one.id) for one in open_ones}

    by_id = {outcome.id: outcome for outcome in outcomes}
    confirmations = resource.confirmations
    goes_on = context.part is WaitPart.FURTHER
    awaited = [
        # What was found as wanted and left alone needs no second look.
        Awaited(
            outcome.id,
            outcome.label,
            judge_of(outcome.desired),
            known=goes_on,
            members=outcome.members,
            seen=bool(outcome.members),
            agreed=0 if outcome.actions or goes_on else confirmations - 1,
        )
        for outcome in outcomes
    ]
    first = {
        outcome.id: outcome.members
        for outcome in outcomes
        if outcome.desired.state != "absent"
        and outcome.members
        and resource.shows_progress(outcome.members)
        # The answer to a write is no look yet.
        and (confirmations == 1 or not outcome.actions)
    }
    wait_for(
        awaited,
        look,
        waiting=manner.waiting,
        context=context,
        confirmations=confirmations,
        first=first if len(first) == len(awaited) else None,
    )
    for outcome, one in zip(outcomes, awaited, strict=True):
        late = isinstance(one.error, TimedOut) and not isinstance(one.error, Interrupted)
        outcome.deletion_pending = late and outcome.desired.state == "absent"
        if outcome.deletion_pending and context.part is WaitPart.WHOLE:
            context.report.warn(f"The deletion of {outcome.label} was accepted, and the service still shows it.")
        elif one.error is not None:
            outcome.error = one.error
            outcome.error.while_doing(f"wait for {outcome.label}")
        outcome.members, outcome.gone = one.members or {}, one.members is None
