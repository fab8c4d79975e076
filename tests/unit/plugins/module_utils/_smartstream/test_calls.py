# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts, stops, resets and cancels that the service refuses, and those whose answer is lost."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import PENDING, RUNNING

SHOW = {"ref_id": "show"}


def pending(events, phase):
    """An event that looks pending and is in another phase."""
    event_id = events.add("pending")
    events.sim.settings.smartstream.stopped_status = PENDING
    events.merchant.enter(event_id, phase)
    assert events.status(event_id) == PENDING
    return event_id


def calls(ran):
    """The calls that were sent, in order."""
    return [request.path.rpartition("/")[2] for request in ran.writes]


def test_a_start_that_is_refused_names_the_option(events):
    pending(events, "stopped")
    ran = events.run(**SHOW, state="started")
    assert (ran.kind, ran["error"]["status"], ran["error"]["code"]) == ("conflict", 400, "FAILED_TO_START")
    assert "reset_stopped=true" in ran["msg"]
    assert PENDING in ran["msg"]
    assert ran["actions"] == []
    assert calls(ran) == ["start"]


def test_a_start_that_is_refused_is_a_reset_and_a_start_with_the_option(events):
    event_id = pending(events, "stopped")
    ran = events.run(**SHOW, state="started", reset_stopped=True, wait=True)
    assert ran["actions"] == ["reset", "start"]
    assert calls(ran) == ["start", "reset", "start"]
    assert events.status(event_id) == RUNNING


def test_a_start_that_is_refused_since_it_runs_by_now_is_no_change(events):
    event_id = pending(events, "starting")
    events.sim.settings.smartstream.start.reads = 1
    events.merchant.enter(event_id, "starting")
    ran = events.run(**SHOW, state="started")
    assert (ran.failed, ran["actions"], ran["live_event"]["phase"]) == (False, [], "running")
    assert "runs already" in ran.warnings[0]


def test_a_starting_event_that_refuses_a_reset_too_is_waited_for(events):
    events.sim.settings.smartstream.start.reads = 4
    event_id = pending(events, "starting")
    ran = events.run(**SHOW, state="started", reset_stopped=True, wait=True)
    assert (ran.failed, ran["actions"]) == (False, [])
    assert calls(ran) == ["start", "reset"]
    assert events.status(event_id) == RUNNING


def test_a_starting_event_that_refuses_a_reset_too_fails_without_wait(events):
    events.sim.settings.smartstream.start.reads = 100
    pending(events, "starting")
    ran = events.run(**SHOW, state="started", reset_stopped=True)
    assert ran.kind == "conflict"
    assert "both to start and to reset" in ran["msg"]
    assert "wait=true" in ran["msg"]


def test_a_start_that_is_refused_after_a_reset_is_not_repeated(events):
    pending(events, "stopped")
    events.sim.faults.add("status", method="POST", path="/start$", times=None, status=400, code="FAILED_TO_START")
    ran = events.run(**SHOW, state="started", reset_stopped=True)
    assert (ran.kind, ran["actions"], calls(ran)) == ("conflict", ["reset"], ["start", "reset", "start"])
    assert "reset just now" in ran["msg"]


@pytest.mark.parametrize(
    ("state", "option", "call"),
    [("stopped", "stop_pending", "stop"), ("reset", "reset_pending", "reset"), ("cancelled", "force", "cancel")],
)
def test_a_refused_call_on_an_event_that_does_not_run_is_no_change(events, state, option, call):
    pending(events, "stopped" if call != "reset" else "idle")
    ran = events.run(**SHOW, state=state, **{option: True})
    assert (ran.failed, ran["actions"], calls(ran)) == (False, [], [call])
    assert f"FAILED_TO_{call.upper()}" in ran.warnings[0]
    assert ran["live_event"]["encode_status"] == PENDING


def test_a_refused_stop_of_a_running_event_fails(events):
    events.add("running")
    events.sim.faults.add("status", method="POST", status=400, code="FAILED_TO_STOP")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.kind, ran["error"]["code"], ran["actions"]) == ("conflict", "FAILED_TO_STOP", [])
    assert "the event runs" in ran["msg"]


