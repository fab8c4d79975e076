# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every wanted state in every phase, with and without the option that matters, in check mode and for real."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    PENDING,
    STATUS,
    VOCABULARY,
)

PHASES = ("running", "pending", "stopped", "cancelled", "failed", "unknown")
# Written from the contract, not from the code. "refused" fails with the kind conflict, "warned" leaves it with a warning.
CELLS = {
    "started": ("", "start", "refused", "refused", "refused", "start"),
    "stopped": ("stop", "warned", "", "", "warned", "stop"),
    "reset": ("refused", "warned", "reset", "reset", "reset", "reset"),
    "cancelled": ("refused", "cancel", "cancel", "", "cancel", "cancel"),
    "absent": ("refused", "delete", "delete", "delete", "delete", "delete"),
    "present": ("", "", "", "", "", ""),
    "changed": ("refused", "update", "update", "update", "update", "update"),
}
# The cells that an option changes.
ALLOWED = {
    ("started", "stopped"): ("reset_stopped", "reset start"),
    ("started", "cancelled"): ("reset_stopped", "reset start"),
    ("started", "failed"): ("reset_stopped", "reset start"),
    ("stopped", "pending"): ("stop_pending", "stop"),
    ("reset", "pending"): ("reset_pending", "reset"),
    ("cancelled", "running"): ("force", "cancel"),
    ("absent", "running"): ("force", "delete"),
    ("changed", "running"): ("update_running", "update"),
}
OPTIONS = ("reset_stopped", "stop_pending", "reset_pending", "force", "update_running")
# What the service has to be in so that it accepts a call on an event that looks pending.
HIDDEN = {"stop": "starting", "reset": "stopped"}
# The simulator refuses to cancel what has ended: no change, as check mode cannot foresee.
REFUSED_BY_SERVICE = {("cancelled", "stopped"), ("cancelled", "failed")}

USUAL = [(state, phase, cells[number]) for state, cells in CELLS.items() for number, phase in enumerate(PHASES)]


def prepared(events, phase, expected):
    """An event that looks as if it were in a phase, and that accepts what is expected."""
    event_id = events.add(phase)
    events.sim.settings.smartstream.start.reads = events.sim.settings.smartstream.stop.reads = 100
    if phase == "pending" and expected in HIDDEN:
        events.sim.settings.smartstream.stopped_status = PENDING
        events.merchant.enter(event_id, HIDDEN[expected])
    assert events.status(event_id) == STATUS[phase]
    return event_id


def options_for(state, **options):
    wanted = {"state": "present", "enable_ad_insertion_flag": True} if state == "changed" else {"state": state}
    return {"ref_id": "show", **wanted, **VOCABULARY, **options}


def check_cell(events, state, phase, expected, **options):
    event_id = prepared(events, phase, expected)
    given = options_for(state, **options)
    if expected == "refused":
        ran = events.refused(**given)
        assert ran.kind == "conflict"
        assert events.status(event_id) == STATUS[phase]
        return ran
    if (state, phase) in REFUSED_BY_SERVICE:
        assert events.run(check=True, **given)["actions"] == ["cancel"]
        ran = events.run(**given)
        assert (ran.failed, ran["actions"], len(ran.writes)) == (False, [], 1)
        assert "FAILED_TO_CANCEL" in ran.warnings[0]
        return ran
    ran = events.done(**given)
    actions = [] if expected == "warned" else expected.split()
    assert ran["actions"] == actions
    assert [request.path.rpartition("/")[2] for request in ran.writes if request.method == "POST"] == [
        action for action in actions if action not in ("update", "delete")
    ]
    assert bool(ran.warnings) == (expected == "warned" or (phase == "unknown" and bool(actions) and state in LIFECYCLE))
    if not actions:
        assert ran.writes == []
        assert events.status(event_id) == STATUS[phase]
    return ran


LIFECYCLE = ("started", "stopped", "reset", "cancelled")


@pytest.mark.parametrize(("state", "phase", "expected"), USUAL)
def test_every_state_in_every_phase(events, state, phase, expected):
    ran = check_cell(events, state, phase, expected)
    if (state, phase) in ALLOWED and expected == "refused":
        assert f"{ALLOWED[state, phase][0]}=true" in ran["msg"]
    elif (state, phase) in ALLOWED:
        assert f"{ALLOWED[state, phase][0]}=true" in ran.warnings[0]


@pytest.mark.parametrize(("state", "phase", "expected"), USUAL)
def test_options_change_only_the_cells_that_they_are_for(events, state, phase, expected):
    _option, allowed = ALLOWED.get((state, phase), ("", expected))
    check_cell(events, state, phase, allowed, **dict.fromkeys(OPTIONS, True))


@pytest.mark.parametrize(("state", "phase"), ALLOWED)
def test_one_option_is_enough(events, state, phase):
    option, allowed = ALLOWED[state, phase]
    check_cell(events, state, phase, allowed, **{option: True})


@pytest.mark.parametrize("state", CELLS)
def test_every_state_without_an_event(events, state):
    given = {**options_for(state), "name": "Show"}
    if state == "absent":
        assert events.unchanged(**given)["live_event"] == {}
    elif state in ("stopped", "reset", "cancelled"):
        ran = events.refused(**given, live_event_profile="hd")
        assert (ran.kind, len(ran.requests)) == ("not_found", 1)
    else:
        ran = events.done(**given, live_event_profile="hd")
        assert ran["actions"] == (["create", "start"] if state == "started" else ["create"])


def test_an_event_to_start_is_created_only_with_a_name_and_a_profile(events):
    for members in ({}, {"name": "Show"}, {"live_event_profile": "hd"}):
        ran = events.refused(ref_id="show", state="started", **members)
        assert ran.kind == "not_found"
        assert "name and live_event_profile" in ran["msg"]


def test_members_are_brought_about_before_the_state(events):
    event_id = events.add("stopped")
    ran = events.done(**options_for("started", reset_stopped=True, description="Second half"))
    assert ran["actions"] == ["update", "reset", "start"]
    assert events.merchant.live_events[event_id]["description"] == "Second half"


def test_a_stop_that_would_change_members_is_refused_while_it_runs(events):
    events.add("running")
    ran = events.refused(**options_for("stopped", enable_ad_insertion_flag=True))
    assert ran.kind == "conflict"
    assert "enable_ad_insertion_flag" in ran["msg"]
    assert events.done(**options_for("stopped", name="Late show"))["actions"] == ["update", "stop"]


def test_the_diff_shows_the_phase(events):
    events.add("running")
    ran = events.done(**options_for("stopped"))
    assert (ran["diff"]["before"]["phase"], ran["diff"]["after"]["phase"]) == ("running", "stopped")


def test_a_started_event_costs_one_request_even_with_wait(events):
    events.add("running")
    ran = events.unchanged(ref_id="show", state="started", wait=True)
    assert len(ran.requests) == 1
    assert ran["live_event"]["phase"] == "running"


@pytest.mark.parametrize("phase", ["unknown", "pending"])
def test_an_unknown_status_is_told_on_start_and_stop(events, phase):
    events.add(phase)
    for state in ("started", "stopped"):
        ran = events.run(check=True, ref_id="show", state=state)
        told = [text for text in ran.warnings if "'odd'" in text and "running_statuses" in text]
        assert bool(told) == (phase == "unknown")


def test_a_missing_status_counts_as_unknown(events):
    events.add(encode_status=None)
    ran = events.unchanged(ref_id="show")
    assert ran["live_event"]["phase"] == "unknown"
