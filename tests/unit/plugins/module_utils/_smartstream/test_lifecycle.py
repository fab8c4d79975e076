# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import Conflict
from ansible_collections.streamops.live.plugins.module_utils._smartstream.lifecycle import (
    ASSUMED,
    PHASES,
    TABLE,
    VENDOR,
    VOCABULARY,
    Rule,
    Vocabulary,
    _after_reset,
    decide,
)
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.state_table import state_table

DOCUMENT = Path(__file__).resolve().parents[5] / "docs" / "smartstream.md"


def test_every_state_says_something_for_every_phase():
    assert {state: tuple(rules) for state, rules in TABLE.items()} == dict.fromkeys(TABLE, PHASES)


def test_a_rule_does_one_thing():
    for rules in TABLE.values():
        for rule in rules.values():
            assert not (rule.refusal and (rule.actions or rule.warning))
            assert bool(rule.option) == bool(rule.allowed)


def test_the_documented_table_is_this_one():
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("| wanted |"))
    expected = state_table()
    assert lines[start : start + len(expected)] == expected
    assert not lines[start + len(expected)].startswith("|")


def test_a_refusal_names_the_option_that_allows_it():
    with pytest.raises(Conflict) as refused:
        decide("started", "stopped", {})
    assert "reset_stopped=true to reset and start" in refused.value.text()
    assert decide("started", "stopped", {"reset_stopped": True}).actions == ("reset", "start")


def test_a_refusal_without_an_option_stands_whatever_is_given():
    everything = dict.fromkeys(("force", "reset_pending", "reset_stopped", "update_running", "stop_pending"), True)
    with pytest.raises(Conflict):
        decide("reset", "running", everything)


@pytest.mark.parametrize(
    ("status", "phase"),
    [
        ("encode_status_running", "running"),
        ("encode_status_pending", "pending"),
        ("ENCODE_STATUS_RUNNING", "unknown"),
        ("encode_status_running ", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        (1, "unknown"),
        (["encode_status_running"], "unknown"),
    ],
)
def test_a_status_means_a_phase_only_as_it_is_written(status, phase):
    assert Vocabulary({}).phase(status) == phase


def test_a_list_of_statuses_replaces_the_documented_one():
    taught = Vocabulary.from_options({"running_statuses": ["on_air"], "stopped_statuses": None})
    assert [taught.phase(status) for status in ("on_air", "encode_status_running")] == ["running", "unknown"]


def test_a_status_cannot_mean_two_phases():
    taught = Vocabulary({"stopped_statuses": ["done", "done"], "failed_statuses": ["done"]})
    assert taught.refusals() == ["'done' is in stopped_statuses and in failed_statuses"]
    assert Vocabulary({}).refusals() == []


def test_an_unknown_status_is_told_with_the_options_that_teach_it():
    told = Vocabulary({}).described("odd")
    assert "'odd'" in told
    assert all(option in told for option in VOCABULARY)
    assert "missing" in Vocabulary({}).described(None)
    assert Vocabulary({}).described("encode_status_pending") == "encode_status_pending"


@pytest.mark.parametrize(
    ("wanted", "phase", "text"),
    [
        ("started", "stopped", "It was stopped, and a stopped event must be reset before it can start again."
         " Use reset_stopped=true to reset and start it all the same."),
        ("absent", "running", "It is running, and a deletion would end it later, when it stops."
         " Use force=true to delete it all the same."),
        ("reset", "running", "It is running, and a reset could end the broadcast; stop it first."),
    ],
)  # fmt: skip
def test_a_refusal_says_why_and_what_would_allow_it(wanted, phase, text):
    with pytest.raises(Conflict) as refused:
        decide(wanted, phase, {"force": False})
    assert refused.value.text() == text


def test_what_an_option_allows_has_the_source_of_the_rule():
    for wanted, rules in TABLE.items():
        for phase, rule in rules.items():
            if rule.option:
                assert decide(wanted, phase, {rule.option: True}) == Rule(rule.allowed, source=rule.source)


def test_what_ends_an_event_is_followed_by_a_reset():
    # The table is made when the module is imported, which is too early for a tool that changes functions later.
    assert _after_reset("it was stopped", VENDOR) == TABLE["started"]["stopped"]
    assert _after_reset("it has failed") == TABLE["started"]["failed"]
    assert _after_reset("it has failed") == Rule(
        refusal="it has failed, and a stopped event must be reset before it can start again",
        option="reset_stopped",
        allowed=("reset", "start"),
        source=ASSUMED,
    )


def test_what_a_missing_status_is_called():
    words = "which none of the options running_statuses, pending_statuses, stopped_statuses, cancelled_statuses,"
    words += " failed_statuses names"
    assert Vocabulary({}).described(None) == f"missing, {words}"
    assert Vocabulary({}).described("odd") == f"'odd', {words}"
    assert Vocabulary({}).described("encode_status_running") == "encode_status_running"
