# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the collection in the folder layout that Ansible's tools insist on."""

from __future__ import annotations

import filecmp
import shutil
import subprocess
from pathlib import Path

from .places import BUILD, COLLECTION, PROJECT, slug


def copied(step: str) -> Path:
    """Bring a step's own copy of the collection up to date.

    Each step has its own, since ansible-test, molecule and pytest all write beside what they test. A link would not do:
    ansible-test resolves its working directory.

    :param step: Name of the step.
    :returns: The folder that holds ``ansible_collections``.
    :raises subprocess.CalledProcessError: git does not know the project's files.
    """
    tree = BUILD / "trees" / slug(step)
    collection = tree / COLLECTION
    if not (collection / ".git").is_dir():
        # The tools ask git which files there are, and the project's own repository would say: none, .build is ignored.
        subprocess.run(["git", "init", "--quiet", str(collection)], check=True)
    wanted = project_files()
    present = (path for path in collection.rglob("*") if ".git" not in path.relative_to(collection).parts)
    for path in sorted(present, reverse=True):
        if path.is_dir() and not path.is_symlink():
            _remove_if_empty(path)
        elif path.relative_to(collection) not in wanted:
            path.unlink()
    for path in wanted:
        _copy(PROJECT / path, collection / path)
    return tree


def project_files() -> set[Path]:
    """Every file of the project, new ones included, ignored ones not."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = {Path(name) for name in names if name}
    return {path for path in paths if (PROJECT / path).is_symlink() or (PROJECT / path).is_file()}


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_symlink():
        if not target.is_symlink() or target.readlink() != source.readlink():
            target.unlink(missing_ok=True)
            target.symlink_to(source.readlink())
    elif not target.is_file() or not filecmp.cmp(source, target, shallow=True):
        shutil.copy2(source, target)


def _remove_if_empty(folder: Path) -> None:
    if not any(folder.iterdir()):
        folder.rmdir()
