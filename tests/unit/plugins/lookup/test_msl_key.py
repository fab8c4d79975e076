# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest
from ansible import constants
from ansible.errors import AnsibleError

from ansible_collections.streamops.live.plugins.lookup.msl_key import PLACEHOLDER, LookupModule
from ansible_collections.streamops.live.plugins.plugin_utils import _client
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import documented

NAME = "streamops.live.msl_key"
# Asked for as soon as this is loaded: ansible-test runs each test in a fork, which would ask anew.
OPTIONS = documented("lookup")["msl_key"]["doc"]["options"]


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """No credentials but those that a test gives."""
    for name in ("HOST", "CLIENT_TOKEN", "CLIENT_SECRET", "ACCESS_TOKEN", "ACCOUNT_KEY", "EDGERC", "EDGERC_SECTION"):
        monkeypatch.delenv(f"AKAMAI_{name}", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


def look_up(variables=None, terms=(), **options):
    """What the lookup returns; its options come from its documentation, as when Ansible loads it."""
    constants.config.initialize_plugin_configuration_definitions("lookup", NAME, OPTIONS)
    plugin = LookupModule()
    plugin._load_name = NAME
    return plugin.run(list(terms), variables or {}, **options)


def test_each_lookup_gives_one_new_key(sim):
    keys = [look_up(**sim.credentials) for _time in range(2)]
    assert [len(found) for found in keys] == [1, 1]
    assert keys[0] != keys[1]
    assert [request.query for request in sim.key_generations] == [{"type": "THIRD_PARTY"}] * 2


def test_a_key_for_another_account(sim):
    (key,) = look_up(type="AKAMAI", **sim.credentials)
    assert len(key) == 17
    assert sim.key_generations[0].query == {"type": "AKAMAI"}


def test_check_mode_makes_no_request(sim):
    with sim.frozen():
        assert look_up({"ansible_check_mode": True}, **sim.credentials) == [PLACEHOLDER]
    assert not sim.requests
    assert look_up({"ansible_check_mode": False}, **sim.credentials) != [PLACEHOLDER]


def test_check_mode_needs_no_credentials():
    assert look_up({"ansible_check_mode": True}) == [PLACEHOLDER]


def test_credentials_from_the_environment(sim, environment):
    for name, value in sim.credentials.items():
        environment.setenv(f"AKAMAI_{name.upper()}", value)
    environment.setenv("AKAMAI_ACCOUNT_KEY", "1-ABC:1-DEF")
    assert look_up()
    assert sim.requests[-1].query["accountSwitchKey"] == "1-ABC:1-DEF"


def test_credentials_from_a_file_named_by_the_environment(sim, environment, tmp_path):
    environment.setenv("AKAMAI_EDGERC", str(sim.write_edgerc(tmp_path / "credentials", "live")))
    environment.setenv("AKAMAI_EDGERC_SECTION", "live")
    assert look_up()


def test_empty_variables_count_as_not_set(sim, environment, tmp_path):
    sim.write_edgerc(tmp_path / ".edgerc")
    for name in ("HOST", "CLIENT_TOKEN", "CLIENT_SECRET", "ACCESS_TOKEN", "ACCOUNT_KEY", "EDGERC", "EDGERC_SECTION"):
        environment.setenv(f"AKAMAI_{name}", "")
    assert look_up()
    assert look_up(edgerc="")
    assert "accountSwitchKey" not in sim.requests[-1].query


def test_an_option_comes_before_the_environment(sim, environment, tmp_path):
    for name, value in sim.credentials.items():
        environment.setenv(f"AKAMAI_{name.upper()}", value)
    environment.setenv("AKAMAI_ACCESS_TOKEN", "akab-of-somebody-else")
    assert look_up(access_token=sim.credentials["access_token"])
    environment.setenv("AKAMAI_EDGERC", str(tmp_path / "missing"))
    assert look_up(edgerc=str(sim.write_edgerc(tmp_path / "credentials")), access_token=sim.credentials["access_token"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({}, ("Cannot generate a key of type THIRD_PARTY", "host, client_token", "AKAMAI_HOST")),
        ({"edgerc": "/nonexistent/edgerc"}, ("/nonexistent/edgerc cannot be read", "option edgerc")),
        ({"host": "http://192.0.2.1", "client_token": "t", "client_secret": "s", "access_token": "a"}, ("plain http",)),
    ],
)
def test_what_cannot_be_right_is_said(options, words):
    with pytest.raises(AnsibleError) as refused:
        look_up(**options)
    for part in words:
        assert part in str(refused.value)
    assert refused.value.__cause__ is None


def test_an_unknown_type_is_refused(sim):
    with pytest.raises(AnsibleError, match="type"):
        look_up(type="AKAMAI_", **sim.credentials)
    assert not sim.requests


def test_terms_are_refused(sim):
    with pytest.raises(AnsibleError, match="takes no terms"):
        look_up(terms=["THIRD_PARTY"], **sim.credentials)
    assert not sim.requests


def test_wrong_credentials_are_said_without_showing_them(sim):
    wrong = {**sim.credentials, "client_secret": "not-the-secret-at-all"}
    with pytest.raises(AnsibleError, match="401") as refused:
        look_up(**wrong)
    assert not [secret for name, secret in wrong.items() if name != "host" and secret in str(refused.value)]


def test_warnings_and_progress_reach_the_user(sim, environment, tmp_path):
    said = {"warning": [], "v": []}
    for method, texts in said.items():
        environment.setattr(f"{_client.__name__}._display.{method}", texts.append)
    path = sim.write_edgerc(tmp_path / "credentials")
    path.chmod(0o644)
    sim.faults.add(kind="status", details={"status": 503}, times=1)
    assert look_up(edgerc=str(path))
    assert len(said["warning"]) == 1
    assert "chmod 600" in said["warning"][0]
    assert len(said["v"]) == 1
    assert said["v"][0].startswith("Waiting 1 s")
