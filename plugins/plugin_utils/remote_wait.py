# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits in sight when the module runs on another machine: it waits a little at a time, and the play hears of it.

A module can say nothing before it ends. So the first call does the work and waits for a short while; each further
call names by their ids what is not ready, is told to write nothing, and waits for another while.
"""

from __future__ import annotations

import dataclasses
import math
import re
import time
import typing as t

from ..module_utils._core.deadline import HEADROOM
from ..module_utils._core.errors import INTERRUPTED
from ..module_utils._core.wait_part import WaitPart
from ..module_utils._engine.wait import Sight
from ..module_utils._module.specs import in_seconds
from ..module_utils._module.task import Task
from ..module_utils._smartstream.lifecycle import VOCABULARY

Values = dict[str, t.Any]
Execute = t.Callable[[Values, WaitPart], Values]

# Seconds of each call, if the service is to be looked at more often than that; else each call looks once.
SLICE = 60
# What further calls need besides the connection.
_REPEATED = ("wait_interval", "reveal_secrets", "concurrency", *VOCABULARY)
# Seconds in which a call begins and ends, roughly.
_OVERHEAD = 30
_PASSING_TROUBLE = ("unavailable", "throttled", "timeout")
# Where a resource says how far it is; the first one that is there counts.
_STATUSES = (("provision_detail", "status"), ("status",), ("encode_status",))
# What people know a resource by.
_NAMES = ("id", "ref_id", "name", "host_name")
_HOW_LONG = re.compile(r"after \d+ s\b")
_STILL = re.compile(r"it is still (.+?) after \d+ s\b")
_WAITED_FOR = re.compile(r"Cannot wait for (.+?): ")


@dataclasses.dataclass(frozen=True)
class Wait:
    """What a task asks for.

    ``key``: the result's member to wait for. ``timeout`` and ``interval``: in seconds. ``states``: the wanted ones, as
    many as the task names resources.
    """

    key: str
    timeout: int
    interval: int
    states: tuple[str, ...] = ("present",)

    @property
    def share(self) -> int:
        """How long one call waits."""
        return SLICE if self.interval <= SLICE else 0

    @property
    def pause(self) -> int:
        """How long nothing is called."""
        return 0 if self.interval <= SLICE else self.interval

    def state(self, place: int) -> str:
        """The wanted state of a result; those of what is pruned come after those of the list."""
        return self.states[place] if place < len(self.states) else "absent"


def wait_of(options: t.Mapping[str, t.Any], task: Task) -> Wait | None:
    """The wait that is to be divided; None where one call is enough.

    :param options: The task's, validated.
    """
    key = task.awaited_key
    if key is None or not options.get("wait"):
        return None
    entries = options.get(key) if key in task.spec else [options]
    states = tuple(str(entry["state"]) for entry in entries or ())
    wait = Wait(key, in_seconds(options["wait_timeout"]), in_seconds(options["wait_interval"]), states)
    return wait if wait.timeout > wait.share else None


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

    :param execute: Runs the module with the given arguments, as this part of the wait.
    :param connection: The arguments that every call needs.
    :param tell: Gets a line on how it goes.
    :param warn_of_interruption: Gets the writes of the calls so far, where there is to be no result.
    :param time_left: Says how many seconds the task's own time limit leaves.
    """
    further = {name: arguments[name] for name in arguments if name in connection or name in _REPEATED}
    divided = _DividedWait(execute, arguments, further, wait, time_left, lambda: Sight(tell, wait.timeout, now, sleep))
    try:
        return divided.ended()
    except BaseException:
        # The task's own time limit, or the end of the play: what was written stays written.
        warn_of_interruption(_done(divided.result, wait.key))
        raise


