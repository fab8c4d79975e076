# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error replies of the SmartSTREAM API (smartstream.md, sections 4 and 7).

The documents list status, code and message and do not show a body, so every shape that is known of the engine
behind the service is read. Decisions follow status and code, never the message, whose language varies.
"""

from __future__ import annotations

import re
import typing as t

from .._core.errors import Conflict, Forbidden, InvalidInput, NotFound, StreamOpsError, Unauthorized, UnexpectedResponse
from .._core.reply import Refusal, Reply
from .._core.transport import Service

EVENT_NOT_FOUND = "LIVE_EVENT_NOT_FOUND"
PROFILE_NOT_FOUND = "LIVE_EVENT_PROFILE_NOT_FOUND"

_CODE_IN_TEXT = re.compile(r"\s*([A-Z]+(?:_[A-Z]+)+)\b")
_LONGEST_TEXT = 500

# Code -> what it means for the task, and what the user can do.
_MEANINGS: dict[str, tuple[type[StreamOpsError], str]] = {
    "BAD_REQUEST": (InvalidInput, "Check the options; the service does not say which one it means"),
    "FAILED_TO_SAVE": (InvalidInput, "Check the options, above all ref_id and the schedule"),
    "FAILED_TO_UPDATE": (
        Conflict,
        "Check the options, above all ref_id and the schedule; a running event may have to stop first",
    ),
    "FAILED_TO_START": (
        Conflict,
        "An event that was stopped must be reset before it can start again: use reset_stopped=true, or state=reset first",
    ),
    "FAILED_TO_STOP": (Conflict, "Look at encode_status and run the task again when the event runs"),
    "FAILED_TO_RESET": (Conflict, "Stop the event first, wait until it does not run, then reset it"),
    "FAILED_TO_CANCEL": (Conflict, "Look at encode_status; an event that has ended may have nothing to cancel"),
    "FAILED_TO_DELETE": (
        Conflict,
        "A deletion may be under way already: that of an event on air takes effect when it has stopped",
    ),
    EVENT_NOT_FOUND: (NotFound, ""),
    PROFILE_NOT_FOUND: (NotFound, "Give the live_event_profile or live_event_profile_id of one that exists"),
}
# Their own words would mislead: the documents give a missing event the text of a failed log-in.
_OWN_WORDS = {
    EVENT_NOT_FOUND: "the service has no such live event",
    PROFILE_NOT_FOUND: "the service has no such live event profile",
}
_NOT_PERMITTED = "The token may have ended, the user may lack the role for this, or api_key may be missing or wrong"
_LOGIN_FAILED = "Check mail_address, password, merchant_id and api_key"


def read_refusal(reply: Reply) -> Refusal:
    """Read code and message: at the top, in an ``error`` object or text, in the first of ``errors``, or in plain text."""
    try:
        body = reply.json()
    except ValueError:
        return _from_text(reply)
    if not isinstance(body, t.Mapping):
        return Refusal()
    errors = body.get("errors")
    nested = [body.get("error"), errors[0] if isinstance(errors, list) and errors else None]
    places = [body, *(place for place in nested if isinstance(place, t.Mapping))]
    places += [{"code": place} for place in nested if isinstance(place, str)]
    code = next((_text(place.get("code")) for place in places if _text(place.get("code"))), None)
    message = next((_text(place.get("message")) for place in places if _text(place.get("message"))), None)
    return Refusal(code=code, details=(message,) if message else ())


def _from_text(reply: Reply) -> Refusal:
    if is_html(reply):
        return Refusal()
    text = reply.text(_LONGEST_TEXT)
    found = _CODE_IN_TEXT.match(text)
    if found is None:
        return Refusal(details=(text,) if text else ())
    rest = text[found.end() :].lstrip(" :-")
    return Refusal(code=found[1], details=(rest,) if rest else ())


def is_html(reply: Reply) -> bool:
    """Whether a page for people came back: from a proxy, or from an address that is no API."""
    return "html" in (reply.headers.get("Content-Type") or "").lower()


def refine(reply: Reply, refusal: Refusal) -> StreamOpsError | None:
    """The errors whose meaning their code tells better than their status."""
    if reply.status == 401:
        return _error(Unauthorized, reply, refusal, _NOT_PERMITTED)
    if reply.status == 403:
        return _error(Forbidden, reply, refusal, "The user lacks the role for this")
    if reply.status == 404 and is_html(reply):
        return _error(UnexpectedResponse, reply, refusal, "Check api_url and merchant_id")
    if 400 <= reply.status < 500 and refusal.code in _MEANINGS:
        kind, advice = _MEANINGS[refusal.code]
        return _error(kind, reply, refusal, advice)
    if reply.status == 404:
        return _error(NotFound, reply, refusal, "Check api_url and merchant_id")
    return None


def refine_login(reply: Reply, refusal: Refusal) -> StreamOpsError | None:
    """The same for the request of a token."""
    if reply.status in (400, 401, 403):
        return _error(Unauthorized, reply, refusal, _LOGIN_FAILED)
    return refine(reply, refusal)


SERVICE = Service("SmartSTREAM", read_refusal, refine=refine)
LOGIN_SERVICE = Service("SmartSTREAM", read_refusal, refine=refine_login)


def _error(kind: type[StreamOpsError], reply: Reply, refusal: Refusal, advice: str) -> StreamOpsError:
    own = _OWN_WORDS.get(refusal.code or "")
    words = f"{refusal.code}: {own}" if own else refusal.sentence()
    return kind(
        f"SmartSTREAM answered {reply.status}" + (f" ({words})" if words else ""),
        advice=advice,
        status=reply.status,
        code=refusal.code,
        details=refusal.details,
    )


def _text(value: t.Any) -> str | None:
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value) else None
