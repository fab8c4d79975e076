# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The work of the modules that bring resources into a wanted state: one of them, or a list."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.errors import InvalidInput, StreamOpsError
from .._engine.converge import converge
from .._engine.listing import Listing
from .._engine.manner import Manner, Prune
from .._engine.outcome import Outcome
from .._engine.resource import Resource
from .._engine.show import diff_of_many, diff_of_one
from .specs import waiting
from .task import Values

_MOST_CONNECTIONS = 64
# Members that people know a resource by, of one service or the other.
_NAMES = ("ref_id", "name", "hostName")


def converge_one(resource: Resource, key: str, options: t.Mapping[str, t.Any], context: Context) -> Values:
    """The work of a singular module: the plural one with a list of one.

    :param key: The result's member that holds the resource.
    :raises StreamOpsError: Its ``actions`` are the writes that were accepted before.
    """
    listing = Listing.shared(resource, context)
    listing.expect(1)
    desired = resource.desired(options)
    # One resource is returned in full; in a loop the list is enough, unless the task asks for more.
    desired.settings["details"] = bool(options.get("details")) or not listing.worthwhile
    outcome = converge(resource, [desired], context, Manner(waiting(options)), listing)[0]
    shown = returned(resource, outcome)
    if outcome.error is not None:
        outcome.error.actions = outcome.actions
        outcome.error.values |= {**({key: shown} if shown else {}), **_pending_deletion(outcome)}
        if outcome.actions:
            outcome.error.values["diff"] = diff_of_one(outcome.label, outcome.plan)
        raise outcome.error
    return {
        "changed": bool(outcome.actions),
        "actions": outcome.actions,
        key: shown,
        "diff": diff_of_one(outcome.label, outcome.plan),
        **_pending_deletion(outcome),
    }


def converge_many(
    resource: Resource, key: str, entry_key: str, options: t.Mapping[str, t.Any], context: Context
) -> Values:
    """The work of a plural module.

    :param key: The option with the list, and the result's member with the list of results.
    :param entry_key: The member of each result that holds the resource.
    :raises StreamOpsError: Something failed; its ``values`` are the results of the whole list, where work on it began.
    """
    listing = Listing.shared(resource, context)
    listing.expect(len(options[key]))
    wanted = [resource.desired(entry, index) for index, entry in enumerate(options[key])]
    for desired, entry in zip(wanted, options[key], strict=True):
        desired.settings["details"] = bool(entry.get("details"))
    outcomes = converge(resource, wanted, context, _manner(options), listing)
    actions = [action for outcome in outcomes for action in outcome.actions]
    values = {
        "changed": bool(actions),
        "actions": actions,
        key: [_result(resource, entry_key, outcome) for outcome in outcomes],
        "diff": diff_of_many([(outcome.label, outcome.plan) for outcome in outcomes]),
    }
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    if failed:
        raise _failure_of_many(resource, outcomes, failed, values)
    return values


def _manner(options: t.Mapping[str, t.Any]) -> Manner:
    if options.get("prune") and options["prune_limit"] < 0:
        raise InvalidInput(f"prune_limit {options['prune_limit']} is less than 0")
    prune = Prune.from_text(options.get("prune_match"), options["prune_limit"]) if options.get("prune") else None
    if not 1 <= options["concurrency"] <= _MOST_CONNECTIONS:
        raise InvalidInput(f"concurrency {options['concurrency']} is not from 1 to {_MOST_CONNECTIONS}")
    return Manner(waiting(options), bool(options.get("continue_on_error")), prune, options["concurrency"])


def returned(resource: Resource, outcome: Outcome) -> Values:
    """The resource as a user gets it; its id stands first where there is one, also where nothing else is known."""
    is_there = bool(outcome.actions) and outcome.actions[-1] != "delete" and not outcome.gone
    if not outcome.members and not is_there and outcome.pruned_by is None:
        return {}
    # The task's list does not say which one was pruned.
    pruned = {name: outcome.before[name] for name in _NAMES if outcome.pruned_by and name in outcome.before}
    shown = resource.show(outcome.members or pruned)
    return shown if outcome.id is None else {resource.id_member: outcome.id, **shown}


def _pending_deletion(outcome: Outcome) -> Values:
    return {"deletion_pending": True} if outcome.deletion_pending else {}


def _result(resource: Resource, entry_key: str, outcome: Outcome) -> Values:
    result = {
        "changed": bool(outcome.actions),
        "actions": outcome.actions,
        entry_key: returned(resource, outcome),
        **_pending_deletion(outcome),
    }
    if outcome.error is not None:
        result["failed"] = True
        result["msg"] = outcome.error.text()
        result["error"] = outcome.error.as_dict()
        result.update(outcome.error.values)
    return result


def _failure_of_many(
    resource: Resource, outcomes: t.Sequence[Outcome], failed: t.Sequence[Outcome], values: Values
) -> StreamOpsError:
    """The first error, told for the whole list."""
    first = t.cast(StreamOpsError, failed[0].error)
    left = [outcome for outcome in outcomes if outcome.error is None and outcome.plan.changed and not outcome.begun]
    undone = 0 if resource.context.check else len(left)
    error = type(first)(
        f"{len(failed)} of {len(outcomes)} {resource.noun}s failed"
        + (f" and {undone} were not begun" if undone else "")
        + ": "
        + " ".join(t.cast(StreamOpsError, outcome.error).text() for outcome in failed[:5])
        + (f" ({len(failed) - 5} more, see the results)" if len(failed) > 5 else ""),
        status=first.status,
        code=first.code,
        title=first.title,
        details=first.details,
        request_id=first.request_id,
    )
    error.actions = values["actions"]
    error.values = {name: value for name, value in values.items() if name not in ("changed", "actions")}
    return error
