# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The MSL API: gateway, budget, query and body checks, and the table of operations."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..budget import Bucket, Standing
from ..clock import iso
from ..contract import mistakes
from ..replies import Call, Refusal, Reply
from ..settings import Settings
from . import lookup_calls, origins, streams
from .account import Account, Universe
from .edgegrid import Credentials, Verifier
from .problems import Problem, bad_input, refuse_all
from .work import Work

BASE = "/config-media-live/v2/msl-origin"

_CONTRACT: dict[str, Any] = json.loads(Path(__file__).with_name("contract.json").read_text(encoding="utf-8"))

_OPERATIONS: dict[str, Callable[[Work], Reply]] = {
    "GET /streams": streams.list_streams,
    "POST /streams": streams.post_stream,
    "GET /streams/{streamId}": streams.get_stream,
    "PUT /streams/{streamId}": streams.put_stream,
    "DELETE /streams/{streamId}": streams.delete_stream,
    "GET /origins": origins.list_origins,
    "POST /origins": origins.post_origin,
    "GET /origins/cpcodes": lookup_calls.list_origin_cpcodes,
    "GET /origins/{originId}": origins.get_origin,
    "PUT /origins/{originId}": origins.put_origin,
    "DELETE /origins/{originId}": origins.delete_origin,
    "GET /contracts": lookup_calls.list_contracts,
    "GET /cdns": lookup_calls.list_cdns,
    "GET /generate-key": lookup_calls.generate_key,
    "GET /cpcodes": lookup_calls.list_cpcodes,
    "POST /cpcodes": lookup_calls.post_cpcode,
    "GET /publishing-locations": lookup_calls.list_locations,
    "GET /vod-origin": lookup_calls.list_vod_origins,
}

#: Paths with a number in them.
_NUMBERED = re.compile(r"/(streams|origins)/([^/]+)")
_TEMPLATES = {"streams": "/streams/{streamId}", "origins": "/origins/{originId}"}

#: An account, or an account and the contract type it is switched to.
_SWITCH_KEY = re.compile(r"[A-Z0-9]+-[A-Z0-9]+(:[A-Z0-9]+-[A-Z0-9]+)?")


class MslService:
    """The API as a whole. It does not know the HTTP server."""

    name = "msl"

    def __init__(self, settings: Settings, universe: Universe, credentials: Credentials) -> None:
        self._settings = settings
        self._universe = universe
        self._verifier = Verifier(credentials, settings.msl)
        self._bucket = Bucket(settings.budget)

    def locate(self, call: Call) -> tuple[str | None, str]:
        """The accountSwitchKey of a request; it leaves no mark on the path."""
        return call.query_dict.get("accountSwitchKey"), call.path

    def answer(self, call: Call) -> Reply:
        """Carry a request out."""
        try:
            self._verifier.check(call)
        except Refusal as refusal:
            return refusal.reply
        standing = self._bucket.take(call.now)
        if standing is not None and not standing.allowed:
            return Reply(429, None, _rate_headers(standing) | {"X-RateLimit-Next": iso(standing.next_at)})
        try:
            reply = self._carry_out(call)
        except Problem as problem:
            reply = problem.refusal(self._settings.msl).reply
        if standing is not None:
            reply.headers = _rate_headers(standing) | reply.headers
        return reply

    def error(self, status: int, code: str) -> Reply:
        """A problem document; the code is not part of it in this API's usual shape."""
        return Problem(status, code).refusal(self._settings.msl).reply

    def _carry_out(self, call: Call) -> Reply:
        name, number = _operation(call)
        account = self._account(call)
        query = _query(call, _CONTRACT[name]["query"])
        schema = _CONTRACT[name].get("body")
        body = {} if schema is None else self._body(call, name, schema)
        return _OPERATIONS[name](Work(account, call.base_url, query, number, body))

    def _account(self, call: Call) -> Account:
        key = call.account
        if key is not None and not _SWITCH_KEY.fullmatch(key):
            raise Problem(403, "Invalid accountSwitchKey")
        return self._universe.account(key or "")

    def _body(self, call: Call, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        media_type = call.headers.get("Content-Type", "").split(";")[0].strip().lower()
        if media_type != "application/json":
            raise Problem(415, "The body must be application/json")
        try:
            body = call.json()
        except ValueError:
            raise bad_input(["The body is not JSON"]) from None
        checked = body
        if self._settings.msl.accept_ingest_options and isinstance(body, dict) and "/streams" in name:
            checked = {member: value for member, value in body.items() if member != "ingestOptions"}
        refuse_all([*mistakes(checked, schema)])
        return dict(body)


def _rate_headers(standing: Standing) -> dict[str, str]:
    return {"X-RateLimit-Limit": str(standing.limit), "X-RateLimit-Remaining": str(standing.remaining)}


def _operation(call: Call) -> tuple[str, int | None]:
    """Name of the operation and the number in its path.

    :raises Problem: 404 for an unknown path, 405 for a method that the path does not have.
    """
    path, number = call.path, None
    if f"GET {path}" not in _CONTRACT:
        match = _NUMBERED.fullmatch(path)
        if match is None:
            raise Problem(404, "Resource Not Found")
        path = _TEMPLATES[match[1]]
        number = int(match[2]) if re.fullmatch(r"[0-9]{1,15}", match[2]) else None
    if f"{call.method} {path}" not in _OPERATIONS:
        raise Problem(405, f"{call.method} is not allowed here")
    return f"{call.method} {path}", number


def _query(call: Call, allowed: dict[str, Any]) -> dict[str, Any]:
    """Query parameters with their types; whatever the contract does not name is refused."""
    errors, values = [], {}
    for name, text in call.query:
        if name not in allowed:
            errors.append(f"Unknown query parameter {name}")
        elif name in values:
            errors.append(f"Query parameter {name} is repeated")
        else:
            values[name] = _typed(name, text, allowed[name], errors)
    errors += [
        f"Query parameter {name} is required"
        for name in allowed
        if allowed[name].get("required") and name not in values
    ]
    refuse_all(errors)
    return values


def _typed(name: str, text: str, schema: dict[str, Any], errors: list[str]) -> Any:
    value: Any = text
    if schema["type"] == "integer" and re.fullmatch(r"-?[0-9]{1,15}", text):
        value = int(text)
    elif schema["type"] == "boolean" and text in ("true", "false"):
        value = text == "true"
    errors += mistakes(value, schema, f"Query parameter {name}")
    return value
