# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import MslClient


def numbers(cpcodes: list[dict[str, Any]]) -> list[int]:
    return [cpcode["id"] for cpcode in cpcodes]


def test_lists_have_the_documented_members(msl: MslClient) -> None:
    assert {"contractId", "accountId", "contractTypeId", "expired", "groups"} <= set(msl.get("/contracts")[0])
    assert {"code": "dn003", "name": "Fastly"} in msl.get("/cdns")
    locations = msl.get("/publishing-locations")
    assert len(locations) == 20
    assert {"location", "code", "netstorageZone"} <= set(locations[0])
    assert msl.get("/vod-origin", encoderLocation="EUROPE") == [{"cpcode": 600001, "name": "vod-1", "streamCount": 2}]
    assert msl.get("/vod-origin", encoderLocation="JAPAN") == []


def test_cpcodes_by_type_and_use(sim: Simulator, msl: MslClient) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400002})
    listed = {cpcode["id"]: cpcode for cpcode in msl.get("/cpcodes", type="INGEST")}
    assert (listed[400001]["isUsed"], listed[400002]["isUsed"]) == (False, True)
    assert listed[400001]["contracts"] == [{"contractId": "C-0N7RAC7"}, {"contractId": "K-0N7RAK7"}]
    assert 400002 not in numbers(msl.get("/cpcodes", type="INGEST", unused="true"))
    assert 400002 in numbers(msl.get("/cpcodes", type="INGEST", unused="false"))
    assert set(numbers(msl.get("/cpcodes", type="STORAGE"))).isdisjoint(listed)


def test_cpcodes_for_origins_name_contracts_in_two_ways(sim: Simulator, msl: MslClient) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400002})
    listed = msl.get("/origins/cpcodes", type="AKAMAI")
    assert 400002 not in numbers(listed)
    assert listed[0]["contractIds"] == ["C-0N7RAC7", "K-0N7RAK7"]
    assert 700001 in numbers(msl.get("/origins/cpcodes", type="THIRD_PARTY"))
    sim.settings.msl.origin_cpcode_contracts = "contracts"
    assert msl.get("/origins/cpcodes")[0]["contracts"] == [{"contractId": "C-0N7RAC7"}, {"contractId": "K-0N7RAK7"}]


def test_new_cpcode_can_be_used(msl: MslClient) -> None:
    created = msl.send("POST", "/cpcodes", {"contractId": "C-0N7RAC7", "name": "Cpcode 1"})
    assert created.status_code == 202
    assert set(created.json()) == {"id", "name", "contractId"}
    number = created.json()["id"]
    assert number in numbers(msl.get("/cpcodes", type="INGEST", unused="true"))
    assert msl.create("origins", {"hostName": "demohost", "cpcode": number, "encoderZone": "EUROPE"})


def test_tests_can_edit_the_lists(sim: Simulator, msl: MslClient) -> None:
    sim.msl.cdns.append({"code": "dn099", "name": "Mine"})
    assert {"code": "dn099", "name": "Mine"} in msl.get("/cdns")


def test_a_seed_makes_everything_repeatable() -> None:
    seen = []
    for _time in range(2):
        with Simulator(Settings(seed=7)) as sim:
            key = MslClient(sim).get("/generate-key")["key"]
            credentials = {name: value for name, value in sim.credentials.items() if name != "host"}
            seen.append((credentials, key, sim.smartstream.password))
    assert seen[0] == seen[1]
    with Simulator() as other:
        assert other.credentials["client_secret"] != seen[0][0]["client_secret"]
