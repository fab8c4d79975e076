# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many tasks against the service's limit of 50 requests a minute."""

from __future__ import annotations

import pytest


@pytest.fixture
def limited(events, tmp_path):
    """Tasks with the default pace against a service with its default limit."""
    events.sim.settings.smartstream.budget.limit = 50
    del events.options["requests_per_minute"]
    events.environment = {"TMPDIR": str(tmp_path)}
    return events


def test_a_loop_of_60_tasks_meets_no_limit(limited, figure):
    ids = [limited.add(ref_id=f"e{number}") for number in range(60)]
    for number in range(60):
        ran = limited.run(ref_id=f"e{number}", state="started")
        assert (ran.failed, ran["actions"]) == (False, ["start"])
    assert len(ids) == len(limited.merchant.live_events)
    assert limited.sim.summary()["throttled"] == 0
    assert limited.sim.summary()["requests"] == 120
    # 120 requests need two further windows, and no more than that.
    assert 2 * 60 <= sum(limited.clock.slept) <= 2 * 65
    figure("60 starts at 50 requests a minute: 120 requests, 0 answered 429, 0 tasks failed")


def test_a_task_that_waited_for_its_turn_says_so(limited):
    limited.options["requests_per_minute"] = 1
    limited.add()
    assert limited.run(ref_id="show").warnings == []
    ran = limited.run(ref_id="show")
    assert any("waited 62 s" in text for text in ran.warnings)
    assert any("1 requests a minute" in text for text in ran.progress)


def test_requests_of_a_token_count_too(limited):
    limited.options["requests_per_minute"] = 2
    limited.add()
    for _time in range(2):
        ran = limited.run(ref_id="show", **limited.login)
    assert sum(ran.slept) >= 60


def test_without_pacing_the_limit_is_met_and_waited_for(limited):
    limited.options["requests_per_minute"] = 0
    limited.sim.settings.smartstream.budget.limit = 2
    limited.add()
    for _time in range(4):
        ran = limited.run(ref_id="show")
        assert not ran.failed
    assert limited.sim.summary()["throttled"] == 1


def test_a_time_that_the_service_names_is_waited_for(limited):
    limited.options["requests_per_minute"] = 0
    limited.sim.settings.smartstream.budget.limit = 1
    limited.sim.settings.smartstream.retry_after = True
    limited.add()
    limited.run(ref_id="show")
    limited.clock.sleep(50)
    ran = limited.run(ref_id="show")
    assert not ran.failed
    assert 5 <= sum(ran.slept) <= 12
