# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The field table of a shared key (msl.md, section 4.1), and what its type follows from."""

from __future__ import annotations

from .._engine.fields import Field, Members
from .texts import stripped

AKAMAI = "AKAMAI"
THIRD_PARTY = "THIRD_PARTY"
AUTH_METHODS = {AKAMAI: "MSL_MULTI_ACCOUNT", THIRD_PARTY: "SIMPLE_AKAMAI_HEADER_VERIFICATION"}
MOST_KEYS = 10
# For how long a rotated key that had an end is accepted where the task says nothing of it.
VALIDITY = "365d"
ONLY_THIRD_PARTY = ("cdn", "expiryDate", "guid", "validity")

KEY_FIELDS = (
    Field("name", required=True),
    Field("state", choices=("present", "absent"), default="present"),
    Field("type", choices=(AKAMAI, THIRD_PARTY)),
    Field("authMethod", choices=tuple(AUTH_METHODS.values())),
    Field("cdn", convert=stripped, aliases=("cdn_code",)),
    Field("key", secret=True),
    Field("enabled", type="bool", default=True),
    Field("expiryDate", convert=stripped),
    Field("guid", convert=stripped),
    Field("rotate", choices=("never", "expiring", "always"), default="never"),
    Field("rotateWithin", default="30d"),
    Field("gracePeriod", default="7d"),
    Field("validity"),
    # What a returned key has beyond that: taken, so that it can be given as it was returned, and not sent.
    Field("hostName"),
    Field("backupHostName"),
    Field("amdProperties", type="list", elements="dict"),
    Field("keyFingerprint"),
    Field("previousKey", secret=True),
    Field("previousKeyFingerprint"),
    Field("previousKeyExpiryDate"),
)
_TYPES = {method: kind for kind, method in AUTH_METHODS.items()}


def type_of_method(key: Members) -> str | None:
    """The type that a key's ``authMethod`` goes with; None where it has none, or one that is not documented."""
    return _TYPES.get(str(key.get("authMethod")))


def declared_type(key: Members) -> str | None:
    """The type of a declared key: the one that is given, else the one that follows from its other members."""
    if key.get("type"):
        return str(key["type"])
    third_party = THIRD_PARTY if any(key.get(name) for name in ONLY_THIRD_PARTY) else None
    return type_of_method(key) or third_party
