# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules as Ansible runs them: a real AnsibleModule, arguments in, JSON out."""

from __future__ import annotations

import importlib
import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ansible.module_utils import basic
from ansible.module_utils.common.parameters import PASS_VARS

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import FASTLY, origin
from ansible_collections.streamops.live.tests.unit.support.modules import run_main

Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def run(sim: Simulator, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a module's ``main`` against the simulator."""
    monkeypatch.setenv("HOME", "/nonexistent")

    def run_module(name: str, /, **arguments: Any) -> tuple[int, dict[str, Any]]:
        module = importlib.import_module(f"ansible_collections.streamops.live.plugins.modules.{name}")
        return run_main(module.main, {**sim.credentials, **arguments}, capfd)

    return run_module


def test_a_module_reports_what_it_did(run: Run, sim: Simulator) -> None:
    status, result = run("msl_origin", **origin(shared_keys=[FASTLY]), _ansible_diff=True)
    assert (status, result["changed"], result["actions"], result["api_calls"]) == (0, True, ["create"], 5)
    assert result["diff"]["before_header"] == "origin 'demohost'"
    assert result["origin"]["id"] in sim.msl.origins
    assert sim.credentials["client_secret"] not in json.dumps(result)
    status, result = run("msl_origin", **origin(shared_keys=[FASTLY]))
    assert (status, result["changed"]) == (0, False)
    assert "diff" not in result


def test_ansible_lint_checks_the_options_and_runs_nothing(
    run: Run, sim: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It puts a class in the place of AnsibleModule that ends once the options are checked."""

    class Checked(Exception):
        pass

    class Checker(basic.AnsibleModule):
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            raise Checked

    # Whatever else ansible-lint does may have imported the collection long before.
    importlib.import_module("ansible_collections.streamops.live.plugins.modules.msl_origin")
    monkeypatch.setattr(basic, "AnsibleModule", Checker)
    with pytest.raises(Checked):
        run("msl_origin", **origin())
    assert not sim.requests


def test_a_token_that_the_options_have_already_is_handed_on_and_hidden_everywhere_else(
    sim: Simulator, capfd: pytest.CaptureFixture[str]
) -> None:
    merchant = sim.smartstream
    token = merchant.issue_token()[0]
    sim.faults.add("body", "POST", "/auth-token/", value=json.dumps({"token": token}))
    login = {"merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address, "password": merchant.password}
    module = importlib.import_module("ansible_collections.streamops.live.plugins.modules.smartstream_token")
    # Up to ansible-core 2.20 a module always returns its options.
    asked = {"_ansible_inject_invocation": True} if "inject_invocation" in PASS_VARS else {}
    arguments = {"api_url": sim.url, **login, "access_token": token, **asked}
    _status, result = run_main(module.main, arguments, capfd)
    assert result.pop("access_token") == token
    assert result["invocation"]["module_args"]["mail_address"] == merchant.mail_address
    assert [secret for secret in (token, merchant.password) if secret in json.dumps(result)] == []


def test_check_mode_writes_nothing(run: Run, sim: Simulator) -> None:
    with sim.frozen():
        status, result = run("msl_origin", **origin(), _ansible_check_mode=True)
    assert (status, result["changed"], result["actions"]) == (0, True, ["create"])
    assert not sim.violations


def test_a_failure_has_its_message_its_error_and_the_warnings(run: Run, sim: Simulator, tmp_path: Path) -> None:
    edgerc = sim.write_edgerc(tmp_path / "edgerc")
    edgerc.chmod(0o644)
    sim.faults.add("throttled", "GET")
    status, result = run("msl_origin", host_name="demohost", retries=0, edgerc=str(edgerc))
    assert (status, result["failed"], result["changed"]) == (1, True, False)
    assert result["error"]["kind"] == "throttled"
    assert result["msg"].startswith("Cannot read origin 'demohost'")
    assert result["actions"] == []
    assert "chmod 600" in " ".join(str(result["warnings"]).replace("\\n", " ").split())


def test_the_environment_gives_credentials(run: Run, sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = {
        "AKAMAI_HOST": sim.url,
        "AKAMAI_CLIENT_TOKEN": sim.credentials["client_token"],
        "AKAMAI_CLIENT_SECRET": sim.credentials["client_secret"],
        "AKAMAI_ACCESS_TOKEN": sim.credentials["access_token"],
        "AKAMAI_ACCOUNT_KEY": "",
    }
    for name, value in credentials.items():
        monkeypatch.setenv(name, value)
    blank = dict.fromkeys(sim.credentials)
    status, result = run("msl_facts", **blank, gather_subset=["cdns"])
    assert (status, len(result["ansible_facts"]["msl"]["cdns"])) == (0, 5)
    assert "accountSwitchKey" not in sim.requests[0].query


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_interrupted_module_writes_nothing_more(run: Run, sim: Simulator, number: signal.Signals) -> None:
    sim.faults.add("slow", "GET", "/origins$", seconds=0.4)
    timer = threading.Timer(0.15, os.kill, (os.getpid(), number))
    timer.start()
    status, result = run("msl_origin", **origin())
    timer.join()
    assert (status, sim.writes, result["actions"]) == (1, [], [])
    assert "interrupted" in result["msg"]
    assert result["error"]["kind"] == "timeout"


@pytest.mark.parametrize(
    ("name", "arguments", "key"),
    [
        ("msl_stream", {"name": "news", "state": "absent"}, "stream"),
        ("msl_cpcode", {"name": "ingest-1", "contract_id": "C-0N7RAC7"}, "cpcode"),
        ("msl_facts", {"gather_subset": ["cdns"]}, "ansible_facts"),
        ("msl_origins", {"origins": []}, "origins"),
        ("msl_streams", {"streams": []}, "streams"),
    ],
)
def test_every_module_runs(run: Run, name: str, arguments: dict[str, Any], key: str) -> None:
    status, result = run(name, **arguments)
    assert (status, result["changed"]) == (0, False)
    assert key in result


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"hostname": "demohost"}, "Unsupported parameters"),
        ({"host_name": "x", "state": "gone"}, "state must be one of"),
    ],
)
def test_options_that_do_not_exist_cost_no_request(
    run: Run, sim: Simulator, arguments: dict[str, Any], words: str
) -> None:
    status, result = run("msl_origin", **arguments)
    assert (status, sim.requests) == (1, [])
    assert words in result["msg"]
