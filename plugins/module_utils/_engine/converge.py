# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey of every task: observe, plan, apply, wait; check mode stops at the plan."""

from __future__ import annotations

import contextlib
import typing as t

from .._core.context import Context
from .._core.errors import Conflict, InvalidInput, NotFound, StreamOpsError
from .._core.turns import turn
from .._core.wait_part import WaitPart
from .apply import appeared, apply, doing
from .fields import Members
from .listing import Listing
from .manner import Manner, Prune
from .outcome import Outcome
from .plan import Desired, Observed, Plan
from .resource import Resource
from .side_by_side import side_by_side
from .wait import Stage
from .wait_outcomes import wait_all, wait_for_outcomes

_PLAIN_ACTIONS = frozenset({"create", "update", "delete"})
# Seconds after which a look at a resource is too old to write by: nobody says when somebody else has changed it.
_FRESH = 10.0


def converge(
    resource: Resource, wanted: t.Sequence[Desired], context: Context, manner: Manner, listing: Listing
) -> list[Outcome]:
    """Bring resources into their wanted state.

    :param listing: What is already known of the kind's list; kept up to date.
    :returns: An outcome for each wanted resource, then for each that was pruned; one that failed has an ``error``.
    :raises StreamOpsError: Nothing was written, and nothing will be: the list as a whole cannot be brought about, or
        one resource cannot and the manner is not to go on without it.
    """
    outcomes = [Outcome(desired, resource.label(desired)) for desired in wanted]
    if context.part is WaitPart.FURTHER:
        # An earlier call has done the work; this one names by their ids what that has not seen reached.
        for outcome in outcomes:
            outcome.id = outcome.desired.settings["id"]
        wait_all(resource, outcomes, listing, context, manner)
        return outcomes
    _refuse_duplicates(resource, outcomes)
    for outcome in outcomes:
        _refuse_invalid(resource, outcome)
    _stop_at_errors(outcomes, manner)
    _work(lambda outcome: _plan(resource, outcome, listing, context, manner), outcomes, context, manner)
    _refuse_same_resource(outcomes)
    _stop_at_errors(outcomes, manner)
    if manner.prune is not None and any(outcome.error for outcome in outcomes):
        # An entry that could not be looked up may name what would be pruned.
        context.report.warn("Nothing is pruned, since some entries of the list failed.")
    elif manner.prune is not None:
        outcomes += _pruned(resource, outcomes, listing, manner.prune)
        _stop_at_errors(outcomes, manner)
    for outcome in outcomes:
        for warning in outcome.plan.warnings if outcome.error is None else ():
            context.report.warn(warning)
    if context.check:
        return outcomes
    _apply_all(resource, outcomes, listing, context, manner)
    wait_all(resource, outcomes, listing, context, manner)
    return outcomes


def _work(
    work: t.Callable[[Outcome], None],
    outcomes: t.Sequence[Outcome],
    context: Context,
    manner: Manner,
    *,
    at_once: int = 0,
) -> None:
    """Do the work for each outcome that has not failed; a typed error stays with its outcome.

    After the first error no further work is begun, unless the manner is to go on.
    """

    failed = False

    def guarded(outcome: Outcome) -> None:
        nonlocal failed
        if failed and not manner.continue_on_error:
            return
        try:
            work(outcome)
        except StreamOpsError as error:
            outcome.error, failed = error, True

    good = [outcome for outcome in outcomes if outcome.error is None]
    side_by_side(guarded, good, context, at_once or manner.concurrency)


def _stop_at_errors(outcomes: t.Sequence[Outcome], manner: Manner) -> None:
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    if failed and not manner.continue_on_error:
        raise t.cast(StreamOpsError, failed[0].error)


def _refuse_duplicates(resource: Resource, outcomes: t.Sequence[Outcome]) -> None:
    seen: dict[tuple[str, str], Outcome] = {}
    for outcome in outcomes:
        for identity in resource.identities(outcome.desired):
            other = seen.setdefault(identity, outcome)
            if other is not outcome:
                both = f"entries {other.desired.index} and {outcome.desired.index} of the list both are {outcome.label}"
                raise InvalidInput(both, advice="Name each resource once")
    for outcome in outcomes:
        for identity in resource.other_names(outcome.desired):
            other = seen.get(identity, outcome)
            if other is not outcome:
                raise InvalidInput(
                    f"entry {other.desired.index} of the list names {other.label}, which entry {outcome.desired.index} is"
                    " called as well",
                    advice="Name each resource once, each in the same way",
                )


def _refuse_invalid(resource: Resource, outcome: Outcome) -> None:
    reasons = resource.refusals(outcome.desired)
    if reasons:
        outcome.error = InvalidInput("; ".join(reasons), details=reasons)
        outcome.error.while_doing(f"manage {outcome.label}{outcome.where}")


