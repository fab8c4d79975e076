# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles beside each other: in a loop of the caller's, in one play with the variables of all, and by their tags alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from ansible_collections.streamops.live.tests.plays.role_runs import origin_with_a_key_that_is_due, run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.simulator.msl import streams
from ansible_collections.streamops.live.tests.simulator.msl.stream_views import summary


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


def hand_over(folder: Path, origin: str):
    return yaml.safe_load((folder / "hand-overs" / origin / "fastly.yml").read_text(encoding="utf-8"))


def include(role: str, **variables: str):
    return {"ansible.builtin.include_role": {"name": f"streamops.live.{role}"}, "vars": variables}


def test_a_loop_of_the_caller_reaches_the_hand_over(sim, tmp_path):
    """The caller's item stands in variables that are rendered again wherever the role reads them."""
    origins = {name: origin_with_a_key_that_is_due(sim, name) for name in ("news", "sport")}
    rotation = include(
        "key_rotation",
        key_rotation_match="^{{ item.name }}$",
        key_rotation_hand_over_folder="{{ item.folder }}",
        key_rotation_hand_over_fact="{{ item.fact }}",
    )
    loop = [{"name": name, "folder": "~/hand-overs", "fact": True} for name in origins]
    ran = run(sim, tmp_path, [{**rotation, "loop": loop}], {})
    assert ran.status == 0, ran.output
    for name, origin in origins.items():
        assert hand_over(tmp_path, name)["key"] == origin["sharedKeys"][0]["key"]
        assert hand_over(tmp_path, name)["previous_key"] == origin["sharedKeys"][0]["previousKey"]


def test_a_loop_of_the_caller_reaches_the_page(sim, tmp_path):
    page = {**include("status_report", status_report_file="{{ item }}"), "loop": ["~/a.html", "~/b.html"]}
    for _run in range(2):
        ran = run(sim, tmp_path, [page], {"status_report_services": "msl"})
        assert ran.status == 0, ran.output
    assert sorted(path.name for path in tmp_path.glob("?.*")) == ["a.html", "a.json", "b.html", "b.json"]


def test_variables_of_one_role_do_not_reach_another(sim, tmp_path):
    """Extra variables win over everything, and the role key_rotation hands over by tasks of multi_cdn_origin."""
    due = origin_with_a_key_that_is_due(sim, "sport")
    given = {
        "multi_cdn_origin_host_name": "news", "multi_cdn_origin_cpcode": 400001, "multi_cdn_origin_encoder_zone": "EUROPE",
        "multi_cdn_origin_third_party_cdn_cpcode": 700001, "multi_cdn_origin_cdn_names": "Cloudfront",
        "multi_cdn_origin_cdns": [], "multi_cdn_origin_partner_accounts": [], "multi_cdn_origin_hand_over_fact": False,
        "multi_cdn_origin_hand_over_folder": str(tmp_path / "of-the-other"),
        "key_rotation_hand_over_folder": str(tmp_path / "hand-overs"), "key_rotation_hand_over_fact": True,
    }  # fmt: skip
    ran = run(sim, tmp_path, [include("multi_cdn_origin"), include("key_rotation")], given)
    assert ran.status == 0, ran.output
    assert hand_over(tmp_path, "sport")["key"] == due["sharedKeys"][0]["key"]
    assert [path.name for path in (tmp_path / "of-the-other").rglob("*.yml")] == ["cloudfront.yml"]


def test_the_fact_of_one_role_is_not_that_of_another(sim, tmp_path):
    origin_with_a_key_that_is_due(sim, "sport")
    origin_with_a_key_that_is_due(sim, "news")["sharedKeys"][0]["name"] = "of-news"
    given = {
        "multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": [{"name": "of-news", "cdn": "Fastly"}],
        "multi_cdn_origin_hand_over_fact": True, "key_rotation_hand_over_fact": True, "key_rotation_match": "sport",
    }  # fmt: skip
    told = {"ansible.builtin.assert": {"that": [
        "multi_cdn_origin_hand_overs.keys() | list == ['of-news']", "key_rotation_hand_overs.keys() | list == ['sport']",
    ]}}  # fmt: skip
    ran = run(sim, tmp_path, [include("multi_cdn_origin"), include("key_rotation"), told], given)
    assert ran.status == 0, ran.output