class _DividedWait:
    """One wait on its way. ``result``: of all calls so far, as if they had been one."""

    def __init__(
        self,
        execute: Execute,
        arguments: Values,
        further: Values,
        wait: Wait,
        time_left: t.Callable[[], float],
        sight: t.Callable[[], Sight],
    ) -> None:
        self._execute, self._arguments, self._further, self._wait = execute, arguments, further, wait
        self._time_left, self._new_sight, self._sight = time_left, sight, sight()
        self.result = self._latest = self._do_the_work(wait.share)

    def ended(self) -> Values:
        """Call the module as often as it takes."""
        while self._goes_on():
            self._call_again()
        return _told_in_full(self.result, self._wait, self._sight.passed())

    def _goes_on(self) -> bool:
        """Whether another call is to follow; before it, the play hears how it goes."""
        key, sight = self._wait.key, self._sight
        unsent = _is_unsent(self.result, key)
        if not _late(self.result, key):
            return unsent
        if sight.passed() >= self._wait.timeout or not (unsent or ids_to_wait_for(self.result, key)):
            return False
        if _was_interrupted(self._latest, key) or self._time_left() <= HEADROOM:
            self.result = _cut_short(self.result, key)
            return False
        sight.say(_summary(self.result, key), self._wait.share + _OVERHEAD)
        if self._wait.pause or not _has_news(self._latest, key):
            sight.pause(min(self._wait.interval, self._wait.timeout - sight.passed(), self._time_left() - HEADROOM))
        return True

    def _call_again(self) -> None:
        key = self._wait.key
        late = _late(self.result, key)
        seconds = min(self._wait.share, max(1, int(self._wait.timeout - self._sight.passed())))
        if ids_to_wait_for(self.result, key):
            named = {**_named_by_id(self.result, self._wait), "wait": True, "wait_timeout": seconds}
            self._latest = self._execute({**self._further, **named}, WaitPart.FURTHER)
            self.result = merged(self.result, self._latest, self._wait)
            return
        # All over again, for the sake of a change that has not been sent.
        self._latest = self._do_the_work(seconds if late else self._wait.share)
        if _has_news(self._latest, key) or not late:
            self.result = begun_anew(self.result, self._latest, key)
        if not _is_unsent(self.result, key):
            # It may take as long as what it had to wait for.
            self._sight = self._new_sight()

    def _do_the_work(self, seconds: int) -> Values:
        return self._execute({**self._arguments, "wait_timeout": seconds}, WaitPart.FIRST)


def ids_to_wait_for(result: Values, key: str) -> list[t.Any]:
    """The ids of the resources whose wait ended without a result."""
    return [resource["id"] for resource in (_resource(one, key) for one in _late(result, key)) if resource.get("id")]


def _late(result: Values, key: str) -> list[Values]:
    return [one for one in _entries(result, key) if _is_late(one)]


def _is_late(one: Values) -> bool:
    return (one.get("error") or {}).get("kind") == "timeout"


def _is_unsent(result: Values, key: str) -> bool:
    """Whether a change has to be sent yet, since the service was still provisioning what is to be changed."""
    entries = [result, *_entries(result, key)]
    return any(one.get("unsent") and (one.get("error") or {}).get("kind") in (None, "timeout") for one in entries)


def _was_interrupted(result: Values, key: str) -> bool:
    """Whether the module was told to stop, by a signal or by the task's own time limit."""
    late = _late(result, key) or [result]  # One that could not look yet has no list.
    return any(INTERRUPTED in str(one.get("msg") or "").lower() for one in late)


def _cut_short(result: Values, key: str) -> Values:
    """The same words as those of a module that is interrupted while it waits."""
    for one in _late(result, key):
        one.pop("deletion_pending", None)
        one["msg"] = (
            f"Cannot wait for {_called(one, key)}: {INTERRUPTED} while it waited, and it was {_status(one, key)} then."
            " The service goes on by itself: run the task again, it goes on waiting."
        )
    if _plural(result, key):
        _judge_list(result, key)
    return result


def _done(result: Values, key: str) -> list[str]:
    """The writes in words: ``create stream 'news'``."""
    return [f"{action} {_called(one, key)}" for one in _entries(result, key) for action in one.get("actions") or []]


def merged(earlier: Values, later: Values, wait: Wait) -> Values:
    """What both calls did, as one result: the writes are the first one's, the state is the last one's."""
    key = wait.key
    later = _called_as(_label(earlier), later)
    result = dict(later) if _has_news(later, key) else dict(earlier)
    result.update({name: earlier[name] for name in ("diff", "invocation", "unsent") if name in earlier})
    result["actions"] = list(earlier.get("actions") or [])
    result["changed"] = bool(earlier.get("changed"))
    _add_up(result, earlier, later)
    if _plural(later, key):
        # By their places: of one that has vanished the later call shows no id.
        newer = dict(zip(ids_to_wait_for(earlier, key), _entries(later, key), strict=False))
        result[key] = [_newer(one, newer.get(_resource(one, key).get("id")), key) for one in _entries(earlier, key)]
        for one, before in zip(result[key][len(wait.states) :], earlier[key][len(wait.states) :], strict=True):
            # The task's list does not say what was pruned.
            shown = _resource(before, key)
            one[key.removesuffix("s")] = _resource(one, key) or {name: shown[name] for name in _NAMES if name in shown}
        _judge_list(result, key)
    return result


