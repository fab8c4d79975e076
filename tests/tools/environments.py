# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The virtual environments that steps run in, and the home folder that ansible-test gets."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shlex
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import interpreters
from .places import BUILD, PROJECT, TOOLS_VENV

TOOLS = "tools"
_TOOLS_PYTHON = TOOLS_VENV / "bin" / "python"

# What a developer's shell may have set for Ansible, the services or Python must not change what a test sees.
_FOREIGN = ("AKAMAI_", "ANSIBLE_", "MAKE", "MFLAGS", "MOLECULE_", "PYTEST_", "PYTHON", "SMARTSTREAM_", "VIRTUAL_ENV")

# Versions of pip that ansible-test 2.16, 2.19 and 2.21 ask their bootstrap script for.
_PIP_VERSIONS = ("23.1.2", "24.2", "25.2")


@dataclass(frozen=True)
class Environment:
    """A virtual environment with one dependency group of pyproject.toml in it.

    :ivar group: Name of the group.
    :ivar python: Version of its interpreter; None for the one in .venv, which `make` creates.
    """

    group: str
    python: str | None = None

    @property
    def folder(self) -> Path:
        """Where the virtual environment lies."""
        return TOOLS_VENV if self.group == TOOLS else BUILD / "venvs" / self.group

    @property
    def home(self) -> Path:
        """The home folder of the steps that run in it; ansible-test keeps its own environments there."""
        return BUILD / "home" / self.group

    def prepare(self) -> None:
        """Create or refresh the environment and its home folder; returns at once when nothing changed.

        :raises subprocess.CalledProcessError: An interpreter or pip failed.
        """
        with locked(f"venv-{self.group}"):
            if self.group != TOOLS:
                self._prepare_venv()
            self._prepare_home()

    def variables(self, **more: str) -> dict[str, str]:
        """The environment variables of a step."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
        folders = [str(self.folder / "bin"), *_interpreter_folders(), *interpreters.search_path()]
        own = {
            "HOME": str(self.home),
            "PATH": os.pathsep.join(dict.fromkeys(folders)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        }
        return {**kept, **own, **more}

    def _prepare_venv(self) -> None:
        stamp = self.folder / "ready"
        wanted = hashlib.sha256(f"{self.python}\n{_pinned()}".encode()).hexdigest()
        if stamp.exists() and stamp.read_text() == wanted:
            return
        python = interpreters.found()[str(self.python)]
        subprocess.run([python, "-m", "venv", "--clear", self.folder], check=True)
        # .venv's pip knows dependency groups, so this environment's own pip need not.
        pip = [_TOOLS_PYTHON, "-m", "pip", "--python", self.folder / "bin" / "python"]
        install = ["install", "-qq", "--disable-pip-version-check", "--group", f"pyproject.toml:{self.group}"]
        subprocess.run([*pip, *install], check=True, cwd=PROJECT)
        stamp.write_text(wanted)

    def _prepare_home(self) -> None:
        cache = self.home / ".ansible" / "test" / "cache"
        cache.mkdir(parents=True, exist_ok=True)
        script = Path(__file__).with_name("get_pip.py").read_text()
        for version in _PIP_VERSIONS:
            path = cache / f"get_pip_{version.replace('.', '_')}.py"
            path.write_text(script.replace("{python}", str(_TOOLS_PYTHON)))
        self._carry_pip_settings()

    def _carry_pip_settings(self) -> None:
        """Hand pip's settings on: ansible-test drops every variable but HOME and PATH, and HOME is another one here."""
        pip = [_TOOLS_PYTHON, "-m", "pip"]
        listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=True).stdout
        lines = [_setting(line) for line in listed.splitlines() if line.startswith((":env:.", "global.", "install."))]
        cached = subprocess.run([*pip, "cache", "dir"], capture_output=True, text=True, check=False).stdout.strip()
        if cached:
            lines.append(f"cache-dir = {cached}")
        target = self.home / ".config" / "pip" / "pip.conf"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch(mode=0o600)
        target.write_text("\n".join(["[global]", "quiet = 2", *dict.fromkeys(lines)]) + "\n")


def _pinned() -> str:
    """The part of pyproject.toml that pins versions; its other settings change nothing in an environment."""
    return (PROJECT / "pyproject.toml").read_text().partition("[dependency-groups]")[2].partition("\n[tool")[0]


def _setting(line: str) -> str:
    """A line of `pip config list` (global.name='value') as a line of pip.conf; a list goes on indented lines."""
    name, value = line.split("=", 1)
    values = shlex.split(value)[0].replace("\\n", "\n").split()
    return f"{name.rsplit('.', 1)[-1]} = " + "\n    ".join(values)


def _interpreter_folders() -> list[str]:
    """The folders of the usable interpreters, so that ansible-test finds each by its name."""
    return [str(path.parent) for path in interpreters.found().values()]


@contextmanager
def locked(name: str) -> Iterator[None]:
    """Keep two runs of `make` from preparing the same thing at the same time."""
    folder = BUILD / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
