# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What roles refuse before their first request, in words of their own, and what of blank answers they take."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.instants import parse_instant
from ansible_collections.streamops.live.tests.awx import definitions
from ansible_collections.streamops.live.tests.plays.role_runs import origin_with_a_key_that_is_due, run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_SHOW = {"live_event_run_ref_id": "show"}
_SEASON = {"live_event_schedule_csv": "ref_id,name\na,A\n", "live_event_schedule_profile": "hd"}
_ROTATION = {"key_rotation_hand_over_folder": "~/hand-overs"}
_TEARDOWN = {"teardown_kinds": ["streams"]}
_PAGE = {"status_report_file": "~/page.html"}
# What Ansible's validation takes for a dictionary, and leaves as it is.
_TEXT = '{"retries": 1}'
_STATUSES = '{"running_statuses": ["a"]}'
# Of each role: variables, and the words that refuse them.
REFUSED: dict[str, list[tuple[dict[str, Any], str]]] = {
    "key_rotation": [
        ({**_ROTATION, "key_rotation_match": "("}, "key_rotation_match is (, which is no regular expression"),
        ({**_ROTATION, "key_rotation_grace_period": "a week"}, "key_rotation_grace_period is a week, which is not a length"),
        ({**_ROTATION, "key_rotation_validity": "365 days"}, "key_rotation_validity is 365 days, which is not a length"),
        ({"key_rotation_hand_over_folder": "hand-overs"}, "key_rotation_hand_over_folder is hand-overs; give a whole path"),
        ({**_ROTATION, "key_rotation_connection": _TEXT}, "key_rotation_connection is text and no mapping"),
    ],
    "multi_cdn_origin": [
        ({"multi_cdn_origin_host_name": ""}, "multi_cdn_origin_host_name is blank; give the short identifier"),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_hand_over_folder": "hand-overs"},
            "multi_cdn_origin_hand_over_folder is hand-overs; give a whole path",
        ),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": [{"name": "", "cdn": "Fastly"}]},
            "Each CDN and each partner account needs a name of its own",
        ),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": ["name=fastly cdn=Fastly"]},
            "multi_cdn_origin_cdns is or holds text where a mapping is needed",
        ),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_cdns": "name=fastly cdn=Fastly"},
            "multi_cdn_origin_cdns is or holds text where a mapping is needed",
        ),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_partner_accounts": ["name=partner"]},
            "multi_cdn_origin_partner_accounts is or holds text where a mapping is needed",
        ),
        (
            {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_connection": "retries=1"},
            "multi_cdn_origin_connection is text and no mapping",
        ),
    ],
    "live_stream": [
        ({"live_stream_name": ""}, "live_stream_name is blank; it holds"),
        (
            {"live_stream_name": "news", "live_stream_event_names": "a", "live_stream_hand_over_folder": "hand-overs"},
            "live_stream_hand_over_folder is hand-overs; give a whole path",
        ),
        ({"live_stream_name": "news", "live_stream_connection": _TEXT}, "live_stream_connection is text and no mapping"),
        (
            {"live_stream_name": "news", "live_stream_format_options": {"HLS": {"name": "other", "dvr_window": 5}}},
            "live_stream_format_options has name, and what a stream is called",
        ),
        (
            {"live_stream_name": "news", "live_stream_format_options": '{"HLS": {"dvr_window": 60}}'},
            "live_stream_format_options is text and no mapping",
        ),
    ],
    "live_event_run": [
        ({"live_event_run_ref_id": ""}, "live_event_run_ref_id is blank; give the reference id"),
        ({**_SHOW, "live_event_run_enable_live_to_file_flag": "maybe"}, "live_to_file_flag is maybe; give true or false"),
        ({**_SHOW, "live_event_run_source_type": "srt"}, "live_event_run_source_type is srt; give rtmp, rtp or udp"),
        ({**_SHOW, "live_event_run_statuses": _STATUSES}, "live_event_run_statuses is text and no mapping"),
        ({**_SHOW, "live_event_run_connection": _TEXT}, "live_event_run_connection is text and no mapping"),
    ],
    "live_event_schedule": [
        ({**_SEASON, "live_event_schedule_prune_limit": -1}, "live_event_schedule_prune_limit is -1; give the number"),
        (
            {**_SEASON, "live_event_schedule_prune": True, "live_event_schedule_prune_match": "("},
            "live_event_schedule_prune_match is (, which is no regular expression",
        ),
        ({**_SEASON, "live_event_schedule_connection": _TEXT}, "live_event_schedule_connection is text and no mapping"),
    ],
    "status_report": [
        ({"status_report_file": ""}, "status_report_file is blank; give a name with the ending .html"),
        ({"status_report_file": "page.html"}, "status_report_file is page.html; give a whole path"),
        ({**_PAGE, "status_report_msl_connection": _TEXT}, "status_report_msl_connection is text and no mapping"),
        ({**_PAGE, "status_report_smartstream_connection": _TEXT}, "status_report_smartstream_connection is text"),
        ({**_PAGE, "status_report_utc_offset": 530}, "utc_offset '530' is no offset from UTC"),
    ],
    "teardown": [
        ({**_TEARDOWN, "teardown_match": "("}, "teardown_match is (, which is no regular expression"),
        ({**_TEARDOWN, "teardown_match": "x", "teardown_msl_connection": _TEXT}, "teardown_msl_connection is text"),
        (
            {**_TEARDOWN, "teardown_match": "x", "teardown_smartstream_connection": _TEXT},
            "teardown_smartstream_connection is text",
        ),
    ],
}  # fmt: skip


