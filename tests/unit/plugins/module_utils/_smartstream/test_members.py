# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating, changing and reading members of a live event."""

from __future__ import annotations

import pytest

START, END = "2034-12-31T20:00:00+09:00", "2034-12-31T22:00:00+09:00"
SHOW = {"ref_id": "show", "name": "Show", "live_event_profile": "hd"}
FULL = {
    **SHOW,
    "description": "夜の番組",
    "source_type": "udp",
    "enable_ad_insertion_flag": True,
    "enable_live_to_file_flag": True,
    "live_encode_start_at": START,
    "live_encode_end_at": END,
}


def stored(events):
    """The only event that the service has."""
    (event,) = events.merchant.live_events.values()
    return event


def test_an_event_is_created_with_every_member_and_left_alone_then(events):
    ran = events.done(**FULL)
    assert ran["actions"] == ["create"]
    assert ran.lines == ["GET /live_events/ref:show", "GET /live_event_profiles", "POST /live_events"]
    assert stored(events) == {
        **stored(events),
        "ref_id": "show",
        "description": "夜の番組",
        "live_event_profile_id": events.profile_id,
        "live_encode_start_at": "2034-12-31T20:00:00.000+09:00",
    }
    assert ran["live_event"]["source_type"] == "udp"
    assert ran["live_event"]["phase"] == "pending"
    again = events.unchanged(**FULL)
    assert again["live_event"] == ran["live_event"]


def test_requests(events, figure):
    event_id = events.add("running")
    by_id = {"ref_id": "show", "live_event_profile_id": stored(events)["live_event_profile_id"]}
    new = {"ref_id": "new", "name": "New", "live_event_profile_id": events.profile_id}
    named = {"ref_id": "other", "name": "Other", "live_event_profile": "hd"}
    costs = {
        "unchanged by ref_id": len(events.unchanged(**by_id).requests),
        "unchanged by id": len(events.unchanged(id=event_id).requests),
        "unchanged with a log-in": len(events.unchanged(**by_id, **events.login).requests),
        "started when running": len(events.unchanged(ref_id="show", state="started").requests),
        "created": len(events.done(**new).requests),
        "created with a profile by name": len(events.done(**named).requests),
        "updated": len(events.done(ref_id="new", description="x").requests),
    }
    assert list(costs.values()) == [1, 1, 2, 1, 2, 3, 3]
    figure("requests of a live event: " + ", ".join(f"{what} {count}" for what, count in costs.items()))
    assert len(events.unchanged(ref_id="show", live_event_profile=by_id["live_event_profile_id"]).requests) == 1


def test_what_is_returned_can_be_given_back(events):
    returned = events.done(**FULL)["live_event"]
    options = {name: returned[name] for name in (*FULL, "live_event_profile_id", "id") if name != "live_event_profile"}
    events.unchanged(**options)


@pytest.mark.parametrize("written", ["2034-12-31T11:00:00Z", "2034-12-31 20:00:00.000+0900", "2034-12-31T13:00:00+02"])
def test_times_are_compared_as_points_in_time(events, written):
    events.done(**FULL)
    events.unchanged(ref_id="show", live_encode_start_at=written)


def test_a_time_is_sent_with_milliseconds_and_the_users_offset(events):
    events.add(live_encode_end_at=END)
    ran = events.done(ref_id="show", live_encode_start_at="2034-12-31T10:30:00Z")
    assert ran.writes[0].body["live_encode_start_at"] == "2034-12-31T10:30:00.000+00:00"


@pytest.mark.parametrize("put", ["merge", "replace"])
def test_an_update_repeats_what_stays(events, put):
    events.sim.settings.smartstream.put = put
    events.done(**FULL)
    before = dict(stored(events))
    ran = events.done(ref_id="show", name="Late show")
    assert ran["actions"] == ["update"]
    assert {name for name in before if stored(events)[name] != before[name]} == {"name", "updated_at"}
    assert "source_type" not in ran.writes[0].body


