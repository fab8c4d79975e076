# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits in sight when the module runs on another machine: it waits a little at a time, and the play hears of it.

A module can say nothing before it ends. So the first call does the work and waits for a short while; each further
call names the resources by their ids only, which changes nothing, and waits for another while.
"""

from __future__ import annotations

import dataclasses
import math
import re
import time
import typing as t

from ansible.module_utils.common.validation import check_type_int
from ansible.module_utils.parsing.convert_bool import boolean

from ..module_utils._core.deadline import HEADROOM
from ..module_utils._core.errors import INTERRUPTED
from ..module_utils._engine.wait import LONGEST_SILENCE
from ..module_utils._module.specs import in_seconds
from ..module_utils._module.task import Task

Values = dict[str, t.Any]
Execute = t.Callable[[Values], Values]

# Seconds of each call; a line is told after each one that brought something new, and at least every five minutes.
SLICE = 60
# What further calls need besides the connection; nothing that could change a resource.
_REPEATED = ("wait_interval", "reveal_secrets")
_PASSING_TROUBLE = ("unavailable", "throttled", "timeout")
# Where a resource says how far it is; the first one that is there counts.
_STATUSES = (("provision_detail", "status"), ("status",))
_HOW_LONG = re.compile(r"after \d+ s\b")
_WAITED_FOR = re.compile(r"Cannot wait for (.+?): ")


@dataclasses.dataclass(frozen=True)
class Wait:
    """What a task asks for; ``timeout`` and ``interval`` in seconds, ``key`` is the result's member to wait for."""

    key: str
    timeout: int
    interval: int

    @property
    def share(self) -> int:
        """How long one call waits."""
        return max(SLICE, self.interval)


def wait_of(arguments: Values, task: Task) -> Wait | None:
    """The wait that is to be divided; None where one call is enough or better.

    Deletions are waited for in one call: a resource that is going cannot be named again without deleting it again.
    """
    if task.awaited_key is None or not _is_on(arguments.get("wait")) or _deletes(arguments, task):
        return None
    try:
        seconds = {
            name: in_seconds(
                check_type_int(task.spec[name]["default"] if arguments.get(name) is None else arguments[name])
            )
            for name in ("wait_timeout", "wait_interval")
        }
    except (TypeError, ValueError, OverflowError):
        return None  # The module says what is wrong with them.
    wait = Wait(task.awaited_key, seconds["wait_timeout"], seconds["wait_interval"])
    return wait if wait.timeout > wait.share else None


def _is_on(value: t.Any) -> bool:
    try:
        return boolean(value or False, strict=False)
    except TypeError:
        return False  # The module says what is wrong with it.


def _deletes(arguments: Values, task: Task) -> bool:
    entries = arguments.get(t.cast(str, task.awaited_key))
    listed = [entry for entry in entries if isinstance(entry, t.Mapping)] if isinstance(entries, list) else []
    return _is_on(arguments.get("prune")) or any(entry.get("state") == "absent" for entry in (arguments, *listed))


