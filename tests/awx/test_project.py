# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clone of this repository is a project that AWX can use: collection, inventory sources, execution environment."""

from __future__ import annotations

import json
import subprocess

import pytest
import yaml

from ansible_collections.streamops.live.tests.awx import ansible_runs, definitions
from ansible_collections.streamops.live.tests.awx.injection import injected
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator


def test_a_project_update_installs_the_collection_from_the_clone(project_collections):
    installed = project_collections / "ansible_collections" / "streamops" / "live"
    version = yaml.safe_load((definitions.COLLECTION / "galaxy.yml").read_text())["version"]
    assert json.loads((installed / "MANIFEST.json").read_text())["collection_info"]["version"] == version
    for kind in ("modules", "inventory", "action"):
        there = sorted(path.name for path in (installed / "plugins" / kind).glob("*.py"))
        assert there == sorted(path.name for path in (definitions.COLLECTION / "plugins" / kind).glob("*.py"))


def test_the_execution_environment_can_be_built(tmp_path):
    """As far as that goes without a container engine."""
    command = ["ansible-builder", "create", "--file", definitions.AWX / "execution-environment.yml"]
    environment = ansible_runs.environment(tmp_path)
    subprocess.run([*command, "--context", tmp_path / "context"], env=environment, check=True, capture_output=True)
    packages = (tmp_path / "context" / "_build" / "requirements.txt").read_text()
    assert packages == (definitions.COLLECTION / "requirements.txt").read_text()


@pytest.mark.parametrize(
    "row", [row for row in definitions.table("inventories") if "source" in row], ids=lambda row: row["name"]
)
def test_sources_of_inventories_give_hosts(row, project_collections, tmp_path):
    """By AWX's own command line. An inventory update skips extra variables; only variables of the environment arrive."""
    source = row["source"]
    file = definitions.COLLECTION / source["source_path"]
    with Simulator(Settings().without_budget()) as sim:
        origin = sim.msl.add_origin({"hostName": "demohost"})
        sim.msl.add_stream({"name": "main", "origin": {"id": origin, "hostName": "demohost"}})
        sim.smartstream.add_live_event({"ref_id": "main", "name": "Main"})
        merchant = sim.smartstream
        inputs = {
            "msl": {**sim.credentials, "account_key": ""},
            "smartstream": {
                "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address,
                "password": merchant.password, "access_token": "", "api_key": "", "api_url": sim.url,
                "requests_per_minute": "",
            },
        }[source["service"]]  # fmt: skip
        environment = ansible_runs.environment(
            tmp_path, ANSIBLE_COLLECTIONS_PATH=str(project_collections), ANSIBLE_INVENTORY_EXPORT="True",
            ANSIBLE_INVENTORY_UNPARSED_FAILED="True", INVENTORY_UPDATE_ID="3",
            **injected(source["service"], inputs, tmp_path).environment,
        )  # fmt: skip
        command = ["ansible-inventory", "--list", "--export", "-i", file, "--output", tmp_path / "out.json"]
        command += ["--playbook-dir", file.parent, "-vvv"]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert list(json.loads((tmp_path / "out.json").read_text())["_meta"]["hostvars"]) == ["main"]
