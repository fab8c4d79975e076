# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Talk to the simulator in the controller's process: a task of uri starts one of its own, and there are hundreds."""

from __future__ import annotations

import json
import typing as t
import urllib.request

from ansible.plugins.action import ActionBase

_TIMEOUT = 30


class ActionModule(ActionBase):
    """``path`` below the simulator's own address, ``method`` and ``body``; the answer is in ``json``."""

    _requires_connection = False

    def run(self, tmp: t.Any = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Send the request, in check mode too: the simulator is not what is under test."""
        result: dict[str, t.Any] = super().run(tmp, task_vars)
        request = urllib.request.Request(
            f"{(task_vars or {})['simulator_url']}/_simulator/{self._task.args['path']}",
            method=self._task.args.get("method", "GET"),
            data=json.dumps(self._task.args["body"]).encode() if "body" in self._task.args else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as answer:
            text = answer.read()
        return {**result, "changed": False, "json": json.loads(text) if text else None}
