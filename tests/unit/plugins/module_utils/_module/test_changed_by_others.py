# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody renames, deletes or changes a resource while the task is at others: what was planned is not done blindly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

LONG = dt.timedelta(seconds=15)


@pytest.fixture
def first(sim: Simulator) -> int:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    return sim.msl.add_stream({"name": "first", "cpcode": 400002})


@pytest.fixture
def second(sim: Simulator, first: int) -> int:
    return sim.msl.add_stream({"name": "second", "cpcode": 400002})


@pytest.fixture
def meanwhile(bench: Bench, sim: Simulator) -> Callable[[Callable[[], object]], None]:
    """Let something happen while the first write is under way, which takes long."""

    def arranged(happens: Callable[[], object]) -> None:
        def called() -> None:
            bench.clock.skip(LONG)
            happens()

        for method in ("POST", "PUT"):
            sim.faults.add("call", method, r"^/streams(/\d+)?$", call=called)

    return arranged


def names(sim: Simulator) -> set[str]:
    return {one["name"] for one in sim.msl.streams.values()}


@pytest.mark.parametrize("entry", [{"state": "absent", "purge_content": True}, {"dvr_window": 20}])
def test_what_is_called_otherwise_by_now_is_left_alone(bench, sim, second, meanwhile, entry):
    meanwhile(lambda: sim.msl.streams[second].update(name="keep-me"))
    wanted = [{"name": "first", "dvr_window": 20}, {"name": "second", **entry}]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.kind, ran["actions"], names(sim)) == ("conflict", ["update"], {"first", "keep-me"})
    assert ran["msg"] == (
        "1 of 2 streams failed: Cannot read stream 'second' (entry 1 of the list): it is called 'keep-me' by now."
        " Run the task again, it looks anew; name it by its id if it is the one that is meant."
    )


def test_what_is_called_otherwise_by_now_is_changed_where_its_id_names_it(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams[second].update(name="other"))
    wanted = [{"name": "first", "dvr_window": 20}, {"id": second, "dvr_window": 20}]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.failed, ran["actions"], names(sim)) == (False, ["update", "update"], {"first", "other"})


def test_what_its_id_names_is_held_to_the_name_that_is_declared(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams[second].update(name="other"))
    wanted = [{"name": "first", "dvr_window": 20}, {"id": second, "name": "second", "dvr_window": 20}]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.failed, ran["actions"], names(sim)) == (False, ["update", "update"], {"first", "second"})


def test_a_look_that_is_fresh_is_not_renewed(bench, second):
    bench.clock.skip(dt.timedelta(hours=1))
    wanted = [{"name": name, "dvr_window": 20} for name in ("first", "second")]
    ran = bench.run("streams", streams=wanted)
    # The list, and each of the two before and after its write.
    assert (ran["actions"], len(ran.requests)) == (["update", "update"], 1 + 2 * 3)


def test_what_no_longer_has_a_name_to_prune_by_is_not_pruned(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams[second].update(name="production"))
    wanted = [{"name": "first", "dvr_window": 20}]
    ran = bench.run("streams", streams=wanted, concurrency=1, prune=True, prune_match="^second")
    assert (ran.failed, ran["actions"], names(sim)) == (False, ["update"], {"first", "production"})
    assert ran.warnings == ["stream 'second' is called 'production' by now, so it is not pruned."]


def test_what_still_has_a_name_to_prune_by_is_pruned_by_a_fresh_look(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams[second].update(name="second-2"))
    wanted = [{"name": "first", "dvr_window": 20}]
    ran = bench.run("streams", streams=wanted, concurrency=1, prune=True, prune_match="^second")
    assert (ran["actions"], names(sim)) == (["update", "delete"], {"first"})


def test_an_item_of_a_loop_is_not_deleted_by_an_old_list(bench, sim, second):
    bench.shared = {}
    bench.run("stream", name="first")
    sim.msl.streams[second]["name"] = "precious"
    bench.clock.skip(LONG)
    ran = bench.run("stream", name="second", state="absent")
    assert (ran.kind, ran.lines, names(sim)) == ("conflict", [f"GET /streams/{second}"], {"first", "precious"})


def test_what_vanished_is_not_created_in_place_of_its_update(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams.pop(second))
    wanted = [{"name": "first", "dvr_window": 20}, stream(name="second", dvr_window=20)]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.kind, ran["actions"], names(sim)) == ("not_found", ["update"], {"first"})
    assert ran["msg"] == (
        "1 of 2 streams failed: Cannot manage stream 'second' (entry 1 of the list): it vanished while the task ran."
        " Run the task again."
    )


def test_what_vanished_is_deleted_as_wanted(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams.pop(second))
    wanted = [{"name": "first", "dvr_window": 20}, {"name": "second", "state": "absent"}]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.failed, ran["actions"]) == (False, ["update"])


