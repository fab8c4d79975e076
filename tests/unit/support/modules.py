# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's entry through a real AnsibleModule."""

from __future__ import annotations

import contextlib
import json
import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ansible.module_utils import basic


@contextlib.contextmanager
def module_arguments(arguments: dict[str, Any]) -> Iterator[None]:
    """Give AnsibleModule its arguments the way the controller does."""
    given = {"_ansible_remote_tmp": "/tmp", "_ansible_keep_remote_files": False, **arguments}  # noqa: S108 - is not used
    try:
        from ansible.module_utils.testing import patch_module_args
    except ImportError:  # ansible-core before 2.17
        before, basic._ANSIBLE_ARGS = basic._ANSIBLE_ARGS, json.dumps({"ANSIBLE_MODULE_ARGS": given}).encode()
        try:
            yield
        finally:
            basic._ANSIBLE_ARGS = before
        return
    with patch_module_args(given):
        yield


def run_main(
    main: Callable[[], None], arguments: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    """The exit status and the JSON of a module's run.

    Warnings are added to it where another test has loaded the controller's code: they go to the screen then.
    """
    capfd.readouterr()
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        with module_arguments(arguments), pytest.raises(SystemExit) as ended:
            main()
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    printed = capfd.readouterr()
    result = json.loads(printed.out)
    result.setdefault("warnings", [printed.err] if printed.err else [])
    return int(ended.value.code or 0), result
