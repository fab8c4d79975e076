# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Members that are fixed at creation and that the service does not have: asked for later, they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

PLACES = {"country_name": "Japan", "states": [{"name": "x", "cities": [{"name": "Tokyo"}]}]}
STREAM_MEMBERS: list[dict[str, Any]] = [
    {"active_archive_duration_in_days": 3},
    {"stream_level_purge_days": 3, "dvr_window": -1},
    {"vod_origin": {"cpcode": 400003, "name": "vault"}, "active_archive_duration_in_days": 3},
    {"primary_ingest_locations": PLACES},
    {"backup_ingest_locations": PLACES},
]
ORIGIN_MEMBERS = [{"third_party_cdn_cpcode": "700001"}, {"backup_encoder_zone": "US_EAST"}]


def first(members: dict[str, Any]) -> str:
    return next(iter(members))


@pytest.fixture
def plain(sim: Simulator) -> None:
    """An origin and a stream that have none of them."""
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    sim.msl.add_stream({"name": "news", "cpcode": 400002})


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("members", STREAM_MEMBERS, ids=first)
def test_what_a_stream_never_had_is_not_given_to_it_later(bench: Bench, members: dict[str, Any]) -> None:
    ran = bench.refused("stream", name="news", **members)
    assert ran.kind == "immutable"
    assert first(members) in ran["error"]["details"]


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("members", ORIGIN_MEMBERS, ids=first)
@pytest.mark.parametrize("identity", [{"id": 7001}, {"host_name": "demohost"}], ids=first)
def test_what_an_origin_never_had_is_not_given_to_it_later(
    bench: Bench, identity: dict[str, Any], members: dict[str, Any]
) -> None:
    for kind, options in (("origin", {}), ("origins", {"origins": [{**identity, **members}]})):
        ran = bench.refused(kind, **(options or {**identity, **members}))
        assert (ran.kind, ran["error"]["details"]) == ("immutable", [first(members)])


@pytest.mark.parametrize("members", STREAM_MEMBERS, ids=first)
def test_a_stream_that_was_created_with_it_is_left_alone(bench: Bench, sim: Simulator, members: dict[str, Any]) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    assert bench.converged("stream", **stream(**members))["actions"] == ["create"]
    assert not bench.converged("streams", streams=[stream(**members)])["changed"]


@pytest.mark.parametrize("members", ORIGIN_MEMBERS, ids=first)
def test_an_origin_that_was_created_with_it_is_left_alone(bench: Bench, members: dict[str, Any]) -> None:
    assert bench.converged("origin", **origin(**members))["actions"] == ["create"]
    assert not bench.converged("origins", origins=[origin(**members)])["changed"]


@pytest.mark.usefixtures("plain")
def test_no_backup_zone_is_none(bench: Bench) -> None:
    assert not bench.converged("origin", host_name="demohost", backup_encoder_zone="")["changed"]


@pytest.mark.usefixtures("plain")
def test_a_backup_zone_that_a_stream_does_not_show_is_not_known_to_differ(bench: Bench) -> None:
    assert not bench.converged("stream", name="news", backup_encoder_zone="US_EAST")["changed"]
