# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of each plugin's documentation are tasks that run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import (
    NAMESPACE,
    ansible_environment,
    documented,
    plugin_names,
)
from ansible_collections.streamops.live.tests.unit.support.sample_tasks import connection, done_at_once, prepare


@pytest.fixture
def sim():
    """A simulator that has done everything by the time it is asked."""
    with Simulator(done_at_once()) as simulator:
        yield simulator


EXAMPLES = [
    *(("module", name) for name in plugin_names("modules")),
    *(("lookup", name) for name in plugin_names("lookup")),
    *(("filter", name) for name in plugin_names("filter")),
]


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_examples_run(kind, name, sim, tmp_path):
    """Every example of a plugin is a task that succeeds, one after another, against an empty account."""
    prepare(sim, name)
    tasks = yaml.safe_load(documented(kind)[name]["examples"])
    ran = play(tasks, sim, tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"ok={len(tasks)} " in ran.stdout, ran.stdout
    assert "[WARNING]" not in ran.stderr, ran.stderr
    keys = {key["key"] for origin in sim.msl.origins.values() for key in origin["sharedKeys"]}
    secrets = keys | {sim.credentials["client_secret"], sim.smartstream.password, *sim.smartstream.tokens}
    assert not {secret for secret in secrets if secret in ran.stdout}


def play(tasks, sim, folder: Path):
    """Run tasks as a playbook on this machine."""
    for section in ("default", "live"):
        sim.write_edgerc(folder / ".edgerc", section)
    variables = {"encoder_password": "first-of-two", "new_encoder_password": "second-of-two"}
    playbook = folder / "playbook.yml"
    # No interpreter is looked for: the one that runs the tests has the packages.
    variables["ansible_python_interpreter"] = sys.executable
    heading = {"name": "Examples", "hosts": "localhost", "gather_facts": False, "vars": variables}
    # Every second look would otherwise cost ten seconds.
    heading["module_defaults"] = {f"{NAMESPACE}.smartstream_live_event{s}": {"wait_interval": 1} for s in ("", "s")}
    playbook.write_text(yaml.safe_dump([{**heading, "tasks": tasks}]), encoding="utf-8")
    environment = ansible_environment(
        HOME=str(folder),
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_LOCAL_TEMP=str(folder / "tmp"),
        **{f"SMARTSTREAM_{name.upper()}": value for name, value in connection(sim, "smartstream").items()},
    )
    command = [str(Path(sys.executable).with_name("ansible-playbook")), str(playbook)]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_an_example_that_fails_is_seen(sim, tmp_path):
    ran = play([{f"{NAMESPACE}.msl_origin": {"host_name": "news"}}], sim, tmp_path)
    assert ran.returncode != 0
    assert "cpcode, encoder_zone must be given" in ran.stdout
