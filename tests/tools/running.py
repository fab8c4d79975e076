# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry steps out side by side, keep a log of each, and report."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from .environments import locked
from .places import COLLECTION, LOGS, PROJECT, slug
from .steps import Step
from .tree import copied

# A step that hangs must not hold up the rest: the longest takes about three minutes.
_STEP_TIMEOUT = 20 * 60
_TAIL = 60

PASSED, FAILED, LEFT_OUT = "passed", "failed", "left out"


@dataclass(frozen=True)
class Outcome:
    """How a step ended.

    :ivar figures: Lines that the step wants to be seen in the report (those that start with ``figure:``).
    """

    step: Step
    result: str
    seconds: float = 0.0
    figures: tuple[str, ...] = ()


class Runner:
    """Runs steps and ends them all when it is interrupted.

    :param jobs: How many run side by side.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._stopped = False

    def run(self, steps: Sequence[Step]) -> list[Outcome]:
        """Run all of them, whatever fails, and say how each ended as soon as it did."""
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        with ThreadPoolExecutor(self._jobs) as pool:
            futures = [pool.submit(self._timed, step) for step in steps]
            try:
                outcomes = [_told(future.result()) for future in as_completed(futures)]
            except KeyboardInterrupt:
                self._stop()
                pool.shutdown(cancel_futures=True)
                raise
        order = {step.name: position for position, step in enumerate(steps)}
        return sorted(outcomes, key=lambda outcome: order[outcome.step.name])

    def show(self, step: Step) -> Outcome:
        """Run one step with its output on the terminal."""
        return self._timed(step, shown=True)

    def _timed(self, step: Step, *, shown: bool = False) -> Outcome:
        if step.left_out:
            return Outcome(step, LEFT_OUT)
        LOGS.mkdir(parents=True, exist_ok=True)
        log_path = LOGS / f"{slug(step.name)}.log"
        # Another `make` may be at the same step: the copy of the collection and the log belong to one at a time.
        with locked(f"step-{slug(step.name)}"), log_path.open("wb") as log:
            begun = time.monotonic()
            status = self._carried_out(step, None if shown else log)
            seconds = time.monotonic() - begun
        text = log_path.read_text(errors="replace")
        figures = tuple(line.removeprefix("figure: ") for line in text.splitlines() if line.startswith("figure: "))
        return Outcome(step, FAILED if status else PASSED, seconds, figures)

    def _carried_out(self, step: Step, log: IO[bytes] | None) -> int:
        try:
            step.environment.prepare()
            tree = copied(step.name)
        except subprocess.CalledProcessError as error:
            _write(log, f"{error}\n")
            return 1
        variables = {name: value.format(tree=tree) for name, value in step.variables.items()}
        environment = step.environment.variables(**variables)
        for command in step.commands:
            words = [word.replace("{tree}", str(tree)) for word in command]
            _write(log, f"$ {' '.join(words)}\n")
            status = self._waited(words, str(tree / COLLECTION), environment, log)
            if status:
                return status
        return 0

    def _waited(self, words: list[str], folder: str, environment: dict[str, str], log: IO[bytes] | None) -> int:
        with self._lock:
            if self._stopped:
                return 1
            # Its own session, so that a step can be ended with everything that it started.
            child = subprocess.Popen(
                words, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log,
                stderr=subprocess.STDOUT if log else None, start_new_session=True,
            )  # fmt: skip
            self._running.add(child)
        try:
            return child.wait(_STEP_TIMEOUT)
        except subprocess.TimeoutExpired:
            _write(log, f"Ended after {_STEP_TIMEOUT} s without a result\n")
            _end(child)
            return 1
        except KeyboardInterrupt:
            _end(child)
            raise
        finally:
            with self._lock:
                self._running.discard(child)

    def _stop(self) -> None:
        with self._lock:
            self._stopped = True
            for child in self._running:
                _end(child)


def report(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print the table of steps, and the exit code: 0 when nothing failed and something passed."""
    width = max(len(outcome.step.name) for outcome in outcomes)
    print(f"\n{'step':<{width}}  {'result':<8}  seconds")
    for outcome in outcomes:
        note = outcome.step.left_out or "; ".join(outcome.figures)
        time_taken = f"{outcome.seconds:7.0f}" if outcome.result != LEFT_OUT else " " * 7
        print(f"{outcome.step.name:<{width}}  {outcome.result:<8}  {time_taken}  {note}".rstrip())
    counts = {result: sum(outcome.result == result for outcome in outcomes) for result in (PASSED, FAILED)}
    print(f"\n{seconds:.0f} s altogether; logs in {LOGS.relative_to(PROJECT)}/\n")
    print(f"{counts[PASSED]} passed, {counts[FAILED]} failed")
    return 0 if counts[PASSED] and not counts[FAILED] else 1


def _told(outcome: Outcome) -> Outcome:
    """Say how a step ended, with the end of its log where it failed."""
    if outcome.result == FAILED:
        log_path = LOGS / f"{slug(outcome.step.name)}.log"
        tail = log_path.read_text(errors="replace").splitlines()[-_TAIL:]
        print("\n".join([f"----- {outcome.step.name}: end of {log_path.relative_to(PROJECT)}", *tail, "-----"]))
    print(f"{outcome.result:<8}  {outcome.step.name}  {outcome.seconds:.0f} s", flush=True)
    return outcome


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a step and everything it started: ask first, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
            return


def _write(log: IO[bytes] | None, text: str) -> None:
    stream = log or sys.stdout.buffer
    stream.write(text.encode())
    stream.flush()
