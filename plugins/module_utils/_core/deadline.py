# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task's own time limit, as the action plugin tells it to a module.

Ansible ends a task at its ``timeout`` and leaves its module running.
"""

from __future__ import annotations

import threading
import typing as t

TIME_LIMIT = "STREAMOPS_TIME_LIMIT"
# Seconds before the limit: what is under way ends, and the result finds its way back. Of a short limit, half.
HEADROOM = 2.0


def stop_in_time(environment: t.Mapping[str, str], stop: threading.Event) -> None:
    """Set the event shortly before the time limit, where there is one."""
    try:
        seconds = float(environment.get(TIME_LIMIT) or "")
    except ValueError:
        return
    timer = threading.Timer(max(0.0, seconds - min(HEADROOM, seconds / 2)), stop.set)
    timer.daemon = True
    timer.start()
