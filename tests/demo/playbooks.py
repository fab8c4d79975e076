# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the collection's playbooks against a simulator and counts what each does."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from terminal import COLOURS, heading, styled

DEMO = Path(__file__).resolve().parent
PROJECT = DEMO.parents[1]
BUILD = PROJECT / ".build" / "demo"
sys.path.insert(0, str(DEMO.parent))

from simulator import Simulator  # noqa: E402 - it lies beside this folder, not in a package that is installed

# What a developer's shell may have set must not change what is shown.
_FOREIGN = ("AKAMAI_", "ANSIBLE_", "SMARTSTREAM_")
_ESCAPE = re.compile(r"\033\[[0-9;]*m")
_RECAP = re.compile(r"\bchanged=(\d+) .*\bfailed=(\d+)")


@dataclass(frozen=True)
class Ran:
    """What became of one run. ``changed``: the number of tasks that say they changed something."""

    title: str
    succeeded: bool
    changed: int
    reads: int
    writes: int
    key_generations: int
    log_ins: int
    throttled: int
    refused: int
    output: str


class Stage:
    """A simulator, a folder of its own, and the runs so far. ``paced``: playbooks keep to SmartSTREAM's limit."""

    def __init__(self) -> None:
        self.sim = Simulator()
        # So many runs in one minute meet SmartSTREAM's limit of 50 requests, and a demonstration need not wait.
        self.sim.settings.smartstream.budget.limit = None
        self.ran: list[Ran] = []
        self.paced = False
        self._secrets: set[str] = set()

    def __enter__(self) -> Stage:
        shutil.rmtree(BUILD, ignore_errors=True)
        BUILD.mkdir(parents=True)
        self.sim.__enter__()
        self.sim.write_edgerc(BUILD / "edgerc")
        self._secrets |= {value for name, value in self.sim.credentials.items() if name != "host"}
        self._secrets |= {self.sim.smartstream.password, self.sim.smartstream.api_key}
        return self

    def __exit__(self, *error: object) -> None:
        self.sim.__exit__(None, None, None)

    def run(self, title: str, words: str, playbook: str, *options: str, frozen: bool = False) -> Ran:
        """Run a playbook, with its own output on the terminal.

        :param playbook: One of the collection by its name, or a file beside this one.
        :param words: A sentence on what is about to happen.
        :param frozen: The simulator refuses and counts every write and key generation.
        """
        heading(f"{len(self.ran) + 1}. {title}", words)
        named = playbook if playbook.endswith(".yml") else f"streamops.live.{playbook}"
        command = ["ansible-playbook", named, *options]
        print(styled(f"$ {shlex.join(command)}", "bold"), flush=True)
        self.sim.clear_requests()
        refused = len(self.sim.violations)
        with self.sim.frozen() if frozen else contextlib.nullcontext():
            status, output = _shown(command, self._environment())
        recap = _RECAP.search(output)
        counts = self.sim.summary()
        self._secrets |= {
            key[name] for origin in self.sim.msl.origins.values() for key in origin["sharedKeys"]
            for name in ("key", "previousKey") if name in key
        }  # fmt: skip
        self._secrets |= set(self.sim.smartstream.tokens)
        ran = Ran(
            title=f"{len(self.ran) + 1}. {title}",
            succeeded=status == 0 and recap is not None and recap[2] == "0",
            changed=int(recap[1]) if recap else 0,
            reads=counts["requests"] - counts["writes"] - counts["key_generations"] - counts["token_requests"],
            writes=counts["writes"],
            key_generations=counts["key_generations"],
            log_ins=counts["token_requests"],
            throttled=counts["throttled"],
            refused=len(self.sim.violations) - refused,
            output=output,
        )
        self.ran.append(ran)
        return ran

    def _environment(self) -> dict[str, str]:
        """What a playbook finds in its environment: where the services are, and the credentials of both."""
        merchant = self.sim.smartstream
        members = {name: getattr(merchant, name) for name in ("merchant_id", "mail_address", "password", "api_key")}
        # Empty counts as not set.
        smartstream = {"api_url": self.sim.url, "requests_per_minute": "" if self.paced else "0", **members}
        return {
            **_ansible_environment(),
            **{f"SMARTSTREAM_{name.upper()}": value for name, value in smartstream.items()},
        }

    def shown_secrets(self) -> set[str]:
        """Keys and credentials that any run has shown."""
        return {secret for secret in self._secrets if any(secret in ran.output for ran in self.ran)}


def lines_of(name: str) -> list[str]:
    """A file of the demonstration without its heading."""
    return (DEMO / name).read_text(encoding="utf-8").split("---\n", 1)[1].splitlines()


def _shown(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Run a command with its output on the terminal; returns its exit code, and its output without colours."""
    interpreter = Path(sys.executable)
    child = subprocess.Popen(
        [str(interpreter), "-m", "ansible", "playbook", *command[1:]], cwd=DEMO, env=environment,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    lines = []
    for line in child.stdout or ():
        print(line, end="", flush=True)
        lines.append(_ESCAPE.sub("", line))
    return child.wait(), "".join(lines)


def _ansible_environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    settings = BUILD / "ansible.cfg"
    settings.touch()
    return {
        **own,
        "AKAMAI_EDGERC": str(BUILD / "edgerc"),
        "ANSIBLE_COLLECTIONS_PATH": str(_collections()),
        "ANSIBLE_CONFIG": str(settings),
        "ANSIBLE_FORCE_COLOR": str(COLOURS),
        "ANSIBLE_NOCOLOR": str(not COLOURS),
        "ANSIBLE_HOME": str(BUILD / "ansible"),
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOWS": "True",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _collections() -> Path:
    """The folder that holds ``ansible_collections``: where the project lies in one, else one with a link to it."""
    if PROJECT.parts[-3:] == ("ansible_collections", "streamops", "live"):
        return PROJECT.parents[2]
    link = BUILD / "tree" / "ansible_collections" / "streamops" / "live"
    if not link.is_symlink():
        link.parent.mkdir(parents=True)
        link.symlink_to(PROJECT)
    return BUILD / "tree"
