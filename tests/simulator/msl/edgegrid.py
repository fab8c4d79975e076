# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Verification of EdgeGrid signatures (EG1-HMAC-SHA256), from the published algorithm."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from ..replies import Call, Refusal, gateway_problem
from ..settings import MslSettings

#: Bytes of a POST body that go into the signature.
MAXIMUM_BODY = 131072

_HEADER = re.compile(
    r"EG1-HMAC-SHA256 "
    r"client_token=(?P<client_token>[^;]*);access_token=(?P<access_token>[^;]*);"
    r"timestamp=(?P<timestamp>[^;]*);nonce=(?P<nonce>[^;]*);signature=(?P<signature>.*)"
)


@dataclass(frozen=True)
class Credentials:
    """One API client."""

    client_token: str
    client_secret: str
    access_token: str


class Verifier:
    """Checks the signatures of requests and remembers their nonces."""

    def __init__(self, credentials: Credentials, settings: MslSettings) -> None:
        self._credentials = credentials
        self._settings = settings
        self._nonces: dict[str, datetime] = {}

    def check(self, call: Call) -> None:
        """Let a well signed request pass.

        :raises Refusal: with the gateway's problem document.
        """
        header = call.headers.get("Authorization", "")
        match = _HEADER.fullmatch(header)
        if match is None:
            raise _deny(call, "The Authorization header is missing or malformed")
        self._check_timestamp(call, match["timestamp"])
        if (match["client_token"], match["access_token"]) != (
            self._credentials.client_token,
            self._credentials.access_token,
        ):
            raise _deny(call, "Invalid client token or access token")
        unsigned = header[: match.start("signature") - len("signature=")]
        expected = signature(self._credentials.client_secret, match["timestamp"], call, unsigned)
        if not hmac.compare_digest(expected, match["signature"]):
            raise _deny(call, "The signature does not match")
        self._check_nonce(call, match["nonce"])

    def _check_timestamp(self, call: Call, timestamp: str) -> None:
        try:
            signed_at = datetime.strptime(timestamp, "%Y%m%dT%H:%M:%S+0000").replace(tzinfo=timezone.utc)
        except ValueError:
            raise _bad(call, "Invalid timestamp") from None
        if abs((call.now - signed_at).total_seconds()) > self._settings.clock_window:
            raise _bad(call, "Invalid timestamp")

    def _check_nonce(self, call: Call, nonce: str) -> None:
        outdated = call.now - timedelta(seconds=2 * self._settings.clock_window)
        if len(self._nonces) > 1000:
            self._nonces = {known: seen for known, seen in self._nonces.items() if seen > outdated}
        if not nonce or self._nonces.get(nonce, outdated) > outdated:
            raise _bad(call, "Invalid nonce")
        self._nonces[nonce] = call.now


def signature(secret: str, timestamp: str, call: Call, unsigned_header: str) -> str:
    """The signature of a request; no request header is signed besides Authorization itself."""
    key = _hmac(secret.encode(), timestamp)
    content_hash = ""
    if call.method == "POST" and call.raw_body:
        content_hash = _base64(hashlib.sha256(call.raw_body[:MAXIMUM_BODY]).digest())
    signed = "\t".join([call.method, call.scheme, call.host.lower(), call.target, "", content_hash, unsigned_header])
    return _hmac(key.encode(), signed)


def _hmac(key: bytes, text: str) -> str:
    return _base64(hmac.new(key, text.encode(), hashlib.sha256).digest())


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _deny(call: Call, detail: str) -> Refusal:
    return Refusal(gateway_problem(call, 401, "Not authorized", detail))


def _bad(call: Call, detail: str) -> Refusal:
    return Refusal(gateway_problem(call, 400, "Bad request", detail, "request-error"))
