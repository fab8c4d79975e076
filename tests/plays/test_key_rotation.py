# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that the service answers keeps a new key from its CDN."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.streamops.live.tests.plays.role_runs import origin_with_a_key_that_is_due, run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_FOLDER = {"key_rotation_hand_over_folder": "~/hand-overs"}


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


def rotate(sim: Simulator, folder: Path, *options: str, **given: Any):
    return run(sim, folder, "key_rotation", {**_FOLDER, **given}, *options)


def handed_over(folder: Path) -> dict[str, Any]:
    """The keys of the hand-overs by origin and name of the key."""
    files = (folder / "hand-overs").rglob("*.yml")
    return {f"{file.parent.name}/{file.stem}": yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def in_days(days: float) -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=days)


@pytest.mark.parametrize("listed", [[], [{"code": "dn009"}]])
def test_a_cdn_that_the_service_does_not_name(listed, sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    origin["sharedKeys"].append({**origin["sharedKeys"][0], "name": "old", "cdnCode": "dn009", "guid": "of-old"})
    sim.faults.add("call", "GET", "/cdns$", rewrite=lambda cdns: [one for one in cdns if one["code"] == "dn003"] + listed)
    sim.msl.cdns.append({"code": "dn009", "name": "Gone"})
    ran = rotate(sim, tmp_path)
    assert ran.status == 0, ran.output
    told = handed_over(tmp_path)
    assert {name: one["cdn"] for name, one in told.items()} == {"news/fastly": "Fastly", "news/old": "dn009"}
    assert [told[f"news/{key['name']}"]["key"] for key in origin["sharedKeys"]] == [
        key["key"] for key in origin["sharedKeys"]
    ]
