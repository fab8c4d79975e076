# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs as AWX runs them: a private data folder, AWX's variables, survey answers as extra variables, ansible-runner."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from . import definitions
from .ansible_runs import TREE, environment

# The variables of AWX's jobs that change how Ansible works (RunJob.build_env).
_SETTINGS = {
    "ANSIBLE_FORCE_COLOR": "True",
    "ANSIBLE_HOST_KEY_CHECKING": "False",
    "ANSIBLE_INVENTORY_UNPARSED_FAILED": "True",
    "ANSIBLE_RETRY_FILES_ENABLED": "False",
    "JOB_ID": "7",
    "MAX_EVENT_RES": "700000",
}
# What AWX adds to the extra variables of every job.
_ADDED = {"awx_job_id": 7, "awx_job_launch_type": "manual", "awx_user_name": "operator"}


@dataclass(frozen=True)
class Job:
    """What is launched: a job template with the answers to its survey, on hosts with their variables."""

    template: Mapping[str, Any]
    answers: Mapping[str, Any]
    hosts: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {"localhost": {}})
    inventory: str = "Control"


class Launch:
    """A running job.

    :param folder: Its private data folder, new.
    :param collections: Where the project update has installed the collection.
    :param variables: What the credentials inject.
    """

    def __init__(
        self, job: Job, folder: Path, collections: Path, variables: Mapping[str, str], *, check: bool = False
    ) -> None:
        _write_inventory(folder / "inventory", job)
        _write_extra_vars(folder / "env", {job.template["hosts"]: "all", **job.answers, **_ADDED})
        (folder / "project").symlink_to(definitions.COLLECTION)
        given = environment(folder, ANSIBLE_COLLECTIONS_PATH=str(collections), **_SETTINGS, **variables)
        options = {
            "private_data_dir": str(folder), "playbook": f"playbooks/{job.template['playbook']}", "ident": "job",
            "envvars": given, "suppress_env_files": True, "quiet": True, "cmdline": "--check --diff" if check else "--diff",
        }  # fmt: skip
        self._artifacts = folder / "artifacts" / "job"
        # In a process of its own: ansible-runner forks a terminal, which a process with threads must not.
        self._child = subprocess.Popen(
            [sys.executable, "-m", f"{__package__}.run_job"], env={**environment(folder), "PYTHONPATH": str(TREE)},
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._child.stdin is not None
        json.dump(options, self._child.stdin)
        self._child.stdin.close()

    def wait(self) -> Done:
        """How it ended."""
        self._child.wait()
        events = [json.loads(path.read_text()) for path in (self._artifacts / "job_events").glob("*.json")]
        stats = [event["event_data"] for event in events if event["event"] == "playbook_on_stats"]
        status, text = ((self._artifacts / name).read_text() for name in ("status", "stdout"))
        return Done(status, stats[0] if stats else {}, text, text + json.dumps(events))


@dataclass(frozen=True)
class Done:
    """How a job ended: AWX's status, counts per host, its output, and all that AWX keeps of it."""

    status: str
    stats: Mapping[str, Mapping[str, int]]
    output: str
    kept: str

    @property
    def changed(self) -> int:
        """Number of tasks that changed something, over all hosts."""
        return sum(self.stats.get("changed", {}).values())


def template(playbook: str) -> Mapping[str, Any]:
    """The job template of a playbook."""
    return next(one for one in definitions.table("job_templates") if one["playbook"] == playbook)


def sliced(job: Job, count: int) -> list[Job]:
    """The jobs that AWX makes of one: each has every count-th host."""
    names = list(job.hosts)
    return [
        Job(job.template, job.answers, {name: job.hosts[name] for name in names[start::count]}, job.inventory)
        for start in range(count)
    ]


def _write_inventory(folder: Path, job: Job) -> None:
    """As AWX does: a script that prints the inventory."""
    rows = definitions.table("inventories")
    (row,) = [row for row in rows if row["name"] == job.inventory]
    tables = definitions.loaded(definitions.AWX / "inventories.yml")
    shared = {
        **tables["awx_setup_local"],
        **(tables["awx_setup_connections"] if "connections" in row["variables"] else {}),
    }
    # The tests' interpreter is that of ansible-playbook; in AWX there is only one.
    assert shared["ansible_python_interpreter"] == "{{ ansible_playbook_python }}"
    whole = {
        "all": {"hosts": list(job.hosts), "vars": shared},
        "_meta": {"hostvars": {name: dict(variables) for name, variables in job.hosts.items()}},
    }
    folder.mkdir(parents=True)
    script = folder / "hosts"
    script.write_text(f"#!{sys.executable}\nprint({json.dumps(whole)!r})\n", encoding="utf-8")
    script.chmod(0o700)


class _Dumper(yaml.SafeDumper):
    """AWX's own: all text is marked, so that no answer is ever rendered.

    ansible-core 2.19 and later ignores the quotes of marked text: a blank answer arrives as null, 007 as a number, a date
    as a date.
    """

    def represent_data(self, data: Any) -> yaml.Node:
        if isinstance(data, str):
            return self.represent_scalar("!unsafe", data)
        return super().represent_data(data)


def _write_extra_vars(folder: Path, variables: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True)
    (folder / "extravars").write_text(yaml.dump(dict(variables), Dumper=_Dumper), encoding="utf-8")


def side_by_side(launches: Sequence[Launch]) -> list[Done]:
    """How jobs ended that were launched together."""
    return [launch.wait() for launch in launches]
