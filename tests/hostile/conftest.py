# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_EXAMPLES = "--hostile-examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(_EXAMPLES, type=int, default=15, help="examples for each kind of task")


def pytest_configure(config: pytest.Config) -> None:
    # Fixtures are made once for all examples: each of them resets the simulator by itself.
    settings.register_profile(
        "hostile",
        database=None,
        deadline=None,
        derandomize=True,
        max_examples=config.getoption(_EXAMPLES),
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    settings.load_profile("hostile")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """One simulator for all examples of a file."""
    with Simulator(Settings().without_budget()) as sim:
        yield sim


@pytest.fixture
def sim(simulator: Simulator) -> Simulator:
    """The simulator, empty."""
    simulator.reset()
    return simulator
