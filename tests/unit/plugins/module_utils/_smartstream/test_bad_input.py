# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Input that cannot be right: one clear sentence, a kind, nothing written."""

from __future__ import annotations

import pytest

START, END = "2034-12-31T20:00:00+09:00", "2034-12-31T22:00:00+09:00"
LATER_THAN_END = {"live_encode_start_at": END, "live_encode_end_at": START}

BEFORE_ANY_REQUEST = {
    "no name at all": ({"description": "x"}, "named by its id, its ref_id or its name"),
    "no offset": ({"ref_id": "a", "live_encode_start_at": "2034-12-31T20:00:00"}, "no offset"),
    "no date": ({"ref_id": "a", "live_encode_end_at": "tomorrow"}, "live_encode_end_at"),
    "end before start": ({"ref_id": "a", **LATER_THAN_END}, "is not after live_encode_start_at"),
    "end at start": ({"ref_id": "a", "live_encode_start_at": START, "live_encode_end_at": START}, "is not after"),
    "slash": ({"ref_id": "a/b"}, "would change the request's path"),
    "question mark": ({"ref_id": "a?b"}, "would change the request's path"),
    "number sign": ({"ref_id": "a#b"}, "would change the request's path"),
    "control character": ({"ref_id": "a\nb"}, "control characters"),
    "blank at the end": ({"ref_id": "a "}, "blank"),
    "empty ref_id": ({"ref_id": ""}, "ref_id is empty"),
    "empty name": ({"name": " "}, "name is empty"),
    "id that is a path": ({"id": ".."}, "would change the request's path"),
    "id that is a reference id": ({"id": "ref:show"}, "give it as ref_id"),
    "two profiles": ({"ref_id": "a", "live_event_profile": "hd", "live_event_profile_id": "x"}, "give one of them"),
    "empty profile": ({"ref_id": "a", "live_event_profile": ""}, "live_event_profile is empty"),
    "ambiguous words": ({"ref_id": "a", "stopped_statuses": ["x"], "failed_statuses": ["x"]}, "'x' is in"),
    "merchant missing": ({"ref_id": "a", "merchant_id": ""}, "merchant_id not found"),
    "merchant with a slash": ({"ref_id": "a", "merchant_id": "a/b"}, "merchant_id 'a/b'"),
    "credentials missing": ({"ref_id": "a", "access_token": ""}, "mail_address, password not found"),
    "plain http": ({"ref_id": "a", "api_url": "http://api.example.com"}, "plain http"),
    "no URL": ({"ref_id": "a", "api_url": "ftp://example.com"}, "Give it like https://ovp-s-api.smartstream.ne.jp"),
    "negative pace": ({"ref_id": "a", "requests_per_minute": -1}, "requests_per_minute"),
}  # fmt: skip


@pytest.mark.parametrize(("options", "words"), BEFORE_ANY_REQUEST.values(), ids=BEFORE_ANY_REQUEST)
def test_it_is_refused_before_any_request(events, options, words):
    ran = events.refused(**options)
    assert (ran.kind, ran.requests) == ("invalid", [])
    assert words in ran["msg"]


def test_two_events_of_that_name(events):
    ids = [events.add(ref_id=None), events.add(ref_id=None)]
    ran = events.refused(name="Show", description="x")
    assert ran.kind == "conflict"
    assert all(event_id in ran["msg"] for event_id in ids)


@pytest.mark.parametrize("option", ["live_event_profile", "live_event_profile_id"])
def test_a_profile_that_is_not_there(events, option):
    ran = events.run(ref_id="show", name="Show", **{option: "uhd"})
    assert (ran.kind, ran["actions"]) == ("not_found", [])
    assert "'HD 1080p' (ref_id hd)" in ran["msg"]
    assert events.merchant.live_events == {}


def test_what_a_new_event_needs(events):
    ran = events.refused(ref_id="show", description="x")
    assert ran.kind == "invalid"
    assert "name and live_event_profile or live_event_profile_id must be given" in ran["msg"]


def test_an_id_that_is_not_there(events):
    ran = events.refused(id="0" * 32, name="Show", live_event_profile_id=events.profile_id)
    assert ran.kind == "not_found"


def test_an_end_before_the_start_that_stays(events):
    events.add(live_encode_start_at=END)
    ran = events.refused(ref_id="show", live_encode_end_at=START)
    assert ran.kind == "invalid"
    assert "is not after" in ran["msg"]


