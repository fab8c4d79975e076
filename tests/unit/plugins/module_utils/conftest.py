# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


@pytest.fixture
def sim() -> Iterator[Simulator]:
    """A simulator without request budgets."""
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator


@pytest.fixture
def bench(sim: Simulator) -> Bench:
    """Tasks against that simulator."""
    return Bench(sim)