def test_what_is_being_provisioned_by_now_is_not_updated(bench, sim, second, meanwhile):
    meanwhile(lambda: sim.msl.streams[second]["provisionDetail"].update(status="PENDING"))
    sim.settings.provisioning.reads = 1000
    wanted = [{"name": "first", "dvr_window": 20}, {"name": "second", "dvr_window": 20}]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.kind, ran["actions"]) == ("conflict", ["update"])
    assert "update_pending=true" in ran["msg"]


def test_warnings_of_a_plan_that_was_made_anew_are_told(bench, sim, meanwhile):
    sim.msl.add_origin({"hostName": "one", "cpcode": 400001, "thirdPartyCdnCpcode": 700001})
    key = {"name": "l3", "type": "THIRD_PARTY", "cdnCode": "dn002", "key": "the-l3-key"}
    number = sim.msl.add_origin(
        {"hostName": "two", "cpcode": 400001, "thirdPartyCdnCpcode": 700001, "sharedKeys": [key]}
    )

    def rotated() -> None:
        bench.clock.skip(LONG)
        sim.msl.origins[number]["sharedKeys"][0].update(
            key="newer-key-xx", previousKey="the-l3-key", previousKeyExpiryDate="2099-12-01T00:00:00.000Z"
        )

    sim.faults.add("call", "PUT", r"^/origins/", call=rotated)
    wanted = [
        {"host_name": "one", "shared_keys": [{"name": "f", "cdn": "Fastly"}]},
        {"host_name": "two", "shared_keys": [{"name": "l3", "rotate": "always"}]},
    ]
    ran = bench.run("origins", origins=wanted, concurrency=1)
    assert ran["actions"] == ["update", "update"]
    assert any("loses access" in warning for warning in ran.warnings)


def test_after_a_refused_entry_the_next_creation_still_looks(bench, sim, first):
    def created() -> None:
        sim.msl.add_stream({"name": "mine", "cpcode": 400002})

    sim.faults.add("status", "POST", r"^/streams$", status=400)
    # Asked for to explain the refusal.
    sim.faults.add("call", "GET", r"^/cpcodes$", call=created)
    wanted = [stream(name="refused"), stream(name="mine")]
    ran = bench.run("streams", streams=wanted, concurrency=1, continue_on_error=True)
    assert [one["error"]["kind"] for one in ran["streams"]] == ["invalid", "conflict"]
    assert sorted(one["name"] for one in sim.msl.streams.values()) == ["first", "mine"]


def test_a_list_that_is_late_does_not_end_a_wait(bench, sim, first):
    """Details show them: only a resource that is in neither has vanished."""

    def without_new(body):
        kept = [one for one in body["streams"] if one["name"] == "first"]
        return {**body, "streams": kept, "totalSize": len(kept)}

    sim.faults.add("call", "GET", r"^/streams$", times=8, rewrite=without_new)
    sim.settings.provisioning.reads = 3
    ran = bench.run("streams", streams=[stream(name="a"), stream(name="b")], wait=True, wait_interval=10)
    assert (ran.failed, ran["actions"]) == (False, ["create", "create"])
    assert [one["stream"]["provision_detail"]["status"] for one in ran["streams"]] == ["PROVISIONED"] * 2


def test_what_the_service_does_not_show_at_all_is_not_taken_for_waited_for(bench, sim, first):
    def hidden(body):
        return {**body, "streams": [], "totalSize": 0}

    sim.settings.msl.location_form = "missing"
    sim.faults.add("call", "GET", r"^/streams$", times=None, rewrite=hidden)
    ran = bench.run("stream", **stream(name="late"), wait=True)
    assert (ran.kind, ran["actions"]) == ("timeout", ["create"])
    assert ran["msg"] == (
        "Cannot wait for stream 'late': the service accepted it and does not show it yet, so its id is not known."
        " Run the task again: it looks for it, and waits."
    )


def test_deletions_are_waited_for_by_the_list_alone(bench, sim, second):
    wanted = [{"name": name, "state": "absent"} for name in ("first", "second")]
    ran = bench.run("streams", streams=wanted, wait=True)
    assert (ran.failed, ran["actions"], sim.msl.streams) == (False, ["delete", "delete"], {})
    assert [line for line in ran.lines if line.startswith("GET")] == ["GET /streams"] * 2


def test_a_lost_update_is_settled_by_the_list_where_only_that_shows_the_member(bench, sim, second):
    def without_window(body):
        return {name: value for name, value in body.items() if name != "dvrWindow"}

    sim.faults.add("reset_after", "PUT", r"^/streams/\d+$")
    sim.faults.add("call", "GET", r"^/streams/\d+$", times=None, rewrite=without_window)
    ran = bench.run("stream", name="second", dvr_window=20, retries=0)
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["update"], 1)
