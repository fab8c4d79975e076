# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator remembers of every request."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

WRITE_METHODS = ("POST", "PUT", "DELETE", "PATCH")


@dataclass
class RecordedRequest:
    """One request and what became of it."""

    #: msl, smartstream or unknown.
    service: str
    method: str
    #: As sent, without the service's base: ``/origins/5``, ``/live_events/ref:show%201/start``.
    path: str
    query: dict[str, str]
    #: Names are found in any case.
    headers: Mapping[str, str]
    #: Parsed JSON; None when there was no body or it was not JSON.
    body: Any
    #: Seconds since the epoch, by the machine's clock.
    at: float
    #: accountSwitchKey (MSL) or merchant (SmartSTREAM).
    account: str | None = None
    #: Status answered; None when no answer was sent.
    status: int | None = None
    #: Kind of the fault that hit the request.
    fault: str | None = None
    #: Status of the service's own answer, sent or not; None when the request was not carried out.
    true_status: int | None = None

    @property
    def is_token_request(self) -> bool:
        """A SmartSTREAM log-in."""
        return self.service == "smartstream" and self.path.startswith("/auth-token")

    @property
    def is_key_generation(self) -> bool:
        """A GET that makes the service invent a new key."""
        return self.service == "msl" and self.method == "GET" and self.path == "/generate-key"

    @property
    def is_write(self) -> bool:
        """A request that is meant to change a resource, accepted or not."""
        return self.method in WRITE_METHODS and not self.is_token_request

    @property
    def is_done(self) -> bool:
        """A write that the service has carried out, whether or not its answer arrived."""
        return self.is_write and self.true_status is not None and self.true_status < 300

    def as_dict(self) -> dict[str, Any]:
        """JSON form."""
        members = dict(vars(self))
        members["headers"] = dict(self.headers)
        members["write"] = self.is_write
        return members


class Recording:
    """The list of requests, safe to read while others come in."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: list[RecordedRequest] = []
        self._violations: list[RecordedRequest] = []
        self._frozen = 0
        # Over the whole life, whatever is cleared or reset: what a suite of many playbooks adds up to.
        self._lifetime = {"frozen_sections": 0, "frozen_requests": 0, "frozen_writes": 0, "frozen_key_generations": 0}

    def add(self, request: RecordedRequest) -> bool:
        """Remember a request; true when it breaks the freeze and must not be carried out."""
        with self._lock:
            self._requests.append(request)
            if not self._frozen:
                return False
            self._lifetime["frozen_requests"] += 1
            self._lifetime["frozen_writes"] += request.is_write
            self._lifetime["frozen_key_generations"] += request.is_key_generation
            broken = request.is_write or request.is_key_generation
            if broken:
                self._violations.append(request)
            return broken

    @property
    def frozen(self) -> int:
        """How many freezes are open; writes and key generations are refused while there is one."""
        return self._frozen

    @frozen.setter
    def frozen(self, depth: int) -> None:
        with self._lock:
            self._lifetime["frozen_sections"] += depth > self._frozen
            self._frozen = depth

    @property
    def requests(self) -> list[RecordedRequest]:
        """All requests since the last clear, in the order they came."""
        with self._lock:
            return list(self._requests)

    @property
    def violations(self) -> list[RecordedRequest]:
        """Writes and key generations that came while the simulator was frozen. A clear keeps them."""
        with self._lock:
            return list(self._violations)

    def clear(self) -> None:
        """Forget the requests."""
        with self._lock:
            self._requests.clear()

    def clear_violations(self) -> None:
        """Forget the violations."""
        with self._lock:
            self._violations.clear()

    def summary(self) -> dict[str, int]:
        """Counts since the last clear; violations since the last reset; frozen sections over the whole life."""
        requests = self.requests
        return {
            "requests": len(requests),
            "writes": sum(request.is_write for request in requests),
            "key_generations": sum(request.is_key_generation for request in requests),
            "token_requests": sum(request.is_token_request for request in requests),
            "throttled": sum(request.status == 429 for request in requests),
            "violations": len(self.violations),
            **self._lifetime,
        }
