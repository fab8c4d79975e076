# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import MslClient

FUTURE = "2099-01-01T00:00:00Z"
PAST = "2020-01-01T00:00:00Z"
AKAMAI = {"type": "AKAMAI", "authMethod": "MSL_MULTI_ACCOUNT", "name": "partner", "key": "a1b2", "enabled": True}
THIRD_PARTY = {
    "type": "THIRD_PARTY",
    "authMethod": "SIMPLE_AKAMAI_HEADER_VERIFICATION",
    "name": "fastly",
    "key": "c2VjcmV0",
    "enabled": True,
    "cdnCode": "dn003",
    "expiryDate": FUTURE,
}


def without(key: dict[str, Any], name: str) -> dict[str, Any]:
    return {member: value for member, value in key.items() if member != name}


@pytest.fixture
def origin(sim: Simulator) -> int:
    return sim.msl.add_origin({"hostName": "demohost", "thirdPartyCdnCpcode": 700001})


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ([AKAMAI | {"authMethod": "SIMPLE_AKAMAI_HEADER_VERIFICATION"}], "not allowed for type AKAMAI"),
        ([THIRD_PARTY | {"authMethod": "MSL_MULTI_ACCOUNT"}], "not allowed for type THIRD_PARTY"),
        ([THIRD_PARTY | {"cdnCode": "dn999"}], "Invalid CDN code"),
        ([without(THIRD_PARTY, "cdnCode")], "Invalid CDN code"),
        ([AKAMAI | {"cdnCode": "dn003"}], "cdnCode is not allowed for type AKAMAI"),
        ([AKAMAI | {"expiryDate": FUTURE}], "expiryDate is not allowed for type AKAMAI"),
        ([AKAMAI | {"previousKey": "x", "previousKeyExpiryDate": FUTURE}], "previousKey is not allowed"),
        ([THIRD_PARTY | {"previousKey": "x"}], "Expiry Date of Previous Key is required"),
        ([THIRD_PARTY | {"previousKeyExpiryDate": FUTURE}], "Previous Key is required"),
        ([THIRD_PARTY | {"expiryDate": PAST}], "Expiry Date must be in the future"),
        (
            [THIRD_PARTY | {"previousKey": "x", "previousKeyExpiryDate": PAST}],
            "Expiry Date of Previous Key must be in the future",
        ),
        ([AKAMAI, AKAMAI], "partner is not unique"),
        ([AKAMAI | {"name": f"n{number}"} for number in range(11)], "more than 10 shared keys"),
        ([without(AKAMAI, "key")], "without key"),
        ([without(AKAMAI, "enabled")], "without enabled"),
        ([AKAMAI | {"key": ""}], "key must not be empty"),
        ([AKAMAI | {"name": ""}], "name must not be empty"),
    ],
)
def test_refused_keys(msl: MslClient, origin: int, keys: list[dict[str, Any]], words: str) -> None:
    assert words in msl.refused("PUT", f"/origins/{origin}", {"sharedKeys": keys})
    assert msl.get(f"/origins/{origin}")["sharedKeys"] == []


def test_accepted_keys_get_their_derived_members(msl: MslClient, origin: int) -> None:
    same_name = THIRD_PARTY | {"name": "partner"}
    msl.put(f"/origins/{origin}", {"sharedKeys": [AKAMAI, THIRD_PARTY, same_name]})
    akamai, fastly, _third = msl.get(f"/origins/{origin}")["sharedKeys"]
    assert fastly["hostName"] == "001-dn003-demohost.akamaiorigin.net"
    assert fastly["expiryDate"] == "2099-01-01T00:00:00.000Z"
    assert len(fastly["guid"]) == 36
    assert "hostName" not in akamai
    assert (akamai["key"], fastly["key"]) == ("a1b2", "c2VjcmV0")


def test_extras_are_shown_and_refused(sim: Simulator, msl: MslClient, origin: int) -> None:
    msl.put(f"/origins/{origin}", {"sharedKeys": [AKAMAI]})
    [shown] = msl.get(f"/origins/{origin}")["sharedKeys"]
    assert {"data", "amdProperties"} <= set(shown)
    assert "data is not a member" in msl.refused("PUT", f"/origins/{origin}", {"sharedKeys": [shown]})
    sim.settings.msl.return_key_extras = False
    msl.put(f"/origins/{origin}", {"sharedKeys": msl.get(f"/origins/{origin}")["sharedKeys"]})


