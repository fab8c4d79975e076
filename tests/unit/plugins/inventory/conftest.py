# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from ansible_collections.streamops.live.plugins.plugin_utils import _client
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.plugins.inventory.inventories import variables_of


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.fixture(autouse=True)
def environment(monkeypatch, tmp_path):
    """No credentials but those that a test gives."""
    for name in list(os.environ):
        if name.startswith(("AKAMAI_", "SMARTSTREAM_", "STREAMOPS_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return monkeypatch


@pytest.fixture
def credentials(sim, environment) -> None:
    """The simulator's are in the environment."""
    for name, value in variables_of(sim).items():
        environment.setenv(name, value)


@pytest.fixture
def warned(environment) -> list[str]:
    """The warnings that the user gets."""
    texts: list[str] = []
    environment.setattr(f"{_client.__name__}._display.warning", texts.append)
    return texts
