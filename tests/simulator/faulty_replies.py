# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a service answers when a fault hits a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from .clock import http_date, iso
from .faults import Fault
from .replies import Call, Reply, gateway_problem

_HTML = "<!DOCTYPE html><html><head><title>Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"


class Failing(Protocol):
    """The part of a service that knows what its errors look like."""

    name: str

    def error(self, status: int, code: str) -> Reply:
        """An error reply in the shape that is set."""


@dataclass
class Hit:
    """A request that a fault has hit; ``reply`` is the true answer where the request was carried out."""

    fault: Fault
    service: Failing
    call: Call
    reply: Reply

    @property
    def details(self) -> dict[str, Any]:
        """Details that the test gave with the fault."""
        return self.fault.details


def faulty_reply(fault: Fault, service: Failing, call: Call, reply: Reply | None) -> Reply:
    """The answer of a fault that does answer; faults of the connection leave the true one as it is."""
    hit = Hit(fault, service, call, reply or Reply(200))
    maker = _MAKERS.get(fault.kind)
    return hit.reply if maker is None else maker(hit)


def _status(hit: Hit) -> Reply:
    details = hit.details
    status = int(details.get("status", 500))
    if "body" in details:
        body = details["body"]
        content_type = details.get("content_type", "application/json")
        return Reply(status, body.encode() if isinstance(body, str) else body, _headers(hit), content_type)
    reply = hit.service.error(status, details.get("code", "SERVER_ERROR"))
    reply.headers |= _headers(hit)
    return reply


def _headers(hit: Hit) -> dict[str, str]:
    return {name: str(value) for name, value in hit.details.get("headers", {}).items()}


def _throttled(hit: Hit) -> Reply:
    seconds = float(hit.details.get("seconds", 1))
    moment = hit.call.now + timedelta(seconds=seconds)
    forms = {
        "next": {"X-RateLimit-Limit": "50", "X-RateLimit-Remaining": "0", "X-RateLimit-Next": iso(moment)},
        "retry_after": {"Retry-After": str(int(seconds))},
        "retry_after_date": {"Retry-After": http_date(moment)},
        "none": {},
    }
    form = hit.details.get("form", "next" if hit.service.name == "msl" else "none")
    return Reply(int(hit.details.get("status", 429)), hit.details.get("body"), forms[form] | _headers(hit))


def _burst(hit: Hit) -> Reply:
    return gateway_problem(hit.call, 400, "Bad request", "WAF deny rule IPBLOCK-BURST4-54013", "request-error")


def _clock(hit: Hit) -> Reply:
    refused = gateway_problem(hit.call, 400, "Bad request", "Invalid timestamp", "request-error")
    refused.headers["Date"] = http_date(hit.call.now + timedelta(seconds=float(hit.details.get("offset", 300))))
    return refused


def _unauthorized(hit: Hit) -> Reply:
    if hit.service.name == "msl":
        return gateway_problem(
            hit.call, 401, "Not authorized", hit.details.get("detail", "The signature does not match")
        )
    return hit.service.error(401, "UNAUTHORIZED")


def _html(hit: Hit) -> Reply:
    body = hit.details.get("body", _HTML).encode()
    return Reply(int(hit.details.get("status", 200)), body, content_type="text/html; charset=utf-8")


def _redirect(hit: Hit) -> Reply:
    location = hit.details.get("location", "https://login.example.com/")
    return Reply(int(hit.details.get("status", 302)), None, {"Location": location})


def _huge(hit: Hit) -> Reply:
    return Reply(200, b'{"padding": "' + b"x" * int(hit.details.get("bytes", 64 * 1024 * 1024)) + b'"}')


def _empty(hit: Hit) -> Reply:
    return Reply(int(hit.details.get("status", hit.reply.status)), None, hit.reply.headers)


def _wrong_type(hit: Hit) -> Reply:
    reply = hit.reply
    return Reply(reply.status, reply.encoded(), reply.headers, hit.details.get("content_type", "text/plain"))


def _echo(hit: Hit) -> Reply:
    """A refusal that repeats what was sent, as a debugging proxy or a careless service does."""
    sent = (
        f"{hit.call.target} {hit.call.headers.get('Authorization', '')} {hit.call.raw_body.decode('utf-8', 'replace')}"
    )
    reply = {"title": sent, "detail": sent, "code": "BAD_REQUEST", "message": sent, "errors": [{"detail": sent}]}
    return Reply(int(hit.details.get("status", 400)), reply)


def _call(hit: Hit) -> Reply:
    """The true answer or a rewritten one, after what the test wanted to happen first.

    Who goes down then, ends the connection with it.
    """
    if hit.details.get("then_down"):
        hit.reply.headers["Connection"] = "close"
    if "rewrite" in hit.details:
        hit.reply.body = hit.details["rewrite"](hit.reply.body)
    return hit.reply


def _body(hit: Hit) -> Reply:
    value = hit.details.get("value")
    body = b"null" if value is None else value.encode() if isinstance(value, str) else value
    status = int(hit.details.get("status", hit.reply.status))
    return Reply(status, body, hit.reply.headers, hit.reply.content_type)


_MAKERS = {
    "status": _status,
    "throttled": _throttled,
    "burst": _burst,
    "clock": _clock,
    "unauthorized": _unauthorized,
    "html": _html,
    "redirect": _redirect,
    "huge": _huge,
    "empty": _empty,
    "wrong_type": _wrong_type,
    "body": _body,
    "call": _call,
    "echo": _echo,
}
