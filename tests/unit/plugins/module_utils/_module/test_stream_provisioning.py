# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture(autouse=True)
def _origin(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})


@pytest.fixture
def pending(sim: Simulator) -> int:
    """A stream that the service is still provisioning, for so many more reads as a test says."""
    number = sim.msl.add_stream({"name": "news", "cpcode": 400002})
    sim.msl.provision(sim.msl.stream_stock, number)
    return number


def test_it_waits_until_the_stream_is_provisioned(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 3
    ran = bench.run("stream", **stream(wait=True))
    assert ran["stream"]["provision_detail"]["status"] == "PROVISIONED"
    assert set(ran.slept) == {60.0}
    assert "stream 'news' is PENDING" in ran.progress[0]


def test_it_does_not_wait_in_check_mode(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 1000
    assert bench.run("stream", check=True, **stream(wait=True)).slept == []


def test_it_fails_with_the_services_message(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.fail = "^news$"
    sim.settings.provisioning.message = "No capacity in EUROPE"
    ran = bench.run("stream", **stream(wait=True))
    assert (ran.kind, ran["actions"], ran["changed"]) == ("provisioning_failed", ["create"], True)
    assert "Cannot wait for stream 'news': the service reports FAILED: No capacity in EUROPE" in ran["msg"]
    assert ran["error"]["details"] == ["No capacity in EUROPE"]


def test_without_waiting_a_failure_that_shows_is_a_warning(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.fail = True
    bench.run("stream", **stream())
    bench.run("stream", **stream())
    ran = bench.run("stream", **stream())
    assert not ran.failed
    assert any("FAILED for stream 'news': Stream provisioning failed" in text for text in ran.warnings)


def test_it_gives_up_after_the_timeout(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 1000
    ran = bench.run("stream", **stream(wait=True, wait_timeout=150, wait_interval=60))
    assert (ran.kind, ran["actions"], ran.slept[-3:]) == ("timeout", ["create"], [60, 60, 30])
    assert "run the task again later" in ran["msg"]


def test_an_unchanged_stream_is_waited_for_as_well(bench: Bench, sim: Simulator, pending: int) -> None:
    ran = bench.run("stream", name="news", wait=True)
    assert (ran["changed"], ran["stream"]["provision_detail"]["status"]) == (False, "PROVISIONED")


def test_trouble_while_waiting_is_endured(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 4
    sim.faults.add("status", "GET", r"/streams/\d+", skip=2, times=12, status=503)
    ran = bench.run("stream", **stream(wait=True, retries=2))
    assert ran["stream"]["provision_detail"]["status"] == "PROVISIONED"
    assert any("no answer from the service" in line for line in ran.progress)


def test_a_change_while_pending_is_refused_with_the_ways_out(bench: Bench, sim: Simulator, pending: int) -> None:
    sim.settings.provisioning.reads = 1000
    sim.msl.provision(sim.msl.stream_stock, pending)
    ran = bench.refused("stream", name="news", allowed_ips=["192.0.2.1"])
    assert ran.kind == "conflict"
    for words in ("PENDING", "wait=true", "update_pending=true"):
        assert words in ran["msg"]


def test_a_change_while_pending_waits_when_it_may(bench: Bench, sim: Simulator, pending: int) -> None:
    sim.settings.msl.refuse_put_while_pending = True
    sim.settings.provisioning.reads = 4
    sim.msl.provision(sim.msl.stream_stock, pending)
    options = {"name": "news", "allowed_ips": ["192.0.2.1"], "wait": True}
    foretold = bench.run("stream", check=True, **options)
    done = bench.run("stream", **options)
    assert foretold["actions"] == done["actions"] == ["update"]
    assert foretold["diff"] == done["diff"]
    assert done["stream"]["provision_detail"]["status"] == "PROVISIONED"


def test_a_change_while_pending_is_sent_when_asked(bench: Bench, sim: Simulator, pending: int) -> None:
    sim.settings.provisioning.reads = 1000
    sim.msl.provision(sim.msl.stream_stock, pending)
    ran = bench.run("stream", name="news", allowed_ips=["192.0.2.1"], update_pending=True)
    assert (ran["actions"], ran.slept) == (["update"], [])


def test_a_stream_whose_provisioning_failed_cannot_be_changed_by_waiting(
    bench: Bench, sim: Simulator, pending: int
) -> None:
    sim.settings.provisioning.reads = 3
    sim.settings.provisioning.fail = True
    sim.msl.provision(sim.msl.stream_stock, pending)
    ran = bench.run("stream", name="news", allowed_ips=["192.0.2.1"], wait=True)
    assert (ran.kind, ran.writes) == ("provisioning_failed", [])


def test_a_failed_stream_can_be_mended(bench: Bench, sim: Simulator, pending: int) -> None:
    sim.msl.streams[pending]["provisionDetail"] = {"status": "FAILED", "message": "odd address"}
    ran = bench.run("stream", name="news", allowed_ips=["192.0.2.1"], wait=True)
    assert (ran.failed, ran["actions"]) == (False, ["update"])


def test_a_stream_that_vanishes_while_it_is_waited_for(bench: Bench, sim: Simulator, pending: int) -> None:
    sim.settings.provisioning.reads = 1000
    sim.msl.provision(sim.msl.stream_stock, pending)
    sim.faults.add("status", "GET", rf"/streams/{pending}", skip=1, times=None, status=400, body={
        "detail": "Requested Stream does not exist",
    })  # fmt: skip
    ran = bench.run("stream", name="news", allowed_ips=["192.0.2.1"], wait=True, wait_timeout=300)
    assert (ran.kind, ran.writes) == ("not_found", [])
    assert "it vanished from the service while the task waited for it" in ran["msg"]


@pytest.mark.parametrize("status", ["NOT_STARTED", "SOMETHING_NEW", None])
def test_every_other_status_is_pending(bench: Bench, sim: Simulator, pending: int, status: str | None) -> None:
    sim.msl.stream_stock.end(pending)
    sim.msl.streams[pending]["provisionDetail"] = {"status": status}
    ran = bench.run("stream", name="news", wait=True, wait_timeout=60)
    assert ran.kind == "timeout"
    assert f"still {status or 'PENDING'}" in ran["msg"]