def test_another_refusal_of_a_call_is_not_taken_for_one_about_its_phase(events):
    events.add("running")
    events.sim.faults.add("status", method="POST", status=400, code="BAD_REQUEST")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.kind, ran["error"]["code"], len(ran.requests)) == ("invalid", "BAD_REQUEST", 2)


CASES = [
    ("started", "pending", "start", {}),
    ("stopped", "running", "stop", {}),
    ("reset", "stopped", "reset", {"stopped_statuses": ["encode_status_stopped"]}),
    ("cancelled", "pending", "cancel", {}),
]


@pytest.mark.parametrize(("state", "phase", "call", "options"), CASES)
def test_a_lost_answer_is_settled_by_reading(events, state, phase, call, options):
    events.sim.settings.smartstream.start.reads = 100
    events.sim.settings.smartstream.stop.reads = 1
    event_id = events.add(phase)
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(**SHOW, state=state, **options)
    assert (ran.failed, ran["actions"], calls(ran)) == (False, [call], [call])
    assert ran["live_event"]["updated_at"] == events.merchant.live_events[event_id]["updated_at"]


@pytest.mark.parametrize(("state", "phase", "call", "options"), CASES)
@pytest.mark.parametrize("kind", ["reset_before", "html", "status"])
def test_a_call_that_left_no_trace_is_sent_once_more(events, state, phase, call, options, kind):
    events.add(phase)
    events.sim.faults.add(kind, method="POST")
    ran = events.run(**SHOW, state=state, **options)
    assert (ran.failed, ran["actions"], calls(ran)) == (False, [call], [call, call])
    assert "sent again" in ran.warnings[0]


def test_a_call_that_is_lost_twice_is_ambiguous(events):
    events.add("running")
    events.sim.faults.add("reset_before", method="POST", times=2)
    ran = events.run(**SHOW, state="stopped")
    assert (ran.kind, ran["actions"], calls(ran)) == ("ambiguous", [], ["stop", "stop"])


def test_a_lost_stop_is_not_seen_in_another_time_of_the_last_change(events):
    event_id = events.add("running")
    events.sim.faults.add("reset_before", method="POST")
    events.sim.faults.add(
        "call", method="GET", skip=1, rewrite=lambda body: {**body, "updated_at": "2030-01-01T00:00Z"}
    )
    ran = events.run(**SHOW, state="stopped")
    assert (ran.failed, ran["actions"], calls(ran)) == (False, ["stop"], ["stop", "stop"])
    assert events.merchant.phase(event_id) == "stopping"


def test_a_second_stop_that_is_refused_while_the_event_seems_to_run_is_ambiguous(events):
    events.add("running")
    events.sim.settings.smartstream.stop.reads = 100
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.kind, ran["actions"], calls(ran)) == ("ambiguous", [], ["stop", "stop"])
    assert (ran["error"]["status"], ran["error"]["code"]) == (400, "FAILED_TO_STOP")
    assert "the event runs" in ran["msg"]
    assert "look at the event before you go on" in ran["msg"]


def test_a_second_stop_that_is_refused_is_waited_for(events):
    events.add("running")
    events.sim.settings.smartstream.stop.reads = 8
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(**SHOW, state="stopped", wait=True)
    assert (ran.failed, ran["actions"], calls(ran)) == (False, ["stop"], ["stop", "stop"])
    assert ran["live_event"]["encode_status"] == "encode_status_stopped"
    assert "under way" in ran.warnings[-1]


def test_a_second_stop_that_is_refused_since_the_first_one_took_its_time_is_done(events):
    events.add("running")
    events.sim.settings.smartstream.stop.reads = 4
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.failed, ran["actions"], calls(ran)) == (False, ["stop"], ["stop", "stop"])


