# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waits in sight when the module runs on another machine: it waits a little at a time, and the play hears of it.

A module can say nothing before it ends. So the first call does the work and waits for a short while; each further
call names by their ids what is late, is told to write nothing, and waits for another while.
"""

from __future__ import annotations

import math
import time
import typing as t

from ..module_utils._core.deadline import HEADROOM
from ..module_utils._core.wait_part import FOR_NEXT_CALL, WaitPart
from ..module_utils._engine.wait import Sight
from ..module_utils._smartstream.lifecycle import VOCABULARY
from ._divided_wait import Wait
from ._wait_results import (
    Values,
    awaited,
    begun_anew,
    cut_short,
    done,
    has_news,
    is_unsent,
    late_ones,
    merged,
    summary,
    told_in_full,
    was_interrupted,
)

Execute = t.Callable[[Values, WaitPart], Values]

# What further calls need besides the connection.
_REPEATED = ("wait_interval", "reveal_secrets", "concurrency", *VOCABULARY)
# Seconds in which a call begins and ends, roughly.
_OVERHEAD = 30


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
        warn_of_interruption(done(divided.result, wait.key))
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
        self._from_calls: Values = {}
        self.result = self._latest = self._do_the_work(wait.share)

    def ended(self) -> Values:
        """Call the module as often as it takes."""
        while self._goes_on():
            self._call_again()
        return told_in_full(self.result, self._wait, self._sight.passed())

    def _goes_on(self) -> bool:
        """Whether another call is to follow; before it, the play hears how it goes."""
        key, sight = self._wait.key, self._sight
        unsent = is_unsent(self.result, key)
        if not late_ones(self.result, key):
            return unsent
        if sight.passed() >= self._wait.timeout or not (unsent or awaited(self.result, self._wait)):
            return False
        if was_interrupted(self._latest, key) or self._time_left() <= HEADROOM:
            self.result = cut_short(self.result, key)
            return False
        sight.say(summary(self.result, key), self._wait.share + _OVERHEAD)
        if self._wait.pause or not has_news(self._latest, key):
            sight.pause(min(self._wait.interval, self._wait.timeout - sight.passed(), self._time_left() - HEADROOM))
        return True

    def _call_again(self) -> None:
        key = self._wait.key
        late = late_ones(self.result, key)
        seconds = min(self._wait.share, max(1, int(self._wait.timeout - self._sight.passed())))
        named = awaited(self.result, self._wait)
        if named:
            of_list = {key: named, "continue_on_error": True} if key in self._arguments else named[0]
            again = {**self._further, **of_list, "wait": True, "wait_timeout": seconds}
            self._latest = self._call(again, WaitPart.FURTHER)
            self.result = merged(self.result, self._latest, self._wait)
            return
        # All over again, for the sake of a change that has not been sent.
        self._latest = self._do_the_work(seconds if late else self._wait.share)
        if has_news(self._latest, key) or not late:
            self.result = begun_anew(self.result, self._latest, key)
        if not is_unsent(self.result, key):
            # It may take as long as what it had to wait for.
            self._sight = self._new_sight()

    def _do_the_work(self, seconds: int) -> Values:
        return self._call({**self._arguments, "wait_timeout": seconds}, WaitPart.FIRST)

    def _call(self, arguments: Values, part: WaitPart) -> Values:
        """One call; whichever logs in does so for those after it, too."""
        result = self._execute({**arguments, **self._from_calls}, part)
        self._from_calls.update(result.pop(FOR_NEXT_CALL, {}))
        return result
