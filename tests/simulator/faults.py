# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on request: which there are, and which requests they hit."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, field
from typing import Any

#: Kind -> whether the request is carried out before the fault shows. ``carried_out`` overrides it.
KINDS = {
    "status": False,
    "throttled": False,
    "burst": False,
    "clock": False,
    "unauthorized": False,
    "html": False,
    "redirect": False,
    "huge": False,
    "echo": False,
    "reset_before": False,
    "timeout_before": False,
    "reset_after": True,
    "timeout_after": True,
    "slow": True,
    "truncated": True,
    "empty": True,
    "wrong_type": True,
    "body": True,
    "call": True,
    "restart": False,
}


@dataclass
class Fault:
    """One fault: the matching requests after ``skip`` are hit, ``times`` times (None: for ever)."""

    kind: str
    method: str | None = None
    path: str | None = None
    skip: int = 0
    times: int | None = 1
    details: dict[str, Any] = field(default_factory=dict)

    def matches(self, service: str, method: str, path: str) -> bool:
        """Whether the fault is meant for such a request."""
        return (
            self.details.get("service") in (None, service)
            and self.method in (None, method)
            and (self.path is None or re.search(self.path, path) is not None)
        )

    @property
    def carried_out(self) -> bool:
        """Whether the request does its work before the fault shows."""
        return bool(self.details.get("carried_out", KINDS[self.kind]))

    @property
    def seconds(self) -> float:
        """How long a slow or a missing answer takes, in seconds."""
        return float(self.details.get("seconds", 60.0 if self.kind.startswith("timeout") else 0.5))


class Faults:
    """Faults that wait for their requests, in the order they were added."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Fault] = []

    def add(
        self,
        kind: str,
        method: str | None = None,
        path: str | None = None,
        skip: int = 0,
        times: int | None = 1,
        **details: Any,
    ) -> Fault:
        """Add a fault. ``path`` is a regular expression on the path without the service's base.

        :raises ValueError: when the kind is unknown.
        """
        if kind not in KINDS:
            raise ValueError(f"no fault of kind {kind!r}; there are {', '.join(KINDS)}")
        fault = Fault(kind, method.upper() if method else None, path, skip, times, details)
        with self._lock:
            self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        """Take all faults away."""
        with self._lock:
            self._waiting.clear()

    def pick(self, service: str, method: str, path: str) -> Fault | None:
        """The fault that hits this request. Earlier matches use up the ``skip`` of every waiting fault."""
        with self._lock:
            for fault in self._waiting:
                if not fault.matches(service, method, path):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._waiting.remove(fault)
                return fault
        return None
