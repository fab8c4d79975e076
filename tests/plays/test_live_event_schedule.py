# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the role live_event_schedule takes for a schedule, and whose words its refusals are in."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.plays.role_runs import run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_CSV = "ref_id,name,live_event_profile_id\nshow,Show,{profile}\n"


@pytest.fixture
def sim():
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.mark.parametrize(("folder", "name"), [("seasons", "Round 1, home.csv"), (".", "a;b.csv")])
def test_a_file_has_whatever_name(sim, tmp_path, folder, name):
    (tmp_path / folder).mkdir(exist_ok=True)
    (tmp_path / folder / name).write_text("ref_id,name\nshow,Show\n")
    given = {"live_event_schedule_file": f"{folder}/{name}", "live_event_schedule_profile": "hd"}
    ran = run(sim, tmp_path, "live_event_schedule", given)
    assert ran.status == 0, ran.output
    assert [event["name"] for event in sim.smartstream.live_events.values()] == ["Show"]


def test_a_point_in_time_without_quotes_is_one(sim, tmp_path):
    """YAML reads it as something else than text."""
    (tmp_path / "season.yml").write_text(
        "live_event_schedule_events:\n"
        "  - {ref_id: show, name: Show, live_event_profile: hd, live_encode_start_at: 2034-12-31T20:00:00+09:00}\n"
    )
    ran = run(sim, tmp_path, "live_event_schedule", {}, "-e", "@season.yml")
    assert ran.status == 0, ran.output
    (event,) = sim.smartstream.live_events.values()
    assert event["live_encode_start_at"].startswith("2034-12-31T20:00:00")


def test_a_refusal_speaks_of_what_the_role_has(sim, tmp_path):
    sim.smartstream.add_live_event({"ref_id": "show", "name": "Show", "encode_status": "encode_status_running"})
    another = sim.smartstream.add_profile({"ref_id": "other", "name": "Other"})
    given = {"live_event_schedule_csv": _CSV.format(profile=another)}
    changed = run(sim, tmp_path, "live_event_schedule", given)
    assert changed.status != 0
    assert "Use live_event_schedule_update_running=true to update it" in last_task(changed), changed.output
    deleted = run(sim, tmp_path, "live_event_schedule", {**given, "live_event_schedule_state": "absent"})
    assert deleted.status != 0
    assert "Stop it first, as the role live_event_run does" in last_task(deleted), deleted.output
    assert "force" not in last_task(deleted)
    pruned = run(
        sim,
        tmp_path,
        "live_event_schedule",
        {
            "live_event_schedule_csv": _CSV.format(profile=another).replace("show", "new"),
            "live_event_schedule_prune": True,
            "live_event_schedule_prune_match": ".",
            "live_event_schedule_prune_limit": 0,
        },
    )
    assert pruned.status != 0
    assert "then raise live_event_schedule_prune_limit" in last_task(pruned), pruned.output
    assert sim.writes == []


def test_the_words_of_ansible_are_left_as_they_are(sim, tmp_path):
    given = {"live_event_schedule_csv": _CSV.format(profile=1), "live_event_schedule_connection": {"tries": 1}}
    ran = run(sim, tmp_path, "live_event_schedule", given)
    assert ran.status != 0
    assert "prune_limit" in last_task(ran), ran.output
    assert "live_event_schedule_prune_limit" not in last_task(ran)


def last_task(ran) -> str:
    """What the last task said, in one line."""
    return ran.said.split("TASK [")[-1].split("PLAY RECAP")[0]