def test_the_rotation_by_its_tag(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    folder = {"key_rotation_hand_over_folder": "~/hand-overs"}
    looked = run(sim, tmp_path, "key_rotation", folder, "--skip-tags", "key_rotation_rotate")
    assert (looked.status, sim.writes) == (0, []), looked.output
    ran = run(sim, tmp_path, "key_rotation", folder, "--tags", "key_rotation_rotate")
    assert ran.status == 0, ran.output
    assert hand_over(tmp_path, "news")["key"] == origin["sharedKeys"][0]["key"]


def test_a_stop_and_a_reset_by_their_tags(sim, tmp_path):
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show", "encode_status": "encode_status_running"})
    given = {
        "live_event_run_ref_id": "show",
        "live_event_run_state": "stopped",
        "live_event_run_reset_after_stop": True,
    }
    ran = run(sim, tmp_path, "live_event_run", given, "--tags", "live_event_run_event,live_event_run_reset")
    assert ran.status == 0, ran.output
    assert [request.path.rsplit("/", 1)[-1] for request in sim.writes] == ["stop", "reset"]


def test_the_hand_over_of_streams_by_its_tag(sim, tmp_path):
    given = {
        "live_stream_name": "news", "live_stream_formats": "HLS, DASH", "live_stream_cpcode": 400001,
        "live_stream_encoder_zone": "EUROPE", "live_stream_event_names": "大会",
        "live_stream_hand_over_folder": "~/hand-overs",
    }  # fmt: skip
    too_early = run(sim, tmp_path, "live_stream", given, "--tags", "live_stream_hand_over")
    assert too_early.status != 0
    assert "There is no stream news-dash, news-hls, so nothing was handed over" in too_early.said
    assert run(sim, tmp_path, "live_stream", given).status == 0
    file = tmp_path / "hand-overs" / "news.yml"
    first = file.read_text(encoding="utf-8")
    assert '"大会"' in first
    file.unlink()
    sim.clear_requests()
    ran = run(sim, tmp_path, "live_stream", given, "--tags", "live_stream_hand_over")
    assert (ran.status, ran.changed, sim.writes) == (0, 1, []), ran.output
    assert file.read_text(encoding="utf-8") == first
    again = run(sim, tmp_path, "live_stream", given, "--tags", "live_stream_hand_over")
    assert (again.status, again.changed) == (0, 0), again.output


def test_the_hand_over_and_the_wait_of_an_origin_by_their_tags(sim, tmp_path):
    origin = origin_with_a_key_that_is_due(sim, "news")
    given = {
        "multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": [{"name": "fastly", "cdn": "Fastly"}],
        "multi_cdn_origin_hand_over_folder": "~/hand-overs", "multi_cdn_origin_wait": True,
        "multi_cdn_origin_wait_interval": 1,
    }  # fmt: skip
    ran = run(sim, tmp_path, "multi_cdn_origin", given, "--tags", "multi_cdn_origin_hand_over", "-vvv")
    assert (ran.status, sim.writes) == (0, []), ran.output
    assert hand_over(tmp_path, "news")["key"] == origin["sharedKeys"][0]["key"]
    assert origin["sharedKeys"][0]["key"] not in ran.output
    sim.clear_requests()
    waited = run(sim, tmp_path, "multi_cdn_origin", given, "--tags", "multi_cdn_origin_wait")
    assert (waited.status, waited.changed, sim.writes) == (0, 0, []), waited.output
    assert sim.requests


def test_the_page_by_its_tag(sim, tmp_path):
    given = {"status_report_file": "~/page.html", "status_report_services": "msl"}
    ran = run(sim, tmp_path, "status_report", given, "--tags", "status_report_write")
    assert ran.status == 0, ran.output
    assert json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))["counts"]["origins"] == 0