@pytest.mark.parametrize("put", ["merge", "replace"])
def test_a_schedule_is_cleared_by_null_and_a_description_by_an_empty_text(events, put):
    events.sim.settings.smartstream.put = put
    events.done(**FULL)
    clear = {"ref_id": "show", "live_encode_start_at": "", "live_encode_end_at": "", "description": ""}
    ran = events.done(**clear)
    assert ran.writes[0].body["live_encode_start_at"] is None
    assert (stored(events)["live_encode_start_at"], stored(events)["description"]) == (None, "")
    assert ran["live_event"]["live_encode_end_at"] is None
    events.unchanged(**clear)


def test_a_schedule_that_a_new_event_shall_not_have_is_not_sent(events):
    ran = events.done(**SHOW, live_encode_start_at="")
    assert "live_encode_start_at" not in ran.writes[0].body


def test_a_value_that_does_not_stick_is_a_failure(events):
    events.sim.settings.smartstream.put = "drop_nulls"
    events.done(**FULL)
    ran = events.run(ref_id="show", live_encode_start_at="")
    assert (ran.kind, ran["actions"], ran["changed"]) == ("unexpected_response", ["update"], True)
    assert ran["error"]["details"] == ["live_encode_start_at"]
    assert sum(ran.slept) == 10


def test_nothing_is_started_whose_members_did_not_stick(events):
    events.sim.settings.smartstream.put = "drop_nulls"
    events.done(**FULL)
    ran = events.run(ref_id="show", live_encode_start_at="", state="started")
    assert (ran.kind, ran["actions"]) == ("unexpected_response", ["update"])
    assert stored(events)["encode_status"] == "encode_status_pending"


def test_a_created_event_that_is_shown_otherwise_is_looked_at(events):
    events.sim.faults.add("body", method="POST", carried_out=True, value='{"id": "x", "name": "Other"}')
    ran = events.run(**SHOW)
    assert (ran.kind, ran["actions"]) == ("unexpected_response", ["create"])
    assert ran.lines[3:] == ["GET /live_events/x"] * 5


def test_reads_may_lag(events):
    event_id = events.add()
    events.sim.settings.lagging_reads = 3
    ran = events.run(ref_id="show", description="New")
    assert (ran.failed, ran["actions"], ran["live_event"]["description"]) == (False, ["update"], "New")
    assert ran.lines.count(f"GET /live_events/{event_id}") == 4


def test_a_name_alone_names_an_event(events):
    event_id = events.add(ref_id=None)
    assert events.unchanged(name="Show")["live_event"]["id"] == event_id
    assert events.unchanged(name="Show")["live_event"]["ref_id"] is None
    ran = events.done(name="New", live_event_profile="hd")
    assert ran["actions"] == ["create"]


def test_a_ref_id_is_a_member_of_an_event_that_is_named_by_its_id(events):
    event_id = events.add()
    assert events.done(id=event_id, ref_id="other")["actions"] == ["update"]
    assert stored(events)["ref_id"] == "other"
    events.unchanged(ref_id="other", name="Show")
    assert events.done(ref_id="other", name="Renamed")["actions"] == ["update"]


@pytest.mark.parametrize("ref_id", ["a b", "a%2Fb", "50%", "ショー", "ref:a", "a:b", "a+b&c=d", "'\""])
def test_reference_ids_are_addressed_as_they_are(events, ref_id):
    ran = events.done(**{**SHOW, "ref_id": ref_id})
    assert stored(events)["ref_id"] == ref_id
    assert "does not document" in ran.warnings[0]
    again = events.unchanged(ref_id=ref_id)
    assert again.warnings == []
    assert again.lines[0].startswith("GET /live_events/ref:")


@pytest.mark.parametrize("sources", ["string", "object"])
def test_the_source_type_is_seen_in_the_ingest_url(events, sources):
    events.sim.settings.smartstream.input_sources = sources
    events.done(**FULL)
    events.unchanged(ref_id="show", source_type="udp")
    ran = events.refused(ref_id="show", source_type="rtmp", description="x")
    assert ran.kind == "immutable"
    assert ran["error"]["details"] == ["source_type"]


def test_without_an_ingest_url_the_source_type_is_unknown(events):
    events.add(input_sources=[])
    ran = events.unchanged(ref_id="show", source_type="udp")
    assert "source_type" not in ran["live_event"]


