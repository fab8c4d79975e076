# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that runs one task when it is told to: what a fork of Ansible is.

Standard input has the work as JSON, then a line when it is to begin; standard output gets the result.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import threading
import time
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Clock, Context
from ansible_collections.streamops.live.plugins.module_utils._core.pacing import SlotFile
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream import event_bench
from ansible_collections.streamops.live.tests.unit.support import bench

_TASKS = {**bench.TASKS, **event_bench.TASKS}


class FastClock(Clock):
    """So many seconds in one of the machine's, the same for all processes; both of its clocks go equally fast."""

    def __init__(self, speed: float) -> None:
        self._speed = speed

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(time.time() + time.monotonic() * (self._speed - 1), dt.timezone.utc)

    def monotonic(self) -> float:
        return time.monotonic() * self._speed

    def sleep(self, seconds: float, stop: threading.Event) -> None:
        stop.wait(seconds / self._speed)


def main() -> None:
    """Wait, work, tell."""
    work = json.loads(sys.stdin.readline())
    task = _TASKS[work["task"]]
    validated = ArgumentSpecValidator(task.spec, **task.rules).validate(work["options"])
    assert not validated.error_messages, validated.error_messages
    slots: list[float] = []
    reserve = SlotFile.reserve

    def noted(self: SlotFile, *arguments: Any) -> float:
        slots.append(reserve(self, *arguments))
        return slots[-1]

    SlotFile.reserve = noted  # type: ignore[method-assign]  # what was handed out is what is judged
    context = Context(environment={"TMPDIR": work["folder"], "HOME": work["folder"]}, clock=FastClock(work["speed"]))
    _tell("ready")
    sys.stdin.readline()
    result = run(task, validated.validated_parameters, context)
    _tell(json.dumps({"failed": result.failed, "values": result.values, "slots": slots}))


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