def test_an_event_that_came_up_is_no_evidence_of_a_stop(events):
    event_id = events.add("pending")
    events.sim.faults.add("reset_before", method="POST")
    events.sim.faults.add(
        "call", method="GET", skip=1, times=3, rewrite=lambda body: {**body, "encode_status": RUNNING}
    )
    ran = events.run(**SHOW, state="stopped", stop_pending=True)
    assert calls(ran) == ["stop", "stop"]
    assert events.status(event_id) == PENDING


def test_a_second_cancel_that_is_refused_while_the_event_runs_is_ambiguous(events):
    events.add("running")
    events.sim.faults.add("reset_before", method="POST")
    events.sim.faults.add("status", method="POST", status=400, code="FAILED_TO_CANCEL")
    ran = events.run(**SHOW, state="cancelled", force=True)
    assert (ran.kind, calls(ran)) == ("ambiguous", ["cancel", "cancel"])


@pytest.mark.parametrize(("state", "phase", "call", "options"), CASES)
@pytest.mark.parametrize("body", ["OK", "{", '"done"', '{"id": 7}', '{"id": "other"}'])
def test_a_call_that_is_answered_with_anything_is_sent_once(events, state, phase, call, options, body):
    """Also where the event shows no trace of it yet."""
    events.add(phase)
    events.sim.faults.add("status", method="POST", status=200, body=body)
    ran = events.run(**SHOW, state=state, **options)
    assert (ran.failed, ran["actions"], calls(ran), ran.warnings) == (False, [call], [call], [])
    assert ran["live_event"]["ref_id"] == "show"


def test_a_second_start_that_is_refused_never_leads_to_a_reset(events):
    event_id = events.add("pending")
    events.sim.settings.smartstream.start.reads = 100
    events.sim.faults.add("reset_before", method="POST")
    events.sim.faults.add("status", method="POST", status=400, code="FAILED_TO_START")
    ran = events.run(**SHOW, state="started", reset_stopped=True)
    assert (ran.kind, calls(ran)) == ("ambiguous", ["start", "start"])
    assert events.status(event_id) == PENDING


def test_a_lost_reset_is_followed_by_the_start(events):
    events.add("stopped")
    events.sim.faults.add("reset_before", method="POST", path="/reset$")
    ran = events.run(**SHOW, state="started", reset_stopped=True, stopped_statuses=["encode_status_stopped"])
    assert (ran["actions"], calls(ran)) == (["reset", "start"], ["reset", "reset", "start"])


def test_when_the_event_cannot_be_read_either_the_outcome_stays_open(events):
    events.add("running")
    events.sim.faults.add("reset_after", method="POST")
    events.sim.faults.add("status", method="GET", skip=1, times=None, status=503)
    ran = events.run(**SHOW, state="stopped", retries=1)
    assert (ran.kind, calls(ran)) == ("ambiguous", ["stop"])


def test_a_throttled_call_is_sent_again(events):
    events.add("running")
    events.sim.faults.add("throttled", method="POST")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.failed, ran["actions"], calls(ran)) == (False, ["stop"], ["stop", "stop"])
    assert any("waited" in text for text in ran.warnings)


def test_a_429_without_a_time_is_waited_for_a_minute_three_times(events):
    events.add("running")
    events.sim.faults.add("throttled", times=None)
    ran = events.run(**SHOW)
    assert (ran.kind, len(ran.requests)) == ("throttled", 4)
    assert all(60 <= seconds <= 75 for seconds in ran.slept)


@pytest.mark.parametrize("seconds", [600, 1800])
def test_a_429_with_a_long_time_is_waited_for_as_long(events, seconds):
    events.add("running")
    events.sim.faults.add("throttled", form="retry_after", seconds=seconds)
    ran = events.run(**SHOW)
    assert (ran.failed, sum(ran.slept)) == (False, float(seconds))
    left = range(seconds - 300, 0, -300)
    assert ran.progress[1:] == [f"Still waiting, {more} s more." for more in left]


def test_a_429_with_a_time_beyond_reason_does_not_hold_up_a_job_for_days(events):
    events.add("running")
    events.sim.faults.add("throttled", form="retry_after", seconds=10**9, times=None)
    ran = events.run(**SHOW)
    assert (ran.kind, sum(ran.slept)) == ("throttled", 3 * 3600.0)


