# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a service that works asynchronously."""

from __future__ import annotations

import dataclasses
import enum
import typing as t

from .._core.context import Context
from .._core.errors import ProvisioningFailed, StreamOpsError, Throttled, TimedOut, Unavailable

Seen = t.TypeVar("Seen")

# A job's log that says nothing for longer than this looks dead.
_LONGEST_SILENCE = 300.0


class Stage(enum.Enum):
    """How far a resource is."""

    PENDING = "pending"
    READY = "ready"
    FAILED = "failed"


@dataclasses.dataclass(frozen=True)
class Progress:
    """How far a resource is, with the service's own word for it and its message."""

    stage: Stage
    status: str = ""
    message: str = ""


@dataclasses.dataclass(frozen=True)
class Waiting:
    """Whether and how long to wait, in seconds."""

    wanted: bool = False
    timeout: float = 10800.0
    interval: float = 60.0


def wait_for(
    read: t.Callable[[], Seen],
    judge: t.Callable[[Seen], Progress],
    *,
    waiting: Waiting,
    context: Context,
    label: str,
    first: Seen | None = None,
    confirmations: int = 1,
) -> Seen:
    """Read again and again until the judge says ready as often in a row as asked.

    Passing trouble of a read is endured until the timeout.

    :param label: What is waited for, for messages ("stream 'news'").
    :param first: What was seen just now; None reads at once.
    :returns: What was seen last.
    :raises ProvisioningFailed: The judge says failed.
    :raises TimedOut: The timeout passed; the message says the last status.
    """
    clock = context.clock
    began = told_at = clock.monotonic()
    told = ""
    agreed = 0
    seen = first
    trouble: StreamOpsError | None = None
    while True:
        if seen is None:
            try:
                seen, trouble = read(), None
            except (Unavailable, Throttled, TimedOut) as error:
                trouble = error
        passed = clock.monotonic() - began
        status = f"no answer ({trouble.message})" if trouble else ""
        if trouble is None:
            progress = judge(t.cast(Seen, seen))
            status = progress.status
            if progress.stage is Stage.FAILED:
                raise ProvisioningFailed(
                    f"the service reports {progress.status}" + (f": {progress.message}" if progress.message else ""),
                    advice="Mend what the message names, then update the resource or delete and create it anew",
                    details=[progress.message] if progress.message else [],
                )
            agreed = agreed + 1 if progress.stage is Stage.READY else 0
            if agreed >= confirmations:
                return t.cast(Seen, seen)
        if status != told or clock.monotonic() - told_at >= _LONGEST_SILENCE:
            context.report.tell(
                f"Waiting for {label}: {status}, {passed:.0f} s so far, giving up after {waiting.timeout:.0f} s."
            )
            told, told_at = status, clock.monotonic()
        left = waiting.timeout - passed
        if left <= 0:
            raise TimedOut(
                f"{label} is still {status} after {passed:.0f} s",
                advice="The service goes on by itself: run the task again later, or raise wait_timeout",
            )
        clock.sleep(min(waiting.interval, left))
        seen = None