def test_only_name_and_description_change_while_it_runs(events):
    events.sim.settings.smartstream.refuse_put_while_running = True
    events.add("running")
    assert events.done(ref_id="show", name="Late", description="x")["actions"] == ["update"]
    refused = events.refused(ref_id="show", name="Later", enable_live_to_file_flag=True)
    assert (refused.kind, refused["error"]["details"]) == ("conflict", ["enable_live_to_file_flag"])
    ran = events.run(ref_id="show", enable_live_to_file_flag=True, update_running=True)
    assert (ran.kind, ran["error"]["code"]) == ("conflict", "FAILED_TO_UPDATE")


def test_a_profile_is_found_by_its_ref_id_before_its_name(events):
    other = events.merchant.add_profile({"name": "hd"})
    events.merchant.add_profile({"name": "twin"})
    events.merchant.add_profile({"name": "twin"})
    assert events.done(**SHOW)["live_event"]["live_event_profile_id"] == events.profile_id
    ran = events.refused(**{**SHOW, "ref_id": "b", "live_event_profile": "twin"})
    assert ran.kind == "conflict"
    assert other not in ran["msg"]


def test_a_profile_beyond_the_first_page_is_found(events):
    for number in range(40):
        events.merchant.add_profile({"name": f"p{number}"})
    ran = events.done(**{**SHOW, "live_event_profile": "p39"})
    assert ran.lines.count("GET /live_event_profiles") == 2


@pytest.mark.parametrize("others", [[{"name": "sd"}, {"ref_id": "sought"}], [{"ref_id": "sought"}]])
def test_a_profile_is_found_by_its_ref_id_behind_a_short_page_with_one_of_that_name(events, others):
    events.merchant.profiles.clear()
    events.merchant.add_profile({"name": "sought"})
    *_rest, wanted = [events.merchant.add_profile(one) for one in ({"name": "x"}, *others)]
    events.sim.settings.smartstream.page_maximum = 2
    assert events.done(**{**SHOW, "live_event_profile": "sought"})["live_event"]["live_event_profile_id"] == wanted


def test_profiles_of_one_name_on_two_short_pages_are_a_conflict(events):
    for name in ("twin", "other", "twin"):
        events.merchant.add_profile({"name": name})
    events.sim.settings.smartstream.page_maximum = 2
    assert events.refused(**{**SHOW, "live_event_profile": "twin"}).kind == "conflict"


@pytest.mark.parametrize("status", [423, 406, 413, 451])
def test_a_create_that_is_refused_with_an_undocumented_status_is_not_ambiguous(events, status):
    events.sim.faults.add("status", "POST", status=status, body={"code": "SOME_CODE", "message": "words"})
    ran = events.run(**SHOW)
    error = ran["error"]
    assert (ran.kind, error["status"], error["code"]) == ("unexpected_response", status, "SOME_CODE")
    assert error["details"] == ["words"]
    assert len(ran.writes) == 1


@pytest.mark.parametrize("body", ["[]", '"created"', '{"name": "Show"}', '{"id": {}}'])
def test_a_create_whose_answer_shows_no_event_is_looked_for(events, body):
    events.sim.faults.add("body", "POST", value=body, carried_out=True)
    ran = events.run(**SHOW)
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["create"], 1)
    assert ran["live_event"]["id"] == stored(events)["id"]


@pytest.mark.parametrize("body", ["OK", "done.", '"x"'])
def test_updates_and_deletions_are_accepted_whatever_their_answer_says(events, body):
    events.add()
    events.sim.faults.add("body", "PUT", value=body)
    changed = events.run(ref_id="show", description="x")
    assert (changed.failed, changed["actions"], len(changed.requests)) == (False, ["update"], 3)
    events.sim.faults.add("status", "DELETE", status=200, body=body)
    gone = events.run(ref_id="show", state="absent")
    assert (gone.failed, gone["actions"], len(gone.requests)) == (False, ["delete"], 2)


@pytest.mark.parametrize("kind", ["text/html", "text/plain"])
def test_a_page_for_people_is_no_answer_to_a_deletion(events, kind):
    events.add()
    page = {"status": 200, "body": "<html>Log in</html>", "content_type": kind}
    events.sim.faults.add("status", "DELETE", times=None, **page)
    assert events.run(ref_id="show", state="absent").kind == "ambiguous"


