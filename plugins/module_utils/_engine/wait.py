# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a service that works asynchronously: one look per poll, however many resources are waited for."""

from __future__ import annotations

import copy
import dataclasses
import enum
import typing as t

from .._core.context import LONGEST_SILENCE, Context
from .._core.errors import (
    INTERRUPTED,
    Interrupted,
    NotFound,
    ProvisioningFailed,
    StreamOpsError,
    Throttled,
    TimedOut,
    Unavailable,
)
from .fields import Members

# The services may show a new resource late; one that is missing so often in a row, and for so long, was deleted.
_LOOKS_FOR_A_MISSING_ONE = 3
_SECONDS_FOR_A_MISSING_ONE = 10.0
# Before the look that confirms the last one, where the time ended between them.
_SECONDS_TO_CONFIRM = 1.0


class Stage(enum.Enum):
    """How far a resource is."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


class Progress(t.NamedTuple):
    """How far a resource is, with the service's own word for it and its message; ``advice``: what helps if it failed."""

    stage: Stage
    status: str = ""
    message: str = ""
    advice: str = "Mend what the message names, then update the resource or delete and create it anew"


class Waiting(t.NamedTuple):
    """Whether and how long to wait, in seconds."""

    wanted: bool = False
    timeout: float = 10800.0
    interval: float = 60.0


@dataclasses.dataclass
class Awaited:
    """One resource that is waited for.

    ``judge``: how far it is; it gets None where the service shows no such resource. ``known``: it was seen a while ago,
    so that it cannot be shown late. ``members`` and ``error``: how it ended, one of them.
    """

    id: t.Any
    label: str
    judge: t.Callable[[Members | None], Progress]
    known: bool = False
    members: Members | None = None
    error: StreamOpsError | None = None
    stage: Stage = Stage.READY
    agreed: int = 0
    missing: int = 0
    missing_since: float = 0.0
    status: str = ""
    seen: bool = False
    over: bool = False


class Sight:
    """The lines of a wait: one when something has changed, and one every five minutes at least.

    :param tell: Gets a line.
    :param timeout: How long the wait may take in all, in seconds.
    :param now: Gives seconds that only grow.
    :param sleep: Lets so many seconds pass.
    :param stopped: Whether the task was told to stop, after which no time passes any more.
    """

    def __init__(
        self,
        tell: t.Callable[[str], None],
        timeout: float,
        now: t.Callable[[], float],
        sleep: t.Callable[[float], None],
        stopped: t.Callable[[], bool] = lambda: False,
    ) -> None:
        self._tell, self._timeout, self._now, self._sleep, self._stopped = tell, timeout, now, sleep, stopped
        self._began = self._told_at = now()
        self._told = ""

    def passed(self) -> float:
        """How long the wait has taken, in seconds."""
        return self._now() - self._began

    def say(self, summary: str, silent_for: float = 0.0) -> None:
        """Tell how it goes, where that is new or it is time to.

        :param silent_for: So many seconds will pass before anything can be said again.
        """
        if summary != self._told or self._now() - self._told_at + silent_for >= LONGEST_SILENCE:
            self._tell(f"Waiting: {summary}; {self.passed():.0f} s so far, giving up after {self._timeout:.0f} s.")
            self._told, self._told_at = summary, self._now()

    def pause(self, seconds: float) -> None:
        """Let so many seconds pass, and say the same again whenever it is time to."""
        end = self._now() + seconds
        while (left := end - self._now()) > 0 and not self._stopped():
            self._sleep(min(left, max(0.0, self._told_at + LONGEST_SILENCE - self._now())))
            self.say(self._told)


# In quotes: pylint takes the alias for a value that knows no "|".
Look = t.Callable[[t.Sequence[Awaited]], t.Mapping[t.Any, "Members | None"]]