def test_hosts_that_are_accounts_have_a_page_each(sim, tmp_path):
    given = {"status_report_hosts": "all", "ansible_connection": "local", "status_report_services": "msl"}
    shared = run(sim, tmp_path, "status_report", {**given, "status_report_file": "~/page.html"}, "-i", "north,south,")
    assert (shared.status != 0, sim.requests, list(tmp_path.glob("*.html"))) == (True, [], []), shared.output
    assert "status_report_file is ~/page.html for north, south, which all write on this machine" in shared.said
    assert "with {{ inventory_hostname }} in its name" in shared.said
    spelt = {
        **given,
        "status_report_file": "{{ '~/page.html' if inventory_hostname == 'north' else '~/../' ~ home ~ '/page.html' }}",
    }
    spelt_twice = run(sim, tmp_path, "status_report", {**spelt, "home": tmp_path.name}, "-i", "north,south,")
    assert (spelt_twice.status != 0, sim.requests) == (True, []), spelt_twice.output
    own = {**given, "status_report_file": "~/{{ inventory_hostname }}.html"}
    ran = run(sim, tmp_path, "status_report", own, "-i", "north,south,")
    assert ran.status == 0, ran.output
    assert sorted(path.name for path in tmp_path.glob("*.html")) == ["north.html", "south.html"]


def test_a_loop_of_the_caller_leaves_nothing_of_the_pass_before(sim, tmp_path):
    """The first pass has something to rotate or to hand over, the second has not."""
    origin_with_a_key_that_is_due(sim, "news")
    sim.msl.add_stream({"name": "news-hls", "format": "HLS", "origin": {"hostName": "news"}})
    rotation = include("key_rotation", key_rotation_match="^{{ item }}$", key_rotation_hand_over_fact="true")
    stream = include("live_stream", live_stream_name="news", live_stream_event_names="{{ item }}")
    left = ["key_rotation_result", "key_rotation_hand_overs", "live_stream_hand_over"]
    tasks = [
        {**rotation, "loop": ["news", "other"]}, {**stream, "loop": ["main", ""]},
        {"ansible.builtin.assert": {"that": [f"{name} == {{}}" for name in left]}},
    ]  # fmt: skip
    ran = run(sim, tmp_path, tasks, {})
    assert ran.status == 0, ran.output
    assert sim.writes


def test_a_stream_that_is_listed_without_its_origin_does_not_stand_in_the_way(sim, tmp_path, monkeypatch):
    def without(stream):
        return {name: value for name, value in summary(stream).items() if name != "originHostName"}

    monkeypatch.setattr(streams, "summary", without)
    origin_with_a_key_that_is_due(sim, "season")
    sim.msl.add_stream({"name": "season-hls", "format": "HLS", "origin": {"hostName": "season"}})
    given = {"teardown_kinds": "streams, origins", "teardown_match": "^season", "teardown_confirm": True}
    assert run(sim, tmp_path, "teardown", given, "--check").status == 0
    ran = run(sim, tmp_path, "teardown", given)
    assert ran.status == 0, ran.output
    assert (sim.msl.streams, sim.msl.origins) == ({}, {})


def test_a_page_at_home_is_written_where_it_is_looked_for(sim, tmp_path):
    """Home is what HOME says, as modules read it; tasks that copy files go by the user's entry in passwd."""
    given = {"status_report_file": "~/page.html", "status_report_services": "msl"}
    first = run(sim, tmp_path, "status_report", given)
    assert (first.status, first.changed) == (0, 2), first.output
    assert (tmp_path / "page.html").is_file()
    again = run(sim, tmp_path, "status_report", given)
    assert (again.status, again.changed) == (0, 0), again.output
    foretold = run(sim, tmp_path, "status_report", {**given, "status_report_mode": "0600"}, "--check")
    assert (foretold.changed, (tmp_path / "page.html").stat().st_mode & 0o777) == (1, 0o644)
    other = run(sim, tmp_path, "status_report", {**given, "status_report_mode": "0600"})
    assert (other.status, other.changed) == (0, 1), other.output
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("page.html", "page.json")} == {0o600}


def test_a_page_that_is_looked_at_in_another_way_is_a_change(sim, tmp_path):
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
    given = {"status_report_file": "~/page.html"}
    first = run(sim, tmp_path, "status_report", given)
    assert (first.status, first.changed) == (0, 2), first.output
    ways = ({"status_report_title": "Other"}, {"status_report_refresh": 300}, {"status_report_days_after": 3})
    for other in ways:
        foretold = run(sim, tmp_path, "status_report", {**given, **other}, "--check")
        assert (foretold.status, foretold.changed) == (0, 1), foretold.output
    given = {**given, **ways[0], **ways[1], **ways[2]}
    ran = run(sim, tmp_path, "status_report", given)
    assert (ran.status, ran.changed) == (0, 1), ran.output
    again = run(sim, tmp_path, "status_report", given)
    assert (again.status, again.changed) == (0, 0), again.output
