# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of each role's README are playbooks that run."""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import COLLECTION, ansible_environment

ROLES = sorted(path.parent for path in COLLECTION.glob("roles/*/README.md"))
_EXAMPLE = re.compile(r"^```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)


def examples() -> list[Any]:
    return [
        pytest.param(role, number, id=f"{role.name}-{number}")
        for role in ROLES
        for number in range(len(_EXAMPLE.findall((role / "README.md").read_text(encoding="utf-8"))))
    ]


@pytest.mark.parametrize(("role", "number"), examples())
def test_examples_of_the_readme_run(role, number, tmp_path):
    """In check mode, for real, and again with nothing left to do; no secret is ever shown."""
    text = _EXAMPLE.findall((role / "README.md").read_text(encoding="utf-8"))[number]
    playbook = tmp_path / "playbook.yml"
    playbook.write_text(text, encoding="utf-8")
    with Simulator(Settings().without_budget()) as sim:
        sim.write_edgerc(tmp_path / "edgerc")
        seed(sim, role.name)
        with sim.frozen():
            foretold = play(sim, playbook, "--check", "--diff")
        assert not sim.violations
        first = play(sim, playbook, "--diff")
        wrote = sim.writes
        sim.clear_requests()
        second = play(sim, playbook, "--diff")
        assert (changes(foretold), changes(second)) == (changes(first), 0)
        assert wrote or role.name == "status_report"  # It only reads.
        assert changes(first)
        assert sim.writes == sim.key_generations == []
        assert not any(secret in text for secret in secrets(sim) for text in (foretold, first, second))


def seed(sim: Simulator, role: str) -> None:
    """What a role's examples find on the service, where they do not begin with nothing."""
    if role == "key_rotation":
        soon = (dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        fastly = {"name": "fastly", "cdnCode": "dn003", "expiryDate": soon}
        for name in ("news", "sport"):
            sim.msl.add_origin({"hostName": name, "thirdPartyCdnCpcode": 700001, "sharedKeys": [fastly]})
    if role == "teardown":
        sim.msl.add_stream({"name": "season-day-1", "origin": {"hostName": "season-origin"}})
        sim.smartstream.add_live_event({"ref_id": "season-final", "name": "Final"})


def secrets(sim: Simulator) -> set[str]:
    """What no output may show: credentials, tokens, and the keys of every origin."""
    keys = {
        key[name]
        for origin in sim.msl.origins.values()
        for key in origin["sharedKeys"]
        for name in ("key", "previousKey")
        if name in key
    }
    merchant = sim.smartstream
    return keys | {sim.credentials["client_secret"], merchant.password, merchant.api_key, *merchant.tokens}


def play(sim: Simulator, playbook: Path, *options: str) -> str:
    """What a playbook says; it must succeed without a warning."""
    folder = playbook.parent
    names = ("merchant_id", "mail_address", "password", "api_key")
    merchant = {f"SMARTSTREAM_{name.upper()}": str(getattr(sim.smartstream, name)) for name in names}
    environment = ansible_environment(
        HOME=str(folder), AKAMAI_EDGERC=str(folder / "edgerc"), ANSIBLE_NOCOLOR="1",
        ANSIBLE_LOCAL_TEMP=str(folder / "tmp"), SMARTSTREAM_API_URL=sim.url, **merchant,
    )  # fmt: skip
    # An event is looked at twice, which else takes ten seconds.
    given = {"ansible_python_interpreter": sys.executable, "live_event_run_wait_interval": 1}
    command = [
        str(Path(sys.executable).with_name("ansible-playbook")),
        str(playbook),
        "-e",
        json.dumps(given),
        *options,
    ]
    ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "[WARNING]" not in ran.stderr, ran.stderr
    return ran.stdout


def changes(output: str) -> int:
    """How many tasks changed something."""
    return int(re.findall(r"changed=(\d+)", output)[0])
