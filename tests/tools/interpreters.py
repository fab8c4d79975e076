# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Python interpreters of this machine."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")

# Debian has interpreters without venv and ensurepip; those cannot be used.
_PROBE = "import ensurepip, sys, venv; print('%d.%d' % sys.version_info[:2], sys.executable)"


def search_path() -> list[str]:
    """The folders of PATH without pyenv's shims.

    A shim of a version that is not selected exits with 127, which ansible-test takes for a broken interpreter.
    """
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return [folder for folder in folders if folder and Path(folder).parts[-1] != "shims"]


def pyenv_folders() -> list[Path]:
    """pyenv's real interpreter folders, newest first; none where pyenv is not in use."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    return sorted(root.glob("versions/3.*/bin"), reverse=True)


@cache
def found() -> dict[str, Path]:
    """Usable interpreters by version ("3.12"): PATH first, then pyenv."""
    folders = [Path(folder) for folder in search_path()] + pyenv_folders()
    usable: dict[str, Path] = {}
    for version in VERSIONS:
        candidates = (folder / f"python{version}" for folder in folders)
        match = next((real for real in map(_probed, candidates) if real and real[0] == version), None)
        if match:
            usable[version] = match[1]
    return usable


def _probed(candidate: Path) -> tuple[str, Path] | None:
    """Version and real path of an interpreter that can make virtual environments, else None."""
    if not os.access(candidate, os.X_OK):
        return None
    probe = subprocess.run([candidate, "-c", _PROBE], capture_output=True, text=True, check=False)
    if probe.returncode:
        return None
    version, path = probe.stdout.strip().split(" ", 1)
    return version, Path(path)
