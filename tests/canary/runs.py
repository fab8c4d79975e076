# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run of the play with everything in it, by ansible-playbook or by ansible-runner."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.streamops.live.tests.canary.scene import Scene
from ansible_collections.streamops.live.tests.canary.search import texts_below
from ansible_collections.streamops.live.tests.canary.watch import Watched, watched
from ansible_collections.streamops.live.tests.unit.support.documents import COLLECTION, ansible_environment

PLAYS = Path(__file__).parent / "plays"
_CALLBACKS = COLLECTION / "tests" / "plays" / "parity" / "callbacks"


@dataclass(frozen=True)
class Kept:
    """Everything that a run leaves behind, by where it stands; and the failed tasks by name."""

    texts: dict[str, str]
    failed: dict[str, str]
    ran: Watched


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables of a process that runs Ansible, with a home of its own in the folder."""
    home = folder / "home"
    home.mkdir()
    return ansible_environment(
        HOME=str(home), ANSIBLE_HOME=str(home / "ansible"), ANSIBLE_NOCOLOR="1", PYTHONPATH=str(COLLECTION.parents[2]),
        ANSIBLE_CALLBACK_PLUGINS=str(_CALLBACKS), ANSIBLE_CALLBACKS_ENABLED="recorder",
        RECORDING=str(folder / "recording.jsonl"), ANSIBLE_INJECT_INVOCATION="true", **more,
    )  # fmt: skip


def play(scene: Scene, folder: Path, *, in_process: bool) -> Kept:
    """ansible-playbook as loud as it gets, with the JSON of every result."""
    command = [
        str(Path(sys.executable).with_name("ansible-playbook")), "-i", "localhost,", "-vvvv", "--diff", "-c", "local",
        "-e", f"@{scene.variables_file}", "-e", f"streamops_in_process={str(in_process).lower()}",
        "-e", f"ansible_python_interpreter={sys.executable}", str(PLAYS / "everything.yml"),
    ]  # fmt: skip
    ran = watched(command, folder, environment(folder))
    return Kept(_texts(folder, ran), _failed(folder), ran)


def runner(scene: Scene, folder: Path) -> Kept:
    """ansible-runner with the artifacts that AWX keeps; the variables come by a file, as the credentials of a job do."""
    (folder / "project").symlink_to(PLAYS)
    variables = environment(folder)
    options = {
        "private_data_dir": str(folder), "playbook": "everything.yml", "ident": "job", "inventory": "localhost,",
        "envvars": variables, "suppress_env_files": True, "quiet": True, "verbosity": 4,
        "cmdline": f"--diff -c local -e @{scene.variables_file} -e ansible_python_interpreter={sys.executable}",
    }  # fmt: skip
    command = [sys.executable, "-m", "ansible_collections.streamops.live.tests.awx.run_job"]
    ran = watched(command, folder, variables, json.dumps(options))
    return Kept(_texts(folder, ran), _failed(folder), ran)


def module(scene: Scene, folder: Path, name: str, arguments: dict[str, Any]) -> Kept:
    """The process of a module, and what it prints before Ansible sees it."""
    command = [sys.executable, "-m", "ansible_collections.streamops.live.tests.canary.raw_module"]
    ran = watched(command, folder, environment(folder), json.dumps([name, {**arguments, "_ansible_diff": True}]))
    return Kept(_texts(folder, ran), {}, ran)


def _texts(folder: Path, ran: Watched) -> dict[str, str]:
    printed = {"standard output": ran.stdout, "standard error": ran.stderr}
    return {**texts_below(folder), **printed, "arguments of processes": "\n".join(sorted(ran.arguments))}


def _failed(folder: Path) -> dict[str, str]:
    lines = (folder / "recording.jsonl").read_text(encoding="utf-8").splitlines()
    results = [json.loads(line) for line in lines]
    return {one["task"]: str(one["result"].get("msg")) for one in results if one["what"] == "failed"}
