# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for an event: two looks that agree, an end that says how things stand."""

from __future__ import annotations

SHOW = {"ref_id": "show", "wait": True}


def looks(ran):
    """How often the event was read after the last write."""
    last = max(number for number, request in enumerate(ran.requests) if request.is_write)
    return len(ran.requests) - last - 1


def test_a_start_is_awaited_by_two_looks_that_agree(events):
    events.add()
    events.sim.settings.smartstream.start.reads = 2
    ran = events.done(**SHOW, state="started")
    assert ran["live_event"]["phase"] == "running"
    assert looks(ran) == 4
    assert ran.slept == [10.0] * 3


def test_a_stop_is_awaited_until_it_does_not_run(events):
    events.add("running")
    ran = events.run(**SHOW, state="stopped", wait_interval=1)
    assert (ran["actions"], ran["live_event"]["encode_status"]) == (["stop"], "encode_status_stopped")
    assert looks(ran) == 3


def test_an_event_that_somebody_deletes_meanwhile_has_stopped(events):
    events.add("running")
    events.sim.faults.add("status", method="GET", skip=1, times=None, status=404, code="LIVE_EVENT_NOT_FOUND")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.failed, ran["actions"], ran["live_event"]) == (False, ["stop"], {})
    assert looks(ran) == 2


def test_without_wait_a_call_is_all(events):
    events.add()
    ran = events.run(ref_id="show", state="started")
    assert (ran["actions"], len(ran.requests), ran["live_event"]["phase"]) == (["start"], 2, "pending")


def test_the_end_of_a_wait_says_the_status_and_how_long(events):
    event_id = events.add()
    events.sim.settings.smartstream.start.reads = 1000
    ran = events.run(**SHOW, state="started", wait_timeout=60)
    assert (ran.kind, ran["actions"]) == ("timeout", ["start"])
    assert "still encode_status_pending after 60 s" in ran["msg"]
    assert ran["live_event"]["id"] == event_id


def test_a_wait_for_a_status_that_nobody_knows_says_which_options_teach_it(events):
    events.add()
    events.sim.settings.smartstream.start.reads = 1000
    ran = events.run(**SHOW, state="started", wait_timeout=30, pending_statuses=[])
    assert ran.kind == "timeout"
    assert "still 'encode_status_pending', which none of" in ran["msg"]
    assert "running_statuses" in ran["msg"]


def test_a_start_that_fails_ends_the_wait(events):
    events.add()
    events.sim.settings.smartstream.start_fails = True
    ran = events.run(**SHOW, state="started", failed_statuses=["encode_status_failed"])
    assert (ran.kind, ran["actions"]) == ("provisioning_failed", ["start"])
    assert "encode_status_failed" in ran["msg"]


def test_a_deletion_is_awaited_until_it_is_gone(events):
    events.add()
    ran = events.run(**SHOW, state="absent")
    assert (ran["actions"], ran["live_event"], looks(ran)) == (["delete"], {}, 2)


def test_the_deletion_of_an_event_on_air_takes_effect_later(events):
    events.add("running")
    events.sim.settings.smartstream.delete_stops = True
    events.sim.settings.smartstream.stop.reads = 3
    ran = events.run(**SHOW, state="absent", force=True)
    assert (ran.failed, ran["actions"], ran["live_event"]) == (False, ["delete"], {})


def test_a_deletion_that_does_not_end_is_a_warning(events):
    events.add("running")
    ran = events.run(**SHOW, state="absent", force=True, wait_timeout=30)
    assert (ran.failed, ran["actions"]) == (False, ["delete"])
    assert "still shows it" in ran.warnings[0]


def test_a_second_deletion_that_the_service_refuses_says_why(events):
    events.add("running")
    assert events.run(ref_id="show", state="absent", force=True)["actions"] == ["delete"]
    ran = events.run(ref_id="show", state="absent", force=True)
    assert (ran.kind, ran["error"]["code"]) == ("conflict", "FAILED_TO_DELETE")
    assert "under way already" in ran["msg"]


def test_there_is_nothing_to_wait_for_with_present_and_cancelled(events):
    events.add()
    for state in ("present", "cancelled"):
        ran = events.run(**SHOW, state=state, name="Late")
        assert ran.slept in ([], [0.0])


def test_a_reset_is_awaited(events):
    events.add("stopped")
    ran = events.run(**SHOW, state="reset", stopped_statuses=["encode_status_stopped"])
    assert (ran["actions"], ran["live_event"]["phase"]) == (["reset"], "pending")


def test_a_new_ingest_url_is_returned_after_a_reset(events):
    event_id = events.add("stopped")
    events.sim.settings.smartstream.new_ingest_on_reset = True
    before = events.merchant.live_events[event_id]["input_sources"]
    ran = events.run(ref_id="show", state="reset")
    assert ran["live_event"]["input_sources"] == events.merchant.live_events[event_id]["input_sources"] != before


def test_passing_trouble_does_not_end_a_wait(events):
    events.add()
    events.sim.faults.add("status", method="GET", skip=2, times=6, status=503)
    ran = events.run(**SHOW, state="started", retries=1)
    assert (ran.failed, ran["live_event"]["phase"]) == (False, "running")


def test_what_ends_a_wait_does_not_hide_what_was_done(events):
    event_id = events.add()
    events.sim.faults.add("status", method="GET", skip=1, times=None, status=403)
    ran = events.run(**SHOW, state="started")
    assert (ran.kind, ran["actions"], ran["changed"]) == ("forbidden", ["start"], True)
    assert ran["live_event"]["id"] == event_id
    assert ran["msg"].startswith("Cannot wait for live event 'show': ")


def test_a_failed_status_is_believed_when_two_looks_agree(events):
    number = events.add("failed")
    words = {"failed_statuses": [events.status(number)], "running_statuses": ["encode_status_running"]}
    stale = {**events.merchant.live_events[number]}
    events.sim.settings.smartstream.start.reads = 1
    events.sim.faults.add("call", "GET", rf"/live_events/{number}$", rewrite=lambda _body: stale)
    ran = events.run(ref_id="show", state="started", reset_stopped=True, wait=True, **words)
    assert (ran.failed, ran["actions"]) == (False, ["reset", "start"])


def test_a_start_that_failed_says_what_helps(events):
    events.add()
    events.sim.settings.smartstream.start_fails = True
    ran = events.run(**SHOW, state="started", failed_statuses=["encode_status_failed"])
    assert ran["msg"].endswith("Reset it: state=reset, or state=started with reset_stopped=true.")


def test_a_deletion_that_is_under_way_is_waited_for(events):
    events.add("running")
    assert events.run(ref_id="show", state="absent", force=True)["actions"] == ["delete"]
    ran = events.run(**SHOW, state="absent", force=True, wait_timeout=30)
    assert (ran.failed, ran["changed"], ran["deletion_pending"]) == (False, False, True)
    assert "an earlier deletion may be under way" in ran.warnings[0]


def test_a_deletion_at_a_wrong_address_deletes_nothing(events):
    events.add()
    events.sim.faults.add("status", "DELETE", status=404, code="NOT_FOUND")
    ran = events.run(ref_id="show", state="absent")
    assert (ran.kind, ran["actions"]) == ("unexpected_response", [])
    assert "Check api_url and merchant_id" in ran["msg"]


def test_many_deletions_are_confirmed_by_one_look_at_each(events):
    for number in range(4):
        events.add(ref_id=f"e{number}")
    wanted = [{"ref_id": f"e{number}", "state": "absent"} for number in range(4)]
    ran = events.run("season", live_events=wanted, wait=True)
    assert (ran.failed, looks(ran)) == (False, 2 + 4)
