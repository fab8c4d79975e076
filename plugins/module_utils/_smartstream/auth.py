# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials of the SmartSTREAM API: where they come from, and the token that they are exchanged for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import threading
import typing as t
import urllib.parse

from .._core.context import Context
from .._core.errors import Ambiguous, InvalidInput, Unavailable, UnexpectedResponse
from .._core.instants import parse_instant
from .._core.numbers import whole_number
from .._core.session import base_url, refuse_in_headers
from .._core.transport import Transport
from .addresses import refusals

ENVIRONMENT = {
    "merchant_id": "SMARTSTREAM_MERCHANT_ID",
    "mail_address": "SMARTSTREAM_MAIL_ADDRESS",
    "password": "SMARTSTREAM_PASSWORD",
    "access_token": "SMARTSTREAM_ACCESS_TOKEN",
    "api_key": "SMARTSTREAM_API_KEY",
    "api_url": "SMARTSTREAM_API_URL",
    "requests_per_minute": "SMARTSTREAM_REQUESTS_PER_MINUTE",
}
DEFAULT_URL = "https://ovp-s-api.smartstream.ne.jp"
# The service's limit in its default plan (smartstream.md, section 2).
DEFAULT_PER_MINUTE = 50
_SECRET = ("password", "access_token", "api_key")
# The slash at the end is a part of the documented path.
_TOKEN_PATH = "/auth-token/"  # noqa: S105 - a path, no token
# A token is not used any more when it is about to end: a request may be under way for a while.
_EARLY = dt.timedelta(seconds=60)


@dataclasses.dataclass(frozen=True)
class Credentials:
    """What a client needs to talk to the service. ``url``: the base URL of the merchant."""

    url: str
    mail_address: str | None = None
    password: str | None = dataclasses.field(default=None, repr=False)
    access_token: str | None = dataclasses.field(default=None, repr=False)
    api_key: str | None = dataclasses.field(default=None, repr=False)
    requests_per_minute: int = DEFAULT_PER_MINUTE

    @property
    def can_log_in(self) -> bool:
        """Whether a token can be asked for."""
        return bool(self.mail_address and self.password)


def find_credentials(options: t.Mapping[str, t.Any], context: Context, *, log_in: bool = False) -> Credentials:
    """Put the credentials together: task options first, then the environment.

    What is blank counts as not set: that is how AWX passes inputs that nobody filled in.

    :param log_in: A token is to be asked for, so one that is there already does not do.
    :raises InvalidInput: Something is missing or cannot be right.
    """
    found: dict[str, str] = {}
    for name, variable in ENVIRONMENT.items():
        given = [str(value) for value in (options.get(name), context.environment.get(variable)) if value is not None]
        value = next((text for text in given if text.strip()), None)
        if value is not None:
            found[name] = value if name == "password" else value.strip()
    for name in _SECRET:
        context.scrubber.learn(found.get(name))
    if not _given(options, "access_token") and _given(options, "mail_address") and _given(options, "password"):
        # Options come before the environment, and its token may be another user's.
        found.pop("access_token", None)
    refuse_in_headers({name: found.get(name) for name in ("access_token", "api_key")})
    _refuse_missing(found, log_in)
    found_refusals = refusals("merchant_id", found["merchant_id"])
    if found_refusals:
        raise InvalidInput("; ".join(found_refusals), details=found_refusals)
    merchant = urllib.parse.quote(found["merchant_id"], safe="")
    return Credentials(
        url=f"{base_url(found.get('api_url', DEFAULT_URL), 'api_url', DEFAULT_URL)}/v1/merchants/{merchant}",
        mail_address=found.get("mail_address"),
        password=found.get("password"),
        access_token=None if log_in else found.get("access_token"),
        api_key=found.get("api_key"),
        requests_per_minute=_per_minute(found.get("requests_per_minute")),
    )


def _given(options: t.Mapping[str, t.Any], name: str) -> bool:
    return bool(str(options.get(name) or "").strip())


