# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module entry: the one place below ``modules/`` that knows ``AnsibleModule``."""

from __future__ import annotations

import os
import signal
import threading
import typing as t

from ansible.module_utils import basic
from ansible.module_utils.common.parameters import remove_values

from .._core.context import Context, Report
from .._core.deadline import stop_in_time
from .._core.wait_part import wait_part
from .task import Task, run


class _ModuleReport(Report):
    def __init__(self, module: basic.AnsibleModule) -> None:
        super().__init__()
        self._module = module

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            self._module.warn(text)
        super().warn(text)


def run_module(task: Task) -> None:
    """Run a task as a module and exit."""
    # Looked up now: ansible-lint puts a class in its place that checks options and runs nothing.
    module = basic.AnsibleModule(argument_spec=task.spec, supports_check_mode=True, **task.rules)
    context = Context(
        check=module.check_mode,
        environment=dict(os.environ),
        report=_ModuleReport(module),
        part=wait_part(os.environ),
    )
    context.scrubber.learn_all(module.no_log_values)
    _stop_on_signals(context.stop)
    stop_in_time(os.environ, context.stop)
    result = run(task, module.params, context)
    if not module._diff:
        result.values.pop("diff", None)
    if result.failed:
        module.fail_json(**result.values)
    if result.handed_on & module.no_log_values:
        # A service may hand out the very token that stands in the options: it is hidden there, and only there.
        module.params = remove_values(module.params, module.no_log_values)
        module.no_log_values -= result.handed_on
    module.exit_json(**result.values)


def _stop_on_signals(stop: threading.Event) -> None:
    """An interrupted module starts no further write and says what it had done."""

    def told_to_stop(number: int, frame: t.Any) -> None:
        stop.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told_to_stop)
