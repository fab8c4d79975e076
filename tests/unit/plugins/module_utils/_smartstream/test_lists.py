# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists: how they end, and what is done about an event that is in none of their pages."""

from __future__ import annotations

import pytest

ENDS = {
    "refused": {"status": 400, "body": {"code": "BAD_REQUEST", "message": "no such page"}},
    "refused in words": {"status": 400, "body": {"message": "no such page"}},
    "not found": {"status": 404, "body": {"code": "NOT_FOUND"}},
    "not found in words": {"status": 404, "body": "no such page", "content_type": "text/plain"},
    "null": {"status": 200, "body": {"count": 0, "live_events": None, "profiles": None}},
    "missing": {"status": 200, "body": {"count": 0}},
    "nothing": {"status": 200, "body": {}},
    "bare array": {"status": 200, "body": []},
    "empty": {"status": 200, "body": ""},
    "blank": {"status": 200, "body": " \n"},
    "no content": {"status": 204, "body": ""},
}
NO_ENDS = {
    "another refusal": ({"status": 400, "body": {"code": "FAILED_TO_SAVE"}}, "invalid"),
    "a page of a proxy": ({"status": 400, "body": "<html>", "content_type": "text/html"}, "invalid"),
    "a page of a web site": ({"status": 404, "body": "<html>", "content_type": "text/html"}, "unexpected_response"),
    "another status": ({"status": 403, "body": {"code": "FORBIDDEN"}}, "forbidden"),
    "no JSON": ({"status": 200, "body": "nothing", "content_type": "text/plain"}, "unexpected_response"),
    "no list": ({"status": 200, "body": {"live_events": {}}}, "unexpected_response"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_a_page_behind_the_last_one_ends_the_list_whatever_it_says(events, end):
    event_id = events.add()
    events.sim.faults.add("status", "GET", path="^/live_events$", skip=1, **end)
    assert [one["id"] for one in events.run("live_events")["live_events"]] == [event_id]
    events.sim.faults.add("status", "GET", path="^/live_event_profiles$", skip=1, **end)
    assert len(events.run("live_event_profiles")["live_event_profiles"]) == 3


@pytest.mark.parametrize(("answer", "kind"), NO_ENDS.values(), ids=NO_ENDS)
def test_a_page_that_failed_does_not_end_the_list(events, answer, kind):
    events.add()
    events.sim.faults.add("status", "GET", skip=1, **answer)
    assert events.run("live_events").kind == kind


@pytest.mark.parametrize("name", ["refused", "not found", "nothing", "empty", "no content"])
def test_the_first_page_has_to_be_a_list(events, name):
    events.sim.faults.add("status", "GET", **ENDS[name])
    assert events.run("live_events").failed


def test_a_page_that_was_asked_for_is_not_taken_for_the_end_when_it_is_refused(events):
    events.sim.faults.add("status", "GET", times=2, **ENDS["refused"])
    assert events.run("live_events", page=2, sort="nonsense").kind == "invalid"


@pytest.mark.parametrize("body", [{"count": 0, "live_events": None}, {"count": 0}, {"count": "0"}, []])
def test_no_events_are_an_empty_list(events, body):
    events.sim.faults.add("status", "GET", status=200, body=body)
    ran = events.run("live_events")
    assert (ran.failed, ran["live_events"], len(ran.requests)) == (False, [], 1)


def test_a_bare_array_is_a_list(events):
    events.sim.faults.add("status", "GET", times=2, status=200, body=[{"id": "a"}, {"id": "b"}])
    ran = events.run("live_events")
    assert ([one["id"] for one in ran["live_events"]], len(ran.requests)) == (["a", "b"], 2)


# An event that slips from one page to the one before it while the list is read.


def full_pages(events, count=60):
    for number in range(count):
        events.add(ref_id=f"e{number}", name=f"E{number}")


def slip(events, *numbers):
    """Let events of the first page be changed before the second one is read: as many of that one slip to the first."""

    def changed(body):
        for event in events.merchant.live_events.values():
            if event["name"] in {f"E{number}" for number in numbers}:
                event["updated_at"] = "2099-01-01T00:00:00.000+09:00"
        return body

    events.sim.faults.add("call", "GET", path="^/live_events$", rewrite=changed)


def test_a_name_that_slipped_past_is_found_by_a_second_reading(events):
    full_pages(events)
    slip(events, 5)
    ran = events.run(name="E30", live_event_profile_id=events.profile_id)
    assert (ran.failed, ran["actions"], len(ran.requests)) == (False, [], 3 + 3 + 1)


def test_a_name_that_slipped_past_is_deleted(events):
    full_pages(events)
    slip(events, 5)
    assert events.run(name="E30", state="absent")["actions"] == ["delete"]


def test_a_name_that_is_in_neither_reading_is_created(events):
    full_pages(events)
    ran = events.run(name="New", live_event_profile_id=events.profile_id)
    assert (ran["actions"], len(ran.requests)) == (["create"], 3 + 3 + 1)


def test_names_that_are_in_neither_reading_cost_one_second_reading(events):
    full_pages(events)
    wanted = [{"name": f"New {number}", "live_event_profile_id": events.profile_id} for number in range(5)]
    ran = events.run("season", live_events=wanted)
    assert (ran["actions"], ran.lines.count("GET /live_events")) == (["create"] * 5, 3 + 3)


def test_a_list_of_one_page_is_read_once(events):
    events.add()
    ran = events.run(name="New", state="absent")
    assert (ran.failed, len(ran.requests)) == (False, 2)


def test_two_events_of_a_name_in_the_second_reading_are_a_conflict(events):
    full_pages(events)
    slip(events, 5, 6)
    for event in events.merchant.live_events.values():
        event["name"] = "Twin" if event["name"] in ("E30", "E31") else event["name"]
    ran = events.run(name="Twin", state="absent")
    assert (ran.kind, ran.writes) == ("conflict", [])


def test_a_ref_id_that_slipped_past_is_seen_while_planning(events):
    full_pages(events)
    slip(events, 5)
    wanted = [{"ref_id": f"e{number}", "name": f"E{number}"} for number in (29, 30, 31)]
    ran = events.run("season", live_events=wanted, check=True)
    assert (ran.failed, ran["actions"], len(ran.requests)) == (False, [], 3 + 1)


def test_a_ref_id_that_nobody_has_is_asked_for_once(events):
    wanted = [{"ref_id": f"n{number}", "name": "N", "live_event_profile_id": events.profile_id} for number in range(3)]
    ran = events.run("season", live_events=wanted)
    assert (ran["actions"], len(ran.requests)) == (["create"] * 3, 1 + 3 + 3)


def test_events_of_a_list_that_is_too_long_are_asked_for_one_by_one(events):
    events.sim.settings.smartstream.page_maximum = 1
    full_pages(events, 45)
    wanted = [{"ref_id": f"e{number}", "name": f"E{number}"} for number in range(45)]
    ran = events.run("season", live_events=wanted, concurrency=8)
    assert (ran.failed, ran["actions"], len(ran.requests)) == (False, [], 40 + 45)


def test_an_event_that_was_deleted_after_the_second_reading_is_not_there(events):
    full_pages(events)
    slip(events, 5)
    events.sim.faults.add(
        "status", "GET", path="^/live_events/[0-9a-f]{32}$", status=404, body={"code": "LIVE_EVENT_NOT_FOUND"}
    )
    ran = events.run(name="E30", state="absent")
    assert (ran.failed, ran["actions"]) == (False, [])
