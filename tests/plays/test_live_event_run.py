# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who gets to see the ingest URL of a show: whoever reads the output, or nobody at any verbosity."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import ansible_environment


def play(sim: Simulator, folder: Path, **variables: object) -> subprocess.CompletedProcess[str]:
    """Run the role's playbook as verbosely as anybody would."""
    given = {
        "ansible_python_interpreter": sys.executable,
        "live_event_run_ref_id": "show",
        "live_event_run_wait": False,
        "live_event_run_connection": {
            "api_url": sim.url,
            "merchant_id": sim.smartstream.merchant_id,
            "access_token": sim.smartstream.issue_token()[0],
            "requests_per_minute": 0,
        },
        **variables,
    }
    command = [str(Path(sys.executable).with_name("ansible-playbook")), "streamops.live.live_event_run", "-vvv"]
    environment = ansible_environment(HOME=str(folder), ANSIBLE_NOCOLOR="1", ANSIBLE_LOCAL_TEMP=str(folder / "tmp"))
    return subprocess.run(
        [*command, "-e", json.dumps(given)], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("printed", [True, False, "no"])
def test_the_ingest_url_is_printed_or_nowhere(printed, tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        event_id = sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
        (address,) = sim.smartstream.live_events[event_id]["input_sources"]
        ran = play(sim, tmp_path, live_event_run_print_ingest_url=printed)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert sim.writes
        assert (address in ran.stdout + ran.stderr) is (printed is True)


def test_a_failure_is_told_where_results_are_hidden(tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        ran = play(sim, tmp_path, live_event_run_print_ingest_url=False)
    assert ran.returncode != 0
    assert "there is no live event 'show' to start" in ran.stdout
    assert "live_event_run_live_event_profile" in ran.stdout


def test_a_wait_that_is_too_long_names_the_variable(tmp_path):
    settings = Settings().without_budget()
    settings.smartstream.start.reads = 1000
    with Simulator(settings) as sim:
        sim.smartstream.add_live_event({"ref_id": "show", "name": "Show"})
        times = {"live_event_run_wait_timeout": 1, "live_event_run_wait_interval": 1}
        ran = play(sim, tmp_path, live_event_run_wait=True, **times)
    assert ran.returncode != 0
    assert "or raise live_event_run_wait_timeout" in ran.stdout


def test_a_change_of_what_runs_names_what_was_given(tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        sim.smartstream.add_live_event({"ref_id": "show", "name": "Show", "encode_status": "encode_status_running"})
        sim.smartstream.add_profile({"ref_id": "other", "name": "Other"})
        ran = play(sim, tmp_path, live_event_run_live_event_profile="other")
        assert sim.writes == []
    assert ran.returncode != 0
    assert "live_event_run_live_event_profile would change; it is running" in ran.stdout
    assert "live_event_run_live_event_profile_id" not in ran.stdout.split("TASK [")[-1].split("PLAY RECAP")[0]


def test_the_words_of_ansible_are_left_as_they_are(tmp_path):
    with Simulator(Settings().without_budget()) as sim:
        ran = play(sim, tmp_path, live_event_run_connection={"tries": 1})
        assert sim.requests == []
    assert ran.returncode != 0
    said = ran.stdout.split("TASK [")[-1].split("PLAY RECAP")[0]
    assert "wait_timeout" in said
    assert "live_event_run_wait_timeout" not in said
