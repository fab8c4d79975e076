# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What ansible-doc makes of the documentation: fragments included, as users see it."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

COLLECTION = Path(__file__).resolve().parents[3]
TREE = COLLECTION.parents[2]
NAMESPACE = "streamops.live"


def ansible_environment(**more: str) -> dict[str, str]:
    """Variables for a process that runs Ansible: this tree's collections, and nothing of the developer's own settings."""
    foreign = ("AKAMAI_", "ANSIBLE_", "SMARTSTREAM_")
    own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {
        **own,
        "ANSIBLE_COLLECTIONS_PATH": str(TREE),
        "ANSIBLE_INVENTORY_UNPARSED_WARNING": "False",
        "ANSIBLE_LOCALHOST_WARNING": "False",
        **more,
    }


def plugin_names(kind: str) -> list[str]:
    """Short names of the collection's plugins of a kind (the folder's name)."""
    return sorted(path.stem for path in (COLLECTION / "plugins" / kind).glob("*.py") if not path.stem.startswith("_"))


@functools.cache
def documented(kind: str) -> dict[str, dict[str, Any]]:
    """Documentation of all plugins of a kind: short name -> ``doc``, ``examples``, ``return``."""
    names = [f"{NAMESPACE}.{name}" for name in plugin_names(kind + "s" if kind == "module" else kind)]
    command = [str(Path(sys.executable).with_name("ansible-doc")), "--json", "-t", kind, *names]
    ran = subprocess.run(command, env=ansible_environment(), capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "ERROR" not in ran.stderr, ran.stderr
    return {name.removeprefix(f"{NAMESPACE}."): text for name, text in json.loads(ran.stdout).items()}
