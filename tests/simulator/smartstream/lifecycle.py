# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The life of a live event. Only a few of its rules are documented; the rest is the simulator's assumption.

Documented: after a stop an event must be reset before it can start again; a start, stop, reset or cancel can be
refused with its own code; the deletion of a running event takes effect after it has stopped.
Assumed: which steps are refused, and that an event that was cancelled or has failed wants a reset as well.
"""

from __future__ import annotations

from ..settings import SmartstreamSettings

PENDING = "encode_status_pending"
RUNNING = "encode_status_running"

#: action -> phases it is accepted in -> phase that follows at once. Everywhere else it is refused.
STEPS = {
    "start": {"idle": "starting"},
    "stop": {"running": "stopping", "starting": "stopping"},
    "reset": {"stopped": "idle", "cancelled": "idle", "failed": "idle"},
    "cancel": {"idle": "cancelled", "starting": "cancelled", "running": "cancelled"},
}

#: Phases that end by themselves, with the phase that follows.
ASYNCHRONOUS = {"starting": "running", "stopping": "stopped"}

#: Phases in which a deletion has to wait.
ON_AIR = ("starting", "running", "stopping")

REFUSALS = {
    "start": "FAILED_TO_START",
    "stop": "FAILED_TO_STOP",
    "reset": "FAILED_TO_RESET",
    "cancel": "FAILED_TO_CANCEL",
}


def status_of(phase: str, before: str, settings: SmartstreamSettings) -> str:
    """encode_status of a phase; ``before`` is the status of the phase left. A stopping event keeps it."""
    statuses = {
        "idle": PENDING,
        "starting": PENDING,
        "running": RUNNING,
        "stopping": before,
        "stopped": settings.stopped_status,
        "cancelled": settings.cancelled_status,
        "failed": settings.failed_status,
    }
    return statuses[phase]


def phase_of(status: str | None, settings: SmartstreamSettings) -> str:
    """The phase that a status set by hand stands for. A status that is not known stands for no phase."""
    phases = {
        settings.failed_status: "failed",
        settings.cancelled_status: "cancelled",
        settings.stopped_status: "stopped",
        RUNNING: "running",
        PENDING: "idle",
    }
    return phases.get(status or "", "unknown")
