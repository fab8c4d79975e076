# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is asked of a wait that is divided into several calls of a module."""

from __future__ import annotations

import dataclasses
import typing as t

from ..module_utils._module.specs import in_seconds
from ..module_utils._module.task import Task

# Seconds of a call that looks more than once. Each begins with a look, so that where looks are to be rare one is enough.
SLICE = 60


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
        return SLICE if self.interval <= SLICE / 2 else 0

    @property
    def pause(self) -> int:
        """How long nothing is called."""
        return 0 if self.share else self.interval

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
