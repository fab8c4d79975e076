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


def after_the_update(sim: Simulator, kind: str, path: str = "^/origins/[0-9]+$", **details: Any) -> None:
    """A fault that hits looks at one origin, from the first one on that follows its update."""
    sim.faults.add(kind, "GET", path, skip=2, **details)


def in_days(days: float) -> dt.datetime:
    return dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=days)


@pytest.mark.parametrize("listed", [[], [{"code": "dn009"}]])
def test_a_cdn_that_the_service_does_not_name(listed, sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    origin["sharedKeys"].append({**origin["sharedKeys"][0], "name": "old", "cdnCode": "dn009", "guid": "of-old"})
    sim.faults.add(
        "call", "GET", "/cdns$", rewrite=lambda cdns: [one for one in cdns if one["code"] == "dn003"] + listed
    )
    sim.msl.cdns.append({"code": "dn009", "name": "Gone"})
    ran = rotate(sim, tmp_path)
    assert ran.status == 0, ran.output
    told = handed_over(tmp_path)
    assert {name: one["cdn"] for name, one in told.items()} == {"news/fastly": "Fastly", "news/old": "dn009"}
    assert [told[f"news/{key['name']}"]["key"] for key in origin["sharedKeys"]] == [
        key["key"] for key in origin["sharedKeys"]
    ]


def test_a_look_after_the_rotation_that_is_stale(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    old = [dict(key) for key in origin["sharedKeys"]]
    after_the_update(sim, "call", rewrite=lambda detail: {**detail, "sharedKeys": old})
    ran = rotate(sim, tmp_path)
    assert ran.status == 0, ran.output
    assert handed_over(tmp_path)["news/fastly"]["key"] == origin["sharedKeys"][0]["key"] != old[0]["key"]


def test_a_look_after_the_rotation_that_fails(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    after_the_update(sim, "body", value='{"id":')
    ran = rotate(sim, tmp_path)
    assert (ran.status != 0, len(sim.writes)) == (True, 1), ran.output
    assert handed_over(tmp_path)["news/fastly"]["key"] == origin["sharedKeys"][0]["key"]
    assert handed_over(tmp_path)["news/fastly"]["previous_key"] == origin["sharedKeys"][0]["previousKey"]


def test_an_answer_to_the_rotation_that_is_lost(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    sim.faults.add("status", "PUT", status=504, carried_out=True)
    after_the_update(sim, "status", status=503)
    ran = rotate(sim, tmp_path, key_rotation_connection={"retries": 0})
    assert ran.status != 0, ran.output
    assert handed_over(tmp_path)["news/fastly"]["key"] == origin["sharedKeys"][0]["key"]


@pytest.mark.parametrize("lost", [False, True])
def test_new_keys_that_are_not_shown_are_named(lost, sim, tmp_path):
    """Those of the other origins are handed over, and what is refused is not new."""
    origins = {name: origin_with_a_key_that_is_due(sim, name) for name in ("news", "sport", "quiet")}
    news, quiet = (f"/origins/{origins[name]['id']}$" for name in ("news", "quiet"))
    if lost:
        sim.faults.add("status", "PUT", news, status=504, carried_out=True)
    sim.faults.add("status", "PUT", quiet, status=403)
    after_the_update(sim, "status", news, times=None, status=503)
    ran = rotate(sim, tmp_path, key_rotation_connection={"retries": 0})
    assert ran.status != 0, ran.output
    assert "does not show: news: fastly. Cannot read origin" in ran.said
    assert "The next rotation does not hand them over" in ran.said
    told = handed_over(tmp_path)
    assert {name: one["key"] for name, one in told.items()} == {
        "sport/fastly": origins["sport"]["sharedKeys"][0]["key"]
    }


def test_a_rotation_that_is_refused_is_what_failed(sim, tmp_path):
    origin_with_a_key_that_is_due(sim, "news")
    sim.faults.add("status", "PUT", status=403)
    ran = rotate(sim, tmp_path)
    assert ran.status != 0, ran.output
    assert (handed_over(tmp_path), "The next rotation does not hand them over" in ran.said) == ({}, False)


def seen(sim: Simulator, **changes: Any) -> None:
    """Let the service show what keys have otherwise in each look; what is None is not shown."""

    def rewrite(detail):
        for key in detail["sharedKeys"]:
            for name, value in changes.items():
                key[name] = value
                if value is None:
                    del key[name]
        return detail

    sim.faults.add("call", "GET", "^/origins/[0-9]+$", times=None, rewrite=rewrite)


@pytest.mark.parametrize("end", [None, 1796000000000, "soon"])
def test_an_end_that_cannot_be_read_stops_nobody(end, sim, tmp_path):
    origin_with_a_key_that_is_due(sim, "news")
    odd = origin_with_a_key_that_is_due(sim, "odd")
    odd["sharedKeys"][0]["expiryDate"] = end
    ran = rotate(sim, tmp_path)
    assert ran.status == 0, ran.output
    assert "1 of 2 keys of 2 origins to rotate" in ran.output
    assert ("has an end that cannot be read" in ran.said) == (end is not None)
    assert list(handed_over(tmp_path)) == ["news/fastly"]


def test_what_the_service_does_not_show_counts_as_the_modules_say(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    origin["sharedKeys"].append(
        {"name": "partner", "type": "AKAMAI", "authMethod": "MSL_MULTI_ACCOUNT", "key": "a", "enabled": True}
    )
    seen(sim, enabled=None, type=None)
    sim.faults.add("call", "GET", "^/origins$", times=None, rewrite=lambda listed: [
        {name: value for name, value in entry.items() if name != "hostNameIdentifier"} for entry in listed
    ])  # fmt: skip
    ran = rotate(sim, tmp_path, key_rotation_match="^news$", key_rotation_partner_keys="partner")
    assert ran.status == 0, ran.output
    keys = {key["name"]: key["key"] for key in origin["sharedKeys"]}
    (successor,) = keys.keys() - {"fastly", "partner"}
    told = handed_over(tmp_path)
    assert {name: one["key"] for name, one in told.items()} == {
        "news/fastly": keys["fastly"], f"news/{successor}": keys[successor],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days", "due", "said"),
    [(29.9, 1, "1 of 1 keys"), (30.1, 0, "None of 1 keys"), (-0.2, 0, "ended on"), (0.2, 1, "1 of 1 keys")],
)
@pytest.mark.parametrize("hours", [-10, 9])
def test_an_end_is_a_point_in_time_whatever_its_offset(days, due, said, hours, sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    end = in_days(days).astimezone(dt.timezone(dt.timedelta(hours=hours)))
    origin["sharedKeys"][0]["expiryDate"] = end.isoformat(timespec="seconds")
    ran = rotate(sim, tmp_path, "--check")
    assert (ran.status, said in ran.output, ran.output.count(".yml would be written")) == (0, True, due), ran.output


@pytest.mark.parametrize(
    ("given", "sent"),
    [("", None), (None, None), ([], []), ("a@b.example,\nc@d.example", ["a@b.example", "c@d.example"]), (["a@b.example"], ["a@b.example"])],
)  # fmt: skip
def test_mail_addresses_go_along_with_each_update(given, sent, sim, tmp_path):
    origin_with_a_key_that_is_due(sim, "news")
    ran = rotate(sim, tmp_path, key_rotation_email_ids=given)
    assert ran.status == 0, ran.output
    (update,) = sim.writes
    assert update.body.get("emailIds") == sent
