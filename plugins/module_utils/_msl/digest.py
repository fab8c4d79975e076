# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP digest authentication of encoders (msl.md, section 3.3): what an update must say of it. Pure.

The service never shows a password, and sending one rotates the credentials. So a password is sent only where the
authentication is switched on, where user name or algorithm change, or where the task asks for it.
"""

from __future__ import annotations

import typing as t

from .._core.errors import InvalidInput
from .._engine.compare import same

Auth = t.Mapping[str, t.Any]


class DigestUpdate(t.NamedTuple):
    """``current`` and ``previous`` are the update's members, None where they are left out."""

    changed: bool
    current: dict[str, t.Any] | None = None
    previous: dict[str, t.Any] | None = None


def plan_digest(
    wanted: Auth | None, shown: Auth | None, *, previous_expiry: str | None, resend_unreadable: bool
) -> DigestUpdate:
    """What an update says.

    :param wanted: None: not declared; empty: no authentication.
    :param previous_expiry: RFC 3339; until then the credentials before these go on to be accepted.
    :param resend_unreadable: The task wants what cannot be read to be sent each time.
    :raises InvalidInput: What a change needs is neither given nor known.
    """
    previous = {"expiryDate": previous_expiry} if previous_expiry else None
    kept = {name: shown[name] for name in ("username", "algorithm") if shown.get(name)} if shown else None
    moves_expiry = bool(shown and previous and resend_unreadable)
    if wanted is None:
        return DigestUpdate(moves_expiry, kept, previous if moves_expiry else None)
    if not wanted:
        return DigestUpdate(True, {"delete": True}) if shown else DigestUpdate(False)
    # What the service does not show cannot differ, and a password that is sent once too often rotates the credentials.
    differs = not shown or any(
        not same(wanted[name], shown[name])
        for name in ("username", "algorithm")
        if name in wanted and shown.get(name) is not None
    )
    if not differs and not (resend_unreadable and wanted.get("password")):
        return DigestUpdate(moves_expiry, kept, previous if moves_expiry else None)
    current = {**(kept or {}), **wanted}
    missing = [name for name in ("username", "password", "algorithm") if not current.get(name)]
    if missing:
        raise InvalidInput(
            f"stream_auth cannot be set or changed without {' and '.join(missing)}",
            advice="Give it; credentials that are replaced are accepted until stream_auth_previous_expiry (two days)",
        )
    return DigestUpdate(True, current, previous if shown else None)
