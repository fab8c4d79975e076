# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection options of a role go over those of the play, one by one, and leave the rest of them in force."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import ansible_environment


def play(folder: Path, role: str, variables: Mapping[str, Any], defaults: Mapping[str, Any]) -> None:
    """Run a role in a play with module_defaults."""
    named = {"role": f"streamops.live.{role}", "vars": dict(variables)}
    whole = {"hosts": "localhost", "gather_facts": False, "module_defaults": dict(defaults), "roles": [named]}
    playbook = folder / "playbook.json"
    playbook.write_text(json.dumps([whole]))
    command = [str(Path(sys.executable).with_name("ansible-playbook")), str(playbook), "--check"]
    environment = ansible_environment(
        HOME=str(folder), ANSIBLE_PYTHON_INTERPRETER=sys.executable, ANSIBLE_LOCAL_TEMP=str(folder / "tmp")
    )
    ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("role", "variables"),
    [
        ("multi_cdn_origin", {"multi_cdn_origin_host_name": "news", "multi_cdn_origin_state": "absent"}),
        ("live_stream", {"live_stream_name": "news", "live_stream_formats": ["HLS"], "live_stream_state": "absent"}),
        ("key_rotation", {"key_rotation_hand_over_fact": True}),
        ("teardown", {"teardown_kinds": ["streams"], "teardown_match": "^x$"}),
        ("status_report", {"status_report_services": ["msl"], "status_report_file": "~/page.html"}),
    ],
)
def test_msl(role, variables, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        sim.write_edgerc(tmp_path / "here")
        option = f"{role}_msl_connection" if role in ("teardown", "status_report") else f"{role}_connection"
        defaults = {"group/streamops.live.msl": {"edgerc": str(tmp_path / "here"), "retries": 1}}
        play(tmp_path, role, {**variables, option: {"account_switch_key": "1-PARTNER"}}, defaults)
        assert sim.requests
        assert {request.query.get("accountSwitchKey") for request in sim.requests} == {"1-PARTNER"}


@pytest.mark.parametrize(
    ("role", "variables"),
    [
        ("live_event_run", {"live_event_run_ref_id": "show", "live_event_run_state": "stopped"}),
        (
            "live_event_schedule",
            {"live_event_schedule_events": [{"ref_id": "show", "name": "Show", "state": "absent"}]},
        ),
        ("teardown", {"teardown_kinds": ["live_events"], "teardown_match": "^x$"}),
        ("status_report", {"status_report_services": ["smartstream"], "status_report_file": "~/page.html"}),
    ],
)
def test_smartstream(role, variables, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
        both = role in ("teardown", "status_report")
        option = f"{role}_smartstream_connection" if both else f"{role}_connection"
        given = {
            "api_url": sim.url,
            "merchant_id": sim.smartstream.merchant_id,
            "access_token": sim.smartstream.issue_token()[0],
            "requests_per_minute": 0,
        }
        play(
            tmp_path,
            role,
            {**variables, option: {"api_key": sim.smartstream.api_key}},
            {"group/streamops.live.smartstream": given},
        )
        assert sim.requests
        assert {request.headers.get("X-Streaks-Api-Key") for request in sim.requests} == {sim.smartstream.api_key}
