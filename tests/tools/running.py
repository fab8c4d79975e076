# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry steps out side by side, keep a log of each, and report."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from .environments import locked
from .places import COLLECTION, LOGS, PROJECT, slug
from .steps import Step
from .tree import copied

_TAIL = 40
_LAST = 12
_LINE = 200
_COMPLAINT = re.compile(r"\b(ERROR|FATAL|FAILED)\b")
_FIGURE = "figure: "
_COVERAGE = "Required test coverage"

# ansible-test succeeds when it found nothing to test.
_NOTHING_TESTED = b"All targets skipped"

PASSED, FAILED, LEFT_OUT = "passed", "failed", "left out"


@dataclass(frozen=True)
class Outcome:
    """How a step ended.

    :ivar figures: Lines that the report repeats: those that begin with ``figure:``, and what coverage says.
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
            status = self._carried_out(step, (log, sys.stdout.buffer) if shown else (log,))
            seconds = time.monotonic() - begun
        text = log_path.read_bytes()
        lines = text.decode(errors="replace").splitlines()
        figures = tuple(line.removeprefix(_FIGURE) for line in lines if line.startswith((_FIGURE, _COVERAGE)))
        return Outcome(step, FAILED if status or _NOTHING_TESTED in text else PASSED, seconds, figures)

    def _carried_out(self, step: Step, outputs: Sequence[BinaryIO]) -> int:
        try:
            step.environment.prepare()
            tree = copied(step.name)
        except subprocess.CalledProcessError as error:
            _write(outputs, f"{error}\n".encode())
            return 1
        variables = {name: value.format(tree=tree) for name, value in step.variables.items()}
        environment = step.environment.variables(**variables)
        for command in step.commands:
            words = [word.replace("{tree}", str(tree)) for word in command]
            _write(outputs, f"$ {' '.join(words)}\n".encode())
            status = self._waited(step, words, str(tree / COLLECTION), environment, outputs)
            if status:
                return status
        return 0

    def _waited(
        self, step: Step, words: list[str], folder: str, variables: dict[str, str], outputs: Sequence[BinaryIO]
    ) -> int:
        with self._lock:
            if self._stopped:
                return 1
            # Its own session, so that a step can be ended with everything that it started.
            child = subprocess.Popen(
                words, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
            self._running.add(child)
        timer = threading.Timer(step.timeout, _end, (child,))
        timer.start()
        try:
            for line in child.stdout or ():
                _write(outputs, line)
            return child.wait()
        except KeyboardInterrupt:
            _end(child)
            raise
        finally:
            timer.cancel()
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
        time_taken = f"{outcome.seconds:7.0f}" if outcome.result != LEFT_OUT else " " * 7
        print(f"{outcome.step.name:<{width}}  {outcome.result:<8}  {time_taken}  {outcome.step.left_out}".rstrip())
    # Several steps may show the same one, each under another ansible-core.
    figures: dict[str, list[str]] = {}
    for outcome in outcomes:
        for figure in outcome.figures:
            figures.setdefault(figure, []).append(outcome.step.name)
    if figures:
        print("\n" + "\n".join(f"{figure} ({', '.join(shown_by)})" for figure, shown_by in figures.items()))
    counts = {result: sum(outcome.result == result for outcome in outcomes) for result in (PASSED, FAILED)}
    print(f"\n{seconds:.0f} s altogether; logs in {LOGS.relative_to(PROJECT)}/\n")
    # Last of all, since the end is what a shortened record of a run keeps.
    for outcome in outcomes:
        if outcome.result == FAILED:
            log_path = LOGS / f"{slug(outcome.step.name)}.log"
            print(
                "\n".join([f"----- {outcome.step.name}: {log_path.relative_to(PROJECT)}", *_end_of(log_path), "-----"])
            )
    print(f"{counts[PASSED]} passed, {counts[FAILED]} failed")
    return 0 if counts[PASSED] and not counts[FAILED] else 1


def _told(outcome: Outcome) -> Outcome:
    """Say how a step ended, with what its log says about it where it failed."""
    if outcome.result == FAILED:
        log_path = LOGS / f"{slug(outcome.step.name)}.log"
        print("\n".join([f"----- {outcome.step.name}: {log_path.relative_to(PROJECT)}", *_excerpt(log_path), "-----"]))
    print(f"{outcome.result:<8}  {outcome.step.name}  {outcome.seconds:.0f} s", flush=True)
    return outcome


def _end_of(log_path: Path) -> list[str]:
    """The last lines of a log, long ones cut."""
    return [line[:_LINE] for line in log_path.read_text(errors="replace").splitlines()[-_LAST:]]


def _excerpt(log_path: Path) -> list[str]:
    """The end of a log, after those earlier lines that name an error: some tools go on for long after one."""
    lines = log_path.read_text(errors="replace").splitlines()
    earlier = [line for line in lines[:-_TAIL] if _COMPLAINT.search(line)][:_TAIL]
    return [*earlier, *(["..."] if earlier else []), *lines[-_TAIL:]]


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a step and everything it started: ask first, then insist."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(child.pid, number)
        with suppress(subprocess.TimeoutExpired):
            child.wait(5)
            return


def _write(outputs: Sequence[BinaryIO], text: bytes) -> None:
    for output in outputs:
        output.write(text)
        output.flush()
