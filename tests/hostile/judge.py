# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold of a task whatever its options and the service's answers are."""

from __future__ import annotations

import json
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._module.task import Result, Task, run
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream import event_bench
from ansible_collections.streamops.live.tests.unit.support import bench, sample_tasks
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

TASKS: dict[str, Task] = {**bench.TASKS, **event_bench.TASKS}
KINDS = frozenset(
    {
        "invalid", "unauthorized", "forbidden", "not_found", "conflict", "throttled", "unavailable", "timeout", "ambiguous",
        "immutable", "provisioning_failed", "unexpected_response",
    }
)  # fmt: skip


class TooManyRequests(BaseException):
    """The task goes on for ever; no part of it may catch this."""


class ImpatientClock(SkippingClock):
    """Ends a task that waits and waits."""

    def sleep(self, seconds: float, stop: Any = None) -> None:
        super().sleep(seconds, stop)
        if len(self.slept) > 500:
            raise TooManyRequests("500 waits")


def connection(sim: Simulator, task: Task) -> dict[str, Any]:
    """The connection options of a task, without a pace."""
    if "edgerc" in task.spec:
        return sample_tasks.connection(sim, "msl_")
    return {**sample_tasks.connection(sim, "smartstream_"), "requests_per_minute": 0}


def validated(task: Task, options: dict[str, Any]) -> dict[str, Any] | None:
    """The options as the task gets them; None where Ansible refuses them."""
    result = ArgumentSpecValidator(task.spec, **task.rules).validate(options)
    return None if result.error_messages else dict(result.validated_parameters)


def ran(task: Task, options: dict[str, Any], *, check: bool = False) -> Result:
    """Run a task with validated options and judge how it ended.

    :raises AssertionError: It ended neither well nor with a typed error.
    """
    context = Context(check=check, environment={"HOME": "/nonexistent"}, clock=ImpatientClock())
    result = run(task, options, context)
    values = json.loads(json.dumps([result.values, context.report.warnings]))[0]
    if result.failed:
        assert values["error"]["kind"] in KINDS
        assert values["msg"].endswith((".", "!", "?")), values["msg"]
        assert "Traceback" not in values["msg"]
        assert isinstance(values["actions"], list)
    else:
        assert isinstance(values["changed"], bool)
        assert isinstance(values["api_calls"], int)
    return result
