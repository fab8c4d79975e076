# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads an inventory: in this process for the details, and the way AWX does for the whole."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml
from ansible import constants
from ansible.inventory.data import InventoryData
from ansible.parsing.dataloader import DataLoader

from ansible_collections.streamops.live.plugins.inventory import msl, smartstream
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import NAMESPACE, ansible_environment, documented

PLUGINS = {"msl": msl.InventoryModule, "smartstream": smartstream.InventoryModule}
# Asked for as soon as this is loaded: ansible-test runs each test in a fork, which would ask anew.
DOCUMENTED = documented("inventory")


def plugin(kind: str) -> Any:
    """A plugin whose options come from its documentation, as when Ansible loads it."""
    name = f"{NAMESPACE}.{kind}"
    constants.config.initialize_plugin_configuration_definitions("inventory", name, DOCUMENTED[kind]["doc"]["options"])
    made = PLUGINS[kind]()
    made._load_name = name
    made._redirected_names = [name]
    return made


@dataclasses.dataclass(frozen=True)
class Listed:
    """An inventory as users see it."""

    hosts: dict[str, dict[str, Any]]
    groups: dict[str, list[str]]

    def groups_of(self, host: str) -> set[str]:
        """The groups that a host is in, without those that every host is in."""
        return {name for name, hosts in self.groups.items() if host in hosts} - {"all"}


def write(folder: Path, kind: str, **options: Any) -> Path:
    """Write a file for a plugin."""
    path = folder / f"{kind}.yml"
    path.write_text(yaml.safe_dump({"plugin": f"{NAMESPACE}.{kind}", **options}), encoding="utf-8")
    return path


def read(kind: str, path: Path, *, cache: bool = True, before: InventoryData | None = None) -> Listed:
    """Have a plugin read a file, in this process, after what other sources had to say before."""
    made, inventory = plugin(kind), before or InventoryData()
    assert made.verify_file(str(path))
    made.parse(inventory, DataLoader(), str(path), cache=cache)
    if made.get_option("cache"):
        made.update_cache_if_changed()
    inventory.reconcile_inventory()
    hosts = {name: dict(host.vars) for name, host in inventory.hosts.items()}
    for variables in hosts.values():
        # Ansible's own, about the file.
        for name in ("inventory_file", "inventory_dir"):
            variables.pop(name, None)
    return Listed(hosts, dict(inventory.get_groups_dict()))


def secrets(sim: Simulator) -> set[str]:
    """What must not be in anything that leaves a plugin."""
    msl_secrets = {value for name, value in sim.credentials.items() if name != "host"}
    merchant = sim.smartstream
    return msl_secrets | {merchant.password, merchant.api_key, *merchant.tokens}


def variables_of(sim: Simulator) -> dict[str, str]:
    """The environment that reaches both services of a simulator."""
    merchant = sim.smartstream
    return {
        **{f"AKAMAI_{name.upper()}": value for name, value in sim.credentials.items()},
        "SMARTSTREAM_API_URL": sim.url,
        "SMARTSTREAM_MERCHANT_ID": merchant.merchant_id,
        "SMARTSTREAM_MAIL_ADDRESS": merchant.mail_address,
        "SMARTSTREAM_PASSWORD": merchant.password,
    }


@dataclasses.dataclass(frozen=True)
class Update:
    """An inventory update of AWX."""

    status: int
    said: str
    written: dict[str, Any]

    @property
    def hosts(self) -> dict[str, dict[str, Any]]:
        """The variables of each host."""
        return dict(self.written["_meta"]["hostvars"])


def update(path: Path, **source_vars: str) -> Update:
    """Read an inventory by the very call of AWX (24.6, ``RunInventoryUpdate``)."""
    output = path.with_suffix(".json")
    output.unlink(missing_ok=True)
    command = [
        str(Path(sys.executable).with_name("ansible-inventory")), "--list", "--export", "-i", str(path),
        "--output", str(output), "--playbook-dir", str(path.parent), "-vvv",
    ]  # fmt: skip
    environment = ansible_environment(
        HOME=str(path.parent),
        ANSIBLE_INVENTORY_UNPARSED_FAILED="True",
        ANSIBLE_INVENTORY_EXPORT="True",
        ANSIBLE_NOCOLOR="1",
        ANSIBLE_LOCAL_TEMP=str(path.parent / "tmp"),
        **source_vars,
    )
    ran = subprocess.run(command, env=environment, cwd=path.parent, capture_output=True, text=True, check=False)
    written = json.loads(output.read_text(encoding="utf-8")) if output.exists() else {}
    return Update(ran.returncode, ran.stdout + ran.stderr, written)
