# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists whose entries have the names of the detail: schema and examples of the service disagree."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import ORIGIN, STREAM
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

STORAGE = {"storage_group": {"cpcode": 600002}, "backup_storage_group": {"cpcode": 600003}}


@pytest.fixture
def details_listed(sim: Simulator) -> None:
    """An origin and a stream, both listed as their details show them."""
    sim.msl.add_origin(
        {"hostName": "demohost", "cpcode": 400001, "thirdPartyCdnCpcode": 700001, "backupEncoderZone": "US_EAST"}
    )
    sim.msl.add_stream(
        {
            "name": "news",
            "cpcode": 400002,
            "dvrWindow": 10,
            "origin": {"hostName": "demohost"},
            "storageGroup": {"cpcode": 600002},
            "backupStorageGroup": {"cpcode": 600003},
        }
    )

    def streams(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "streams": copy.deepcopy(list(sim.msl.streams.values()))}

    def origins(body: Any) -> Any:
        return copy.deepcopy(list(sim.msl.origins.values()))

    sim.faults.add("call", "GET", r"/streams$", times=None, rewrite=streams)
    sim.faults.add("call", "GET", r"/origins$", times=None, rewrite=origins)


@pytest.mark.usefixtures("details_listed")
@pytest.mark.parametrize(
    ("kind", "entry"),
    [
        ("origins", {**ORIGIN, "backup_encoder_zone": "us_east"}),
        ("streams", {**STREAM, **STORAGE, "dvr_window": 10}),
    ],
)
def test_what_the_list_shows_under_the_details_names_is_not_asked_for_again(
    bench: Bench, kind: str, entry: dict[str, Any]
) -> None:
    ran = bench.run(kind, **{kind: [entry]})
    assert (ran.failed, ran["changed"], ran.lines) == (False, False, [f"GET /{kind}"])


@pytest.mark.usefixtures("details_listed")
@pytest.mark.parametrize(
    ("kind", "entry", "option"),
    [
        ("origins", {**ORIGIN, "encoder_zone": "ASIA_PACIFIC"}, "encoder_zone"),
        ("origins", {**ORIGIN, "backup_encoder_zone": "ASIA_PACIFIC"}, "backup_encoder_zone"),
        ("origins", {**ORIGIN, "third_party_cdn_cpcode": "700002"}, "third_party_cdn_cpcode"),
        ("streams", {**STREAM, "origin": {"host_name": "other"}}, "origin"),
        ("streams", {**STREAM, "storage_group": {"cpcode": 600009}}, "storage_group"),
    ],
)
def test_what_differs_there_is_refused_by_its_name(bench: Bench, kind: str, entry: dict[str, Any], option: str) -> None:
    ran = bench.refused(kind, **{kind: [entry]})
    assert (ran.kind, ran["error"]["details"]) == ("immutable", [option])


@pytest.mark.usefixtures("details_listed")
def test_streams_that_use_an_origin_are_found_there(bench: Bench) -> None:
    ran = bench.refused("origin", host_name="demohost", state="absent")
    assert (ran.kind, ran["error"]["details"]) == ("conflict", ["news"])


def test_the_other_spelling_of_a_streams_origin_is_read(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    sim.msl.add_stream({"name": "news", "cpcode": 400002, "origin": {"hostName": "demohost"}})

    def respelled(body: dict[str, Any]) -> dict[str, Any]:
        entries = [{"originHostname" if name == "originHostName" else name: value for name, value in entry.items()}
                   for entry in body["streams"]]  # fmt: skip
        return {**body, "streams": entries}

    sim.faults.add("call", "GET", r"/streams$", times=None, rewrite=respelled)
    assert bench.run("streams", streams=[STREAM]).lines == ["GET /streams"]
    assert bench.refused("origin", host_name="demohost", state="absent").kind == "conflict"
