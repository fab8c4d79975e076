# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Digest authentication of encoders: what a PUT does to the two credentials (reference msl, section 3.3)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from ..clock import parse_date_time
from .account import Digest
from .problems import bad_input

#: How long the old credential lives after a rotation that does not say.
GRACE = timedelta(days=2)

Credentials = tuple[Digest | None, Digest | None]


def enabled(auth: dict[str, Any]) -> Digest:
    """The credential of a POST, or of the PUT that switches authentication on.

    :raises Problem: when one of the three members is missing or empty.
    """
    missing = [name for name in ("username", "password", "algorithm") if not auth.get(name)]
    if missing:
        raise bad_input([f"streamAuth needs {', '.join(missing)}"])
    return Digest(auth["username"], auth["password"], auth["algorithm"])


def changed(current: Digest | None, previous: Digest | None, body: dict[str, Any], now: datetime) -> Credentials:
    """The two credentials after a PUT with that body.

    :raises Problem: when the combination is not one of the documented ones.
    """
    auth, other = body.get("streamAuth"), body.get("streamAuthPrevious")
    if auth is None:
        if other is not None:
            raise bad_input(["streamAuthPrevious needs streamAuth"])
        if current is not None:
            raise bad_input(["streamAuth is required for a stream with digest authentication"])
        return None, None
    if other is not None and len(other) != 1:
        raise bad_input(["streamAuthPrevious takes exactly one of expiryDate, retain and delete"])
    if "delete" in auth:
        return _removed(current, auth, other)
    if current is None:
        if other is not None:
            raise bad_input(["There are no previous HTTP digest authentication settings"])
        return enabled(auth), None
    if "password" in auth:
        return _rotated(current, previous, auth, other, now)
    return _kept(current, previous, auth, other, now)


def _removed(current: Digest | None, auth: dict[str, Any], other: dict[str, Any] | None) -> Credentials:
    if auth != {"delete": True} or other is not None:
        raise bad_input(["streamAuth.delete must be true and stand alone"])
    if current is None:
        raise bad_input(["There are no HTTP digest authentication settings to delete"])
    return None, None


def _rotated(
    current: Digest, previous: Digest | None, auth: dict[str, Any], other: dict[str, Any] | None, now: datetime
) -> Credentials:
    new = enabled(auth)
    if other is None:
        return new, Digest(current.username, current.password, current.algorithm, now + GRACE)
    if "expiryDate" in other:
        return new, Digest(current.username, current.password, current.algorithm, _future(other, now))
    if other == {"retain": True}:
        return new, _existing(previous)
    raise bad_input(["streamAuthPrevious does not fit new HTTP digest authentication settings"])


def _kept(
    current: Digest, previous: Digest | None, auth: dict[str, Any], other: dict[str, Any] | None, now: datetime
) -> Credentials:
    if (auth.get("username"), auth.get("algorithm")) != (current.username, current.algorithm):
        raise bad_input(["streamAuth.password is required to change the HTTP digest authentication settings"])
    if other is None:
        return current, previous
    kept = _existing(previous)
    if "expiryDate" in other:
        return current, Digest(kept.username, kept.password, kept.algorithm, _future(other, now))
    if other == {"delete": True}:
        return current, None
    raise bad_input(["streamAuthPrevious without a new password takes expiryDate, or delete: true"])


def _existing(previous: Digest | None) -> Digest:
    if previous is None:
        raise bad_input(["There are no previous HTTP digest authentication settings"])
    return previous


def _future(other: dict[str, Any], now: datetime) -> datetime:
    moment = parse_date_time(other["expiryDate"])
    if moment is None or moment <= now:
        raise bad_input(["streamAuthPrevious.expiryDate must be in the future"])
    return moment
