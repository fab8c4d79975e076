# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from ansible_collections.streamops.live.tests import simulator

FOLDER = Path(simulator.__file__).parent
AS_FOLDER = [sys.executable, str(FOLDER)]
AS_MODULE = [sys.executable, "-m", "simulator"]
PRINT_ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)))"


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(FOLDER.parent)}


@pytest.mark.parametrize("command", [AS_FOLDER, AS_MODULE], ids=["folder", "module"])
def test_exec_runs_a_command_beside_the_simulator(command: list[str]) -> None:
    script = (
        "import json, os, urllib.request;"
        "described = json.load(open(os.environ['SIMULATOR_JSON']));"
        "urllib.request.urlopen(os.environ['SIMULATOR_URL'] + '/_simulator/summary').read();"
        "print(json.dumps([described, dict(os.environ), oct(os.stat(os.environ['AKAMAI_EDGERC']).st_mode)]));"
        "raise SystemExit(7)"
    )
    run = subprocess.run(
        [*command, "exec", "--no-budget", "--", sys.executable, "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert run.returncode == 7, run.stderr
    described, seen, mode = json.loads(run.stdout)
    assert described["url"] == seen["SIMULATOR_URL"] == seen["SMARTSTREAM_API_URL"]
    assert seen["SMARTSTREAM_MERCHANT_ID"] == described["smartstream"]["merchant_id"]
    assert seen["SMARTSTREAM_PASSWORD"] == described["smartstream"]["password"]
    assert seen["AKAMAI_EDGERC"] == described["edgerc"]
    assert mode.endswith("600")
    assert not Path(described["edgerc"]).exists()
    with pytest.raises(requests.ConnectionError):
        requests.get(described["url"], timeout=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_runs_until_it_is_told_to_stop(tmp_path: Path, number: signal.Signals) -> None:
    command = [*AS_FOLDER, "serve", "--folder", str(tmp_path / "new"), "--set", "msl.error_shape=B", "--seed", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address, credentials = server.stdout.readline(), server.stdout.readline()
        described = json.loads((tmp_path / "new" / "simulator.json").read_text())
        assert described["url"] in address
        assert described["edgerc"] in credentials
        assert described["pid"] == server.pid
        assert stat.S_IMODE(Path(described["edgerc"]).stat().st_mode) == 0o600
        assert requests.get(f"{described['url']}/_simulator/summary", timeout=5).status_code == 200
        server.send_signal(number)
        assert server.wait(60) == 0
    assert not (tmp_path / "new" / "simulator.json").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["exec"], "exec needs a command after --"),
        (["serve", "--set", "colour=1"], "no setting colour"),
        (["serve", "--provisioning-reads", "1", "--provisioning-seconds", "1"], "not allowed with"),
        ([], "required: action"),
    ],
)
def test_mistakes_on_the_command_line(arguments: list[str], words: str) -> None:
    run = subprocess.run([*AS_FOLDER, *arguments], capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 2
    assert words in run.stdout + run.stderr
    assert "Traceback" not in run.stderr
