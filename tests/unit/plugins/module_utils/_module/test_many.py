# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many resources in one task: one listing, one plan, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture(autouse=True)
def _origin(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})


def entry(number: int, **changes: Any) -> dict[str, Any]:
    return stream(name=f"s{number}", **changes)


def names(sim: Simulator) -> set[str]:
    return {one["name"] for one in sim.msl.streams.values()}


def test_many_streams_are_created_changed_deleted_and_left_alone_by_one_listing(bench: Bench, sim: Simulator) -> None:
    for number in (1, 2, 3):
        sim.msl.add_stream({"name": f"s{number}", "cpcode": 400002, "dvrWindow": 10})
    wanted = [
        entry(1, dvr_window=10),
        entry(2, dvr_window=20),
        {"name": "s3", "state": "absent"},
        entry(4),
    ]
    done = bench.converged("streams", streams=wanted, wait=True)
    assert names(sim) == {"s1", "s2", "s4"}
    results = done["streams"]
    assert [one["actions"] for one in results] == [[], ["update"], ["delete"], ["create"]]
    assert [one["changed"] for one in results] == [False, True, True, True]
    assert results[3]["stream"]["provision_detail"]["status"] == "PROVISIONED"
    assert results[2]["stream"] == {}
    assert sorted(done["actions"]) == ["create", "delete", "update"]
    assert set(done["diff"]["before"]) == {"stream 's2'", "stream 's3'"}


def test_two_hundred_unchanged_streams_cost_one_request(
    bench: Bench, sim: Simulator, figure: Callable[[str], None]
) -> None:
    for number in range(200):
        sim.msl.add_stream({"name": f"s{number}", "cpcode": 400002, "dvrWindow": 10})
    ran = bench.run("streams", streams=[entry(number, dvr_window=10) for number in range(200)])
    assert (ran["changed"], ran["api_calls"]) == (False, 1)
    figure("200 unchanged streams as a list, members that the list shows: 1 request")


def test_details_are_read_only_where_the_list_does_not_show_what_is_declared(bench: Bench, sim: Simulator) -> None:
    for number in range(3):
        sim.msl.add_stream({"name": f"s{number}", "cpcode": 400002, "allowedIps": ["192.0.2.1"]})
    ran = bench.run("streams", streams=[entry(0), entry(1, allowed_ips=["192.0.2.1"]), entry(2)])
    assert (ran["changed"], ran["api_calls"]) == (False, 2)


def test_origins_too(bench: Bench, sim: Simulator) -> None:
    wanted = [
        origin(),
        origin(host_name="second", cpcode="400003", shared_keys=[{"name": "partner", "type": "AKAMAI"}]),
        {"host_name": "third", "state": "absent"},
    ]
    del wanted[0]["third_party_cdn_cpcode"]
    done = bench.converged("origins", origins=wanted)
    assert [one["actions"] for one in done["origins"]] == [[], ["create"], []]
    revealed = bench.run("origins", origins=wanted[1:2], reveal_secrets=True)
    assert revealed["origins"][0]["origin"]["shared_keys"][0]["key"] in bench.known_keys()


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(1), entry(2), entry(1)], "Entries 0 and 2 of the list both are stream 's1'"),
        ([{"id": 1, "name": "a"}, {"id": 1, "name": "b"}], "Entries 0 and 1 of the list both are stream 1"),
        ([entry(1), entry(2, allowed_ips=["x"])], "stream 's2' (entry 1 of the list): allowed_ips: 'x'"),
        ([entry(1), {"format": "HLS"}], "neither is given"),
    ],
)
def test_a_list_that_cannot_be_right_costs_no_request(bench: Bench, entries: list[dict[str, Any]], words: str) -> None:
    ran = bench.refused("streams", streams=entries)
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert words in ran["msg"]


def test_one_resource_named_in_two_ways_is_refused(bench: Bench, sim: Simulator) -> None:
    number = sim.msl.add_stream({"name": "s1", "cpcode": 400002})
    ran = bench.refused("streams", streams=[{"id": number}, {"name": "s1"}])
    assert "are the same resource" in ran["msg"]


def test_one_impossible_plan_stops_all_writes(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "s2", "cpcode": 400002})
    ran = bench.refused("streams", streams=[entry(1), entry(2, format="DASH"), entry(3)])
    assert ran.kind == "immutable"
    assert "stream 's2'" in ran["msg"]