def wait_in_sight(
    execute: Execute,
    arguments: Values,
    wait: Wait,
    *,
    connection: t.Collection[str],
    tell: t.Callable[[str], None],
    warn_of_interruption: t.Callable[[list[str]], None],
    time_left: t.Callable[[], float] = lambda: math.inf,
    now: t.Callable[[], float] = time.monotonic,
    sleep: t.Callable[[float], None] = time.sleep,
) -> Values:
    """Run a module with ``wait`` in short calls.

    :param execute: Runs the module with the given arguments.
    :param connection: The arguments that every call needs.
    :param tell: Gets a line on how it goes.
    :param warn_of_interruption: Gets the writes of the calls so far, where there is to be no result.
    :param time_left: Says how many seconds the task's own time limit leaves.
    """
    repeated = {name: arguments[name] for name in arguments if name in connection or name in _REPEATED}
    began = told_at = now()
    told = ""
    result = latest = execute({**arguments, "wait_timeout": wait.share})
    try:
        while True:
            open_ids = ids_to_wait_for(result, wait.key)
            passed = now() - began
            if not open_ids or passed >= wait.timeout:
                return _told_in_full(result, wait, passed)
            if _was_interrupted(latest, wait.key) or time_left() <= HEADROOM:
                return _told_in_full(_cut_short(result, wait.key), wait, passed)
            summary = _summary(result, wait.key)
            if summary != told or now() - told_at >= LONGEST_SILENCE:
                tell(f"Waiting: {summary}; {passed:.0f} s so far, giving up after {wait.timeout} s.")
                told, told_at = summary, now()
            named = _named_by_id(open_ids, wait.key) if _plural(result, wait.key) else {"id": open_ids[0]}
            seconds = max(1, min(wait.share, int(wait.timeout - passed)))
            latest = execute({**repeated, **named, "wait": True, "wait_timeout": seconds})
            if not _has_news(latest, wait.key):
                left = min(wait.timeout - (now() - began), time_left() - HEADROOM)
                sleep(min(wait.interval, max(0.0, left)))
            result = merged(result, latest, wait.key)
    except BaseException:
        # The task's own time limit, or the end of the play: what was written stays written.
        warn_of_interruption(_done(result, wait.key))
        raise


def ids_to_wait_for(result: Values, key: str) -> list[t.Any]:
    """The ids of the resources whose wait ended without a result."""
    return [resource["id"] for resource in (_resource(one, key) for one in _late(result, key)) if resource.get("id")]


def _late(result: Values, key: str) -> list[Values]:
    return [one for one in _entries(result, key) if (one.get("error") or {}).get("kind") == "timeout"]


def _was_interrupted(result: Values, key: str) -> bool:
    """Whether the module was told to stop, by a signal or by the task's own time limit."""
    late = _late(result, key) or [result]  # One that could not look yet has no list.
    return any(INTERRUPTED in str(one.get("msg") or "").lower() for one in late)


def _cut_short(result: Values, key: str) -> Values:
    """The same words as those of a module that is interrupted while it waits."""
    for one in _late(result, key):
        one["msg"] = (
            f"Cannot wait for {_called(one, key)}: {INTERRUPTED} while it waited, and it was"
            f" {_status(_resource(one, key))} then. The service goes on by itself: run the task again, it goes on waiting."
        )
    if _plural(result, key):
        _judge_list(result, key)
    return result


def _done(result: Values, key: str) -> list[str]:
    """The writes in words: ``create stream 'news'``."""
    return [f"{action} {_called(one, key)}" for one in _entries(result, key) for action in one.get("actions") or []]


def merged(earlier: Values, later: Values, key: str) -> Values:
    """What both calls did, as one result: the writes are the first one's, the state is the last one's."""
    later = _called_as(_label(earlier), later)
    result = dict(later) if _has_news(later, key) else dict(earlier)
    result.update({name: earlier[name] for name in ("diff", "invocation") if name in earlier})
    result["actions"] = list(earlier.get("actions") or [])
    result["changed"] = bool(earlier.get("changed"))
    result["api_calls"] = int(earlier.get("api_calls") or 0) + int(later.get("api_calls") or 0)
    warnings = list(earlier.get("warnings") or [])
    warnings += [text for text in later.get("warnings") or [] if text not in warnings]
    if warnings:
        result["warnings"] = warnings
    if _plural(later, key):
        # By their places: of one that has vanished the later call shows no id.
        newer = dict(zip(ids_to_wait_for(earlier, key), _entries(later, key), strict=False))
        result[key] = [_newer(one, newer.get(_resource(one, key).get("id")), key) for one in _entries(earlier, key)]
        _judge_list(result, key)
    return result


