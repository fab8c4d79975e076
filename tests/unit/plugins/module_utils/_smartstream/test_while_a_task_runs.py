# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens between a look and a write, between two looks of a wait, and after a write that was accepted."""

from __future__ import annotations

import contextlib
import math

import pytest

from ansible_collections.streamops.live.plugins.module_utils._engine import converge
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    STATUS,
    VOCABULARY,
)

SHOW = {"ref_id": "show"}


def call(name):
    return rf"/{name}$"


def refused(events, name, **more):
    events.sim.faults.add("status", "POST", call(name), status=400, code=f"FAILED_TO_{name.upper()}", **more)


def event(ran):
    return ran["live_events"][0]


@pytest.mark.parametrize("phase", ["stopped", "failed"])
def test_a_refused_reset_is_not_waited_for(events, phase):
    events.add(phase)
    refused(events, "reset")
    ran = events.run(**SHOW, **VOCABULARY, state="reset", wait=True)
    assert (ran.failed, ran["actions"], ran.slept) == (False, [], [])
    assert "FAILED_TO_RESET" in ran.warnings[0]
    assert ran["diff"]["before"] == ran["diff"]["after"]


def test_the_wait_for_others_goes_on_without_what_refused_its_reset(events):
    events.add("stopped")
    events.add("pending", ref_id="other")
    refused(events, "reset")
    wanted = [{**SHOW, "state": "reset"}, {"ref_id": "other", "state": "started"}]
    ran = events.run("season", live_events=wanted, **VOCABULARY, wait=True)
    assert (ran.failed, ran["actions"]) == (False, ["start"])
    assert ran["live_events"][1]["live_event"]["phase"] == "running"


def test_an_event_that_went_on_air_while_others_were_written_is_not_reset(events):
    events.add("pending", ref_id="first")
    later = events.add("stopped")
    events.sim.faults.add("throttled", "POST", call("start"), seconds=30)
    events.sim.faults.add("call", "POST", call("start"), call=lambda: events.merchant.enter(later, "running"))
    wanted = [{"ref_id": "first", "state": "started"}, {**SHOW, "state": "reset"}]
    ran = events.run("season", live_events=wanted, **VOCABULARY)
    assert (ran.kind, ran["actions"], events.status(later)) == ("conflict", ["start"], STATUS["running"])
    assert not [line for line in ran.lines if line.endswith("/reset")]


def test_a_list_that_is_written_at_once_is_read_once(events):
    for number in range(3):
        events.add("pending", ref_id=f"e{number}")
    ran = events.run("season", live_events=[{"ref_id": f"e{number}", "state": "started"} for number in range(3)])
    assert len(ran.requests) == 6


def test_an_event_that_slips_out_of_the_list_is_asked_for_before_it_counts_as_gone(events):
    ids = [events.add("running", ref_id=f"e{number}") for number in range(2)]

    def without_first(body):
        return {**body, "live_events": [one for one in body["live_events"] if one["id"] != ids[0]]}

    events.sim.faults.add("call", "GET", r"/live_events$", times=None, rewrite=without_first)
    events.sim.settings.smartstream.delete_stops = True
    events.sim.settings.smartstream.stop.reads = 1000
    wanted = [{"ref_id": f"e{number}", "state": "absent", "force": True} for number in range(2)]
    ran = events.run("season", live_events=wanted, wait=True, wait_timeout=60)
    assert [one["live_event"]["id"] for one in ran["live_events"]] == ids
    assert [one["deletion_pending"] for one in ran["live_events"]] == [True, True]


def test_a_deletion_that_does_not_end_is_said_in_the_result(events):
    events.add("running")
    ran = events.run(**SHOW, state="absent", force=True, wait=True, wait_timeout=30)
    assert (ran.failed, ran["deletion_pending"]) == (False, True)


def test_a_new_event_may_be_shown_late_however_often_it_is_looked_for(events):
    events.sim.settings.smartstream.lagging_reads = 6
    ran = events.run(**SHOW, name="Show", live_event_profile="hd", state="started", wait=True, wait_interval=1)
    assert not ran.failed, ran["msg"]
    assert ran["live_event"]["phase"] == "running"


def test_an_event_that_was_created_is_returned_also_where_its_start_fails(events):
    refused(events, "start", times=None)
    new = {**SHOW, "name": "Show", "live_event_profile": "hd", "state": "started"}
    ran = events.run(**new)
    assert (ran.kind, ran["actions"]) == ("conflict", ["create"])
    assert ran["live_event"]["id"] in events.merchant.live_events
    events.merchant.live_events.clear()
    ran = events.run("season", live_events=[new])
    assert event(ran)["live_event"]["id"] in events.merchant.live_events


def test_what_was_changed_is_returned_also_where_the_start_fails(events):
    events.add("pending")
    refused(events, "start", times=None)
    ran = events.run(**SHOW, description="new", state="started")
    assert (ran["actions"], ran["live_event"]["description"]) == (["update"], "new")


