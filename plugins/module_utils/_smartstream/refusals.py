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

BAD_REQUEST = "BAD_REQUEST"
EVENT_NOT_FOUND = "LIVE_EVENT_NOT_FOUND"
PROFILE_NOT_FOUND = "LIVE_EVENT_PROFILE_NOT_FOUND"

# Every documented code looks so. One word alone may be any word where more text follows ("HTTP error").
_CODE = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_CODE_IN_TEXT = re.compile(r"\s*([A-Z]+(?:_[A-Z]+)+)\b")
_LONGEST_TEXT = 500

# Code -> what it means for the task, and what the user can do.
_MEANINGS: dict[str, tuple[type[StreamOpsError], str]] = {
    BAD_REQUEST: (InvalidInput, "Check the options; the service does not say which one it means"),
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
    """Read code and message, wherever they stand.

    They are looked for at the top, in ``error``, and in the first of ``errors`` or of a bare list (section 7). Where none
    of these places has a code, a message may begin with it, and so may plain text. A number is no code: it repeats
    the status.
    """
    try:
        body = reply.json()
    except ValueError:
        return Refusal() if is_html(reply) else _from_texts([reply.text(_LONGEST_TEXT)])
    places = _places(body)
    texts = [text for text in (place.get("message") for place in places) if isinstance(text, str) and text]
    code = next((code for code in (place.get("code") for place in places) if _is_code(code)), None)
    if code is not None:
        return _refusal(code, texts)
    if not texts and isinstance(body, list) and body:
        texts = [reply.text(_LONGEST_TEXT)]
    return _from_texts(texts)


def _places(body: t.Any) -> list[t.Mapping[str, t.Any]]:
    """The objects that may have a code or a message; a text that stands for one of them is made one."""
    if isinstance(body, str):
        return [{"message": body[:_LONGEST_TEXT]}]
    top = _first(body)
    found = [top, _first(top.get("error")), _first(top.get("errors"))] if isinstance(top, dict) else [top]
    as_objects = [
        {"code" if _is_code(place) else "message": place[:_LONGEST_TEXT]} if isinstance(place, str) else place
        for place in found
    ]
    return [place for place in as_objects if isinstance(place, dict)]


def _first(value: t.Any) -> t.Any:
    """The first of a list; anything else is itself."""
    return (value[0] if value else None) if isinstance(value, list) else value


def _from_texts(texts: t.Sequence[str]) -> Refusal:
    """A refusal whose code, if it has any, is the beginning of a text."""
    for place, text in enumerate(texts):
        found = _CODE_IN_TEXT.match(text)
        if found is not None:
            return _refusal(found[1], [*texts[:place], text[found.end() :].lstrip(" :-"), *texts[place + 1 :]])
    return _refusal(None, texts)


def _refusal(code: str | None, texts: t.Iterable[str]) -> Refusal:
    message = next((text for text in texts if text and text != code), None)
    return Refusal(code=code, details=(message,) if message else ())


def _is_code(value: t.Any) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


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