def begun_anew(earlier: Values, later: Values, key: str) -> Values:
    """What two calls did that both had all the task's options: the writes of both, the state is the last one's."""
    result = {**later, **_both(earlier, later)}
    _add_up(result, earlier, later)
    if isinstance(earlier.get("diff"), dict) and "before_header" not in earlier["diff"]:
        result["diff"] = {side: {**earlier["diff"][side], **later["diff"][side]} for side in ("before", "after")}
    if _plural(earlier, key) and _plural(later, key):
        more = later[key][len(earlier[key]) :]
        result[key] = [{**b, **_both(a, b)} for a, b in zip(earlier[key], later[key], strict=False)] + more
    return result


def _both(earlier: Values, later: Values) -> Values:
    actions = [*(earlier.get("actions") or []), *(later.get("actions") or [])]
    return {"actions": actions, "changed": bool(earlier.get("changed")) or bool(later.get("changed"))}


def _add_up(result: Values, earlier: Values, later: Values) -> None:
    result["api_calls"] = int(earlier.get("api_calls") or 0) + int(later.get("api_calls") or 0)
    warnings = list(earlier.get("warnings") or [])
    warnings += [text for text in later.get("warnings") or [] if text not in warnings]
    if warnings:
        result["warnings"] = warnings


def _newer(earlier: Values, later: Values | None, key: str) -> Values:
    if later is None:
        return earlier
    later = _called_as(_label(earlier), later)
    before, seen = _resource(earlier, key), _resource(later, key)
    # Several are looked at by the list, which shows less than what the first call read.
    whole = {**before, **seen} if seen else {}
    kept = {name: earlier[name] for name in ("changed", "actions", "unsent") if name in earlier}
    return {**later, key.removesuffix("s"): whole, **kept}


def _called(one: Values, key: str) -> str:
    """What a user calls the resource: ``stream 'news'``."""
    resource = _resource(one, key)
    name = resource.get("ref_id") or resource.get("name") or resource.get("host_name") or resource.get("id")
    return _label(one) or f"{_words(key).removesuffix('s')} {name!r}"


def _words(key: str) -> str:
    return key.replace("_", " ")


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
        msg = f"{len(failed)} of {len(result[key])} {_words(key)} failed: {sentences}{more}"
        result.update(failed=True, msg=msg, error=failed[0]["error"])


def _told_in_full(result: Values, wait: Wait, passed: float) -> Values:
    """Times of the whole wait in place of those of the last call, and a deletion that takes longer is none that failed."""
    result.pop("exception", None)  # Ansible would print that instead, which has the words of the last call.
    for one in _late(result, wait.key):
        if one.get("deletion_pending"):
            text = f"The deletion of {_called(one, wait.key)} was accepted, and the service still shows it."
            result["warnings"] = [*(result.get("warnings") or []), text]
            for name in ("failed", "msg", "error"):
                one.pop(name, None)
    if _plural(result, wait.key):
        _judge_list(result, wait.key)
    for one in (*_entries(result, wait.key), result):
        if (one.get("error") or {}).get("kind") == "timeout" and isinstance(one.get("msg"), str):
            one["msg"] = _HOW_LONG.sub(f"after {passed:.0f} s", one["msg"])
    options = (result.get("invocation") or {}).get("module_args")
    if isinstance(options, dict):
        options["wait_timeout"] = wait.timeout
    return result


def _has_news(result: Values, key: str) -> bool:
    """Whether a call could look; a service that is out of reach for a while is endured."""
    return key in result or "unsent" in result or (result.get("error") or {}).get("kind") not in _PASSING_TROUBLE


def _named_by_id(result: Values, wait: Wait) -> Values:
    """The options that name what is late, each in the state that it is to reach."""
    entries = _entries(result, wait.key)
    named = [
        {"id": _resource(one, wait.key)["id"], "state": wait.state(place)}
        for place, one in enumerate(entries)
        if _is_late(one) and _resource(one, wait.key).get("id")
    ]
    return {wait.key: named, "continue_on_error": True} if _plural(result, wait.key) else named[0]


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
    if not _plural(result, key):
        return f"{_called(result, key)} is {_status(result, key)}"
    going_on = [one for one in _entries(result, key) if (one.get("error") or {}).get("kind") in (None, "timeout")]
    statuses = [_status(one, key) for one in going_on]
    return ", ".join(f"{statuses.count(status)} {status}" for status in sorted(set(statuses)))


def _status(one: Values, key: str) -> str:
    """How far a resource is: in the words of a wait that ended too early, else as the service shows it."""
    late = _STILL.search(str(one.get("msg") or ""))
    if late:
        return late[1]
    resource = _resource(one, key)
    for path in _STATUSES:
        value: t.Any = resource
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if value:
            return str(value)
    return "unknown" if resource else "gone"
