# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits in sight when the module runs on another machine: it waits a little at a time, and the play hears of it.

A module can say nothing before it ends. So the first call does the work and waits for a short while; each further
call names the resources by their ids only, which changes nothing, and waits for another while.
"""

from __future__ import annotations

import typing as t

Values = dict[str, t.Any]
Execute = t.Callable[[Values], Values]

# Seconds of each call; a line is told after each one that brought something new, and at least every five minutes.
SLICE = 60
_SILENT_SLICES = 5
# What further calls need besides the connection; nothing that could change a resource.
_REPEATED = ("wait_interval", "reveal_secrets")


def wait_in_sight(
    execute: Execute,
    arguments: Values,
    *,
    key: str,
    timeout: int,
    connection: t.Collection[str],
    tell: t.Callable[[str], None],
) -> Values:
    """Run a module with ``wait`` in short calls.

    :param execute: Runs the module with the given arguments.
    :param key: The member that holds the resource, or the list of results of a plural module.
    :param timeout: Seconds to wait in all.
    :param connection: The arguments that every call needs.
    :param tell: Gets a line on how it goes.
    """
    share = max(SLICE, int(arguments.get("wait_interval") or 0))
    result = execute({**arguments, "wait_timeout": min(share, timeout)})
    waited, told, silent = share, "", 0
    while waited < timeout:
        open_ids = ids_to_wait_for(result, key)
        if not open_ids:
            return result
        summary = _status(result, key)
        silent += 1
        if summary != told or silent >= _SILENT_SLICES:
            tell(f"Waiting: {summary}; {waited} s so far, giving up after {timeout} s.")
            told, silent = summary, 0
        again = {name: arguments[name] for name in arguments if name in connection or name in _REPEATED}
        again.update(wait=True, wait_timeout=min(share, timeout - waited))
        again.update(
            {key: [{"id": one} for one in open_ids], "continue_on_error": True}
            if _plural(result, key)
            else {"id": open_ids[0]}
        )
        result = merged(result, execute(again), key)
        waited += share
    return result


def ids_to_wait_for(result: Values, key: str) -> list[t.Any]:
    """The ids of the resources whose wait ended without a result."""
    if not result.get("failed"):
        return []
    if _plural(result, key):
        errors = [one for one in result[key] if one.get("error")]
        late = [one for one in errors if one["error"].get("kind") == "timeout" and _id(one)]
        return [_id(one) for one in late] if len(late) == len(errors) else []
    shown = result.get(key)
    late_one = (result.get("error") or {}).get("kind") == "timeout" and isinstance(shown, dict)
    return [shown["id"]] if late_one and shown and shown.get("id") else []


def merged(earlier: Values, later: Values, key: str) -> Values:
    """What both calls did, as one result: the writes are the first one's, the state is the last one's."""
    kept: Values = {name: earlier[name] for name in ("diff", "invocation") if name in earlier}
    result: Values = {**later, **kept}
    result["actions"] = list(earlier.get("actions") or []) + list(later.get("actions") or [])
    result["changed"] = bool(earlier.get("changed") or later.get("changed"))
    result["api_calls"] = int(earlier.get("api_calls") or 0) + int(later.get("api_calls") or 0)
    warnings = list(earlier.get("warnings") or [])
    warnings += [text for text in later.get("warnings") or [] if text not in warnings]
    if warnings:
        result["warnings"] = warnings
    if _plural(earlier, key) and _plural(later, key):
        newer: dict[t.Any, Values] = {_id(one): one for one in later[key]}
        result[key] = [_newer(one, newer.get(_id(one))) for one in earlier[key]]
    return result


def _newer(earlier: Values, later: Values | None) -> Values:
    if later is None or not _id(earlier):
        return earlier
    return {**later, "changed": earlier["changed"], "actions": earlier["actions"]}


def _plural(result: Values, key: str) -> bool:
    return isinstance(result.get(key), list)


def _id(one: Values) -> t.Any:
    resources = [value for value in one.values() if isinstance(value, dict) and "id" in value]
    return resources[0]["id"] if resources else None


def _status(result: Values, key: str) -> str:
    if _plural(result, key):
        return f"{len(ids_to_wait_for(result, key))} of {len(result[key])} are not done"
    return str(result.get("msg") or "not done")
