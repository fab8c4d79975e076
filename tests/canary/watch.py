# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The arguments of every process that a run starts, read again and again while it runs."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_OFTEN = 0.01


@dataclass(frozen=True)
class Watched:
    """How a process ended, what it printed, and the arguments that anybody on the machine could read meanwhile."""

    status: int
    stdout: str
    stderr: str
    arguments: frozenset[str]


def watched(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], given: str | None = None, seconds: float = 300
) -> Watched:
    """Run a process to its end.

    :raises subprocess.TimeoutExpired: It takes too long; it is ended then.
    """
    ended, seen = threading.Event(), set[str]()
    child = subprocess.Popen(
        command, cwd=folder, env=dict(environment), text=True, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip

    def look() -> None:
        while not ended.wait(_OFTEN):
            seen.update(_arguments_of_session(child.pid))

    watcher = threading.Thread(target=look, name="watcher")
    watcher.start()
    try:
        stdout, stderr = child.communicate(given, timeout=seconds)
    finally:
        child.kill()
        ended.set()
        watcher.join()
    return Watched(child.returncode, stdout, stderr, frozenset(seen))


def _arguments_of_session(session: int) -> set[str]:
    found = set()
    for folder in Path("/proc").iterdir():
        try:
            # After the name, which may hold anything: state, parent, group, session.
            if folder.name.isdigit() and int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                found.add((folder / "cmdline").read_bytes().decode("utf-8", "replace").replace("\0", " "))
        except (OSError, IndexError):
            continue  # It has ended meanwhile.
    return found - {""}