def _newer(earlier: Values, later: Values | None, key: str) -> Values:
    if later is None:
        return earlier
    later = _called_as(_label(earlier), later)
    name, seen = key.removesuffix("s"), _resource(later, key)
    # Several are looked at by the list, which shows less than what the first call read.
    whole = {**_resource(earlier, key), **seen} if seen else {}
    return {**later, name: whole, "changed": earlier["changed"], "actions": earlier["actions"]}


def _called(one: Values, key: str) -> str:
    """What a user calls the resource: ``stream 'news'``."""
    resource = _resource(one, key)
    name = resource.get("name") or resource.get("host_name") or resource.get("id")
    return _label(one) or f"{key.removesuffix('s')} {name!r}"


def _label(result: Values) -> str | None:
    """What the message of a wait calls the resource; None where there is no such message."""
    found = _WAITED_FOR.match(str(result.get("msg") or ""))
    return found[1] if found else None


def _called_as(label: str | None, later: Values) -> Values:
    """A later call knows the id only; what the user reads is what the first one said."""
    by_id = _label(later)
    if label is None or by_id is None:
        return later
    return {**later, "msg": str(later["msg"]).replace(f"wait for {by_id}: ", f"wait for {label}: ", 1)}


def _judge_list(result: Values, key: str) -> None:
    """Success and failure of the whole by those of its entries."""
    failed = [one for one in result[key] if one.get("error")]
    for name in ("failed", "msg", "error"):
        result.pop(name, None)
    if failed:
        sentences = " ".join(one["msg"] for one in failed[:5])
        more = f" ({len(failed) - 5} more, see the results)" if len(failed) > 5 else ""
        msg = f"{len(failed)} of {len(result[key])} {key} failed: {sentences}{more}"
        result.update(failed=True, msg=msg, error=failed[0]["error"])


def _told_in_full(result: Values, wait: Wait, passed: float) -> Values:
    """Times of the whole wait in place of those of the last call."""
    result.pop("exception", None)  # Ansible would print that instead, which has the words of the last call.
    for one in (*_entries(result, wait.key), result):
        if (one.get("error") or {}).get("kind") == "timeout" and isinstance(one.get("msg"), str):
            one["msg"] = _HOW_LONG.sub(f"after {passed:.0f} s", one["msg"])
    options = (result.get("invocation") or {}).get("module_args")
    if isinstance(options, dict):
        options["wait_timeout"] = wait.timeout
    return result


def _has_news(result: Values, key: str) -> bool:
    """Whether a call could look; a service that is out of reach for a while is endured."""
    return key in result or (result.get("error") or {}).get("kind") not in _PASSING_TROUBLE


def _named_by_id(ids: t.Iterable[t.Any], key: str) -> Values:
    return {key: [{"id": one} for one in ids], "continue_on_error": True}


def _plural(result: Values, key: str) -> bool:
    return isinstance(result.get(key), list)


def _entries(result: Values, key: str) -> list[Values]:
    """The results of the single resources."""
    if _plural(result, key):
        return t.cast("list[Values]", result[key])
    return [result]


def _resource(one: Values, key: str) -> Values:
    """The resource in the result for it, which stands under the singular of a list's name."""
    for name in (key, key.removesuffix("s")):
        if isinstance(one.get(name), dict):
            return t.cast(Values, one[name])
    return {}


def _summary(result: Values, key: str) -> str:
    """``stream 'news' is PENDING``, or ``3 PENDING, 197 PROVISIONED``."""
    resources = [_resource(one, key) for one in _entries(result, key)]
    if not _plural(result, key):
        return f"{_called(result, key)} is {_status(resources[0])}"
    going_on = [one for one in _entries(result, key) if (one.get("error") or {}).get("kind") in (None, "timeout")]
    statuses = [_status(_resource(one, key)) for one in going_on]
    return ", ".join(f"{statuses.count(status)} {status}" for status in sorted(set(statuses)))


def _status(resource: Values) -> str:
    for path in _STATUSES:
        value: t.Any = resource
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if value:
            return str(value)
    return "unknown"
