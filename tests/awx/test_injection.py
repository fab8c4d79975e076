# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWX's own injection code, with full, partial and blank credentials, feeds tasks that run against the simulator."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from awx_plugins.interfaces._temporary_private_inject_api import ENV_BLOCKLIST, HIDDEN_PASSWORD

from ansible_collections.streamops.live.tests.awx import ansible_runs, definitions
from ansible_collections.streamops.live.tests.awx.credential_type_rules import REFUSED_VARIABLES
from ansible_collections.streamops.live.tests.awx.injection import injected
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_ARGUMENTS = {
    "msl": ("streamops.live.msl_facts", "gather_subset=cdns"),
    "smartstream": ("streamops.live.smartstream_live_event_info", "limit=10"),
}
_TOKEN = "given-token"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


def full(service: str, sim: Simulator) -> dict[str, str]:
    """Every field of a credential."""
    if service == "msl":
        return {**sim.credentials, "account_key": "1-ABC"}
    merchant = sim.smartstream
    return {
        "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address, "password": merchant.password,
        "access_token": "", "api_key": merchant.api_key, "api_url": sim.url, "requests_per_minute": "0",
    }  # fmt: skip


def ran(service: str, inputs: Mapping[str, str], folder: Path, *, in_process: bool = True) -> dict[str, Any]:
    """The result of a task of the service that has its credentials from AWX only."""
    environment = ansible_runs.environment(
        folder, ANSIBLE_LOAD_CALLBACK_PLUGINS="1", ANSIBLE_STDOUT_CALLBACK="ansible.builtin.oneline",
        **injected(service, inputs, folder).environment,
    )  # fmt: skip
    module, arguments = _ARGUMENTS[service]
    command = ["ansible", "localhost", "-c", "local", "-m", module, "-a", arguments]
    command += ["-e", json.dumps({"streamops_in_process": in_process})]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    start = done.stdout.find("{")
    assert start > 0, done.stdout + done.stderr
    assert not any(
        secret in done.stdout + done.stderr for name, secret in inputs.items() if secret and name in _SECRETS
    )
    result: dict[str, Any] = json.loads(done.stdout[start:])
    return {"failed": done.returncode != 0, **result}


_SECRETS = {
    field["id"]
    for one in definitions.table("credential_types")
    for field in one["inputs"]["fields"]
    if field.get("secret")
}


def test_our_rules_know_the_variables_that_awx_refuses():
    assert REFUSED_VARIABLES == ENV_BLOCKLIST


@pytest.mark.parametrize("service", _ARGUMENTS)
def test_awx_shows_no_secret_of_a_job(sim, service, tmp_path):
    inputs = {**full(service, sim), "access_token": _TOKEN}
    given = injected(service, inputs, tmp_path)
    fields = definitions.credential_type(service)["injectors"]["env"]
    for variable, template in fields.items():
        name = template.strip("{ }")
        assert given.environment[variable] == inputs[name]
        assert given.shown[variable] == (HIDDEN_PASSWORD if name in _SECRETS else inputs[name])


@pytest.mark.parametrize("in_process", [True, False])
def test_a_full_credential_reaches_its_account(sim, tmp_path, in_process):
    done = ran("msl", full("msl", sim), tmp_path, in_process=in_process)
    assert not done["failed"], done
    assert [request.account for request in sim.requests] == ["1-ABC"]


@pytest.mark.parametrize("left_out", [{"account_key": ""}, {}])
def test_a_blank_account_key_counts_as_not_set(sim, tmp_path, left_out):
    done = ran("msl", {**sim.credentials, **left_out}, tmp_path)
    assert not done["failed"], done
    assert [request.query for request in sim.requests] == [{}]


def test_a_blank_token_and_an_incomplete_one_are_named(sim, tmp_path):
    done = ran("msl", {**sim.credentials, "client_secret": ""}, tmp_path)
    assert done["failed"]
    assert (done["error"]["kind"], done["api_calls"], sim.requests) == ("invalid", 0, []), done
    assert "client_secret" in done["msg"]


def test_a_blank_credential_is_no_credential(sim, tmp_path):
    for service in _ARGUMENTS:
        blank = dict.fromkeys(full(service, sim), "")
        # A blank address would be the service's own, and no test may reach that.
        blank.update({"api_url": sim.url} if service == "smartstream" else {})
        done = ran(service, blank, tmp_path)
        assert done["failed"]
        assert done["error"]["kind"] in ("invalid", "unauthorized")
        assert (done["api_calls"], sim.requests) == (0, [])


@pytest.mark.parametrize("in_process", [True, False])
def test_a_merchant_logs_in_with_mail_address_and_password(sim, tmp_path, in_process):
    done = ran("smartstream", full("smartstream", sim), tmp_path, in_process=in_process)
    assert not done["failed"], done
    assert len(sim.token_requests) == 1


def test_a_merchant_with_a_token_does_not_log_in(sim, tmp_path):
    whole = full("smartstream", sim)
    login = ran("smartstream", whole, tmp_path)
    assert not login["failed"]
    token = next(request for request in sim.requests if not request.is_token_request).headers["Authorization"]
    sim.clear_requests()
    blank = {"mail_address": "", "password": "", "requests_per_minute": ""}
    done = ran("smartstream", {**whole, **blank, "access_token": token.removeprefix("Bearer ")}, tmp_path)
    assert not done["failed"], done
    assert (len(sim.requests), sim.token_requests) == (1, [])