def test_rotation_in_place(msl: MslClient, origin: int) -> None:
    msl.put(f"/origins/{origin}", {"sharedKeys": [THIRD_PARTY]})
    guid = msl.get(f"/origins/{origin}")["sharedKeys"][0]["guid"]
    soon = (datetime.now(timezone.utc) + timedelta(days=7)).isoformat()
    rotated = THIRD_PARTY | {"key": "new", "previousKey": THIRD_PARTY["key"], "previousKeyExpiryDate": soon}
    msl.put(f"/origins/{origin}", {"sharedKeys": [rotated]})
    [shown] = msl.get(f"/origins/{origin}")["sharedKeys"]
    assert (shown["key"], shown["previousKey"], shown["guid"]) == ("new", "c2VjcmV0", guid)


def test_past_dates_are_accepted_only_unchanged(sim: Simulator, msl: MslClient, origin: int) -> None:
    known = THIRD_PARTY | {"expiryDate": PAST, "previousKey": "x", "previousKeyExpiryDate": PAST}
    number = sim.msl.add_origin({"hostName": "old", "thirdPartyCdnCpcode": 700001, "sharedKeys": [known]})
    # The same instant in another spelling is no change.
    msl.put(f"/origins/{number}", {"sharedKeys": [known | {"expiryDate": "2020-01-01T09:00:00.000+09:00"}]})
    moved = known | {"expiryDate": "2020-01-02T00:00:00Z"}
    assert "must be in the future" in msl.refused("PUT", f"/origins/{number}", {"sharedKeys": [moved]})
    renamed = known | {"name": "another"}
    assert "must be in the future" in msl.refused("PUT", f"/origins/{number}", {"sharedKeys": [renamed]})


@pytest.mark.parametrize("member", ["hostName", "backupHostName", "guid"])
def test_derived_members_can_be_echoed_but_not_changed(sim: Simulator, msl: MslClient, member: str) -> None:
    number = sim.msl.add_origin(
        {
            "hostName": "demohost",
            "thirdPartyCdnCpcode": 700001,
            "backupEncoderZone": "INDIA",
            "sharedKeys": [THIRD_PARTY],
        }
    )
    [stored] = sim.msl.origins[number]["sharedKeys"]
    msl.put(f"/origins/{number}", {"sharedKeys": [dict(stored)]})
    changed = stored | {member: "other"}
    assert f"{member} cannot be changed" in msl.refused("PUT", f"/origins/{number}", {"sharedKeys": [changed]})


def test_host_names_of_a_new_key_cannot_be_chosen(msl: MslClient, origin: int) -> None:
    chosen = THIRD_PARTY | {"hostName": "my.example.com"}
    assert "hostName cannot be changed" in msl.refused("PUT", f"/origins/{origin}", {"sharedKeys": [chosen]})
    right = THIRD_PARTY | {"hostName": "001-dn003-demohost.akamaiorigin.net"}
    msl.put(f"/origins/{origin}", {"sharedKeys": [right]})
    moved = right | {"cdnCode": "dn004"}
    assert "hostName cannot be changed" in msl.refused("PUT", f"/origins/{origin}", {"sharedKeys": [moved]})


def test_third_party_keys_need_a_cpcode(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_origin({"hostName": "demohost"})
    body = {"sharedKeys": [THIRD_PARTY]}
    assert "thirdPartyCdnCpcode is required" in msl.refused("PUT", f"/origins/{number}", body)
    sim.settings.msl.third_party_cpcode_required = False
    msl.put(f"/origins/{number}", body)


def test_generated_keys_are_new_each_time_and_fit_their_type(sim: Simulator, msl: MslClient) -> None:
    keys = {msl.get("/generate-key", type="THIRD_PARTY")["key"] for _time in range(3)}
    assert len(keys) == 3
    assert all(key.endswith("==") for key in keys)
    assert len(msl.get("/generate-key", type="AKAMAI")["key"]) == 17
    assert len(sim.key_generations) == 4
    assert sim.writes == []
