# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this collection relies on in the service's answers (msl.md, sections 3 to 5); what it only hands on may be anything."""

from __future__ import annotations

from .._core.shape import Kind, Kinds

KINDS: Kinds = {
    **dict.fromkeys(("id", "totalSize", "pageSize"), Kind.NUMBER),
    **dict.fromkeys(
        ("name", "hostName", "backupHostName", "hostNameIdentifier", "originHostName", "originHostname", "key", "previousKey"),
        Kind.TEXT,
    ),
    **dict.fromkeys(
        (
            "code", "format", "status", "message", "contractId", "encoderZone", "backupEncoderZone", "location",
            "cpcode", "thirdPartyCdnCpcode", "otherCdnCpcode", "type", "authMethod", "cdnCode", "enabled", "guid",
            "expiryDate", "previousKeyExpiryDate", "isDedicatedOrigin", "ingestAccelerated", "dvrWindow", "dvrWindowInMin",
            "activeArchiveDurationInDays", "streamLevelPurgeDays", "modifiedDate", "modifiedBy", "createdDate", "createdBy",
            "username", "algorithm", "propertyName", "event", "age",
        ),
        Kind.SCALAR,
    ),
    **dict.fromkeys(("origin", "storageGroup", "backupStorageGroup", "vodOrigin", "provisionDetail", "backupOriginHost"), Kind.OBJECT),
    "streamAuth": Kind.SWITCH,
    **dict.fromkeys(("sharedKeys", "amdProperties", "events", "contracts"), Kind.OBJECTS),
    **dict.fromkeys(("allowedIps", "additionalEmailIds", "emailIds", "contractIds"), Kind.SCALARS),
}  # fmt: skip
#: Members that are secrets wherever they stand: keys, what may hold one (section 4.1), and passwords.
SECRETS = frozenset({"key", "previousKey", "data", "previousData", "password"})
#: List -> the member that tells its entries apart.
IDENTITIES = {"/streams": "id", "/origins": "id", "/cpcodes": "id", "/origins/cpcodes": "id", "/cdns": "code"}