def wait_for(
    awaited: t.Sequence[Awaited],
    look: Look,
    *,
    waiting: Waiting,
    context: Context,
    confirmations: int = 1,
    first: t.Mapping[t.Any, Members | None] | None = None,
) -> None:
    """Look again and again until each resource is ready, or failed, as often in a row as asked.

    Passing trouble of a look is endured until the timeout; any other error of it is the error of each resource.

    :param look: Reads the resources that are still waited for: id -> members, None where there is none.
    :param first: What was seen just now; None looks at once.
    """
    clock = context.clock
    sight = Sight(
        context.report.tell,
        waiting.timeout,
        clock.monotonic,
        lambda seconds: clock.sleep(seconds, context.stop),
        context.stop.is_set,
    )
    seen, confirming = first, False
    while True:
        trouble: StreamOpsError | None = None
        open_ones = [one for one in awaited if not one.over]
        if seen is None and not context.stop.is_set():
            try:
                seen = look(open_ones)
            except (Unavailable, Throttled, TimedOut) as error:
                trouble = error
            except StreamOpsError as error:
                _fail(open_ones, error)
                return
        for one in open_ones if seen is not None else ():
            _judge(one, (seen or {}).get(one.id), confirmations, clock.monotonic())
        left = [one for one in awaited if not one.over]
        if not left:
            return
        passed = sight.passed()
        if context.stop.is_set():
            _interrupt(left)
            return
        sight.say(_summary(awaited, trouble))
        late = passed >= waiting.timeout
        if late and (confirming or not any(one.agreed for one in left)):
            _give_up(left, passed, trouble)
            return
        confirming = late
        sight.pause(_SECONDS_TO_CONFIRM if late else min(waiting.interval, waiting.timeout - passed))
        seen = None


def _judge(one: Awaited, members: Members | None, confirmations: int, now: float) -> None:
    progress = one.judge(members)
    one.members, one.status, one.seen = members, progress.status, one.seen or members is not None
    known = one.agreed if progress.stage is one.stage else 0
    one.stage, one.agreed = progress.stage, 0 if progress.stage is Stage.PENDING else known + 1
    one.missing = one.missing + 1 if members is None and progress.stage is Stage.PENDING else 0
    if one.missing <= 1:
        one.missing_since = now
    long_missing = one.missing >= _LOOKS_FOR_A_MISSING_ONE and now - one.missing_since >= _SECONDS_FOR_A_MISSING_ONE
    vanished = long_missing or (one.known and one.missing > 0)
    one.over = one.agreed >= confirmations or vanished
    if vanished:
        one.error = NotFound(
            "it vanished from the service while the task waited for it"
            if one.seen or one.known
            else "the service accepted it and does not show it"
        )
    if one.over and progress.stage is Stage.FAILED:
        one.error = ProvisioningFailed(
            f"the service reports {progress.status}" + (f": {progress.message}" if progress.message else ""),
            advice=progress.advice,
            details=[progress.message] if progress.message else [],
        )


def _fail(left: t.Iterable[Awaited], error: StreamOpsError) -> None:
    """No further look will succeed; what was done before stays done, so that it is told with each resource."""
    for one in left:
        one.over, one.error = True, copy.copy(error)


def _interrupt(left: t.Iterable[Awaited]) -> None:
    for one in left:
        one.over = True
        one.error = Interrupted(
            f"{INTERRUPTED} while it waited, and it was {one.status or 'unknown'} then",
            advice="The service goes on by itself: run the task again, it goes on waiting",
        )


def _give_up(left: t.Iterable[Awaited], passed: float, trouble: StreamOpsError | None) -> None:
    why = f" (the last look failed: {trouble.message})" if trouble else ""
    for one in left:
        one.over = True
        one.error = TimedOut(
            f"it is still {one.status or 'unknown'} after {passed:.0f} s{why}",
            advice="The service goes on by itself: run the task again later, or raise wait_timeout",
        )


def _summary(awaited: t.Sequence[Awaited], trouble: StreamOpsError | None) -> str:
    """``stream 'news' is PENDING``, or ``3 PENDING, 197 PROVISIONED``."""
    if trouble is not None:
        return f"no answer from the service ({trouble.message})"
    if len(awaited) == 1:
        return f"{awaited[0].label} is {awaited[0].status or 'unknown'}"
    counts: dict[str, int] = {}
    for one in awaited:
        counts[one.status or "unknown"] = counts.get(one.status or "unknown", 0) + 1
    return ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