def test_it_goes_on_without_what_failed_when_asked(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "s2", "cpcode": 400002})
    wanted = [entry(1), entry(2, format="DASH"), entry(3, cpcode="499999"), entry(4)]
    ran = bench.run("streams", streams=wanted, continue_on_error=True)
    assert (ran.kind, ran["changed"]) == ("immutable", True)
    assert names(sim) == {"s1", "s2", "s4"}
    results = ran["streams"]
    assert [one.get("error", {}).get("kind") for one in results] == [None, "immutable", "invalid", None]
    assert [one["actions"] for one in results] == [["create"], [], [], ["create"]]
    assert ran["actions"] == ["create", "create"]
    assert "2 of 4 streams failed" in ran["msg"]


def test_a_failed_write_stops_the_rest(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("status", "POST", status=403)
    ran = bench.run("streams", streams=[entry(1), entry(2), entry(3)], concurrency=1)
    assert (ran.kind, ran["actions"], len(ran.writes)) == ("forbidden", [], 1)
    assert "1 of 3 streams failed and 2 were not begun" in ran["msg"]


@pytest.mark.parametrize("concurrency", [0, 65])
def test_concurrency_has_bounds(bench: Bench, concurrency: int) -> None:
    ran = bench.refused("streams", streams=[], concurrency=concurrency)
    assert "is not from 1 to 64" in ran["msg"]


def test_what_the_list_lacks_is_pruned_within_bounds(bench: Bench, sim: Simulator) -> None:
    for name in ("s1", "s2", "s3", "other"):
        sim.msl.add_stream({"name": name, "cpcode": 400002})
    options = {"streams": [entry(1)], "prune": True, "prune_match": "^s"}
    ran = bench.refused("streams", **options, prune_limit=1)
    assert ran.kind == "invalid"
    assert "would delete 2 streams, more than prune_limit allows (1): s2, s3" in ran["msg"]
    done = bench.converged("streams", **options)
    assert done["actions"] == ["delete", "delete"]
    assert names(sim) == {"s1", "other"}


@pytest.mark.parametrize(
    ("options", "words"),
    [({}, "Prune needs prune_match"), ({"prune_match": "("}, "prune_match '(' is not a regular expression")],
)
def test_pruning_needs_an_expression(bench: Bench, options: dict[str, Any], words: str) -> None:
    ran = bench.refused("streams", streams=[], prune=True, **options)
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert words in ran["msg"]


def test_an_origin_in_use_is_not_pruned_and_the_rest_is(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "s1", "origin": {"hostName": "demohost"}})
    sim.msl.add_origin({"hostName": "demo2"})
    options = {"origins": [], "prune": True, "prune_match": "^demo"}
    ran = bench.refused("origins", **options)
    assert ran.kind == "conflict"
    assert "s1" in ran["msg"]
    ran = bench.run("origins", **options, continue_on_error=True)
    assert (ran.kind, ran["actions"]) == ("conflict", ["delete"])
    assert len(sim.msl.origins) == 1


def test_many_are_waited_for_by_the_list(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 3
    ran = bench.run("streams", streams=[entry(number) for number in range(5)], wait=True)
    assert {one["stream"]["provision_detail"]["status"] for one in ran["streams"]} == {"PROVISIONED"}
    assert "5 PENDING" in ran.progress[0]
    polls = ran.lines[ran.lines.index("POST /streams") :].count("GET /streams")
    assert 1 <= polls <= 5


def test_one_that_fails_while_many_are_waited_for(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.fail = "^s1$"
    ran = bench.run("streams", streams=[entry(0), entry(1), entry(2)], wait=True)
    assert (ran.kind, len(ran["actions"])) == ("provisioning_failed", 3)
    assert [one.get("failed", False) for one in ran["streams"]] == [False, True, False]
    assert "stream 's1'" in ran["msg"]


@pytest.mark.parametrize(
    ("kind", "number", "name"), [("streams", 50001, {"name": "50001"}), ("origins", 7002, {"host_name": "7002"})]
)
def test_a_number_and_a_name_of_the_same_digits_are_two_resources(
    bench: Bench, sim: Simulator, kind: str, number: int, name: dict[str, str]
) -> None:
    sim.msl.add_origin({"hostName": "otherhost"})
    sim.msl.add_origin({"hostName": "7002"})
    sim.msl.add_stream({"name": "news"})
    sim.msl.add_stream({"name": "50001"})
    ran = bench.converged(kind, **{kind: [{"id": number}, name]})
    assert len({result[kind.removesuffix("s")]["id"] for result in ran[kind]}) == 2


@pytest.mark.parametrize(
    ("kind", "name"),
    [("streams", {"name": "news"}), ("origins", {"host_name": "demohost"}), ("origins", {"host_name": " DemoHost "})],
)
def test_an_id_with_a_name_beside_that_name_is_one_resource_twice(
    bench: Bench, kind: str, name: dict[str, str]
) -> None:
    ran = bench.refused(kind, **{kind: [{"id": 1, **name}, {option: text.strip() for option, text in name.items()}]})
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert "Name each resource once" in ran["msg"]
