# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Provisioning and lagging reads: what makes a service slow to show what it was told."""

from __future__ import annotations

import time

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient, MslClient

STREAM = {
    "name": "demo",
    "format": "HLS",
    "cpcode": 400001,
    "encoderZone": "EUROPE",
    "origin": {"hostName": "demohost", "cpcode": 400001},
}


def statuses(msl: MslClient, number: int, count: int) -> list[str]:
    return [msl.get(f"/streams/{number}")["provisionDetail"]["status"] for _time in range(count)]


@pytest.mark.parametrize(("reads", "expected"), [(0, "+++"), (1, "-++"), (2, "--+")])
def test_provisioning_by_number_of_reads(sim: Simulator, msl: MslClient, reads: int, expected: str) -> None:
    sim.settings.provisioning.reads = reads
    number = msl.create("streams", STREAM)
    marks = {"PENDING": "-", "PROVISIONED": "+"}
    assert "".join(marks[status] for status in statuses(msl, number, 3)) == expected


def test_lists_count_as_reads(sim: Simulator, msl: MslClient) -> None:
    sim.settings.provisioning.reads = 1
    number = msl.create("streams", STREAM)
    assert msl.get("/streams")["streams"][0]["provisionDetail"] == {"status": "PENDING"}
    assert statuses(msl, number, 1) == ["PROVISIONED"]


def test_provisioning_by_time(sim: Simulator, msl: MslClient) -> None:
    sim.settings.provisioning.seconds = 0.2
    number = msl.create("streams", STREAM)
    assert statuses(msl, number, 2) == ["PENDING", "PENDING"]
    time.sleep(0.25)
    assert statuses(msl, number, 1) == ["PROVISIONED"]


def test_every_update_provisions_again(sim: Simulator, msl: MslClient) -> None:
    number = msl.create("streams", STREAM)
    assert statuses(msl, number, 2) == ["PENDING", "PROVISIONED"]
    detail = msl.get(f"/streams/{number}")
    msl.put(
        f"/streams/{number}", {name: detail[name] for name in ("name", "format", "cpcode", "encoderZone", "origin")}
    )
    assert statuses(msl, number, 2) == ["PENDING", "PROVISIONED"]


@pytest.mark.parametrize(("fail", "expected"), [(True, "FAILED"), ("^de", "FAILED"), ("other", "PROVISIONED")])
def test_provisioning_can_fail(sim: Simulator, msl: MslClient, fail: bool | str, expected: str) -> None:
    sim.settings.provisioning.fail = fail
    sim.settings.provisioning.reads = 0
    sim.settings.provisioning.message = "No room on the storage"
    number = msl.create("streams", STREAM)
    provision = msl.get(f"/streams/{number}")["provisionDetail"]
    assert provision["status"] == expected
    assert (provision["message"] == "No room on the storage") is (expected == "FAILED")


def test_lagging_reads_show_what_was_before(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_stream({"name": "before"})
    detail = msl.get(f"/streams/{number}")
    body = {name: detail[name] for name in ("name", "format", "cpcode", "encoderZone", "origin")}
    sim.settings.lagging_reads = 2
    msl.put(f"/streams/{number}", body | {"name": "after"})
    assert [msl.get(f"/streams/{number}")["name"] for _time in range(3)] == ["before", "before", "after"]
    msl.send("DELETE", f"/streams/{number}")
    assert [msl.get("/streams")["totalSize"] for _time in range(3)] == [1, 1, 0]


def test_lagging_reads_hide_what_is_new(sim: Simulator, msl: MslClient, events: EventClient) -> None:
    sim.settings.lagging_reads = 1
    event = events.create(ref_id="show")
    assert events.code("GET", "/live_events/ref:show") == (404, "LIVE_EVENT_NOT_FOUND")
    assert events.get("/live_events/ref:show")["id"] == event
    number = msl.create("streams", STREAM)
    assert msl.refused("GET", f"/streams/{number}") == "Requested Stream does not exist"
    assert msl.get(f"/streams/{number}")["name"] == "demo"


def test_latency(sim: Simulator, msl: MslClient) -> None:
    sim.settings.latency = 0.1
    started = time.monotonic()
    msl.get("/cdns")
    assert time.monotonic() - started >= 0.1
