# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is declared of an origin's keys reaches the CDNs, whatever the service answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.streamops.live.tests.plays.role_runs import origin_with_a_key_that_is_due, run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_NEWS = {
    "multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": [{"name": "fastly", "cdn": "Fastly"}],
    "multi_cdn_origin_hand_over_folder": "~/hand-overs",
}  # fmt: skip


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


def handed_over(folder: Path) -> dict[str, Any]:
    """The hand-overs by the names of the keys."""
    files = (folder / "hand-overs" / "news").glob("*.yml")
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def test_a_name_that_yaml_takes_for_a_number_is_text(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    given = {
        **_NEWS, "multi_cdn_origin_cdns": [{"name": 2026, "cdn": "Fastly", "rotate": "always"}],
        "multi_cdn_origin_partner_accounts": [{"name": 2027}],
    }  # fmt: skip
    foretold = run(sim, tmp_path, "multi_cdn_origin", given, "--check")
    assert [f"{name}.yml would be written" in foretold.output for name in (2026, 2027)] == [True, True], foretold.output
    ran = run(sim, tmp_path, "multi_cdn_origin", given)
    assert ran.status == 0, ran.output
    again = run(sim, tmp_path, "multi_cdn_origin", {**given, "multi_cdn_origin_rotate_now": ["2026"]})
    assert again.status == 0, again.output
    keys = {key["name"]: key["key"] for key in origin["sharedKeys"]}
    assert {name: one["key"] for name, one in handed_over(tmp_path).items()} == {
        name: key for name, key in keys.items() if name != "fastly"
    }
    assert handed_over(tmp_path)["2026"]["cdn"] == "Fastly"


@pytest.mark.parametrize("shown", ["null", "nothing"])
def test_what_the_service_does_not_show_of_a_key_is_what_was_declared(shown, sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    gaps = ("authMethod", "cdnCode", "enabled", "expiryDate", "type")

    def rewrite(detail):
        full = {"null": dict.fromkeys(gaps), "nothing": {}}[shown]
        keys = [{name: value for name, value in key.items() if name not in gaps} for key in detail["sharedKeys"]]
        return {**detail, "sharedKeys": [{**key, **full} for key in keys]}

    sim.faults.add("call", "GET", "^/origins/[0-9]+$", skip=2, times=None, rewrite=rewrite)
    given = {
        **_NEWS,
        "multi_cdn_origin_partner_accounts": [{"name": "partner"}],
        "multi_cdn_origin_rotate_now": "fastly",
    }
    ran = run(sim, tmp_path, "multi_cdn_origin", given)
    assert ran.status == 0, ran.output
    told = handed_over(tmp_path)
    assert {name: one["key"] for name, one in told.items()} == {key["name"]: key["key"] for key in origin["sharedKeys"]}
    methods = {"fastly": "SIMPLE_AKAMAI_HEADER_VERIFICATION", "partner": "MSL_MULTI_ACCOUNT"}
    assert {name: one["auth_method"] for name, one in told.items()} == methods
    assert [one["enabled"] for one in told.values()] == [True, True]
    assert (told["fastly"]["cdn"], told["partner"]["nonce"]) == ("Fastly", "partner")


@pytest.mark.parametrize("stale", [False, True])
def test_what_was_rotated_is_handed_over_whatever_the_look_after_it_says(stale, sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    old = [dict(key) for key in origin["sharedKeys"]]
    if stale:
        sim.faults.add("call", "GET", "^/origins/[0-9]+$", skip=1, rewrite=lambda detail: {**detail, "sharedKeys": old})
    else:
        sim.faults.add("body", "GET", "^/origins/[0-9]+$", skip=1, value='{"id":')
    given = {**_NEWS, "multi_cdn_origin_rotate_now": "fastly", "multi_cdn_origin_hand_over_fact": True}
    ran = run(sim, tmp_path, "multi_cdn_origin", given)
    assert (ran.status == 0, len(sim.writes)) == (stale, 1), ran.output
    (key,) = origin["sharedKeys"]
    told = handed_over(tmp_path)["fastly"]
    assert (told["key"], told["previous_key"]) == (key["key"], old[0]["key"])


def test_a_failure_before_any_write_leaves_the_hand_overs_alone(sim, tmp_path):
    origin_with_a_key_that_is_due(sim, "news")
    assert run(sim, tmp_path, "multi_cdn_origin", _NEWS).status == 0
    before = handed_over(tmp_path)
    sim.faults.add("status", "GET", "^/origins", times=None, status=403)
    ran = run(sim, tmp_path, "multi_cdn_origin", {**_NEWS, "multi_cdn_origin_rotate_now": "fastly"})
    assert ran.status != 0
    assert list(before) == ["fastly"]
    assert handed_over(tmp_path) == before
