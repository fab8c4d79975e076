# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results of several calls that one wait was divided into, put together as if there had been one call."""

from __future__ import annotations

import re
import typing as t

from ..module_utils._core.errors import INTERRUPTED
from ._divided_wait import Wait

Values = dict[str, t.Any]

_PASSING_TROUBLE = ("unavailable", "throttled", "timeout")
# Where a resource says how far it is; the first one that is there counts.
_STATUSES = (("provision_detail", "status"), ("status",), ("encode_status",))
# What a resource is known by, the best name first.
_NAMES = ("ref_id", "name", "host_name", "id")
_HOW_LONG = re.compile(r"after \d+ s\b")
_STILL = re.compile(r"it is still (.+?) after \d+ s\b")
_TROUBLE = re.compile(r"\(the last look failed: (.+?)\)[.,]")
_WAITED_FOR = re.compile(r"Cannot wait for (.+?): ")


def awaited(result: Values, wait: Wait) -> list[Values]:
    """The options that name what is late, each in the state that it is to reach."""
    seen = [(place, _resource(one, wait.key)) for place, one in enumerate(_entries(result, wait.key)) if _is_late(one)]
    return [{"id": resource["id"], "state": wait.state(place)} for place, resource in seen if resource.get("id")]


def late_ones(result: Values, key: str) -> list[Values]:
    """The results of the resources whose wait ended too early."""
    return [one for one in _entries(result, key) if _is_late(one)]


def _is_late(one: Values) -> bool:
    return (one.get("error") or {}).get("kind") == "timeout"


def is_unsent(result: Values, key: str) -> bool:
    """Whether a change has to be sent yet, since the service was still provisioning what is to be changed."""
    entries = [result, *_entries(result, key)]
    return any(one.get("unsent") and (one.get("error") or {}).get("kind") in (None, "timeout") for one in entries)


def was_interrupted(result: Values, key: str) -> bool:
    """Whether the module was told to stop, by a signal or by the task's own time limit."""
    ones = late_ones(result, key) or [result]  # One that could not look yet has no list.
    return any(INTERRUPTED in str(one.get("msg") or "").lower() for one in ones)


def cut_short(result: Values, key: str) -> Values:
    """The same words as those of a module that is interrupted while it waits."""
    for one in late_ones(result, key):
        one.pop("deletion_pending", None)
        one["msg"] = (
            f"Cannot wait for {_called(one, key)}: {INTERRUPTED} while it waited, and it was {_status(one, key)} then."
            " The service goes on by itself: run the task again, it goes on waiting."
        )
    if _plural(result, key):
        _judge_list(result, key)
    return result


def done(result: Values, key: str) -> list[str]:
    """The writes in words: ``create stream 'news'``."""
    return [f"{action} {_called(one, key)}" for one in _entries(result, key) for action in one.get("actions") or []]


def merged(earlier: Values, later: Values, wait: Wait) -> Values:
    """What both calls did, as one result: the writes are the first one's, the state is the last one's."""
    key = wait.key
    later = _in_words_of(earlier, later)
    result = dict(later) if has_news(later, key) else dict(earlier)
    if not _plural(result, key) and _is_late(later):
        # What could not be looked at is as it was.
        result[key] = _resource(later, key) or _resource(earlier, key)
    result.update({name: earlier[name] for name in ("diff", "invocation", "unsent") if name in earlier})
    result["actions"] = list(earlier.get("actions") or [])
    result["changed"] = bool(earlier.get("changed"))
    _add_up(result, earlier, later)
    if _plural(later, key):
        # By their places: of one that has vanished the later call shows no id.
        newer = dict(zip((one["id"] for one in awaited(earlier, wait)), _entries(later, key), strict=False))
        result[key] = [
            _newer(one, newer.get(_resource(one, key).get("id")), key, pruned=place >= len(wait.states))
            for place, one in enumerate(_entries(earlier, key))
        ]
        _judge_list(result, key)
    return result


