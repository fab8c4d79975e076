# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account with something of everything that a status page shows, with names that no page may take for markup."""

from __future__ import annotations

import datetime as dt

from ansible_collections.streamops.live.tests.simulator import Simulator

MARKUP = "<script>fail()</script> & \"quoted\" 'twice'"
_RUNNING = "encode_status_running"

# Name, hours from now until it begins and ends (None: no such time), encode_status.
_EVENTS = (
    ("Morning show", -20, -17, None),
    ("Overrun", -6, -2, _RUNNING),
    ("Evening show", -1, 2, _RUNNING),
    ("Late news", -0.2, 1, None),
    ("Marathon", 40, 56, None),
    (MARKUP, 100, None, None),
    ("Round 13, " + "w" * 80, 130, 132, None),
    ("Next year", 8000, 8002, None),
    ("Unscheduled", None, None, None),
)


def seed(simulator: Simulator) -> None:
    """Fill the account and the merchant."""
    now = dt.datetime.now(dt.timezone.utc)

    def at(**distance: float) -> str:
        return (now + dt.timedelta(**distance)).isoformat(timespec="milliseconds")

    third_party = {"thirdPartyCdnCpcode": 700001}
    simulator.msl.add_origin({
        "hostName": "news", "backupEncoderZone": "GERMANY", **third_party,
        "sharedKeys": [
            {"name": "fastly", "cdnCode": "dn003", "expiryDate": at(days=4, hours=1)},
            {
                "name": MARKUP, "cdnCode": "dn004", "expiryDate": at(days=21, hours=1),
                "previousKey": "cHJldmlvdXMta2V5LS0tLQ==", "previousKeyExpiryDate": at(days=3),
            },
            {"name": "l3", "expiryDate": at(days=300)},
            {"name": "partner", "type": "AKAMAI"},
        ],
    })  # fmt: skip
    expired = {"name": "fastly", "cdnCode": "dn003", "expiryDate": at(days=-2, hours=-1)}
    off = {"name": "old", "cdnCode": "dn004", "enabled": False}
    simulator.msl.add_origin({"hostName": "sport", "encoderZone": "JAPAN", **third_party, "sharedKeys": [expired, off]})
    simulator.msl.add_origin({"hostName": "spare"})
    for kind in ("HLS", "DASH", "CMAF"):
        backup = {"backupEncoderZone": "GERMANY", "origin": {"hostName": "news"}}
        simulator.msl.add_stream({"name": f"news-{kind.lower()}", "format": kind, **backup})
    failed = {"provisionDetail": {"status": "FAILED", "message": MARKUP}, "origin": {"hostName": "sport"}}
    simulator.msl.add_stream({"name": "sport-" + "long-" * 16, "format": "HDS", **failed})
    simulator.msl.add_stream({"name": "sport-2", "provisionDetail": {"status": "PENDING", "message": "Provisioning"}})
    for number, (name, start, end, status) in enumerate(_EVENTS):
        times = {"live_encode_start_at": start, "live_encode_end_at": end}
        event = {"ref_id": f"event-{number:02d}", "name": name, **({"encode_status": status} if status else {})}
        written = {side: None if hours is None else at(hours=hours) for side, hours in times.items()}
        simulator.smartstream.add_live_event({**event, **written})


def secrets(simulator: Simulator) -> set[str]:
    """What no page may show: keys, credentials and ingest URLs."""
    merchant = simulator.smartstream
    keys = [key for origin in simulator.msl.origins.values() for key in origin["sharedKeys"]]
    return {
        *(key[name] for key in keys for name in ("key", "previousKey") if key.get(name)),
        *(str(value) for name, value in simulator.credentials.items() if name != "host"),
        *(source for event in merchant.live_events.values() for source in event["input_sources"]),
        *(event["preview"]["src"] for event in merchant.live_events.values()),
        *(merchant.password, merchant.mail_address, merchant.api_key),
        *merchant.tokens,
    }
