# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that an account starts with. Contracts, CDN and CP codes are the simulator's own."""

from typing import Any

#: location, code, netstorageZone (reference msl, section 5).
_LOCATIONS = (
    ("EUROPE", "001", "europe"),
    ("NORTH_AMERICA", "002", "us"),
    ("LATIN_AMERICA", "003", "us"),
    ("SOUTH_AMERICA", "004", "us"),
    ("NORDICS", "005", "europe"),
    ("ASIA_PACIFIC", "006", "asia"),
    ("OTHER_AMERICAS", "007", "us"),
    ("OTHER_APJ", "008", "asia"),
    ("OTHER_EMEA", "009", "europe"),
    ("AUSTRALIA", "010", "AU"),
    ("GERMANY", "011", "europe"),
    ("INDIA", "012", "asia"),
    ("ITALY", "013", "europe"),
    ("JAPAN", "014", "asia"),
    ("MEXICO", "015", "us"),
    ("TAIWAN", "016", "asia"),
    ("UNITED_KINGDOM", "017", "europe"),
    ("US_EAST", "018", "useast"),
    ("US_CENTRAL", "019", "useast"),
    ("US_WEST", "020", "us"),
)

_CDNS = (
    ("dn002", "L3"),
    ("dn003", "Fastly"),
    ("dn004", "Cloudfront"),
    ("dn005", "Edgio"),
    ("dn006", "CDNetworks"),
)

_CONTRACTS = (
    ("C-0N7RAC7", "A-CCT9012", False),
    ("K-0N7RAK7", "A-CCT9012", False),
    ("X-0N7RAX7", "A-CCT9012", True),
)

#: Groups of every contract that has not expired.
_GROUPS = ((1234, "Live events"), (5678, "Channels"))

#: type -> first CP code and how many there are.
_CPCODES = {"INGEST": (400001, 20), "DELIVERY": (500001, 3), "STORAGE": (600001, 5), "THIRD_PARTY": (700001, 10)}


def locations() -> list[dict[str, Any]]:
    """Publishing locations."""
    return [
        {"location": location, "code": code, "netstorageZone": zone, "ingestLocations": {"geoCountries": []}}
        for location, code, zone in _LOCATIONS
    ]


def cdns() -> list[dict[str, Any]]:
    """CDN providers."""
    return [{"code": code, "name": name} for code, name in _CDNS]


def contracts() -> list[dict[str, Any]]:
    """Contracts, the last one expired."""
    return [
        {
            "contractId": contract,
            "accountId": account,
            "contractTypeId": "R-T746",
            "expired": expired,
            "parentContractId": None,
            "childContractIds": None,
            "groups": [] if expired else [{"groupId": number, "groupName": name} for number, name in _GROUPS],
        }
        for contract, account, expired in _CONTRACTS
    ]


def cpcodes() -> list[dict[str, Any]]:
    """CP codes of all types; ``type`` is the simulator's own member, ``isUsed`` is added when they are listed."""
    return [
        {
            "id": first + number,
            "name": f"{kind.lower().replace('_', '-')}-{number + 1}",
            "type": kind,
            "contracts": [{"contractId": contract} for contract, _account, expired in _CONTRACTS if not expired],
        }
        for kind, (first, count) in _CPCODES.items()
        for number in range(count)
    ]


def vod_origins() -> list[dict[str, Any]]:
    """VOD origins that exist from the start."""
    return [{"cpcode": 600001, "name": "vod-1", "streamCount": 2, "encoderLocation": "EUROPE"}]
