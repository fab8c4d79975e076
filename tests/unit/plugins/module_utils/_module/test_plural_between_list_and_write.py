# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Long lists: what they cost, what one bad entry does, and a service that changes between the list and the write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture(autouse=True)
def _origin(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})


def seed(sim: Simulator, number: int, **members: Any) -> None:
    for index in range(number):
        sim.msl.add_stream({"name": f"s{index}", "cpcode": 400002, "dvrWindow": 10, **members})


def entries(number: int, **changes: Any) -> list[dict[str, Any]]:
    return [stream(name=f"s{index}", **changes) for index in range(number)]


def between(monkeypatch: pytest.MonkeyPatch, call: str, happens: Callable[[], object]) -> None:
    """Let something happen on the service just before the first call of this name."""
    real, open_events = getattr(MslApi, call), [happens]

    def called(api: MslApi, *args: Any, **more: Any) -> Any:
        if open_events:
            open_events.pop()()
        return real(api, *args, **more)

    monkeypatch.setattr(MslApi, call, called)


def test_three_of_two_hundred_are_three_writes(bench: Bench, sim: Simulator) -> None:
    seed(sim, 200)
    wanted = entries(200, dvr_window=10)
    for index in (7, 70, 170):
        wanted[index]["dvr_window"] = 20
    ran = bench.run("streams", streams=wanted)
    assert (ran["actions"], len(ran.writes)) == (["update"] * 3, 3)
    # The list, and each of the three before and after its write.
    assert ran["api_calls"] == 1 + 3 * 3
    assert [number for number, one in enumerate(ran["streams"]) if one["changed"]] == [7, 70, 170]


def test_details_of_two_hundred_are_read_once_each(bench: Bench, sim: Simulator) -> None:
    seed(sim, 200, allowedIps=["192.0.2.1"])
    ran = bench.run("streams", streams=entries(200, allowed_ips=["192.0.2.1"]))
    assert (ran["changed"], ran["api_calls"]) == (False, 201)


def test_two_hundred_ids_cost_one_list(bench: Bench, sim: Simulator) -> None:
    seed(sim, 200)
    ran = bench.run("streams", streams=[{"id": number, "dvr_window": 10} for number in sim.msl.streams])
    assert (ran["changed"], ran["api_calls"]) == (False, 1)


def test_an_entry_that_wants_its_details_gets_them(bench: Bench, sim: Simulator) -> None:
    seed(sim, 4)
    wanted = [{"name": f"s{index}", "details": index == 2} for index in range(4)]
    ran = bench.run("streams", streams=wanted)
    assert ["allowed_ips" in one["stream"] for one in ran["streams"]] == [False, False, True, False]
    assert ran["api_calls"] == 2


def test_unchanged_origins_cost_one_list(bench: Bench, sim: Simulator) -> None:
    for index in range(30):
        sim.msl.add_origin({"hostName": f"o{index}", "cpcode": 400003})
    ran = bench.run("origins", origins=[{"host_name": f"o{index}", "encoder_zone": "EUROPE"} for index in range(30)])
    assert (ran["changed"], ran["api_calls"]) == (False, 1)


@pytest.mark.parametrize(
    ("bad", "kind", "api_calls"),
    [
        ({"allowed_ips": ["192.0.2.0/24"]}, "invalid", 0),
        ({"name": "not a name"}, "invalid", 0),
        ({"format": "DASH"}, "immutable", 1),
        ({"cpcode": "unknown-name"}, "invalid", 2),
    ],
)
def test_one_bad_entry_of_two_hundred_is_named_before_any_write(
    bench: Bench, sim: Simulator, bad: dict[str, Any], kind: str, api_calls: int
) -> None:
    seed(sim, 200)
    wanted = entries(200, dvr_window=20)
    wanted[137].update(bad)
    for check in (True, False):
        ran = bench.run("streams", check=check, streams=wanted, concurrency=1)
        assert (ran.kind, ran["actions"], ran.writes) == (kind, [], [])
        assert "(entry 137 of the list)" in ran["msg"]
        # The entries before it were read, since they differ.
        assert api_calls <= ran["api_calls"] <= api_calls + 200