def test_a_schedule_that_was_wrong_before_does_not_keep_an_event_from_being_left_alone(events):
    events.add(live_encode_start_at=END, live_encode_end_at=START)
    events.unchanged(ref_id="show", name="Show")


@pytest.mark.parametrize("shown", [(START, START), (START[:-6], END), ("soon", "later")])
def test_a_schedule_that_the_service_shows_does_not_keep_a_description_from_being_changed(events, shown):
    event_id = events.add(description="new", live_encode_start_at=shown[0], live_encode_end_at=shown[1])
    before = {**events.merchant.live_events[event_id], "description": "old"}
    events.sim.faults.add("status", "GET", status=200, body=before)
    events.sim.faults.add("status", "PUT", status=200, body={})
    ran = events.run(ref_id="show", description="new")
    assert (ran.failed, ran["actions"]) == (False, ["update"])
    assert ran.writes[0].body["live_encode_start_at"] == shown[0]


@pytest.mark.parametrize("shape", ["top", "error_object", "error_string", "errors", "text"])
def test_a_refusal_is_read_in_every_shape(events, shape):
    events.sim.settings.smartstream.error_shape = shape
    events.merchant.add_live_event({"ref_id": "other"})
    assert events.unchanged(ref_id="show", state="absent")["live_event"] == {}
    event_id = events.add()
    ran = events.run(id=event_id, ref_id="other")
    assert (ran.kind, ran["error"]["code"], ran["error"]["status"]) == ("conflict", "FAILED_TO_UPDATE", 400)
    assert ran["error"]["details"] == ["更新に失敗しました"]
    assert "更新に失敗しました" in ran["msg"]


# Bodies of a refusal whose shape nobody documents: (body, its content type), with the code or with words alone.
SHAPES = {
    "code and text in error": lambda code, status: {"error": f"{code}: text"},
    "status for a code": lambda code, status: {"code": status, "message": code},
    "status beside an error": lambda code, status: {"code": status, "error": {"code": code, "message": "text"}},
    "list": lambda code, status: [{"code": code, "message": "text"}],
    "list of texts": lambda code, status: [code],
    "text": lambda code, status: f'"{code}"',
    "text with words": lambda code, status: f'"{code}: text"',
    "errors": lambda code, status: {"errors": [code]},
    "name of the status in error": lambda code, status: {"status": status, "code": code, "error": "Not Found"},
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_missing_event_is_not_there_in_whatever_shape_the_service_says_so(events, shape):
    absent = {"status": 404, "body": shape("LIVE_EVENT_NOT_FOUND", 404)}
    events.sim.faults.add("status", "GET", path="/live_events/", times=None, **absent)
    assert events.unchanged(ref_id="show", state="absent")["live_event"] == {}
    ran = events.run(ref_id="show", name="Show", live_event_profile_id=events.profile_id)
    assert (ran.failed, ran["actions"]) == (False, ["create"])


@pytest.mark.parametrize("body", [{"error": "Not found"}, {"code": 404, "message": "no such event"}, [], '"gone"'])
def test_a_404_without_a_code_is_a_missing_event(events, body):
    events.sim.faults.add("status", "GET", times=None, status=404, body=body)
    events.unchanged(ref_id="show", state="absent")


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_refused_stop_has_its_effect_in_whatever_shape_the_service_says_so(events, shape):
    events.add("pending")
    events.sim.faults.add("status", "POST", status=400, body=shape("FAILED_TO_STOP", 400))
    ran = events.run(ref_id="show", state="stopped", stop_pending=True)
    assert (ran.failed, ran["actions"]) == (False, [])
    assert "FAILED_TO_STOP" in ran.warnings[0]


def test_a_page_for_people_is_no_missing_event(events):
    events.sim.faults.add("html", status=404)
    ran = events.run(ref_id="show", state="absent")
    assert ran.kind == "unexpected_response"
    assert "api_url" in ran["msg"]


def test_another_404_is_no_missing_event(events):
    events.sim.faults.add("status", status=404, code="NOT_FOUND")
    ran = events.run(ref_id="show", state="absent")
    assert (ran.kind, ran["error"]["code"]) == ("not_found", "NOT_FOUND")


@pytest.mark.parametrize("value", ["[]", "null", '{"name": "Show"}', '"x"'])
def test_an_answer_that_is_no_event(events, value):
    events.add()
    events.sim.faults.add("body", method="GET", value=value)
    ran = events.run(ref_id="show")
    assert ran.kind == "unexpected_response"
