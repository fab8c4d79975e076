# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As many tasks at the same time as Ansible has forks, and one budget for all of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ansible_collections.streamops.live.plugins.module_utils._core.pacing import WINDOW
from ansible_collections.streamops.live.tests.load.forks import side_by_side
from ansible_collections.streamops.live.tests.simulator import Simulator

FORKS = 20
PER_MINUTE = 50


def test_twenty_forks_keep_to_one_budget(
    sim: Simulator, tmp_path: Path, speed: float, record_property: Callable[[str, object], None]
) -> None:
    merchant = sim.smartstream
    sim.settings.smartstream.budget.limit = PER_MINUTE
    sim.settings.smartstream.budget.window = 60.0 / speed
    connection = {
        "api_url": sim.url, "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address,
        "password": merchant.password,
    }  # fmt: skip
    for number in range(FORKS):
        merchant.add_live_event({"ref_id": f"show-{number}", "name": f"Show {number}"})
    every = [{**connection, "ref_id": f"show-{number}", "description": "x"} for number in range(FORKS)]
    done = side_by_side("live_event", every, tmp_path, speed)
    assert [one.values.get("msg") for one in done if one.failed] == []
    assert [one.values["actions"] for one in done] == [["update"]] * FORKS
    assert all(event["description"] == "x" for event in merchant.live_events.values())
    requests, throttled = len(sim.requests), sim.summary()["throttled"]
    assert requests == sum(one.values["api_calls"] for one in done) > PER_MINUTE
    # What the processes agreed upon, whatever the machine made of it.
    slots = sorted(slot for one in done for slot in one.slots)
    crowded = [early for early, late in zip(slots, slots[PER_MINUTE:], strict=False) if late - early < WINDOW * 0.999]
    assert crowded == []
    if speed == 1.0:
        assert throttled == 0
    pace = f"{PER_MINUTE} a minute" if speed == 1.0 else f"{PER_MINUTE} in {60 / speed:.1f} s"
    record_property("figure", f"load: {FORKS} forks, {requests} requests at {pace}: 0 failed, {throttled} refused")