HANDED_ON = [
    {"preview": []},
    {"preview": "https://example.com/x.jpg"},
    {"preview": {"id": 3, "name": {}}},
    {"media_id": ["x"]},
    {"input_sources": [{"id": 0, "url": "rtmp://192.0.2.1/live"}]},
    {"input_sources": [{"name": 1, "description": {}}]},
    {"tags": [{"id": 1, "ref_id": []}]},
]


@pytest.mark.parametrize("shown", HANDED_ON)
def test_what_is_only_handed_on_may_be_anything(events, shown):
    event_id = events.add(**shown)
    for kind in ({"ref_id": "show"}, {"name": "Show"}):
        assert events.unchanged(**kind)["live_event"]["id"] == event_id
    assert events.done(ref_id="show", description="x")["actions"] == ["update"]
    name, value = next(iter(shown.items()))
    assert events.run("live_events")["live_events"][0][name] == value
    assert events.run(ref_id="show", state="started")["actions"] == ["start"]


@pytest.mark.parametrize("shown", [{"name": []}, {"encode_status": {}}, {"id": True}, {"id": 1.5}, {"ref_id": {}}])
def test_what_is_relied_on_may_not(events, shown):
    events.add()
    events.sim.faults.add("call", "GET", rewrite=lambda body: {**body, **shown})
    assert events.run(ref_id="show").kind == "unexpected_response"


def test_numbers_for_ids_are_read_as_texts(events):
    events.merchant.profiles.clear()
    events.merchant.add_profile({"id": "7", "ref_id": "hd", "name": "HD"})
    event_id = events.add(id="17", live_event_profile_id="7", ref_id="2030", encode_status="encode_status_pending")

    def numbers(body):
        if isinstance(body, dict):
            return {name: numbers(value) for name, value in body.items()}
        if isinstance(body, list):
            return [numbers(one) for one in body]
        return int(body) if isinstance(body, str) and body.isdecimal() else body

    events.sim.faults.add("call", path="^/live_event", times=None, rewrite=numbers)
    for named in ({"id": event_id}, {"ref_id": "2030"}, {"name": "Show"}):
        ran = events.unchanged(**named, live_event_profile="hd")
        assert (ran["live_event"]["id"], ran["live_event"]["live_event_profile_id"]) == ("17", "7")
    ran = events.run(id=event_id, state="started", wait=True)
    assert (ran.failed, ran["actions"]) == (False, ["start"])
    assert events.run("live_event_profiles")["live_event_profiles"][0]["id"] == "7"


@pytest.mark.parametrize("kind", ["reset_after", "empty", "truncated"])
def test_a_created_event_whose_answer_is_lost_is_found_again(events, kind):
    events.sim.faults.add(kind, method="POST")
    ran = events.run(**SHOW)
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["create"], 1)
    assert ran["live_event"]["id"] == stored(events)["id"]


def test_an_event_that_was_never_created_is_not_sent_again(events):
    events.sim.faults.add("reset_before", method="POST")
    ran = events.run(**SHOW)
    assert (ran.kind, ran["actions"], len(ran.writes)) == ("ambiguous", [], 1)


def test_a_lost_answer_to_an_event_with_a_name_alone_is_searched_in_the_list(events):
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(name="Show", live_event_profile="hd")
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["create"], 1)


def test_a_lost_update_is_repeated_since_it_can_be(events):
    events.add()
    events.sim.faults.add("reset_after", method="PUT")
    ran = events.run(ref_id="show", description="x")
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["update"], 2)


def test_the_deletion_of_an_event_on_air_is_not_repeated(events):
    events.add("running")
    events.sim.faults.add("reset_before", method="DELETE")
    ran = events.run(ref_id="show", state="absent", force=True)
    assert (ran.kind, len(ran.writes)) == ("ambiguous", 1)


def test_a_lost_deletion_is_settled(events):
    events.add()
    events.sim.faults.add("reset_after", method="DELETE")
    ran = events.run(ref_id="show", state="absent")
    assert (ran.failed, ran["actions"]) == (False, ["delete"])
    assert events.merchant.live_events == {}
