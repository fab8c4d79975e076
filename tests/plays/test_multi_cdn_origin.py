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