@pytest.mark.parametrize("role", REFUSED)
def test_what_cannot_be_right_is_refused_before_any_request(role, tmp_path):
    tasks = [
        {
            "block": [
                {"ansible.builtin.include_role": {"name": f"streamops.live.{role}"}, "vars": variables},
                {"ansible.builtin.fail": {"msg": "it was accepted"}},
            ],
            "rescue": [{"ansible.builtin.debug": {"msg": "refused: {{ ansible_failed_result.msg }}"}}],
        }
        for variables, _words in REFUSED[role]
    ]
    with Simulator(Settings().without_budget()) as sim:
        ran = run(sim, tmp_path, tasks, {})
        assert ran.status == 0, ran.output
        refusals = re.findall(r'"msg": "refused: (.*)"', ran.output)
        assert [words in refusal for (_given, words), refusal in zip(REFUSED[role], refusals, strict=True)] == [
            True
        ] * len(refusals), refusals
        assert sim.requests == []


@pytest.mark.parametrize(
    ("role", "name"),
    [
        ("multi_cdn_origin", "multi_cdn_origin_host_name"),
        ("live_stream", "live_stream_name"),
        ("live_event_run", "live_event_run_ref_id"),
    ],
)
def test_null_is_no_name(role, name, tmp_path):
    """It is no answer: the older ansible-core refuses it, and for the newer ones the role does."""
    with Simulator(Settings().without_budget()) as sim:
        ran = run(sim, tmp_path, role, {name: None})
        assert ran.status != 0
        assert f"{name} is blank" in ran.said or f"argument '{name}' is of type <class 'NoneType'>" in ran.said, (
            ran.output
        )
        assert sim.requests == []


