# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes whose answer was lost are looked for, never blindly repeated."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import (
    FASTLY,
    origin,
    stream,
)
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

LOST_AFTER = ["reset_after", "truncated", "html_after", "status_after"]
LOST_BEFORE = ["reset_before", "html", "status"]


def lose(sim: Simulator, fault: str, method: str) -> None:
    """Lose the answer to the next request of a method, after it was carried out or before."""
    kind, _mark, when = fault.partition("_")
    if kind in ("html", "status"):
        sim.faults.add(kind, method, status={"html": 200, "status": 500}[kind], carried_out=when == "after")
    else:
        sim.faults.add(fault, method)


@pytest.fixture(params=["origin", "stream"])
def kind(request: pytest.FixtureRequest, sim: Simulator) -> str:
    if request.param == "stream":
        sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    return str(request.param)


def wanted(kind: str) -> dict[str, object]:
    return origin(shared_keys=[FASTLY]) if kind == "origin" else stream()


@pytest.mark.parametrize("fault", LOST_AFTER)
def test_a_create_that_was_carried_out_is_found(bench: Bench, sim: Simulator, kind: str, fault: str) -> None:
    lose(sim, fault, "POST")
    ran = bench.run(kind, **wanted(kind))
    assert not ran.failed, ran["msg"]
    assert (ran["actions"], len(ran.writes)) == (["create"], 1)
    assert ran[kind]["id"] in (sim.msl.origins if kind == "origin" else sim.msl.streams)


@pytest.mark.parametrize("fault", LOST_BEFORE)
def test_a_create_that_was_not_is_ambiguous(bench: Bench, sim: Simulator, kind: str, fault: str) -> None:
    lose(sim, fault, "POST")
    ran = bench.run(kind, **wanted(kind))
    assert (ran.kind, ran["actions"], len(ran.writes)) == ("ambiguous", [], 1)
    assert "run the task again" in ran["msg"]
    assert f"Cannot create {kind}" in ran["msg"]
    assert bench.run(kind, **wanted(kind))["actions"] == ["create"]


def test_a_create_that_shows_late_is_found(bench: Bench, sim: Simulator, kind: str) -> None:
    sim.settings.lagging_reads = 2
    lose(sim, "reset_after", "POST")
    ran = bench.run(kind, **wanted(kind))
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["create"], 1)
    assert sum(ran.slept) > 0


@pytest.mark.parametrize("fault", ["html_after", "status_after"])
def test_an_update_that_was_carried_out_is_seen(bench: Bench, sim: Simulator, kind: str, fault: str) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    lose(sim, fault, "PUT")
    ran = bench.run(kind, **change(kind))
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["update"], 1)


@pytest.mark.parametrize("fault", ["html", "status"])
def test_an_update_that_was_not_is_ambiguous(bench: Bench, sim: Simulator, kind: str, fault: str) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    lose(sim, fault, "PUT")
    ran = bench.run(kind, **change(kind))
    assert (ran.kind, ran["actions"], len(ran.writes)) == ("ambiguous", [], 1)


@pytest.mark.parametrize(("fault", "found"), [("html_after", True), ("status_after", True), ("html", False)])
def test_a_deletion_is_looked_for(bench: Bench, sim: Simulator, kind: str, fault: str, found: bool) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    lose(sim, fault, "DELETE")
    ran = bench.run(kind, **wanted(kind), state="absent")
    assert ran["actions"] == (["delete"] if found else [])
    assert ran.failed is not found
    assert found or ran.kind == "ambiguous"


@pytest.mark.parametrize("fault", ["reset_before", "reset_after"])
def test_updates_and_deletions_get_over_a_broken_connection(
    bench: Bench, sim: Simulator, kind: str, fault: str
) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    lose(sim, fault, "PUT")
    assert bench.run(kind, **change(kind), wait=True)["actions"] == ["update"]
    lose(sim, fault, "DELETE")
    assert bench.run(kind, **wanted(kind), state="absent")["actions"] == ["delete"]
    assert bench.run(kind, **wanted(kind), state="absent")["changed"] is False


@pytest.mark.parametrize(("fault", "done"), [("status_after", True), ("status", False)])
def test_a_secret_that_cannot_be_read_is_seen_by_the_date_of_the_change(
    bench: Bench, sim: Simulator, kind: str, fault: str, done: bool
) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    unreadable = {
        "origin": {"host_name": "demohost", "email_ids": ["a@b.c"]},
        "stream": {"name": "news", "password": "ingest-password"},
    }
    lose(sim, fault, "PUT")
    ran = bench.run(kind, **unreadable[kind], update_unreadable="always")
    assert (not ran.failed, ran["actions"]) == (done, ["update"] if done else [])


def test_a_deletion_that_the_service_refuses_and_nobody_can_check_stays_refused(
    bench: Bench, sim: Simulator, kind: str
) -> None:
    bench.run(kind, **wanted(kind), wait=True)
    sim.faults.add("status", "DELETE", status=400, body={"detail": "No access"})
    ran = bench.run(kind, **wanted(kind), state="absent")
    assert (ran.kind, ran["actions"]) == ("invalid", [])
    assert "No access" in ran["msg"]


def test_a_service_that_cannot_be_asked_leaves_it_open(bench: Bench, sim: Simulator, kind: str) -> None:
    sim.faults.add("reset_after", "POST")
    sim.faults.add("status", "GET", skip=1, times=None, status=503)
    options = wanted("stream") if kind == "stream" else origin()
    ran = bench.run(kind, **options, retries=1)
    assert (ran.kind, ran["actions"]) == ("ambiguous", [])


@pytest.mark.parametrize("answer", [{"status": 401}, {"status": 403}, {"status": 200, "body": "<p>Hello</p>"}])
def test_an_answer_that_says_nothing_leaves_it_open(
    bench: Bench, sim: Simulator, kind: str, answer: dict[str, object]
) -> None:
    sim.faults.add("reset_after", "POST")
    sim.faults.add("status", "GET", skip=2 if kind == "stream" else 1, times=None, **answer)
    options = wanted("stream") if kind == "stream" else origin()
    ran = bench.run(kind, **options)
    assert (ran.kind, ran["actions"]) == ("ambiguous", [])


def test_a_resource_of_that_name_that_is_another_is_not_taken_for_the_lost_one(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("body", "GET", "/origins$", value="[]")
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400005, "encoderZone": "ASIA_PACIFIC"})
    lose(sim, "reset_before", "POST")
    ran = bench.run("origin", **origin())
    assert (ran.kind, ran["actions"]) == ("ambiguous", [])


def test_somebody_else_was_faster(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    sim.faults.add("body", "GET", "/origins$", value="[]")
    ran = bench.run("origin", **origin())
    assert (ran.kind, ran["actions"]) == ("conflict", [])
    assert "somebody else created origin 'demohost'" in ran["msg"]


def change(kind: str) -> dict[str, object]:
    if kind == "origin":
        return {"host_name": "demohost", "shared_keys": [{"name": "fastly", "enabled": False}]}
    return {"name": "news", "allowed_ips": ["192.0.2.9"]}
