# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ansible-core lines under which the collection is tested."""

from __future__ import annotations

from dataclasses import dataclass

from . import interpreters


@dataclass(frozen=True)
class Core:
    """One ansible-core line.

    :ivar line: The first two numbers, as in "2.19"; its exact version is pinned in pyproject.toml.
    :ivar pythons: Versions that can run it, the most wanted one first: over the three lines the wanted ones differ.
    """

    line: str
    pythons: tuple[str, ...]

    @property
    def group(self) -> str:
        """Name of the dependency group in pyproject.toml."""
        return f"core-{self.line.replace('.', '-')}"

    @property
    def python(self) -> str | None:
        """The version to use on this machine, None when there is none."""
        return next((version for version in self.pythons if version in interpreters.found()), None)


# Pythons: ansible-core's support matrix, for the controller.
CORES = (
    Core("2.16", ("3.10", "3.11", "3.12")),
    Core("2.19", ("3.11", "3.12", "3.13")),
    Core("2.21", ("3.13", "3.12", "3.14")),
)

# Of the tests of AWX, whose own code wants 3.11.
AWX_PYTHONS = ("3.12", "3.13", "3.11")


def chosen(line: str | None = None) -> tuple[Core, ...]:
    """The lines to test: all of them, or the one that is named.

    :raises SystemExit: The named line is not one of ours.
    """
    picked = tuple(core for core in CORES if line in (None, core.line))
    if not picked:
        raise SystemExit(f"ansible-core {line} is not tested here; {', '.join(core.line for core in CORES)} are")
    return picked
