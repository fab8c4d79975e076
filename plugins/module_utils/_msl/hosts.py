# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Origin host names (msl.md, section 4.2).

Users give a short identifier; the service shows longer forms whose rule is not documented. So full names are never
built here, and two names are the same origin when their identifiers agree.
"""

from __future__ import annotations

import re
import typing as t

from .._engine.fields import Members

LONGEST_IDENTIFIER = 16
_PREFIX = re.compile(r"^\d{3}-dn[0-9a-z]{3}-", re.IGNORECASE)


def identifier(host_name: str) -> str:
    """The short identifier within any form of an origin's host name."""
    return _PREFIX.sub("", host_name.strip().split(".", 1)[0])


def same_origin(wanted: t.Any, shown: t.Any) -> bool:
    """Whether two host names, short or full, name one origin."""
    return identifier(str(wanted)).casefold() == identifier(str(shown)).casefold()


def entry_is_origin(host_name: str, entry: Members) -> bool:
    """Whether a listed origin has this host name, short or full."""
    names = [entry.get("hostNameIdentifier"), entry.get("hostName")]
    return any(same_origin(host_name, name) for name in names if name)


def identifier_refusals(host_name: str, option: str) -> list[str]:
    """Why the service would not take a host name."""
    short = identifier(host_name)
    if not short:
        return [f"{option} is empty"]
    if len(short) > LONGEST_IDENTIFIER:
        return [
            f"{option} {short!r} has {len(short)} characters, and an origin identifier may have {LONGEST_IDENTIFIER}"
        ]
    if not re.fullmatch(r"[A-Za-z0-9_-]+", short):
        return [f"{option} {short!r} may hold letters, digits, dash and underscore only"]
    return []