def _refuse_missing(found: t.Mapping[str, str], log_in: bool) -> None:
    missing = [] if found.get("merchant_id") else ["merchant_id"]
    if log_in or not found.get("access_token"):
        missing += [name for name in ("mail_address", "password") if not found.get(name)]
    if not missing:
        return
    instead = "" if log_in or missing == ["merchant_id"] else ", or access_token in place of mail_address and password"
    raise InvalidInput(
        f"credentials for SmartSTREAM are incomplete: {', '.join(missing)} not found in the task's options and the"
        " environment",
        advice=f"Give the options{instead}, or set {', '.join(ENVIRONMENT[name] for name in missing)}",
        details=[f"{name} is missing" for name in missing],
    )


def _per_minute(written: str | None) -> int:
    if written is None:
        return DEFAULT_PER_MINUTE
    number = whole_number(written)
    if number is None:
        raise InvalidInput(f"requests_per_minute {written!r} is no number of requests", advice="Give 1 or more, or 0")
    return number


@dataclasses.dataclass(frozen=True)
class Token:
    """A token. ``expiration``: as the service wrote it. ``ends``: None where that does not tell when to renew it."""

    value: str = dataclasses.field(repr=False)
    expiration: str | None = None
    ends: dt.datetime | None = None

    def usable(self, now: dt.datetime) -> bool:
        """Whether a request may still be sent with it."""
        return self.ends is None or now + _EARLY < self.ends


def read_token(body: t.Any, now: dt.datetime) -> Token:
    """The token of a reply. The sister platform calls its end ``expired_at`` (section 1).

    An end that is missing, unreadable or past tells nothing: the clocks may differ. The token then serves this task.

    :raises UnexpectedResponse: There is none in it.
    """
    value = body.get("token") if isinstance(body, dict) else None
    if not isinstance(value, str) or not value.strip() or not value.isascii() or not value.isprintable():
        raise UnexpectedResponse(
            "SmartSTREAM accepted the log-in and sent no token that could be used", advice="Check api_url"
        )
    written = body.get("expiration") or body.get("expired_at")
    expiration = str(written) if written else None
    try:
        ends = parse_instant(expiration) if expiration else None
    except InvalidInput:
        ends = None
    return Token(value, expiration, ends if ends and now + _EARLY < ends else None)


class TokenKeeper:
    """Asks for a token when one is needed; a ``requests`` authentication object that puts it into each request.

    :param transport: Sends the request of a token: with the API key, and never with another token.
    """

    def __init__(self, credentials: Credentials, transport: Transport, context: Context) -> None:
        self._credentials = credentials
        self._transport = transport
        self._context = context
        self._lock = threading.Lock()
        self._token = Token(credentials.access_token) if credentials.access_token else None

    def __call__(self, request: t.Any) -> t.Any:
        """Sign one try. An object in this place also keeps ``requests`` from taking a password out of ~/.netrc."""
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token.value}"
        return request

    def ensure(self) -> None:
        """Have a token that does not end within a minute.

        :raises StreamOpsError: Logging in failed.
        """
        with self._lock:
            if self._token is None or (not self._token.usable(self._context.clock.now()) and self.can_renew):
                self._token = self.request_token()

    @property
    def can_renew(self) -> bool:
        """Whether there is a mail address and a password."""
        return self._credentials.can_log_in

    def renew(self) -> TokenKeeper | None:
        """After a token was refused: a new one, or None where none can be asked for."""
        if not self.can_renew:
            return None
        with self._lock:
            self._token = self.request_token()
        return self

    def request_token(self) -> Token:
        """POST /auth-token/; asking twice does no harm.

        :raises Unauthorized: The mail address or the password is wrong.
        """
        body = {"mail_address": self._credentials.mail_address, "password": self._credentials.password}
        try:
            reply = self._transport.send("POST", _TOKEN_PATH, body=body, repeatable=True)
        except Ambiguous as lost:
            # It writes nothing, so nothing is uncertain about it. A success that is no JSON comes from something in between.
            strange = lost.status is not None and lost.status < 300
            raise (UnexpectedResponse if strange else Unavailable)(
                f"logging in to SmartSTREAM failed: {lost.message}",
                advice="Check api_url and any proxy in between" if strange else "Run the task again",
                status=lost.status,
                code=lost.code,
                details=lost.details,
            ) from lost
        body_read = reply.json() if reply.content.strip() else None
        token = read_token(body_read, self._context.clock.now())
        self._context.scrubber.learn(token.value)
        self._context.for_next_call["access_token"] = token.value
        return token
