# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task in the controller's process and the same task as a module: the same results, member by member.

One playbook holds the cases (parity/playbook.yml). It runs both ways under the ansible-core of these tests, each time
against a simulator of its own; `make test` does so for every line of ansible-core.
"""

from __future__ import annotations

import concurrent.futures
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.streamops.live.tests.simulator import Provisioning, Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import ansible_environment

FOLDER = Path(__file__).parent / "parity"
WAYS = ("in process", "as a module")
SECRETS = ("s3cr3t-word", "vaulted-password")
# What differs between any two runs: instants, numbers of background jobs, the service's numbers of requests.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
_JOB = re.compile(r"j\d+\.\d+")
_REQUEST = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIMINGS = {"start", "end", "delta", "ansible_job_id", "results_file", "ansible_async_watchdog_pid"}
# Where they may differ: a module's result has the interpreter that was found for it, and what it printed besides.
_OF_MODULES = {"discovered_interpreter_python", "stdout", "stdout_lines", "stderr", "stderr_lines"}


# ansible-core 2.19 puts it into a module's failed result that is about to be tried again.
_NO_TRACEBACK = "(traceback unavailable)"


class _Loader(yaml.SafeLoader):
    """Reads Ansible's own tags as text: only the names of tasks are wanted."""


for tag in ("!vault", "!unsafe"):
    _Loader.add_constructor(tag, lambda loader, node: loader.construct_scalar(node))