def begun_anew(earlier: Values, later: Values, key: str) -> Values:
    """What two calls did that both had all the task's options: the writes of both, the state is the last one's."""
    result = {**later, **_both(earlier, later)}
    if "invocation" in earlier:
        result["invocation"] = earlier["invocation"]
    _add_up(result, earlier, later)
    diffs = [one["diff"] for one in (earlier, later) if isinstance(one.get("diff"), dict)]
    if diffs and "before_header" not in diffs[0]:
        result["diff"] = {side: {k: v for diff in diffs for k, v in diff[side].items()} for side in ("before", "after")}
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


def _newer(earlier: Values, later: Values | None, key: str, *, pruned: bool) -> Values:
    if later is None:
        return earlier
    later = _in_words_of(earlier, later)
    before, seen = _resource(earlier, key), _resource(later, key)
    # Several are looked at by the list, which shows less than what the first call read.
    whole = {**before, **seen} if seen or _is_late(later) else {}
    if pruned and not whole:
        # The task's list does not say which one it was.
        whole = {name: before[name] for name in _NAMES if name in before}
    kept = {name: earlier[name] for name in ("changed", "actions", "unsent") if name in earlier}
    return {**later, key.removesuffix("s"): whole, **kept}


def _called(one: Values, key: str) -> str:
    """What a user calls the resource: ``stream 'news'``."""
    resource = _resource(one, key)
    name = next((resource[name] for name in _NAMES if resource.get(name)), None)
    return _label(one) or f"{_words(key).removesuffix('s')} {name!r}"


def _words(key: str) -> str:
    return key.replace("_", " ")


def _label(result: Values) -> str | None:
    """What the message of a wait calls the resource; None where there is no such message."""
    found = _WAITED_FOR.match(str(result.get("msg") or ""))
    return found[1] if found else None


def _in_words_of(earlier: Values, later: Values) -> Values:
    """A later call knows the id only, and nothing of what it could not look at; the user reads what the first one said."""
    label, by_id = _label(earlier), _label(later)
    if label is None or by_id is None:
        return later
    msg = str(later["msg"]).replace(f"wait for {by_id}: ", f"wait for {label}: ", 1)
    status = _STILL.search(str(earlier["msg"]))
    return {**later, "msg": msg.replace("it is still unknown", f"it is still {status[1]}", 1) if status else msg}


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


def told_in_full(result: Values, wait: Wait, passed: float) -> Values:
    """Times of the whole wait in place of those of the last call, and a deletion that takes longer is none that failed."""
    result.pop("exception", None)  # Ansible would print that instead, which has the words of the last call.
    for one in late_ones(result, wait.key):
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


def has_news(result: Values, key: str) -> bool:
    """Whether a call could look; a service that is out of reach for a while is endured."""
    kind = (result.get("error") or {}).get("kind")
    return key in result or "unsent" in result or _label(result) is not None or kind not in _PASSING_TROUBLE


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


def summary(result: Values, key: str) -> str:
    """``stream 'news' is PENDING``, or ``3 PENDING, 197 PROVISIONED``."""
    trouble = next(filter(None, (_TROUBLE.search(str(one.get("msg") or "")) for one in late_ones(result, key))), None)
    if trouble:
        return f"no answer from the service ({trouble[1]})"
    if not _plural(result, key):
        return f"{_called(result, key)} is {_status(result, key)}"
    going_on = [one for one in _entries(result, key) if (one.get("error") or {}).get("kind") in (None, "timeout")]
    statuses = [_status(one, key) for one in going_on]
    return ", ".join(f"{statuses.count(status)} {status}" for status in sorted(set(statuses)))


def _status(one: Values, key: str) -> str:
    """How far a resource is: in the words of a wait that ended too early, else as the service shows it."""
    said = _STILL.search(str(one.get("msg") or ""))
    if said:
        return said[1]
    resource = _resource(one, key)
    for path in _STATUSES:
        value: t.Any = resource
        for name in path:
            value = value.get(name) if isinstance(value, dict) else None
        if value:
            return str(value)
    return "unknown" if resource else "gone"