def test_one_that_appears_just_after_the_list_was_read_is_a_conflict_and_no_duplicate(
    bench: Bench, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service takes a name twice, so that it would not refuse."""
    real, seen = MslApi.list_streams, []

    def listed(api: MslApi, **options: Any) -> Any:
        found = real(api, **options)
        if not seen:
            sim.msl.add_stream({"name": "s1", "cpcode": 400002})
        seen.append(found)
        return found

    monkeypatch.setattr(MslApi, "list_streams", listed)
    ran = bench.run("streams", streams=entries(3), continue_on_error=True)
    assert [one.get("error", {}).get("kind") for one in ran["streams"]] == [None, "conflict", None]
    assert sorted(one["name"] for one in sim.msl.streams.values()) == ["s0", "s1", "s2"]
    # One more list serves all that are created, and one comes after the failure.
    assert len(seen) <= 3
    assert bench.run("streams", streams=entries(3))["changed"] is False


def test_one_that_appears_after_the_plan_is_seen_before_the_create(
    bench: Bench, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long lists take their time: what is created wants a list of that moment."""
    seed(sim, 1)

    def much_later() -> None:
        bench.clock.slept.clear()
        bench.clock.sleep(30)
        sim.msl.add_stream({"name": "new", "cpcode": 400002})

    between(monkeypatch, "update_stream", much_later)
    wanted = [*entries(1, dvr_window=20), stream(name="new")]
    ran = bench.run("streams", streams=wanted, concurrency=1)
    assert (ran.kind, ran["actions"]) == ("conflict", ["update"])
    assert [one["name"] for one in sim.msl.streams.values()].count("new") == 1
    assert bench.run("streams", streams=wanted)["changed"] is False


@pytest.mark.parametrize("state", ["absent", "present"])
def test_one_that_vanishes_meanwhile(bench: Bench, sim: Simulator, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    seed(sim, 3)
    gone = next(iter(sim.msl.streams))
    call = {"absent": "delete_stream", "present": "update_stream"}[state]
    between(monkeypatch, call, lambda: sim.msl.streams.pop(gone))
    wanted = [{"name": f"s{index}", "state": state} for index in range(3)]
    if state == "present":
        wanted = [{**one, "dvr_window": 20} for one in wanted]
    ran = bench.run("streams", streams=wanted, continue_on_error=True, concurrency=1)
    if state == "absent":
        assert not ran.failed
        assert not sim.msl.streams
    else:
        assert ran.kind == "not_found"
        assert [one.get("failed", False) for one in ran["streams"]] == [True, False, False]


def test_a_result_after_a_failed_write_is_told_for_each(bench: Bench, sim: Simulator) -> None:
    seed(sim, 4)
    sim.faults.add("status", "PUT", "/streams", skip=1, status=403)
    ran = bench.run("streams", streams=entries(4, dvr_window=20), concurrency=1)
    assert [one["actions"] for one in ran["streams"]] == [["update"], [], [], []]
    assert [one.get("error", {}).get("kind") for one in ran["streams"]] == [None, "forbidden", None, None]
    assert (ran["actions"], ran["changed"]) == (["update"], True)
    left = bench.run("streams", streams=entries(4, dvr_window=20))
    assert left["actions"] == ["update"] * 3


def test_keys_of_a_list_are_as_secret_as_those_of_one(bench: Bench, sim: Simulator) -> None:
    wanted = [
        origin(host_name=name, shared_keys=[{"name": "partner", "type": "AKAMAI", "key": f"own-key-of-{name}"}])
        for name in ("one", "two")
    ]
    done = bench.converged("origins", origins=wanted)
    assert done["actions"] == ["create", "create"]
    assert "own-key" not in done.everything()
