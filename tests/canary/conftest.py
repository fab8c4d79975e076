# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.streamops.live.tests.canary.scene import Scene
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """A simulator with secrets in it; the input of the plays lies in a folder of its own."""
    folder = tmp_path / "input"
    folder.mkdir()
    with Simulator(Settings().without_budget()) as sim:
        yield Scene(sim, folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a run works; everything in it is searched."""
    path = tmp_path / "run"
    path.mkdir()
    return path
