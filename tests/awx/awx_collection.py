# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gets the collection awx.awx, which PyPI has inside the package ``ansible`` only: one download, kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import tomllib

from .definitions import COLLECTION

_INSIDE = "ansible_collections/awx/awx/"


def present(folder: Path) -> Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH that holds awx.awx; downloads what is pinned in pyproject.toml if need be.

    :param folder: Where to keep it.
    :raises subprocess.CalledProcessError: pip could not download the package.
    """
    pinned = _pinned()
    kept = folder / pinned.replace("==", "-")
    if not (kept / _INSIDE / "MANIFEST.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            unpacked = _unpacked(_downloaded(pinned, Path(scratch)), Path(scratch) / "collections")
            shutil.rmtree(kept, ignore_errors=True)
            # At once, so that what an interrupted run leaves is never taken for the whole.
            unpacked.rename(kept)
    return kept


def _pinned() -> str:
    groups = tomllib.loads((COLLECTION / "pyproject.toml").read_text(encoding="utf-8"))["dependency-groups"]
    requirement: str = groups["awx-modules"][0]
    return requirement


def _downloaded(requirement: str, folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--only-binary", ":all:", "--dest", folder, requirement], check=True)
    return next(folder.glob("*.whl"))


def _unpacked(wheel: Path, folder: Path) -> Path:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder, [name for name in archive.namelist() if name.startswith(_INSIDE)])
    return folder
