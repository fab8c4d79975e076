# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts of AWX's inventory of accounts: nothing is done for a host in an account that it does not name."""

from __future__ import annotations

import json

import pytest

from ansible_collections.streamops.live.tests.awx import definitions
from ansible_collections.streamops.live.tests.plays.role_runs import run
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_ACCOUNTS = {
    "north": {"msl_connection": {"account_switch_key": "1-NORTH:1-2RBL"}},
    "merchant-a": {"smartstream_connection": {"retries": 1}},
}


@pytest.mark.parametrize(
    ("playbook", "answers", "names", "other", "service"),
    [
        ("key_rotation", {"key_rotation_hand_over_fact": True}, "north", "merchant-a", "msl"),
        (
            "live_event_run",
            {"live_event_run_ref_id": "show", "live_event_run_state": "stopped"},
            "merchant-a",
            "north",
            "smartstream",
        ),
    ],
)
def test_a_host_that_names_no_account_of_a_service_is_refused(tmp_path, playbook, answers, names, other, service):
    connections = definitions.loaded(definitions.AWX / "inventories.yml")["awx_setup_connections"]
    inventory = tmp_path / "accounts.json"
    local = {"ansible_connection": "local", **connections}
    inventory.write_text(json.dumps({"all": {"vars": local, "hosts": _ACCOUNTS}}))
    with Simulator(Settings().without_budget()) as sim:
        sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
        hosts = {f"{playbook}_hosts": "all", **answers}
        refused = run(sim, tmp_path, playbook, hosts, "-i", str(inventory), "--limit", other)
        assert (refused.status != 0, sim.requests) == (True, []), refused.output
        assert f"This host has no {service}_connection" in refused.said, refused.output
        ran = run(sim, tmp_path, playbook, hosts, "-i", str(inventory), "--limit", names)
        assert ran.status == 0, ran.output
        assert sim.requests