def cases() -> list[str]:
    """The names of all tasks."""
    plays = yaml.load((FOLDER / "playbook.yml").read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader with two tags more
    tasks = [task for play in plays for task in play["tasks"]]
    return [one["name"] for task in tasks for one in task.get("block", [task])]


@dataclass(frozen=True)
class Run:
    """One run of the playbook: its results by task, its output, and what the service saw."""

    recorded: dict[str, list[dict[str, Any]]]
    output: str
    requests: list[str]


def add_faults(sim: Simulator) -> None:
    """The trouble that the cases expect, each at a path of its own."""
    sim.faults.add("status", "GET", "/vod-origin", status=403)
    sim.faults.add("status", "GET", "/cdns", status=500, times=None)
    sim.faults.add("status", "GET", "/publishing-locations", status=429)
    sim.faults.add("slow", "GET", "/origins/cpcodes", seconds=20)


def play(way: str, folder: Path) -> Run:
    """Run the playbook one way."""
    recording = folder / "recording.jsonl"
    settings = Settings(seed=1, provisioning=Provisioning(reads=1)).without_budget()
    with Simulator(settings) as sim:
        sim.write_edgerc(folder / "edgerc")
        (folder / "vault-password").write_text("parity\n")
        sim.msl.add_origin({"hostName": "demohost", "encoderZone": "EUROPE", "cpcode": 400001})
        sim.msl.add_origin(
            {
                "hostName": "keyed",
                "sharedKeys": [{"name": "one", "type": "AKAMAI", "key": "known-key-1", "enabled": True}],
            }
        )
        for name in ("more", "other"):
            sim.msl.add_stream({"name": name, "format": "HLS", "cpcode": 400001, "dvrWindow": 20})
        add_faults(sim)
        variables = {
            "edgerc": str(folder / "edgerc"),
            "credentials": sim.credentials,
            "wanted": "other",
        }
        local = {"ansible_connection": "local", "ansible_python_interpreter": sys.executable}
        hosts = {"localhost": local, "remote1": local, "remote2": local}
        inventory = {
            "all": {"hosts": hosts, "vars": {"streamops_in_process": way == WAYS[0]}},
            "remotes": {"hosts": {"remote1": {}, "remote2": {}}},
        }
        (folder / "inventory.json").write_text(json.dumps(inventory))
        environment = ansible_environment(
            HOME=str(folder),
            PYTHONHASHSEED="0",  # Some of Ansible's messages list a set.
            RECORDING=str(recording),
            ANSIBLE_CALLBACK_PLUGINS=str(FOLDER / "callbacks"),
            ANSIBLE_CALLBACKS_ENABLED="recorder",
            ANSIBLE_INJECT_INVOCATION="true",
            ANSIBLE_NOCOLOR="1",
            ANSIBLE_PIPELINING="1",
            ANSIBLE_RETRY_FILES_ENABLED="false",
            ANSIBLE_VAULT_PASSWORD_FILE=str(folder / "vault-password"),
        )
        program = str(Path(sys.executable).with_name("ansible-playbook"))
        command = [program, "-i", str(folder / "inventory.json"), "-e", json.dumps(variables)]
        ran = subprocess.run(
            [*command, str(FOLDER / "playbook.yml")],
            env=environment, cwd=folder, capture_output=True, text=True, check=False, timeout=900,
        )  # fmt: skip
        requests = [f"{request.method} {request.path}" for request in sim.requests]
    assert recording.exists(), ran.stdout + ran.stderr
    recorded: dict[str, list[dict[str, Any]]] = {}
    for line in recording.read_text(encoding="utf-8").splitlines():
        one = json.loads(line)
        recorded.setdefault(one["task"], []).append(neutral(one, sim.url, str(folder)))
    for results in recorded.values():
        results.sort(key=lambda one: str(one["host"]))  # Hosts end in any order.
    return Run(recorded, ran.stdout + ran.stderr, requests)


def neutral(value: Any, url: str, folder: str) -> Any:
    """A value without what differs between any two runs."""
    if isinstance(value, dict):
        return {
            name: neutral(member, url, folder)
            for name, member in value.items()
            if name not in _TIMINGS | _OF_MODULES and member != _NO_TRACEBACK
        }
    if isinstance(value, list):
        return [neutral(member, url, folder) for member in value]
    if isinstance(value, str):
        text = value.replace(url, "URL").replace(url.partition("//")[2], "HOST").replace(folder, "FOLDER")
        return _REQUEST.sub("REQUEST", _JOB.sub("JOB", _INSTANT.sub("INSTANT", text)))
    return value


def test_results_are_the_same_in_process_and_as_a_module(tmp_path: Path) -> None:
    """One test for all cases: ansible-test gives each test a process of its own, which would run everything anew."""
    folders = [tmp_path / way.replace(" ", "-") for way in WAYS]
    for folder in folders:
        folder.mkdir()
    with concurrent.futures.ThreadPoolExecutor() as pool:
        runs = list(pool.map(play, WAYS, folders))
    here, there = (run.recorded for run in runs)
    wanted = cases()
    assert [name for name in wanted if name not in there] == [], runs[1].output[-3000:]
    found = {name: differences(here.get(name), there[name]) for name in wanted}
    # Items of a loop share what was read, and so need fewer requests.
    for name in ("Loop", "Loop with a secret that is a word of the next item", "Until each item was tried twice"):
        found[name] = [line for line in found[name] if ".api_calls: " not in line]
    assert {name: lines for name, lines in found.items() if lines} == {}
    sent = [sum(one["result"].get("api_calls", 0) for one in run.recorded["Loop"][:6]) for run in runs]
    assert sent[0] < sent[1]
    # Not the output as well: of a task that failed it quotes the lines of the playbook.
    assert [secret for secret in SECRETS for run in runs if secret in json.dumps(run.recorded)] == []


def differences(here: Any, there: Any, path: str = "") -> list[str]:
    """What two values hold differently, as paths with both values."""
    if isinstance(here, dict) and isinstance(there, dict):
        names = sorted(here.keys() | there.keys())
        return [
            line for name in names
            for line in differences(here.get(name, "missing"), there.get(name, "missing"), f"{path}.{name}")
        ]  # fmt: skip
    if isinstance(here, list) and isinstance(there, list) and len(here) == len(there):
        pairs = enumerate(zip(here, there, strict=True))
        return [line for number, pair in pairs for line in differences(*pair, f"{path}[{number}]")]
    return [] if here == there else [f"{path}: {here!r} in process, {there!r} as a module"]
