# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error replies of the Media Services Live API (msl.md, section 6)."""

from __future__ import annotations

import typing as t

from .._core.errors import Conflict, NotFound, StreamOpsError, Throttled, Unauthorized
from .._core.instants import parse_http_date
from .._core.reply import Refusal, Reply
from .._core.transport import Service

_CLOCK_WINDOW = 30

# Words of documented refusals, in lower case, that say more than their status does.
_ABSENT = "requested stream does not exist"
_IN_USE = "active streams existing"
_CLOCK = "invalid timestamp"
_BURST = "ipblock-burst"


def read_refusal(reply: Reply) -> Refusal:
    """Read a problem document (``title``, ``detail``, ``errors[]``) or the other shape (``code``, ``details[]``)."""
    try:
        body = reply.json()
    except ValueError:
        return Refusal()
    if not isinstance(body, dict):
        return Refusal()
    details = [_text(body.get("detail"))]
    for nested in _entries(body.get("errors")):
        details.append(_text(nested.get("detail")) or _text(nested.get("title")))
    for nested in _entries(body.get("details")):
        words = _text(nested.get("message")) or _text(nested.get("code"))
        field = _text(nested.get("field"))
        details.append(f"{field}: {words}" if field and words else words or field)
    details.append(_text(body.get("resolution")))
    return Refusal(
        title=_text(body.get("title")),
        code=_text(body.get("code")),
        details=tuple(detail for detail in details if detail),
        request_id=_text(body.get("instance")) or _text(body.get("incidentId")),
    )


def is_burst(reply: Reply) -> bool:
    """Whether the gateway blocks a burst: it answers 400, though nothing is wrong with the request."""
    return reply.status in (400, 403) and _BURST in _words(read_refusal(reply), reply)


def refine(reply: Reply, refusal: Refusal) -> StreamOpsError | None:
    """The errors whose meaning is not their status: 400 for an unknown stream, an origin in use, a wrong clock."""
    words = _words(refusal, reply)
    if is_burst(reply):
        return _with(
            Throttled,
            "the gateway blocked a burst of requests and did not open again",
            reply,
            refusal,
            advice="Run the task again later, or with fewer tasks at the same time",
        )
    if reply.status in (400, 401) and _CLOCK in words:
        return _with(
            Unauthorized,
            f"the service refused the time of the signature; {clock_difference(reply)}",
            reply,
            refusal,
            advice="Set the clock of the machine that runs the task, for example with NTP",
        )
    if reply.status in (400, 404) and _ABSENT in words:
        return _with(NotFound, f"the service answered {reply.status} ({refusal.sentence()})", reply, refusal)
    if reply.status == 400 and _IN_USE in words:
        return _with(
            Conflict,
            f"the service answered 400 ({refusal.sentence()})",
            reply,
            refusal,
            advice="Delete its streams first",
        )
    if reply.status == 400 and "pep-authn" in words:
        return _with(
            Unauthorized,
            f"the gateway answered 400 ({refusal.sentence()})",
            reply,
            refusal,
            advice="Check the credentials",
        )
    return None


def clock_difference(reply: Reply) -> str:
    """How far the local clock is from the service's, from the reply's ``Date``."""
    at_service = parse_http_date(reply.headers.get("Date"))
    if at_service is None:
        return "by how much the clock is off is not known"
    ahead = (reply.received_at - at_service).total_seconds()
    if abs(ahead) <= _CLOCK_WINDOW:
        return "yet this machine's clock agrees with the service's, so the request was long under way"
    return f"this machine's clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the service's"


SERVICE = Service("Media Services Live", read_refusal, is_burst, refine)


def _with(kind: type[StreamOpsError], message: str, reply: Reply, refusal: Refusal, advice: str = "") -> StreamOpsError:
    return kind(
        message,
        advice=advice,
        status=reply.status,
        code=refusal.code,
        title=refusal.title,
        details=refusal.details,
        request_id=refusal.request_id,
    )


def _words(refusal: Refusal, reply: Reply) -> str:
    return " ".join([refusal.title or "", refusal.code or "", *refusal.details, reply.text(400)]).lower()


def _text(value: t.Any) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value) else None


def _entries(value: t.Any) -> list[t.Mapping[str, t.Any]]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
