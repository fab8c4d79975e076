# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import MslClient


def wanted(**changes: Any) -> dict[str, Any]:
    """A POST body that is accepted, with changes."""
    return {"hostName": "demohost", "cpcode": 400001, "encoderZone": "EUROPE", **changes}


def test_list_and_detail_name_the_same_things_differently(msl: MslClient) -> None:
    number = msl.create(
        "origins", wanted(backupEncoderZone="AUSTRALIA", thirdPartyCdnCpcode=700001, emailIds=["a@example.com"])
    )
    [listed] = msl.get("/origins")
    detail = msl.get(f"/origins/{number}")
    assert (listed["location"], detail["encoderZone"]) == ("EUROPE", "EUROPE")
    assert (listed["otherCdnCpcode"], detail["thirdPartyCdnCpcode"]) == (700001, 700001)
    assert listed["hostNameIdentifier"] == "demohost"
    assert listed["hostName"] == detail["hostName"] == "001-dn001-demohost.akamaiorigin.net"
    assert listed["backupOriginHost"] == {
        "backupHostName": "010-dn001-demohost.akamaiorigin.net",
        "location": "AUSTRALIA",
        "storageCpcode": None,
    }
    assert detail["backupHostName"] == "010-dn001-demohost.akamaiorigin.net"
    for name in ("encoderZone", "thirdPartyCdnCpcode", "sharedKeys", "contractId", "emailIds", "activeVersion"):
        assert name not in listed
    for name in ("location", "hostNameIdentifier", "otherCdnCpcode", "createdBy", "emailIds", "groupId"):
        assert name not in detail
    assert detail["activeVersion"] == "1"


def test_status_has_two_vocabularies(sim: Simulator, msl: MslClient) -> None:
    sim.settings.provisioning.reads = 2
    number = msl.create("origins", wanted())
    assert msl.get("/origins")[0]["status"] == "PENDING"
    assert msl.get(f"/origins/{number}")["status"] == "PENDING"
    assert msl.get(f"/origins/{number}")["status"] == "SUCCEEDED"
    assert msl.get("/origins")[0]["status"] == "PROVISIONED"
    sim.settings.provisioning.reads = 0
    sim.settings.provisioning.fail = "^demo"
    msl.put(f"/origins/{number}", {})
    assert msl.get(f"/origins/{number}")["status"] == "FAILED"
    assert msl.get("/origins")[0]["status"] == "FAILED"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"hostName": "a-name-of-17-long"}, "Lengthy Origin Identifier. Should not exceed 16 characters"),
        ({"hostName": ""}, "Invalid Origin Identifier"),
        ({"hostName": "under_score"}, "Invalid Origin Identifier"),
        ({"hostName": "-dash"}, "Invalid Origin Identifier"),
        ({"cpcode": 1}, "Invalid CPCode"),
        ({"encoderZone": "MOON"}, "Invalid encoderZone MOON"),
        ({"backupEncoderZone": "MOON"}, "Invalid backupEncoderZone MOON"),
        ({"contractId": "Z-1"}, "Invalid contract"),
        ({"groupId": 99}, "Invalid group"),
        ({"thirdPartyCdnCpcode": 99}, "Invalid third party CPCode"),
    ],
)
def test_refused_values(msl: MslClient, changes: dict[str, Any], words: str) -> None:
    assert words in msl.refused("POST", "/origins", wanted(**changes))
    assert msl.get("/origins") == []


def test_identifier_is_unique_across_accounts_and_cases(sim: Simulator, msl: MslClient) -> None:
    sim.account("1-OTHER").add_origin({"hostName": "DemoHost"})
    assert "already exists" in msl.refused("POST", "/origins", wanted())


def test_sixteen_characters_are_enough(msl: MslClient) -> None:
    assert msl.create("origins", wanted(hostName="a-name-of-16-lon"))


def test_cpcode_belongs_to_its_contract(msl: MslClient) -> None:
    number = msl.send("POST", "/cpcodes", {"contractId": "K-0N7RAK7", "name": "mine"}).json()["id"]
    assert "Invalid CPCode" in msl.refused("POST", "/origins", wanted(cpcode=number, contractId="C-0N7RAC7"))
    assert msl.create("origins", wanted(cpcode=number, contractId="K-0N7RAK7"))


def test_filters(sim: Simulator, msl: MslClient) -> None:
    sim.msl.add_origin({"hostName": "one", "cpcode": 400001})
    sim.msl.add_origin({"hostName": "two", "cpcode": 400002, "encoderZone": "JAPAN"})

    def identifiers(**query: Any) -> list[str]:
        return [origin["hostNameIdentifier"] for origin in msl.get("/origins", **query)]

    assert identifiers() == ["one", "two"]
    assert identifiers(encoderLocation="JAPAN") == ["two"]
    assert identifiers(encoderLocation="Japan") == []
    assert identifiers(cpcode=400001) == ["one"]


def test_put_replaces_keys_and_addresses(sim: Simulator, msl: MslClient) -> None:
    key = {"type": "AKAMAI", "authMethod": "MSL_MULTI_ACCOUNT", "name": "nonce", "key": "abc", "enabled": True}
    number = msl.create("origins", wanted(sharedKeys=[key], emailIds=["a@example.com"]))
    before = msl.get(f"/origins/{number}")
    msl.put(f"/origins/{number}", {"id": number, "sharedKeys": [key | {"enabled": False}]})
    after = msl.get(f"/origins/{number}")
    assert after["sharedKeys"][0]["enabled"] is False
    assert (before["activeVersion"], after["activeVersion"]) == ("1", "2")
    assert after["modifiedDate"] > before["modifiedDate"]
    assert sim.msl.origin_records[number].email_ids == []
    msl.put(f"/origins/{number}", {"emailIds": ["b@example.com"]})
    assert msl.get(f"/origins/{number}")["sharedKeys"] == []
    assert sim.msl.origin_records[number].email_ids == ["b@example.com"]


def test_put_of_nothing_switches_sharing_off(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_origin(
        {"hostName": "demohost", "sharedKeys": [{"name": "a"}, {"name": "b", "type": "AKAMAI"}]}
    )
    assert len(msl.get(f"/origins/{number}")["sharedKeys"]) == 2
    msl.put(f"/origins/{number}", {})
    assert msl.get(f"/origins/{number}")["sharedKeys"] == []


def test_put_checks_the_number(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_origin({"hostName": "demohost"})
    assert "id cannot be changed" in msl.refused("PUT", f"/origins/{number}", {"id": number + 1})
    assert "does not exist" in msl.refused("PUT", "/origins/1", {})


def test_delete_waits_for_the_streams(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_origin({"hostName": "demohost"})
    stream = sim.msl.add_stream({"name": "demo", "origin": {"hostName": "demohost"}})
    assert "active streams" in msl.refused("DELETE", f"/origins/{number}")
    msl.send("DELETE", f"/streams/{stream}")
    assert msl.send("DELETE", f"/origins/{number}").status_code == 202
    missing = msl.send("GET", f"/origins/{number}")
    assert (missing.status_code, missing.json()["title"]) == (404, "Resource Not Found")
    assert "does not exist" in msl.refused("DELETE", f"/origins/{number}")


def test_members_added_by_another_hand_are_shown(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_origin({"hostName": "demohost", "amdProperties": [{"assetId": 1, "propertyName": "p"}]})
    sim.msl.origins[number]["format"] = "HLS"
    detail = msl.get(f"/origins/{number}")
    assert detail["format"] == "HLS"
    assert detail["amdProperties"] == [{"assetId": 1, "propertyName": "p"}]
