# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a play's output says while a task waits, in the controller and where a module does the work."""

from __future__ import annotations

import re

import pytest

from ansible_collections.streamops.live.tests.plays.role_runs import run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

SHOW = {"ref_id": "show", "state": "started", "wait": True, "wait_interval": 1}


# A module waits for a minute in each call: what takes a little longer needs two of them.
@pytest.mark.parametrize(("here", "seconds"), [(True, 2), (False, 61)])
def test_an_event_that_starts_slowly(here, seconds, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        event = sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
        sim.settings.smartstream.start.seconds = seconds
        merchant = sim.smartstream
        show = {**SHOW, "mail_address": merchant.mail_address, "password": merchant.password}
        tasks = [
            {"name": "Start", "streamops.live.smartstream_live_event": show, "register": "started"},
            {"name": "Tell", "ansible.builtin.debug": {"msg": "{{ started.actions }}, {{ started.live_event.phase }}"}},
        ]
        ran = run(sim, tmp_path, tasks, {"streamops_in_process": here}, "-vvv")
        assert ran.status == 0, ran.output
        assert sim.summary()["token_requests"] == 1
        assert [secret for secret in (*merchant.tokens, merchant.password) if secret in ran.output] == []
        assert [request.path for request in sim.writes] == [f"/live_events/{event}/start"]
    assert re.search(
        r"^Waiting: live event 'show' is encode_status_pending; \d+ s so far, giving up after 900 s\.$",
        ran.output,
        re.MULTILINE,
    )
    assert "['start'], running" in ran.output
