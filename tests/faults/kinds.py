# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of faults, and which kinds of failure each may lead to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_NEVER: frozenset[str] = frozenset()
_OPEN = frozenset({"ambiguous"})
_DENIED = frozenset({"unauthorized"})


@dataclass(frozen=True)
class Trouble:
    """One kind of fault.

    :ivar name: How cells are named.
    :ivar kind: The simulator's word for it.
    :ivar reads: Kinds of failure that are right where it hits a request that only reads.
    :ivar writes: The same where it hits a write.
    :ivar logins: The same where it hits a log-in.
    :ivar repeated: What is right besides where it hits three requests in a row.
    :ivar service: The only service that it can happen to; None: both.
    :ivar down: Nobody listens at the request, until the client waits; "before" the request or "at" it.
    :ivar revokes: Every token ends right before the request.
    :ivar timeout: Seconds that the task waits for an answer; None: as usual.
    """

    name: str
    kind: str
    details: Mapping[str, Any] = field(default_factory=dict)
    reads: frozenset[str] = _NEVER
    writes: frozenset[str] = _NEVER
    logins: frozenset[str] = _NEVER
    repeated: frozenset[str] = _NEVER
    service: str | None = None
    down: str = ""
    revokes: bool = False
    timeout: float | None = None

    def allowed(self, *, wrote: bool, logged_in: bool, times: int) -> frozenset[str]:
        """The kinds of failure that are right, by what it hit and how often."""
        hit = ((wrote, self.writes), (logged_in, self.logins), (times > 1, self.repeated))
        return self.reads.union(*(kinds for applies, kinds in hit if applies))


def _status(status: int, logins: frozenset[str] = _NEVER, repeated: frozenset[str] = _NEVER) -> Trouble:
    return Trouble(str(status), "status", {"status": status}, writes=_OPEN, logins=logins, repeated=repeated)


_FAILED = frozenset({"unavailable"})
_STRANGE = frozenset({"unexpected_response"})
# A client that waits for so long takes a second at most, and the answers come from the same machine.
_SHORT = 0.4

TROUBLES: tuple[Trouble, ...] = (
    *(
        Trouble(f"429 {form}", "throttled", {"form": form})
        for form in ("next", "retry_after", "retry_after_date", "none")
    ),
    Trouble("burst", "burst", service="msl"),
    # One more try and no other, for reads only: the service itself has failed.
    _status(500, _FAILED, _FAILED),
    _status(502),
    _status(503),
    _status(504),
    Trouble("refused connection", "call", down="before"),
    Trouble("reset before", "reset_before", writes=_OPEN),
    Trouble("reset after", "reset_after", writes=_OPEN),
    Trouble("timeout before", "timeout_before", {"seconds": _SHORT * 3}, writes=_OPEN, timeout=_SHORT),
    Trouble("timeout after", "timeout_after", {"seconds": _SHORT * 3}, writes=_OPEN, timeout=_SHORT),
    Trouble("truncated", "truncated", writes=_OPEN),
    Trouble("page", "html", reads=_STRANGE, writes=_OPEN),
    Trouble("page after", "html", {"carried_out": True}, reads=_STRANGE, writes=_OPEN),
    Trouble("empty", "empty", reads=_STRANGE, writes=_OPEN),
    Trouble("wrong type", "wrong_type"),
    Trouble("signature refused", "unauthorized", reads=_DENIED, writes=_DENIED, service="msl"),
    Trouble("token refused", "unauthorized", logins=_DENIED, repeated=_DENIED, service="smartstream"),
    Trouble("token ended", "call", repeated=_DENIED, service="smartstream", revokes=True),
    Trouble("clock", "clock", {"offset": 300}, reads=_DENIED, writes=_DENIED, service="msl"),
    Trouble("restart", "restart", writes=_OPEN, down="at"),
)
