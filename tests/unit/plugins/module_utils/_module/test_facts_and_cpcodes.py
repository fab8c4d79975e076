# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._msl.facts import SUBSETS, chosen_subsets
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

CONTRACT = "C-0N7RAC7"


@pytest.fixture(autouse=True)
def _resources(sim: Simulator) -> None:
    for name in ("news", "sport"):
        sim.msl.add_stream({"name": name, "origin": {"hostName": f"{name}host"}, "allowedIps": ["192.0.2.1"]})
    for one in sim.msl.origins.values():
        one["sharedKeys"] = [
            {
                "name": "x",
                "type": "AKAMAI",
                "authMethod": "MSL_MULTI_ACCOUNT",
                "enabled": True,
                "key": f"key-{one['id']}",
            }
        ]


def facts(bench: Bench, **options: Any) -> dict[str, Any]:
    ran = bench.run("facts", **options)
    assert not ran.failed, ran["msg"]
    assert (ran["changed"], ran["actions"], ran.writes) == (False, [], [])
    return ran["ansible_facts"]["msl"]


@pytest.mark.parametrize(
    ("asked", "subsets"),
    [
        (["all"], SUBSETS),
        (["cdns", "streams"], ("streams", "cdns")),
        (["!streams"], SUBSETS[1:]),
        (["all", "!streams", "!origins"], SUBSETS[2:]),
        (["streams", "!streams"], ()),
        (["!all"], ()),
        (["!all", "streams"], ("streams",)),
        (["!all", "streams", "cdns", "!cdns"], ("streams",)),
        (["all", "!all"], ()),
        ([" cdns "], ("cdns",)),
    ],
)
def test_what_is_gathered(asked: list[str], subsets: tuple[str, ...]) -> None:
    assert tuple(chosen_subsets(asked)) == subsets


def test_everything_is_gathered_by_one_request_each(bench: Bench) -> None:
    everything = facts(bench)
    assert tuple(everything) == SUBSETS
    assert len(bench.sim.requests) == len(SUBSETS)
    assert {one["name"] for one in everything["streams"]} == {"news", "sport"}
    assert everything["cdns"][1] == {"code": "dn003", "name": "Fastly"}
    assert everything["publishing_locations"][0]["netstorage_zone"] == "europe"
    assert everything["origin_cpcodes"][0]["contract_ids"] == [CONTRACT, "K-0N7RAK7"]
    assert "allowed_ips" not in everything["streams"][0]


def test_details_are_read_when_asked_and_keys_stay_hidden(bench: Bench) -> None:
    found = facts(bench, gather_subset=["streams", "origins"], details=True)
    assert all(one["allowed_ips"] == ["192.0.2.1"] for one in found["streams"])
    assert all(set(one["shared_keys"][0]) >= {"key_fingerprint", "name"} for one in found["origins"])


def test_single_resources_are_read_by_their_ids(bench: Bench, sim: Simulator) -> None:
    first, second = sim.msl.streams
    found = facts(bench, gather_subset=["streams", "origins"], stream_ids=[second, first, second], origin_ids=[7001])
    assert [one["id"] for one in found["streams"]] == [second, first]
    assert [one["id"] for one in found["origins"]] == [7001]
    assert len(sim.requests) == 3
    ran = bench.run("facts", gather_subset=["streams"], stream_ids=[first, 1, 2])
    assert ran.kind == "not_found"
    assert "1, 2" in ran["msg"]