def test_a_refusal_stands_as_it_is_when_the_event_cannot_be_read(events):
    pending(events, "stopped")
    events.sim.faults.add("status", method="GET", skip=1, times=None, status=503)
    ran = events.run(**SHOW, state="started", reset_stopped=True, retries=0)
    assert (ran.kind, ran["error"]["code"], calls(ran)) == ("conflict", "FAILED_TO_START", ["start"])


def test_a_refusal_of_something_else_is_not_about_the_call(events):
    events.add("unknown")
    events.sim.faults.add("status", method="POST", status=400, code="FAILED_TO_DELETE")
    ran = events.run(**SHOW, state="stopped")
    assert (ran.kind, ran["error"]["code"]) == ("conflict", "FAILED_TO_DELETE")


def test_a_lost_start_of_an_event_that_runs_by_then_is_done(events):
    events.add("pending")
    events.sim.settings.smartstream.start.reads = 0
    events.sim.faults.add("reset_after", method="POST")
    ran = events.run(**SHOW, state="started")
    assert (ran["actions"], calls(ran), ran["live_event"]["phase"]) == (["start"], ["start"], "running")


def test_a_lost_start_after_a_reset_is_not_followed_by_another_reset(events):
    pending(events, "stopped")
    events.sim.faults.add("reset_before", method="POST", path="/start$", skip=1)
    events.sim.faults.add("status", method="POST", path="/start$", skip=1, status=400, code="FAILED_TO_START")
    ran = events.run(**SHOW, state="started", reset_stopped=True)
    assert (ran.kind, ran["actions"]) == ("ambiguous", ["reset"])
    assert calls(ran) == ["start", "reset", "start", "start"]


AFTER_A_RESET = {"state": "started", "reset_stopped": True, "stopped_statuses": ["encode_status_stopped"]}


def test_between_a_reset_and_a_start_the_event_is_read_once(events):
    events.add("stopped")
    ran = events.run(**SHOW, **AFTER_A_RESET)
    assert [request.method for request in ran.requests] == ["GET", "POST", "GET", "POST"]


def test_a_lost_start_after_a_reset_is_settled_by_reading(events):
    events.sim.settings.smartstream.start.reads = 100
    events.add("stopped")
    events.sim.faults.add("reset_after", method="POST", path="/start$")
    ran = events.run(**SHOW, **AFTER_A_RESET)
    assert (ran.failed, ran["actions"], calls(ran)) == (False, ["reset", "start"], ["reset", "start"])


def test_a_reset_that_is_shown_late_is_not_taken_for_a_start_whose_answer_was_lost(events):
    event_id = events.add("stopped")
    stale = dict(events.merchant.live_events[event_id])
    events.sim.faults.add("reset_before", method="POST", path="/start$")
    events.sim.faults.add("call", method="GET", skip=1, rewrite=lambda _body: stale)
    ran = events.run(**SHOW, **AFTER_A_RESET)
    assert (ran["actions"], calls(ran)) == (["reset", "start"], ["reset", "start", "start"])
    assert events.merchant.phase(event_id) == "starting"


def test_an_event_that_cannot_be_read_after_its_reset_is_started_all_the_same(events):
    events.add("stopped")
    events.sim.faults.add("status", method="GET", skip=1, status=503)
    ran = events.run(**SHOW, **AFTER_A_RESET, retries=0)
    assert (ran.failed, ran["actions"]) == (False, ["reset", "start"])


def test_an_event_that_comes_up_while_it_was_to_be_reset_is_left_alone(events):
    events.sim.settings.smartstream.start.reads = 2
    event_id = pending(events, "starting")
    ran = events.run(**SHOW, state="started", reset_stopped=True)
    assert (ran.failed, ran["actions"], calls(ran)) == (False, [], ["start", "reset"])
    assert events.status(event_id) == RUNNING
    assert "runs by now" in ran.warnings[-1]
