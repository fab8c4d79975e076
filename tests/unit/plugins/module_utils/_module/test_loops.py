# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the items of a loop share: client, listing and look-ups."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import FASTLY, origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture
def loop(bench: Bench, sim: Simulator) -> Bench:
    """Tasks that are the items of one loop."""
    bench.shared = {}
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    return bench


def test_a_loop_over_unchanged_streams_lists_once(loop: Bench, sim: Simulator) -> None:
    for number in range(10):
        sim.msl.add_stream({"name": f"s{number}", "cpcode": 400002, "dvrWindow": 10})
    ran = [loop.run("stream", **stream(name=f"s{number}", dvr_window=10)) for number in range(10)]
    assert not any(one["changed"] for one in ran)
    assert [one["api_calls"] for one in ran] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert all(one["stream"]["id"] for one in ran)


def test_an_item_sees_what_the_ones_before_it_did(loop: Bench, sim: Simulator) -> None:
    assert loop.run("stream", **stream())["actions"] == ["create"]
    assert loop.run("stream", **stream(), wait=True)["changed"] is False
    assert loop.run("stream", **stream(state="absent"))["actions"] == ["delete"]
    assert loop.run("stream", **stream(state="absent"))["changed"] is False
    assert loop.run("stream", **stream())["actions"] == ["create"]
    assert len(sim.msl.streams) == 1


def test_names_are_looked_up_once(loop: Bench, sim: Simulator) -> None:
    for number in range(3):
        ran = loop.run("origin", **origin(host_name=f"o{number}", cpcode=f"ingest-{number + 3}", shared_keys=[FASTLY]))
        assert ran["actions"] == ["create"]
    asked = [f"{request.method} {request.path}" for request in sim.requests]
    assert asked.count("GET /cdns") == asked.count("GET /origins/cpcodes") == asked.count("GET /origins") == 1


def test_a_list_that_is_no_longer_fresh_is_read_again_before_a_create(loop: Bench, sim: Simulator) -> None:
    loop.run("stream", **stream(name="first"))
    loop.clock.sleep(30)
    sim.msl.add_stream({"name": "news", "cpcode": 400002})
    ran = loop.run("stream", **stream())
    assert (ran.kind, ran.writes) == ("conflict", [])
    assert "somebody else created stream 'news'" in ran["msg"]
    assert loop.run("stream", **stream())["changed"] is False


def test_after_a_failed_write_the_list_is_read_again(loop: Bench, sim: Simulator) -> None:
    loop.run("stream", **stream(name="first"))
    sim.faults.add("status", "POST", status=403)
    assert loop.run("stream", **stream()).kind == "forbidden"
    assert loop.run("stream", **stream()).lines[0] == "GET /streams"