def test_an_update_whose_answer_was_lost_is_looked_for_while_reads_lag(events):
    events.add("pending")
    events.sim.faults.add("status", "PUT", status=500, carried_out=True)
    stale = dict(events.merchant.live_events[next(iter(events.merchant.live_events))])
    events.sim.faults.add("call", "GET", skip=1, times=2, rewrite=lambda _body: stale)
    ran = events.run(**SHOW, description="new")
    assert (ran.failed, ran["actions"]) == (False, ["update"])


def test_a_deletion_that_is_refused_since_the_first_one_worked_is_done(events):
    events.add("pending")
    events.sim.faults.add("status", "DELETE", status=504, carried_out=True)
    events.sim.faults.add("status", "DELETE", skip=1, status=400, code="FAILED_TO_DELETE")
    ran = events.run(**SHOW, state="absent")
    assert not ran.failed, ran["msg"]


def test_a_token_that_the_service_repeats_is_shown_to_nobody(events):
    events.add("pending", description=f"by {events.options['access_token']}")
    ran = events.run(**SHOW, name="Other")
    assert events.options["access_token"] not in ran.everything()
    ran = events.run("live_events")
    assert events.options["access_token"] not in ran.everything()


@pytest.mark.parametrize(
    "wanted",
    [
        [{"id": "a" * 32, "ref_id": "x"}, {"ref_id": "x"}],
        [{"ref_id": "x", "name": "Show"}, {"name": "Show"}],
        [{"name": "Show"}, {"id": "a" * 32, "name": "Show"}],
    ],
)
def test_two_entries_are_not_one_event_in_whatever_way_it_is_named(events, wanted):
    ran = events.refused("season", live_events=wanted)
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert "Name each resource once" in ran["msg"]


def test_events_may_share_a_name(events):
    for ref_id in ("x", "y"):
        events.add("pending", ref_id=ref_id)
    ran = events.run("season", live_events=[{"ref_id": ref_id, "name": "Show"} for ref_id in ("x", "y")])
    assert (ran.failed, ran["changed"]) == (False, False)


def test_a_list_of_one_that_fails_has_its_result_where_it_may_go_on(events):
    events.add("running")
    ran = events.run("season", live_events=[{**SHOW, "state": "reset"}], continue_on_error=True)
    assert (ran.kind, event(ran)["error"]["kind"]) == ("conflict", "conflict")


def test_what_is_called_otherwise_by_now_is_not_pruned(events):
    ids = [events.add("pending", ref_id=f"season-{number}", name=f"S{number}") for number in (1, 2)]

    def renamed():
        events.merchant.live_events[ids[0]]["ref_id"] = "keep-1"

    # Between the list and the look at the event.
    events.sim.faults.add("call", "GET", rf"/live_events/{ids[0]}$", call=renamed)
    wanted = [{"ref_id": "season-2", "name": "S2"}]
    ran = events.run("season", live_events=wanted, prune=True, prune_match="^season-")
    assert (ran.failed, ran["actions"], len(events.merchant.live_events)) == (False, [], 2)
    assert ran.warnings == ["live event 'season-1' is called 'keep-1' by now, so it is not pruned."]


@pytest.mark.parametrize("state", ["absent", "stopped", "present"])
def test_what_is_called_otherwise_by_now_is_left_alone(events, state):
    number = events.add("running", ref_id=None, name="Old")

    def renamed():
        events.merchant.live_events[number]["name"] = "Valuable"

    events.sim.faults.add("call", "GET", r"/live_events/", call=renamed)
    ran = events.run(name="Old", state=state, force=True if state == "absent" else None, description="changed")
    assert (ran.kind, ran["actions"]) == ("conflict", [])
    assert "'Valuable' by now" in ran["msg"]
    assert events.status(number) == STATUS["running"]


def test_a_wait_reads_events_by_themselves_where_the_list_takes_more_requests(events):
    events.sim.settings.smartstream.page_maximum = 1
    events.sim.settings.smartstream.start.reads = 20
    for number in range(10):
        events.add("pending", ref_id=f"e{number}", name=f"E{number}")
    wanted = [{"ref_id": f"e{number}", "state": "started"} for number in range(2)]
    ran = events.run("season", live_events=wanted, wait=True, wait_interval=60)
    assert ran.failed is False
    listings = [request for request in ran.requests if request.path.endswith("/live_events")]
    # Ten pages and the one after them tell how long the list is; no poll reads them again.
    assert len(listings) <= 11
    assert {one["live_event"]["phase"] for one in ran["live_events"]} == {"running"}


