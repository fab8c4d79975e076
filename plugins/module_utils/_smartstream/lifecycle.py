# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a live event: what each wanted state does in each phase. One table, pure.

``VENDOR`` marks what the documents say (smartstream.md, section 5, rules 1 and 2), ``ASSUMED`` our own reading where
they are silent. A site that knows better changes a rule here, and names the statuses that it meets by options.
"""

from __future__ import annotations

import typing as t

from .._core.errors import Conflict

RUNNING = "running"
PENDING = "pending"
STOPPED = "stopped"
CANCELLED = "cancelled"
FAILED = "failed"
UNKNOWN = "unknown"
PHASES = (RUNNING, PENDING, STOPPED, CANCELLED, FAILED, UNKNOWN)

# Wanted state -> the phases in which a wait for it is over. The other states have none to wait for.
ARRIVED = {
    "started": {RUNNING},
    "stopped": set(PHASES) - {RUNNING},
    "reset": {PENDING, UNKNOWN},
}
# Wanted state -> how the phase looks in a diff once the calls have done their work.
FOLLOWING_PHASE = {
    "started": RUNNING,
    "stopped": STOPPED,
    "reset": PENDING,
    "cancelled": CANCELLED,
}

# Option -> the phase of an event whose encode_status is one of the option's values, and the documented values.
# "Pending" alone may mean never started, starting, stopping, or reset.
VOCABULARY: dict[str, tuple[str, tuple[str, ...]]] = {
    "running_statuses": (RUNNING, ("encode_status_running",)),
    "pending_statuses": (PENDING, ("encode_status_pending",)),
    "stopped_statuses": (STOPPED, ()),
    "cancelled_statuses": (CANCELLED, ()),
    "failed_statuses": (FAILED, ()),
}

VENDOR = "documented"
ASSUMED = "assumed"

# A wanted state that the options call ``present``: only its change of members is a matter of phases.
UPDATE = "update"


class Rule(t.NamedTuple):
    """What to do in one phase.

    :param actions: The calls, in order; none: the event is left as it is.
    :param refusal: Why the task fails instead.
    :param warning: What the user should know.
    :param option: The option that allows ``allowed`` in place of the refusal, or of doing nothing.
    :param source: Whether the vendor's documents say so.
    """

    actions: tuple[str, ...] = ()
    refusal: str = ""
    warning: str = ""
    option: str = ""
    allowed: tuple[str, ...] = ()
    source: str = ASSUMED


_NOTHING = Rule()
_MUST_RESET = "a stopped event must be reset before it can start again"


def _after_reset(what: str, source: str = ASSUMED) -> Rule:
    return Rule(refusal=f"{what}, and {_MUST_RESET}", option="reset_stopped", allowed=("reset", "start"), source=source)


_ON_AIR = "it is running"

TABLE: dict[str, dict[str, Rule]] = {
    "started": {
        RUNNING: _NOTHING,
        PENDING: Rule(("start",)),
        STOPPED: _after_reset("it was stopped", VENDOR),
        CANCELLED: _after_reset("it was cancelled"),
        FAILED: _after_reset("it has failed"),
        UNKNOWN: Rule(("start",)),
    },
    "stopped": {
        RUNNING: Rule(("stop",)),
        PENDING: Rule(
            warning="pending may mean that the event never started, is starting, is stopping or was reset; it was left"
            " as it is, and stop_pending=true would send the stop",
            option="stop_pending",
            allowed=("stop",),
        ),
        STOPPED: _NOTHING,
        CANCELLED: _NOTHING,
        FAILED: Rule(warning="the event does not run because it has failed"),
        UNKNOWN: Rule(("stop",)),
    },
    "reset": {
        RUNNING: Rule(refusal=f"{_ON_AIR}, and a reset could end the broadcast; stop it first"),
        PENDING: Rule(
            warning="pending may mean that the event was reset already or is starting; it was left as it is, and"
            " reset_pending=true would send the reset",
            option="reset_pending",
            allowed=("reset",),
        ),
        STOPPED: Rule(("reset",), source=VENDOR),
        CANCELLED: Rule(("reset",)),
        FAILED: Rule(("reset",)),
        UNKNOWN: Rule(("reset",)),
    },
    "cancelled": {
        RUNNING: Rule(
            refusal=f"{_ON_AIR}, and what a cancel does is not documented", option="force", allowed=("cancel",)
        ),
        PENDING: Rule(("cancel",)),
        STOPPED: Rule(("cancel",)),
        CANCELLED: _NOTHING,
        FAILED: Rule(("cancel",)),
        UNKNOWN: Rule(("cancel",)),
    },
    "absent": {
        RUNNING: Rule(
            refusal=f"{_ON_AIR}, and a deletion would end it later, when it stops",
            option="force",
            allowed=("delete",),
            source=VENDOR,
        ),
        PENDING: Rule(("delete",)),
        STOPPED: Rule(("delete",)),
        CANCELLED: Rule(("delete",)),
        FAILED: Rule(("delete",)),
        UNKNOWN: Rule(("delete",)),
    },
    UPDATE: {
        RUNNING: Rule(
            refusal=f"{_ON_AIR}, and what a change does meanwhile is not documented",
            option="update_running",
            allowed=("update",),
        ),
        PENDING: Rule(("update",)),
        STOPPED: Rule(("update",)),
        CANCELLED: Rule(("update",)),
        FAILED: Rule(("update",)),
        UNKNOWN: Rule(("update",)),
    },
}
# Members that may change while an event runs.
HARMLESS = frozenset({"name", "description"})


def decide(wanted: str, phase: str, options: t.Mapping[str, t.Any]) -> Rule:
    """What to do: the rule's actions, or those that an option allows instead.

    :param options: The task's options, of which those count that rules name.
    :raises Conflict: The phase does not allow it, and no option says otherwise; the message names the option.
    """
    rule = TABLE[wanted][phase]
    if rule.option and options.get(rule.option):
        return Rule(rule.allowed, source=rule.source)
    if rule.refusal:
        advice = f"Use {rule.option}=true to {_in_words(rule.allowed)} it all the same" if rule.option else ""
        raise Conflict(rule.refusal, advice=advice)
    return rule


def _in_words(actions: t.Sequence[str]) -> str:
    return " and ".join(actions)


class Vocabulary:
    """Which encode_status means which phase: the user's to extend, since the service documents two values only."""

    def __init__(self, statuses: t.Mapping[str, t.Sequence[str]]) -> None:
        """Take option -> statuses; an option that is left out has its documented values."""
        self._statuses = {
            option: tuple(statuses.get(option, documented)) for option, (_phase, documented) in VOCABULARY.items()
        }

    @classmethod
    def from_options(cls, options: t.Mapping[str, t.Any]) -> Vocabulary:
        """The vocabulary of a task."""
        return cls({option: options[option] for option in VOCABULARY if options.get(option) is not None})

    def refusals(self) -> list[str]:
        """Why it cannot be right, each a sentence: a status can mean one phase only."""
        owners: dict[str, list[str]] = {}
        for option, statuses in self._statuses.items():
            for status in dict.fromkeys(statuses):
                owners.setdefault(status, []).append(option)
        return [
            f"{status!r} is in {' and in '.join(options)}" for status, options in owners.items() if len(options) > 1
        ]

    def phase(self, status: t.Any) -> str:
        """The phase of an encode_status, case and all; unknown where no option names it."""
        for option, (phase, _documented) in VOCABULARY.items():
            if isinstance(status, str) and status in self._statuses[option]:
                return phase
        return UNKNOWN

    def described(self, status: t.Any) -> str:
        """An encode_status for messages: the raw value, and what to do about one that is not known."""
        if self.phase(status) != UNKNOWN:
            return str(status)
        raw = repr(status) if status is not None else "missing"
        return f"{raw}, which none of the options {', '.join(VOCABULARY)} names"
