# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of resources that the simulator accepts."""

from __future__ import annotations

from typing import Any

ORIGIN = {"host_name": "demohost", "cpcode": "400001", "encoder_zone": "EUROPE", "third_party_cdn_cpcode": "700001"}
STREAM = {
    "name": "news",
    "format": "HLS",
    "cpcode": "400002",
    "encoder_zone": "EUROPE",
    "origin": {"host_name": "demohost"},
}
FASTLY = {"name": "fastly", "type": "THIRD_PARTY", "cdn": "Fastly", "validity": "365d"}
PARTNER = {"name": "partner", "type": "AKAMAI"}


def origin(**changes: Any) -> dict[str, Any]:
    """Options of an origin that can be created."""
    return {**ORIGIN, **changes}


def stream(**changes: Any) -> dict[str, Any]:
    """Options of a stream that can be created where the origin ``demohost`` is."""
    return {**STREAM, **changes}
