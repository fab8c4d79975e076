# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pytest fixtures: ``pytest_plugins = ["…simulator.fixtures"]`` or import them into a conftest."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from .simulator import Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    """A simulator of its own for each test."""
    with Simulator() as sim:
        yield sim


@pytest.fixture
def edgerc(simulator: Simulator, tmp_path: Path) -> Path:
    """A ready credentials file for it."""
    return simulator.write_edgerc(tmp_path / "edgerc")
