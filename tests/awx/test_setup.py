# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbook awx_setup against a stub of AWX's API: it creates everything, and a second run changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.awx import ansible_runs, definitions
from ansible_collections.streamops.live.tests.awx.stub.server import AwxStub
from ansible_collections.streamops.live.tests.awx.stub.store import Refused

ACCOUNTS = [
    {"name": "north", "variables": {"msl_connection": {"account_switch_key": "1-NORTH"}}},
    {"name": "south", "variables": {"msl_connection": {"account_switch_key": "1-SOUTH"}}},
]
GIVEN = {
    "awx_setup_scm_url": "https://git.example.org/streamops/live.git",
    "awx_setup_image": "registry.example.org/streamops-live:1",
    "awx_setup_accounts": ACCOUNTS,
}


class Setup:
    """Runs the playbook against one stub."""

    def __init__(self, awx: AwxStub, modules: Path, folder: Path) -> None:
        self.awx = awx
        self._folder = folder
        path = os.pathsep.join([str(ansible_runs.TREE), str(modules)])
        self._variables = {**awx.environment, "ANSIBLE_COLLECTIONS_PATH": path}

    def run(self, *options: str, **variables: Any) -> ansible_runs.Ran:
        """Run it; ``self.awx.writes`` then has what this run wrote."""
        self.awx.writes.clear()
        given = json.dumps({**GIVEN, **variables})
        return ansible_runs.play("awx_setup", self._folder, self._variables, "-e", given, *options)


@pytest.fixture(scope="module")
def setup(awx_modules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setup]:
    """An AWX that was set up once, from empty: a run takes a while, so the tests share it."""
    with AwxStub() as awx:
        made = Setup(awx, awx_modules, tmp_path_factory.mktemp("setup"))
        first = made.run()
        assert first.status == 0, first.output
        assert "WARNING" not in first.output
        yield made


@pytest.mark.parametrize("kind", ["credential_types", "job_templates", "inventories", "schedules"])
def test_everything_in_the_tables_is_created(setup, kind):
    made = [one["name"] for one in setup.awx.store.resources[kind].values()]
    assert sorted(made) == sorted(one["name"] for one in definitions.table(kind))


def test_awx_wants_every_required_answer_of_a_schedule(setup):
    """Also where the survey has a default."""
    schedule = setup.awx.store.named("schedules", "Key rotation every morning")
    folder = {"key_rotation_hand_over_folder": "/hand-overs"}
    with pytest.raises(Refused, match="key_rotation_grace_period: required"):
        setup.awx.store.change("schedules", schedule["id"], {"extra_data": folder})


def test_job_templates_have_credentials_inventory_and_survey(setup):
    store = setup.awx.store
    credentials = {one["id"]: one["name"] for one in store.resources["credentials"].values()}
    by_service = {one["service"]: one["credential"] for one in definitions.table("credential_types")}
    control = store.named("inventories", "Control")
    for expected in definitions.table("job_templates"):
        made = store.named("job_templates", expected["name"])
        attached = [credentials[one] for one in store.related["job_templates", made["id"], "credentials"]]
        assert sorted(attached) == sorted(by_service[service] for service in expected["services"])
        assert json.loads(made["extra_vars"]) == {expected["hosts"]: "all"}
        assert made["inventory"] == control["id"]
        assert store.surveys[made["id"]] == definitions.survey(expected["playbook"])
        # Whoever may launch could else send a credential to a host of their own.
        assert made["survey_enabled"]
        assert not made["ask_variables_on_launch"]
        # Two jobs at a time would use up the request budget twice as fast.
        assert not made["allow_simultaneous"]


def test_accounts_are_hosts_with_a_connection_of_their_own(setup):
    store = setup.awx.store
    accounts = store.named("inventories", "Accounts")
    hosts = [one for one in store.resources["hosts"].values() if one["inventory"] == accounts["id"]]
    assert {one["name"]: json.loads(one["variables"]) for one in hosts} == {
        one["name"]: one["variables"] for one in ACCOUNTS
    }
    # Templates of inventories are for the job to render.
    variables = json.loads(accounts["variables"])
    assert variables["multi_cdn_origin_connection"].startswith("{{ msl_connection | mandatory(")
    assert variables["ansible_python_interpreter"] == "{{ ansible_playbook_python }}"


def test_no_secret_passes_through_the_playbook(setup):
    assert all(one["inputs"] == {} for one in setup.awx.store.resources["credentials"].values())
    for made in setup.awx.store.resources["credential_types"].values():
        assert all(template.startswith("{{ ") for template in made["injectors"]["env"].values())


def test_a_second_run_changes_nothing(setup):
    """Nor does it touch what people have filled in between the two."""
    store = setup.awx.store
    filled_in = {"host": "h", "client_token": "t", "client_secret": "s", "access_token": "a"}
    store.change("credentials", store.named("credentials", "Media Services Live")["id"], {"inputs": filled_in})
    again = setup.run()
    assert (again.status, again.changed, setup.awx.writes) == (0, 0, []), again.output
    assert store.named("credentials", "Media Services Live")["inputs"] == filled_in


@pytest.mark.parametrize("name", ["awx_setup_scm_url", "awx_setup_image"])
def test_what_is_missing_is_named_before_anything_is_written(setup, name):
    ran = setup.run(**{name: ""})
    assert ran.status != 0
    assert "Give awx_setup_scm_url" in ran.output
    assert setup.awx.writes == []
