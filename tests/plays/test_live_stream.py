# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role live_stream asks of the origin of its streams, and of options for one format."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.plays.role_runs import run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_NEWS = {"live_stream_name": "news", "live_stream_cpcode": 400001, "live_stream_encoder_zone": "EUROPE"}


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.mark.parametrize("host_name", ["news", "001-DN001-news.akamaiorigin.net"])
def test_an_origin_that_is_there_keeps_its_cpcode(sim, tmp_path, host_name):
    sim.msl.add_origin({"hostName": "news", "cpcode": 400002})
    given = {**_NEWS, "live_stream_origin_host_name": host_name}
    foretold = run(sim, tmp_path, "live_stream", given, "--check")
    assert (foretold.status, foretold.changed, sim.writes) == (0, 1, []), foretold.output
    ran = run(sim, tmp_path, "live_stream", given)
    assert (ran.status, ran.changed) == (0, 1), ran.output
    (stream,), (origin,) = sim.msl.streams.values(), sim.msl.origins.values()
    assert (stream["cpcode"], origin["cpcode"]) == (400001, 400002)
    again = run(sim, tmp_path, "live_stream", given)
    assert (again.status, again.changed) == (0, 0), again.output


@pytest.mark.parametrize(("given", "expected"), [({}, 400001), ({"live_stream_origin_cpcode": "400002"}, 400002)])
def test_a_new_origin_has_its_own_cpcode_or_that_of_the_streams(sim, tmp_path, given, expected):
    foretold = run(sim, tmp_path, "live_stream", {**_NEWS, **given}, "--check")
    ran = run(sim, tmp_path, "live_stream", {**_NEWS, **given})
    assert (foretold.status, ran.status, ran.changed) == (0, 0, foretold.changed), ran.output
    (origin,) = sim.msl.origins.values()
    assert origin["cpcode"] == expected


def test_a_cpcode_that_is_given_for_the_origin_is_held_to(sim, tmp_path):
    sim.msl.add_origin({"hostName": "news", "cpcode": 400002})
    ran = run(sim, tmp_path, "live_stream", {**_NEWS, "live_stream_origin_cpcode": 400001})
    assert (ran.status != 0, sim.writes) == (True, []), ran.output
    assert "cannot change cpcode" in ran.said


def test_a_long_name_takes_an_origin_of_another_name(sim, tmp_path):
    given = {**_NEWS, "live_stream_name": "evening-news-of-the-north"}
    refused = run(sim, tmp_path, "live_stream", given)
    assert (refused.status != 0, sim.requests) == (True, []), refused.output
    assert "The origin would be evening-news-of-the-north, and" in refused.said
    assert "Give another one as live_stream_origin_host_name" in refused.said
    ran = run(sim, tmp_path, "live_stream", {**given, "live_stream_origin_host_name": "news"})
    assert ran.status == 0, ran.output
    gone = run(
        sim, tmp_path, "live_stream", {"live_stream_name": given["live_stream_name"], "live_stream_state": "absent"}
    )
    assert (gone.status, sim.msl.streams) == (0, {}), gone.output


def test_a_point_in_time_without_quotes_is_an_option_of_a_format(sim, tmp_path):
    """YAML reads it as something else than text."""
    (tmp_path / "options.yml").write_text(
        "live_stream_format_options:\n"
        "  HLS:\n"
        "    stream_auth: {username: encoder, password: one-two-three-4, algorithm: SHA256}\n"
        "    stream_auth_previous_expiry: 2034-12-31T20:00:00+09:00\n"
    )
    ran = run(sim, tmp_path, "live_stream", _NEWS, "-e", "@options.yml")
    assert ran.status == 0, ran.output
    (stream,) = sim.msl.streams.values()
    assert stream["streamAuth"]["username"] == "encoder"
