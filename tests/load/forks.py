# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several tasks in processes of their own, begun at the same moment."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_COMMAND = (sys.executable, "-m", "ansible_collections.streamops.live.tests.load.worker")


@dataclass(frozen=True)
class Done:
    """How one of them ended; ``slots``: the moments that it was given for its requests, by its clock."""

    failed: bool
    values: dict[str, Any]
    slots: list[float]


def side_by_side(task: str, every: Sequence[dict[str, Any]], folder: Path, speed: float = 1.0) -> list[Done]:
    """Run the task with each of the options.

    :param folder: Where the processes meet, as those of one user on one machine do.
    :param speed: How much faster than the machine's their clock goes.
    """
    children = [
        subprocess.Popen(
            _COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", ""), "HOME": str(folder)},
        )
        for _options in every
    ]  # fmt: skip
    try:
        for child, options in zip(children, every, strict=True):
            work = {"task": task, "options": options, "folder": str(folder), "speed": speed}
            _tell(child, json.dumps(work))
        for child in children:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
        for child in children:
            _tell(child, "go")
        return [Done(**json.loads(child.communicate(timeout=300)[0])) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()


def _tell(child: subprocess.Popen[str], line: str) -> None:
    assert child.stdin is not None
    child.stdin.write(f"{line}\n")
    child.stdin.flush()
