# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SmartSTREAM API: addresses, tokens, budget, and the table of operations."""

from __future__ import annotations

import math
from collections.abc import Callable
from urllib.parse import unquote

from ..budget import Window
from ..replies import Call, Reply
from ..settings import SmartstreamSettings
from . import operations
from .lifecycle import STEPS
from .merchant import Merchant
from .operations import Work
from .problems import Problem

BASE = "/v1/merchants"
_TOKEN_PATH = "/auth-token/"

#: method, collection, whether one resource is addressed, whether an action is.
_OPERATIONS: dict[tuple[str, str, bool, bool], Callable[[Work], Reply]] = {
    ("GET", "live_events", True, False): operations.get_event,
    ("GET", "live_events", False, False): operations.list_events,
    ("POST", "live_events", False, False): operations.create_event,
    ("PUT", "live_events", True, False): operations.update_event,
    ("DELETE", "live_events", True, False): operations.delete_event,
    ("POST", "live_events", True, True): operations.step_event,
    ("GET", "live_event_profiles", True, False): operations.get_profile,
    ("GET", "live_event_profiles", False, False): operations.list_profiles,
}
_COLLECTIONS = {collection for _method, collection, _one, _action in _OPERATIONS}


class SmartstreamService:
    """The API as a whole. It does not know the HTTP server."""

    name = "smartstream"

    def __init__(self, settings: SmartstreamSettings, merchant: Merchant) -> None:
        self._settings = settings
        self._merchant = merchant
        self._window = Window(settings.budget)

    def locate(self, call: Call) -> tuple[str | None, str]:
        """Merchant, decoded, and the path below it, as sent."""
        merchant, _slash, rest = call.path.lstrip("/").partition("/")
        return unquote(merchant), f"/{rest}"

    def answer(self, call: Call) -> Reply:
        """Carry a request out."""
        try:
            logging_in = call.path.startswith("/auth-token")
            if self._settings.token_requests_count or not logging_in:
                limited = self._limited(call)
                if limited is not None:
                    return limited
            return self._carry_out(call)
        except Problem as problem:
            return problem.reply(self._settings)

    def error(self, status: int, code: str) -> Reply:
        """A documented error, with another status if need be."""
        reply = Problem(code).reply(self._settings)
        reply.status = status
        return reply

    def _limited(self, call: Call) -> Reply | None:
        standing = self._window.take(call.now)
        if standing is None or standing.allowed:
            return None
        reply = Problem("TOO_MANY_REQUESTS").reply(self._settings)
        if self._settings.retry_after:
            reply.headers["Retry-After"] = str(max(1, math.ceil((standing.next_at - call.now).total_seconds())))
        return reply

    def _carry_out(self, call: Call) -> Reply:
        if call.path == _TOKEN_PATH:
            if call.method != "POST":
                raise Problem("METHOD_NOT_ALLOWED")
            return operations.log_in(Work(self._merchant, "", False, "", call.query, _body(call)))
        collection, *rest = call.path.lstrip("/").split("/")
        if collection not in _COLLECTIONS or len(rest) > 2 or "" in rest:
            raise Problem("NOT_FOUND")
        self._check_token(call)
        if len(rest) == 2 and rest[1] not in STEPS:
            raise Problem("NOT_FOUND")
        operation = _OPERATIONS.get((call.method, collection, bool(rest), len(rest) == 2))
        if operation is None:
            raise Problem("METHOD_NOT_ALLOWED")
        address = rest[0] if rest else ""
        by_ref = address.startswith("ref:")
        action = rest[1] if len(rest) == 2 else ""
        return operation(
            Work(self._merchant, unquote(address.removeprefix("ref:")), by_ref, action, call.query, _body(call))
        )

    def _check_token(self, call: Call) -> None:
        scheme, _space, token = call.headers.get("Authorization", "").partition(" ")
        key_fits = call.headers.get("X-Streaks-Api-Key") == self._merchant.api_key
        if scheme != "Bearer" or not self._merchant.valid_token(token) or call.account != self._merchant.merchant_id:
            raise Problem("UNAUTHORIZED")
        if self._settings.api_key_required and not key_fits:
            raise Problem("UNAUTHORIZED")


def _body(call: Call) -> object:
    """Parsed JSON; None without a body. Anything else than JSON is refused."""
    if not call.raw_body:
        return None
    if call.headers.get("Content-Type", "").split(";")[0].strip().lower() != "application/json":
        raise Problem("BAD_REQUEST")
    try:
        return call.json()
    except ValueError:
        raise Problem("BAD_REQUEST") from None
