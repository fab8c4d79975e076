# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role teardown takes for one name and for one origin, and what it does without a confirmation."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.plays.role_runs import run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.simulator.msl import origins, streams

_ORIGIN = {"teardown_kinds": "streams, origins", "teardown_match": "^season", "teardown_confirm": True}


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.fixture
def short_host_names(monkeypatch):
    """The list of streams names their origins in the other documented form, and in another case."""
    shown = streams.summary
    short = {"originHostName": "Season.akamaiorigin.net"}
    monkeypatch.setattr(streams, "summary", lambda stream: {**shown(stream), **short})


@pytest.mark.parametrize(
    ("given", "left"),
    [(["Round 1, home", "r.1"], ["home", "r-1"]), ("Round 1, home", ["Round 1, home", "r-1", "r.1"]), ([], None)],
)
def test_a_list_holds_names_as_they_are(sim, tmp_path, given, left):
    for name in ("Round 1, home", "home", "r.1", "r-1"):
        sim.smartstream.add_live_event({"ref_id": "", "name": name})
    names = {"teardown_kinds": "live_events", "teardown_names": given, "teardown_confirm": True}
    ran = run(sim, tmp_path, "teardown", names)
    if left is None:
        assert "Give either teardown_match, a regular expression, or teardown_names" in ran.said
        return
    assert ran.status == 0, ran.output
    assert sorted(event["name"] for event in sim.smartstream.live_events.values()) == left


def test_an_origin_that_another_stream_uses_stays_however_its_host_name_is_written(sim, tmp_path, short_host_names):
    sim.msl.add_origin({"hostName": "season"})
    for name in ("season-a", "other"):
        sim.msl.add_stream({"name": name, "origin": {"hostName": "season"}})
    for option in ("--check", "--diff"):
        ran = run(sim, tmp_path, "teardown", _ORIGIN, option)
        assert ran.status != 0
        assert "other would stay and uses an origin that would go. Nothing was deleted" in ran.said, ran.output
    assert sim.writes == []


def test_an_origin_goes_with_its_streams_however_its_host_name_is_written(sim, tmp_path, short_host_names):
    sim.msl.add_origin({"hostName": "season"})
    sim.msl.add_stream({"name": "season-a", "origin": {"hostName": "season"}})
    foretold = run(sim, tmp_path, "teardown", _ORIGIN, "--check")
    assert (foretold.status, sim.writes) == (0, []), foretold.output
    assert "season would be deleted" in foretold.said
    ran = run(sim, tmp_path, "teardown", _ORIGIN)
    assert (ran.status, ran.changed) == (0, foretold.changed), ran.output
    assert (sim.msl.streams, sim.msl.origins) == ({}, {})


@pytest.mark.parametrize("identifier", [{}, {"hostNameIdentifier": None}])
def test_an_origin_that_is_listed_without_its_identifier_has_the_one_of_its_host_name(
    sim, tmp_path, monkeypatch, identifier
):
    def without(origin, record):
        listed = {name: value for name, value in shown(origin, record).items() if name != "hostNameIdentifier"}
        return {**listed, **identifier}

    shown = origins._summary
    monkeypatch.setattr(origins, "_summary", without)
    for name in ("season", "other"):
        sim.msl.add_origin({"hostName": name})
    sim.msl.add_stream({"name": "season-a", "origin": {"hostName": "season"}})
    foretold = run(sim, tmp_path, "teardown", _ORIGIN, "--check")
    assert foretold.status == 0, foretold.output
    ran = run(sim, tmp_path, "teardown", _ORIGIN)
    assert (ran.status, ran.changed) == (0, foretold.changed), ran.output
    assert [origin["hostName"] for origin in sim.msl.origins.values()] == ["001-dn001-other.akamaiorigin.net"]


def test_without_a_confirmation_nothing_goes_and_the_list_can_be_looked_at(sim, tmp_path):
    sim.msl.add_stream({"name": "season-a"})
    given = {**_ORIGIN, "teardown_confirm": False}
    refused = run(sim, tmp_path, "teardown", given)
    assert refused.status != 0
    assert "teardown_confirm is not given. Nothing was deleted" in refused.said
    looked = run(sim, tmp_path, "teardown", given, "--skip-tags", "teardown_delete")
    assert (looked.status, looked.changed) == (0, 0), looked.output
    assert '"season-a"' in looked.output
    assert sim.writes == []
