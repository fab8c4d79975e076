# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a task is told about where and how it runs; resource code sees this and no Ansible object."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import threading
import time
import typing as t

from .errors import INTERRUPTED, Interrupted
from .secrets import Scrubber
from .wait_part import WaitPart

# Seconds: a job's log that says nothing for longer looks dead.
LONGEST_SILENCE = 300.0


class Clock:
    """The time and the passing of it; tests give another one."""

    def now(self) -> dt.datetime:
        """The present instant in UTC."""
        return dt.datetime.now(dt.timezone.utc)

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        """Let so many seconds pass; return at once when the task is told to stop."""
        stop.wait(seconds)


class Report:
    """Where warnings and progress go; this one keeps them."""

    def __init__(self) -> None:
        self.warnings: list[str] = []
        self.progress: list[str] = []

    def warn(self, text: str) -> None:
        """Something that the user should know and that is no failure; said once."""
        if text not in self.warnings:
            self.warnings.append(text)

    def tell(self, text: str) -> None:
        """A line on how a long task goes."""
        self.progress.append(text)


@dataclasses.dataclass
class Context:
    """One task's surroundings.

    ``check``: predict, write nothing. ``environment``: the environment variables that count for this task.
    ``shared``: what is read once and serves the whole task: the client, listings, looked-up names.
    ``done``: the accepted writes in words, for a task that is cut short.
    ``stop``: set when the task is interrupted; no write is started after that. ``parent``: the process whose end is an
    interruption as well, since nobody would hear of what came after it. ``part``: of the task's wait.
    ``for_next_call``: options, secrets among them, that spare the next call of a divided wait some work.
    """

    check: bool = False
    environment: t.Mapping[str, str] = dataclasses.field(default_factory=dict)
    report: Report = dataclasses.field(default_factory=Report)
    clock: Clock = dataclasses.field(default_factory=Clock)
    scrubber: Scrubber = dataclasses.field(default_factory=Scrubber)
    stop: threading.Event = dataclasses.field(default_factory=threading.Event)
    shared: dict[t.Any, t.Any] = dataclasses.field(default_factory=dict)
    done: list[str] = dataclasses.field(default_factory=list)
    parent: int | None = None
    part: WaitPart = WaitPart.WHOLE
    for_next_call: dict[str, str] = dataclasses.field(default_factory=dict)
    _telling: threading.Lock = dataclasses.field(init=False, default_factory=threading.Lock)
    _told_at: float = dataclasses.field(init=False, default=float("-inf"))

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass; of many, the play hears how many are left.

        :raises Interrupted: The task was told to stop.
        """
        while seconds > LONGEST_SILENCE:
            self.clock.sleep(LONGEST_SILENCE, self.stop)
            self.go_on()
            seconds -= LONGEST_SILENCE
            self._tell_what_is_left(seconds)
        if seconds > 0:
            self.clock.sleep(seconds, self.stop)
        self.go_on()

    def _tell_what_is_left(self, seconds: float) -> None:
        """Once, where several threads wait for the same: they began within less than half of the silence."""
        now = self.clock.monotonic()
        with self._telling:
            if now - self._told_at >= LONGEST_SILENCE / 2:
                self._told_at = now
                self.report.tell(f"Still waiting, {seconds:.0f} s more.")

    def go_on(self) -> None:
        """Go on only if the task was not told to stop.

        :raises Interrupted: It was.
        """
        if self.parent is not None and os.getppid() != self.parent:
            self.stop.set()
        if self.stop.is_set():
            raise Interrupted(INTERRUPTED, advice="Run it again; it goes on from what is there")