def _refuse_same_resource(outcomes: t.Sequence[Outcome]) -> None:
    """Two entries may name one resource in different ways, by its id and by its name."""
    seen: dict[t.Any, Outcome] = {}
    for outcome in outcomes:
        if outcome.id is not None and seen.setdefault(outcome.id, outcome) is not outcome:
            raise InvalidInput(
                f"{seen[outcome.id].label}{seen[outcome.id].where} and {outcome.label}{outcome.where} are the same resource",
                advice="Name each resource once",
            )


def _plan(resource: Resource, outcome: Outcome, listing: Listing, context: Context, manner: Manner) -> None:
    desired = outcome.desired
    with doing(f"read {outcome.label}{outcome.where}"):
        observed = resource.look_up(desired, listing)
    outcome.seen(observed)
    with doing(f"manage {outcome.label}{outcome.where}"):
        resource.resolve(desired, observed)
        plan = resource.plan(desired, observed)
        if (
            plan.changed
            and observed is not None
            and not observed.whole
            and not resource.list_suffices_to_write(desired)
        ):
            # The list told that there is a difference; a write is preceded by a fresh and full look.
            observed = _in_full(resource, desired, observed)
            plan = resource.plan(desired, observed)
        elif observed is not None and "update" in plan.actions and _has_gaps(resource, observed.members):
            # What was named by its id was not looked for in the list.
            entry = listing.entry(observed.id) or {}
            observed.members = {**resource.observe_listed(observed.id, entry).members, **observed.members}
            plan = resource.plan(desired, observed)
        _take_over(resource, outcome, observed, plan, context, manner)
    if observed is not None and not observed.whole:
        outcome.planned_at = listing.looked_at


def _take_over(
    resource: Resource, outcome: Outcome, observed: Observed | None, plan: Plan, context: Context, manner: Manner
) -> None:
    """Let a plan be an outcome's; a change to what the service is still provisioning waits for that, or is refused."""
    desired = outcome.desired
    if observed is not None and "update" in plan.actions and _is_held_up(resource, desired, observed):
        observed = _after_provisioning(resource, outcome, observed, context, manner)
        plan = resource.plan(desired, observed)
    outcome.planned(observed, plan, context.clock.monotonic())


def _in_full(resource: Resource, desired: Desired, seen: Observed) -> Observed | None:
    """Read a resource anew; what only the list shows is kept.

    :raises Conflict: It is not the one any more that the options name.
    """
    observed = resource.observe_whole(seen.id)
    if observed is not None:
        resource.refuse_another(desired, seen.members, observed.members)
        observed.members = {**_of_the_list(resource, seen.members), **observed.members}
    return observed


def _of_the_list(resource: Resource, members: Members) -> Members:
    """Those members that a list shows."""
    return {field.name: members[field.name] for field in resource.fields if field.in_lists and field.name in members}


def _has_gaps(resource: Resource, members: Members) -> bool:
    """Whether a detail lacks what an update must repeat, or how far the service is, and a list may show it."""
    missing = (field for field in resource.fields if field.name not in members and field.in_lists)
    return any(field.resent and field.is_gap for field in missing) or not resource.shows_progress(members)


def _is_held_up(resource: Resource, desired: Desired, observed: Observed) -> bool:
    if resource.writable_while_pending or desired.settings.get("update_pending"):
        return False
    return resource.progress(desired, observed.members).stage is Stage.PENDING


def _after_provisioning(
    resource: Resource, outcome: Outcome, observed: Observed, context: Context, manner: Manner
) -> Observed:
    """What a change to a resource does that the service is still provisioning: wait, or say so."""
    if not manner.waiting.wanted:
        status = resource.progress(outcome.desired, observed.members).status
        raise Conflict(
            f"the service is still provisioning it ({status}), and what a change does meanwhile is not documented",
            advice="Run the task later, let it wait with wait=true, or send the change now with update_pending=true",
        )
    if context.check:
        return observed
    outcome.id, outcome.members = observed.id, observed.members
    wait_for_outcomes(resource, [outcome], context, manner)
    if outcome.error is not None:
        outcome.error.message += ", and the change was not sent"
        outcome.error.values = {"unsent": ["update"]}
        raise outcome.error
    return Observed(observed.id, {**_of_the_list(resource, observed.members), **outcome.members}, True)


