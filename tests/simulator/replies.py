# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Request and reply as the simulated services see them, free of the HTTP library."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass
class Call:
    """One request that has come in."""

    method: str
    scheme: str
    host: str
    #: Path and query as sent.
    target: str
    #: Path as sent, without the service's base.
    path: str
    #: Query parameters, decoded, in the order sent; a name may be there twice.
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    raw_body: bytes
    now: datetime
    #: Address of the simulator, without a trailing slash.
    base_url: str
    #: accountSwitchKey or merchant that the request is about.
    account: str | None = None

    @property
    def query_dict(self) -> dict[str, str]:
        """Query parameters by name; of a repeated one the last."""
        return dict(self.query)

    def json(self) -> Any:
        """The body.

        :raises ValueError: when it is not JSON.
        """
        return json.loads(self.raw_body)


@dataclass
class Reply:
    """The answer: ``body`` is a JSON value, bytes, or None for no body at all."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"

    def encoded(self) -> bytes:
        """Bytes of the body."""
        if self.body is None:
            return b""
        if isinstance(self.body, bytes):
            return self.body
        return json.dumps(self.body, ensure_ascii=False).encode()


class Refusal(Exception):
    """Raised by a rule that refuses the request; carries the reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(f"{reply.status} {reply.body}")
        self.reply = reply


def gateway_problem(call: Call, status: int, title: str, detail: str, kind: str = "deny") -> Reply:
    """A problem document of the API gateway that checks the signature (reference msl, section 6)."""
    body = {
        "type": f"https://problems.luna.akamaiapis.net/-/pep-authn/{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": f"{call.base_url}{call.target}",
        "method": call.method,
        "serverIp": "192.0.2.10",
        "clientIp": "192.0.2.20",
        "requestId": uuid.uuid4().hex[:8],
        "requestTime": call.now.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return Reply(status, body, content_type="application/problem+json")