def test_a_wait_goes_on_where_the_list_is_too_long_to_be_read(events):
    events.sim.settings.smartstream.page_maximum = 1
    for number in range(45):
        events.add("pending", ref_id=f"e{number}", name=f"E{number}")
    wanted = [{"ref_id": f"e{number}", "state": "started"} for number in range(2)]
    ran = events.run("season", live_events=wanted, wait=True)
    assert (ran.failed, ran["actions"]) == (False, ["start", "start"])
    assert {one["live_event"]["phase"] for one in ran["live_events"]} == {"running"}


def test_what_is_reached_at_the_last_look_is_confirmed_before_the_wait_gives_up(events):
    events.add("pending")
    events.sim.settings.smartstream.start.reads = 1
    ran = events.run(**SHOW, state="started", wait=True, wait_timeout=60, wait_interval=60)
    assert (ran.failed, ran["live_event"]["phase"], ran.slept) == (False, "running", [60, 1])


def test_what_is_not_reached_gets_no_look_beyond_the_time(events):
    events.add("pending")
    events.sim.settings.smartstream.start.reads = 1000
    ran = events.run(**SHOW, state="started", wait=True, wait_timeout=60, wait_interval=60)
    assert (ran.kind, sum(ran.slept)) == ("timeout", 60)


def test_a_diff_ends_in_the_phase_that_was_reached(events):
    events.add("unknown")
    refused(events, "stop")
    ran = events.run(**SHOW, description="changed", state="stopped", **VOCABULARY)
    assert ran["actions"] == ["update"]
    assert (ran["diff"]["after"]["phase"], ran["live_event"]["phase"]) == ("unknown", "unknown")
    assert ran["diff"]["after"]["description"] == "changed"


def test_what_was_refused_as_good_as_done_does_not_count_as_not_begun(events):
    events.add("stopped", ref_id="a")
    events.add("pending", ref_id="b")
    refused(events, "reset")
    refused(events, "start", times=None)
    wanted = [{"ref_id": "a", "state": "reset"}, {"ref_id": "b", "state": "started"}]
    ran = events.run("season", live_events=wanted, **VOCABULARY)
    assert ran.failed
    assert "not begun" not in ran["msg"]


def test_an_interrupted_wait_for_a_deletion_says_so(events):
    events.add("running")
    events.sim.settings.smartstream.delete_stops = True
    events.sim.settings.smartstream.stop.reads = 1000

    def interrupted(_seconds, stop=None):
        stop.set()

    events.clock.sleep = interrupted
    ran = events.run(**SHOW, state="absent", force=True, wait=True)
    assert (ran.kind, ran["actions"]) == ("timeout", ["delete"])
    assert "interrupted while it waited" in ran["msg"]


@pytest.fixture
def other_play(events, monkeypatch):
    """Another play of this host creates the event between this task's look and its own turn to create."""

    @contextlib.contextmanager
    def turn(scope, context):
        context.sleep(1.0)
        events.add("pending", ref_id=None)
        yield math.inf

    monkeypatch.setattr(converge, "turn", turn)


NEW = {"name": "Show", "live_event_profile": "hd"}


@pytest.mark.usefixtures("other_play")
def test_an_event_of_this_name_that_another_play_created_is_not_created_again(events):
    ran = events.run(**NEW)
    assert (ran.kind, ran["actions"], len(events.merchant.live_events)) == ("conflict", [], 1)
    assert "somebody else created live event 'Show'" in ran["msg"]
    assert not events.run(**NEW)["changed"]


@pytest.mark.usefixtures("other_play")
def test_an_event_that_another_play_created_is_found_also_where_it_slips_out_of_the_list(events):
    events.sim.settings.smartstream.page_maximum = 1
    others = [events.add(ref_id=name, name=name) for name in ("a", "b")]

    def without_new(body):
        return {**body, "live_events": [one for one in body["live_events"] if one["id"] in others]}

    # The look-up takes two readings of three pages each, for which nothing is to be hidden yet.
    events.sim.faults.add("call", "GET", r"/live_events$", skip=6, times=3, rewrite=without_new)
    ran = events.run(**NEW)
    assert (ran.kind, ran["actions"], len(events.merchant.live_events)) == ("conflict", [], 3)


@pytest.mark.usefixtures("other_play")
def test_an_event_of_another_name_that_another_play_created_is_in_nobodys_way(events):
    ran = events.run(name="Other", live_event_profile="hd")
    assert (ran.failed, ran["actions"]) == (False, ["create"])


def test_a_refused_creation_is_told_also_where_the_list_is_too_long(events):
    events.sim.settings.smartstream.page_maximum = 1
    for number in range(45):
        events.add(ref_id=f"e{number}", name=f"E{number}")
    events.sim.faults.add("status", "POST", r"/live_events$", status=400, code="FAILED_TO_SAVE")
    ran = events.run(**SHOW, **NEW)
    assert (ran.kind, ran["error"]["code"]) == ("invalid", "FAILED_TO_SAVE")
    assert "goes on after" not in ran["msg"]