def _pruned(resource: Resource, outcomes: t.Sequence[Outcome], listing: Listing, prune: Prune) -> list[Outcome]:
    """Deletions of what the list lacks.

    :raises InvalidInput: There are more than the limit allows; the message says which.
    :raises Conflict: The list names one of several that are called alike.
    """
    named = {outcome.id for outcome in outcomes if outcome.id is not None}
    by_key = {resource.key(outcome.desired): outcome for outcome in outcomes}
    doomed = []
    for entry_id, entry in listing.entries():
        name = resource.name_of(entry)
        if entry_id not in named and name and prune.match.search(name):
            _refuse_twin(resource, [by_key[key] for key in resource.keys_of(entry) if key in by_key], entry_id, entry)
            doomed.append((entry_id, entry, name))
    if len(doomed) > prune.limit:
        names = sorted(name for _id, _entry, name in doomed)
        raise InvalidInput(
            f"pruning would delete {len(doomed)} {resource.noun}s, more than prune_limit allows ({prune.limit}): {', '.join(names)}",
            advice="Check the list and prune_match, then raise prune_limit if they are to go",
            details=names,
        )
    result = []
    names = [name for _id, _entry, name in doomed]
    for entry_id, entry, name in doomed:
        desired = Desired("absent", {}, {"id": entry_id})
        which = f" (id {entry_id})" if names.count(name) > 1 else ""
        outcome = Outcome(desired, f"{resource.noun} {name!r}{which}", pruned_by=prune.match)
        try:
            with doing(f"prune {outcome.label}"):
                seen = resource.observe_whole(entry_id, entry) if resource.reads_before_delete else None
                observed = seen or resource.observe_listed(entry_id, entry)
                seen_at = resource.context.clock.monotonic() if seen else listing.looked_at
                resource.resolve(desired, observed)
                outcome.planned(observed, _plan_by(resource, outcome, observed), seen_at)
        except StreamOpsError as error:
            if isinstance(error, Conflict):
                error.advice = "Put it into the list with state=absent and what that needs, or let prune_match spare it"
            outcome.error = error
        result.append(outcome)
    return result


def _refuse_twin(resource: Resource, alike: t.Sequence[Outcome], entry_id: t.Any, entry: Members) -> None:
    """What the list names is not what it lacks: of two that are called alike nobody knows which one is meant."""
    for outcome in alike:
        if outcome.desired.settings.get("id") is not None:
            continue
        if outcome.id is not None:
            resource.find(outcome.desired, [(outcome.id, outcome.before), (entry_id, entry)])
        elif outcome.desired.state != "absent" and resource.matches(outcome.desired, entry):
            raise appeared(outcome)


def _plan_by(resource: Resource, outcome: Outcome, observed: Observed | None) -> Plan:
    """A plan by what was just seen; what is to be pruned must still have a name that says so."""
    match = outcome.pruned_by
    name = resource.name_of(observed.members) if observed and match else None
    if match and name is not None and not match.search(name):
        resource.context.report.warn(f"{outcome.label} is called {name!r} by now, so it is not pruned.")
        return Plan([])
    return resource.plan(outcome.desired, observed)


def _apply_all(
    resource: Resource, outcomes: t.Sequence[Outcome], listing: Listing, context: Context, manner: Manner
) -> None:
    """Independent writes run side by side; anything else in the order of the list. The first error stops the rest."""
    changing = [outcome for outcome in outcomes if outcome.error is None and outcome.plan.changed]
    plain = all(_PLAIN_ACTIONS.issuperset(outcome.plan.actions) for outcome in changing)
    if len(outcomes) > 1:
        listing.doubt()
    for outcome in changing:
        # Until it is carried out, a plan is no more than that.
        outcome.actions, outcome.members = [], outcome.before

    def write(outcome: Outcome) -> None:
        _plan_anew(resource, outcome, context, manner)
        apply(resource, outcome, listing)

    with _creating(resource, changing, listing, context):
        _work(write, changing, context, manner, at_once=0 if plain else 1)
    for outcome in changing:
        outcome.plan.after = resource.reached(outcome.plan, outcome.actions, outcome.members)


def _plan_anew(resource: Resource, outcome: Outcome, context: Context, manner: Manner) -> None:
    """Look and decide again where others were written for a while since: an event may be on air by now.

    One that is to be created was not seen, so there is nothing to look at anew: :meth:`Resource.exists_by_now` is asked
    before its creation.

    :raises NotFound: What was to be changed is not there any more.
    """
    if outcome.observed is None or context.clock.monotonic() - outcome.planned_at <= _FRESH:
        return
    with doing(f"read {outcome.label}{outcome.where}"):
        observed = _in_full(resource, outcome.desired, outcome.observed)
    with doing(f"manage {outcome.label}{outcome.where}"):
        if observed is None and outcome.desired.state != "absent":
            raise NotFound("it vanished while the task ran", advice="Run the task again")
        _take_over(resource, outcome, observed, _plan_by(resource, outcome, observed), context, manner)
    for warning in outcome.plan.warnings:
        context.report.warn(warning)
    outcome.actions, outcome.members = [], outcome.before


@contextlib.contextmanager
def _creating(
    resource: Resource, changing: t.Sequence[Outcome], listing: Listing, context: Context
) -> t.Iterator[None]:
    """Let no other task of this host create the same meanwhile; what one created since the list was read is looked at."""
    scope = resource.scope()
    if scope is None or not any("create" in outcome.plan.actions for outcome in changing):
        yield
        return
    with turn(f"{scope} {resource.noun}", context) as others_created_at:
        if others_created_at >= listing.looked_at:
            listing.contest()
        yield
