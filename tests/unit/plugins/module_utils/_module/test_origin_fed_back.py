# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An origin as it was returned, given as options: nothing is to be done."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.instants import format_utc
from ansible_collections.streamops.live.plugins.module_utils._module.msl_origin import ORIGIN
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture
def seeded(bench: Bench, sim: Simulator) -> int:
    """An origin with everything that a key may show, a key that has ended and a partner's successor among it."""
    now = bench.clock.now()
    rotated = {
        "previousKey": "the-old-fastly-key",
        "previousKeyExpiryDate": format_utc(now + dt.timedelta(days=3)),
        "expiryDate": format_utc(now + dt.timedelta(days=300)),
    }
    ended = {"expiryDate": format_utc(now - dt.timedelta(days=3))}
    return sim.msl.add_origin(
        {
            "hostName": "demohost",
            "cpcode": 400001,
            "backupEncoderZone": "US_EAST",
            "thirdPartyCdnCpcode": 700001,
            "sharedKeys": [
                {"name": "fastly", "type": "THIRD_PARTY", "cdnCode": "dn003", "key": "the-fastly-key", **rotated},
                {"name": "l3", "type": "THIRD_PARTY", "cdnCode": "dn002", "key": "the-l3-key", **ended},
                {"name": "partner", "type": "AKAMAI", "key": "the-partner-key"},
                {"name": "partner-20260101", "type": "AKAMAI", "key": "the-second-partner-key", "enabled": False},
            ],
        }
    )


def options(returned: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in returned.items() if name in ORIGIN}


@pytest.mark.parametrize("reveal", [False, True])
def test_a_returned_origin_can_be_fed_back(bench: Bench, seeded: int, reveal: bool) -> None:
    returned = bench.run("origin", id=seeded, reveal_secrets=reveal)["origin"]
    assert {"host_name", "backup_host_name", "previous_key_fingerprint"} <= set(returned["shared_keys"][0])
    assert ("previous_key" in returned["shared_keys"][0]) is reveal
    for purge in (False, True):
        fed_back = {**options(returned), "purge_shared_keys": purge, "reveal_secrets": reveal}
        assert not bench.converged("origin", **fed_back)["changed"]


def test_returned_origins_can_be_fed_back(bench: Bench, seeded: int) -> None:
    returned = bench.run("origins", origins=[{"id": seeded, "details": True}])["origins"][0]["origin"]
    assert not bench.converged("origins", origins=[options(returned)])["changed"]


def test_what_is_accepted_of_a_returned_key_is_not_sent(bench: Bench, sim: Simulator, seeded: int) -> None:
    returned = bench.run("origin", id=seeded)["origin"]
    key = {**returned["shared_keys"][0], "enabled": False, "host_name": "other", "previous_key": "other-key"}
    bench.converged("origin", id=seeded, shared_keys=[key])
    stored = sim.msl.origins[seeded]["sharedKeys"][0]
    assert (stored["enabled"], stored["key"], stored["previousKey"]) == (False, "the-fastly-key", "the-old-fastly-key")
    assert stored["hostName"] == returned["shared_keys"][0]["host_name"]


def test_a_mask_is_never_taken_for_a_key(bench: Bench, seeded: int) -> None:
    key = {"name": "fastly", "key": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}
    ran = bench.refused("origin", id=seeded, shared_keys=[key])
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert "leave it out, or give the key itself" in ran["msg"]
