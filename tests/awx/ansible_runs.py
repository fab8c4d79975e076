# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs ansible-playbook with nothing of the developer's own settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from ansible_collections.streamops.live.tests.unit.support.runs import Ran

from .definitions import COLLECTION

TREE = COLLECTION.parents[2]
_FOREIGN = ("AKAMAI_", "ANSIBLE_", "CONTROLLER_", "PYTHONPATH", "SMARTSTREAM_", "TOWER_")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Variables of a process that runs Ansible with this tree's collections, and a home of its own."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": str(TREE),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_LOCALHOST_WARNING": "False",
        "ANSIBLE_NOCOLOR": "1",
        "HOME": str(folder),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), own.get("PATH", "")]),
        **more,
    }


def play(playbook: str, folder: Path, variables: Mapping[str, str], *options: str) -> Ran:
    """Run a playbook of the collection by its name."""
    command = ["ansible-playbook", f"streamops.live.{playbook}", "-i", "localhost,", *options]
    ran = subprocess.run(
        command, cwd=folder, env=environment(folder, **variables), capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Ran(ran.returncode, ran.stdout + ran.stderr)
