# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs roles against a simulator, in playbooks of the collection or of a test's own."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import ansible_environment
from ansible_collections.streamops.live.tests.unit.support.runs import Ran


def run(sim: Simulator, folder: Path, play: str | list[Any], variables: Mapping[str, Any], *options: str) -> Ran:
    """Run a playbook of the collection by its name, or tasks of a test's own.

    :param variables: Extra variables, which keep their types.
    """
    sim.write_edgerc(folder / ".edgerc")
    merchant = sim.smartstream
    given = {"ansible_python_interpreter": sys.executable, "live_event_run_wait_interval": 1, **variables}
    environment = ansible_environment(
        HOME=str(folder), ANSIBLE_NOCOLOR="1", ANSIBLE_PIPELINING="1", ANSIBLE_LOCAL_TEMP=str(folder / "tmp"), SMARTSTREAM_API_URL=sim.url,
        SMARTSTREAM_MERCHANT_ID=merchant.merchant_id, SMARTSTREAM_ACCESS_TOKEN=merchant.issue_token()[0],
        SMARTSTREAM_API_KEY=merchant.api_key, SMARTSTREAM_REQUESTS_PER_MINUTE="0",
    )  # fmt: skip
    command = [str(Path(sys.executable).with_name("ansible-playbook")), _playbook(folder, play)]
    ran = subprocess.run(
        [*command, "-e", json.dumps(given), *options],
        env=environment, cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout + ran.stderr)


def _playbook(folder: Path, play: str | list[Any]) -> str:
    if isinstance(play, str):
        return f"streamops.live.{play}"
    path = folder / "playbook.json"
    path.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": play}]))
    return str(path)


def origin_with_a_key_that_is_due(sim: Simulator, name: str) -> Any:
    """An origin, as the simulator has it."""
    end = (dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=10)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    key = {"name": "fastly", "cdnCode": "dn003", "expiryDate": end}
    number = sim.msl.add_origin({"hostName": name, "thirdPartyCdnCpcode": 700001, "sharedKeys": [key]})
    return sim.msl.origins[number]