def test_one_that_vanishes_between_the_list_and_its_detail_is_left_out(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("status", "GET", r"/origins/\d", status=404)
    assert len(facts(bench, gather_subset=["origins"], details=True)["origins"]) == 1


def test_options_of_the_lists_are_passed_on(bench: Bench, sim: Simulator) -> None:
    facts(
        bench,
        gather_subset=["streams", "origins", "cpcodes", "vod_origins"],
        page=1,
        page_size=1,
        sort_key="name",
        sort_order="ASC",
        encoder_location="Europe",
        cpcode=400001,
        cpcode_type="STORAGE",
        unused=True,
    )
    assert [(request.path, request.query) for request in sim.requests] == [
        ("/streams", {"page": "1", "pageSize": "1", "sortKey": "name", "sortOrder": "ASC"}),
        ("/origins", {"encoderLocation": "EUROPE", "cpcode": "400001"}),
        ("/cpcodes", {"type": "STORAGE", "unused": "true"}),
        ("/vod-origin", {"encoderLocation": "EUROPE"}),
    ]


def test_a_page_is_a_page_and_without_one_all_pages_are_read(bench: Bench, sim: Simulator) -> None:
    assert len(facts(bench, gather_subset=["streams"], page=1, page_size=1)["streams"]) == 1
    assert len(facts(bench, gather_subset=["streams"], page_size=1)["streams"]) == 2


def test_a_list_that_never_ends_is_not_followed_for_ever(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("body", "GET", "/streams", times=None, value='{"streams": [{"id": 1}], "totalSize": 9}')
    assert len(facts(bench, gather_subset=["streams"])["streams"]) == 1
    assert len(sim.requests) == 2


def test_an_object_in_place_of_a_list_is_a_list_of_one(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("body", "GET", "/contracts", value='{"contractId": "C-1"}')
    assert facts(bench, gather_subset=["contracts"])["contracts"] == [{"contract_id": "C-1"}]


def test_check_mode_reads_the_same(bench: Bench) -> None:
    assert bench.run("facts", check=True)["ansible_facts"] == bench.run("facts")["ansible_facts"]


def test_a_cp_code_is_created_once(bench: Bench, sim: Simulator) -> None:
    done = bench.converged("cpcode", name="live-2026", contract_id=CONTRACT)
    assert done["actions"] == ["create"]
    assert done.lines == ["GET /cpcodes", "POST /cpcodes"]
    assert done["cpcode"] == {"id": sim.msl.cpcodes[-1]["id"], "name": "live-2026", "contract_id": CONTRACT}


def test_a_cp_code_of_another_contract_is_another(bench: Bench) -> None:
    assert bench.run("cpcode", name="ingest-1", contract_id=CONTRACT)["cpcode"]["id"] == 400001
    assert bench.run("cpcode", check=True, name="ingest-1", contract_id="other")["actions"] == ["create"]


def test_contracts_in_either_form(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("body", "GET", "/cpcodes", value='[{"id": 1, "name": "a", "contractIds": ["C-9"]}]')
    assert bench.run("cpcode", name="a", contract_id="C-9")["cpcode"]["id"] == 1
    sim.faults.add("body", "GET", "/cpcodes", value='[{"id": 1, "name": "a"}]')
    assert bench.run("cpcode", name="a", contract_id="C-9")["cpcode"]["id"] == 1


@pytest.mark.parametrize("fault", ["reset_after", "html", "empty", "body"])
def test_a_cp_code_whose_number_is_lost_is_found_in_the_list(bench: Bench, sim: Simulator, fault: str) -> None:
    sim.faults.add(fault, "POST", carried_out=True)
    ran = bench.run("cpcode", name="live-2026", contract_id=CONTRACT)
    assert not ran.failed, ran["msg"]
    assert (ran["actions"], ran["cpcode"]["id"], len(ran.writes)) == (["create"], sim.msl.cpcodes[-1]["id"], 1)


def test_a_cp_code_that_is_not_in_the_list_either_is_ambiguous(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("html", "POST")
    ran = bench.run("cpcode", name="live-2026", contract_id=CONTRACT)
    assert (ran.kind, ran["actions"]) == ("ambiguous", [])


def test_a_cp_code_that_another_process_creates_meanwhile_is_not_created_twice(
    bench: Bench, sim: Simulator, tmp_path: Path
) -> None:
    bench.environment["TMPDIR"] = str(tmp_path)
    wanted = {"name": "live-2026", "contract_id": CONTRACT}
    bench.run("cpcode", **wanted)
    (turns,) = tmp_path.glob("streamops-live-*/turn-*.json")
    (scope,) = json.loads(turns.read_text())
    turns.write_text(json.dumps({scope: {"1": bench.clock.monotonic() + 1}}))
    sim.faults.add("call", "GET", "/cpcodes", rewrite=lambda body: [one for one in body if one["name"] != "live-2026"])
    ran = bench.run("cpcode", **wanted)
    assert (ran.kind, ran.lines) == ("conflict", ["GET /cpcodes", "GET /cpcodes"])
    assert "somebody else created CP code 'live-2026'" in ran["msg"]
    assert not bench.run("cpcode", **wanted)["changed"]


@pytest.mark.parametrize(
    ("path", "what"), [("/contracts", "contracts"), (r"/streams/\d+", "stream 50002"), ("/cdns", "cdns")]
)
def test_a_failed_reading_says_of_what(bench: Bench, sim: Simulator, path: str, what: str) -> None:
    sim.faults.add("status", "GET", f"{path}$", times=None, status=403, body={"title": "Forbidden"})
    ran = bench.run("facts", details=True)
    assert ran["msg"].startswith(f"Cannot read {what}: Media Services Live answered 403")


def test_a_blank_subset_is_none(bench: Bench) -> None:
    assert tuple(chosen_subsets([""])) == SUBSETS


def test_blanks_around_the_name_of_a_cp_code_do_not_count(bench: Bench, sim: Simulator) -> None:
    number = bench.converged("cpcode", name=" fresh ", contract_id=CONTRACT)["cpcode"]["id"]
    next(entry for entry in sim.msl.cpcodes if entry["id"] == number)["name"] = "fresh "
    assert not bench.converged("cpcode", name="fresh", contract_id=CONTRACT)["changed"]


@pytest.mark.parametrize("kind", ["stream", "origin", "cpcode"])
def test_a_refused_contract_is_told_with_those_that_exist(bench: Bench, sim: Simulator, kind: str) -> None:
    options: dict[str, Any] = {
        "stream": {
            "name": "n",
            "format": "HLS",
            "cpcode": 400002,
            "encoder_zone": "EUROPE",
            "origin": {"host_name": "newshost"},
        },
        "origin": {"host_name": "third", "cpcode": 400001, "encoder_zone": "EUROPE"},
        "cpcode": {"name": "n"},
    }[kind]
    sim.faults.add(
        "status", "POST", status=400, body={"title": "Bad Request", "status": 400, "detail": "Invalid contract"}
    )
    ran = bench.run(kind, **options, contract_id="C-77")
    assert "contract_id 'C-77' is not among the contracts C-0N7RAC7" in ran["msg"]
