# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One converge as a user has it: foretold by check mode, carried out, and run once more in other words."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import EventBench
from ansible_collections.streamops.live.tests.unit.support.bench import Bench, Ran

State = dict[Any, dict[str, Any]]


@dataclasses.dataclass
class Tally:
    """What a machine did over all its examples."""

    examples: int = 0
    runs: int = 0
    changed: int = 0
    refused: int = 0
    requests: int = 0

    def __str__(self) -> str:
        return (
            f"{self.examples:,} examples, {self.runs:,} runs ({self.changed:,} changed something,"
            f" {self.refused:,} refused), {self.requests:,} requests"
        )


@dataclasses.dataclass
class Journey:
    """Runs one kind of task.

    :ivar key: The result's member with the list of results.
    :ivar seen: The resources as the simulator keeps them, those members left out that time alone changes.
    :ivar settle: Lets the service end what it has accepted and no wait can see the end of.
    """

    bench: Bench | EventBench
    kind: str
    key: str
    seen: Callable[[], State]
    tally: Tally
    settle: Callable[[], object] = lambda: None

    def converged(self, options: dict[str, Any], respelled: dict[str, Any]) -> tuple[State, Ran, State]:
        """A list that can be brought about; returns what was there, what was done, and what is there."""
        before = self.seen()
        foretold = self._run(options, check=True)
        assert not foretold.failed, foretold["msg"]
        assert self.seen() == before
        done = self._run(options)
        assert not done.failed, done["msg"]
        for name in ("changed", "actions", "diff"):
            assert foretold[name] == done[name], name
        for one, other in zip(foretold[self.key], done[self.key], strict=True):
            assert (one["changed"], one["actions"]) == (other["changed"], other["actions"])
        assert bool(done.writes) == done["changed"] == (done["diff"]["before"] != done["diff"]["after"])
        self.settle()
        after = self.seen()
        again = self._run(respelled)
        assert not again.failed, again["msg"]
        assert (again["changed"], again["actions"], again.writes) == (False, [], [])
        assert again["diff"]["before"] == again["diff"]["after"]
        assert not [request for request in again.requests if request.is_key_generation]
        assert self.seen() == after
        self.tally.changed += done["changed"]
        return before, done, after

    def refused(self, options: dict[str, Any], kind: str) -> Ran:
        """A list that must fail as a whole, in check mode as for real, with nothing written."""
        before = self.seen()
        for check in (True, False):
            ran = self._run(options, check=check)
            assert ran.failed, ran.values
            assert (ran.kind, ran.writes, ran["actions"]) == (kind, [], [])
            assert not [request for request in ran.requests if request.is_key_generation]
            assert self.seen() == before
        self.tally.refused += 1
        return ran

    def _run(self, options: dict[str, Any], *, check: bool = False) -> Ran:
        ran = self.bench.run(self.kind, check=check, **copy.deepcopy(options))
        self.tally.runs += 1
        self.tally.requests += len(ran.requests)
        return ran