@pytest.mark.parametrize("blank", ["", " ", None])
def test_a_blank_grace_period_is_that_of_the_role(blank, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        origin = origin_with_a_key_that_is_due(sim, "news")
        given = {"key_rotation_hand_over_folder": "~/hand-overs", "key_rotation_grace_period": blank}
        ran = run(sim, tmp_path, "key_rotation", {**given, "key_rotation_validity": blank})
        assert ran.status == 0, ran.output
        assert days_from_now(origin["sharedKeys"][0]["previousKeyExpiryDate"]) == 7
        assert days_from_now(origin["sharedKeys"][0]["expiryDate"]) == 365


def test_blank_members_of_a_cdn_count_as_not_given(tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        origin = origin_with_a_key_that_is_due(sim, "news")
        blank = {"grace_period": "", "validity": "", "rotate_within": "", "key": "", "expiry_date": "", "guid": ""}
        given = {
            "multi_cdn_origin_host_name": "news",
            "multi_cdn_origin_cdns": [{"name": "fastly", "cdn": "Fastly", "rotate": "expiring", **blank}],
        }
        ran = run(sim, tmp_path, "multi_cdn_origin", given)
        assert ran.status == 0, ran.output
        (key,) = origin["sharedKeys"]
        assert days_from_now(key["previousKeyExpiryDate"]) == 7


@pytest.mark.parametrize(
    ("given", "sent"), [("", None), (None, None), ("a@b.example,\nc@d.example", ["a@b.example", "c@d.example"])]
)
def test_mail_addresses_of_an_origin_are_one_text_or_blank(given, sent, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        answers = {
            "multi_cdn_origin_host_name": "news", "multi_cdn_origin_cpcode": 400001, "multi_cdn_origin_encoder_zone": "EUROPE",
            "multi_cdn_origin_email_ids": given,
        }  # fmt: skip
        ran = run(sim, tmp_path, "multi_cdn_origin", answers)
        assert ran.status == 0, ran.output
        (created,) = sim.writes
        assert created.body.get("emailIds") == sent


@pytest.mark.parametrize(("minutes", "shown"), [(600, "+10:00"), (-630, "-10:30")])
def test_an_offset_that_yaml_takes_for_a_number_is_one(minutes, shown, tmp_path):
    """Unquoted, and in an answer of AWX's with ansible-core 2.19 and later, +10:00 arrives as 600."""
    with Simulator(Settings().without_budget()) as sim:
        ran = run(
            sim,
            tmp_path,
            "status_report",
            {**_PAGE, "status_report_services": "msl", "status_report_utc_offset": minutes},
        )
        assert ran.status == 0, ran.output
        assert json.loads((tmp_path / "page.json").read_text(encoding="utf-8"))["generated_at"].endswith(shown)


def days_from_now(instant: str) -> int:
    """How many days lie between now and a point in time, to the nearest one."""
    return round((parse_instant(instant).timestamp() - time.time()) / 86400)


@pytest.mark.parametrize("flag", ["", None, True, "no"])
def test_a_flag_of_an_event_is_blank_or_given(flag, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        number = sim.smartstream.add_live_event({"ref_id": "show", "name": "Show", "enable_live_to_file_flag": True})
        given = {
            "live_event_run_state": "present",
            "live_event_run_enable_live_to_file_flag": flag,
            "live_event_run_enable_ad_insertion_flag": "",
            "live_event_run_source_type": None,
            "live_event_run_name": "Another show",
        }
        ran = run(sim, tmp_path, "live_event_run", {**_SHOW, **given})
        assert ran.status == 0, ran.output
        event = sim.smartstream.live_events[number]
        assert (event["name"], event["enable_live_to_file_flag"]) == ("Another show", flag != "no")


def test_an_answer_that_looks_like_a_number_is_text(tmp_path):
    """An extra variable in JSON, or an answer of AWX's with ansible-core 2.19 and later, arrives as a number."""
    with Simulator(Settings().without_budget()) as sim:
        origin_with_a_key_that_is_due(sim, "news2027")
        sim.msl.add_stream({"name": "day-2027"})
        rotated = run(sim, tmp_path, "key_rotation", {"key_rotation_match": 2027, "key_rotation_hand_over_fact": True})
        assert rotated.status == 0, rotated.output
        assert "1 of 1 keys of 1 origins to rotate" in rotated.output
        gone = {"teardown_kinds": "streams", "teardown_match": 2027, "teardown_confirm": True}
        torn_down = run(sim, tmp_path, "teardown", gone)
        assert torn_down.status == 0, torn_down.output
        assert sim.msl.streams == {}
        folder = run(sim, tmp_path, "key_rotation", {"key_rotation_hand_over_folder": 2027})
        assert "key_rotation_hand_over_folder is 2027; give a whole path" in folder.said


def _as_left(sim: Simulator) -> None:
    """What the surveys' required answers find, so that nothing else is needed."""
    origin_with_a_key_that_is_due(sim, "news")
    sim.msl.add_stream({"name": "news-hls", "format": "HLS", "origin": {"hostName": "news"}})
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})


@pytest.mark.parametrize("blank", ["", None])
@pytest.mark.parametrize(
    ("playbook", "answers"),
    [
        ("key_rotation", _ROTATION),
        ("multi_cdn_origin", {"multi_cdn_origin_host_name": "news"}),
        ("live_stream", {"live_stream_name": "news", "live_stream_event_names": "main"}),
        ("live_event_run", {**_SHOW, "live_event_run_wait": False}),
        ("live_event_schedule", {"live_event_schedule_csv": "ref_id,name,live_event_profile\nshow,Show,hd\n"}),
        ("teardown", {**_TEARDOWN, "teardown_names": "news-hls"}),
    ],
)
def test_what_a_survey_leaves_blank_counts_as_not_given(playbook, answers, blank, tmp_path):
    questions = definitions.survey(f"{playbook}.yml")["spec"]
    left = {one["variable"]: blank for one in questions if not one["required"]}
    with Simulator(Settings().without_budget()) as sim:
        _as_left(sim)
        ran = run(sim, tmp_path, playbook, {**left, **answers}, "--check")
        assert ran.status == 0, ran.output
        assert sim.requests
