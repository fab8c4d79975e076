# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

REAL_TIME = "--real-time"
_FIGURE = "figure"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(REAL_TIME, action="store_true", help="a minute is a minute; else it takes a few seconds")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == _FIGURE:
                terminalreporter.write_line(f"figure: {value}")


@pytest.fixture
def speed(request: pytest.FixtureRequest) -> float:
    """How much faster than the machine's the clock of the tasks goes."""
    return 1.0 if request.config.getoption(REAL_TIME) else 8.0


@pytest.fixture
def sim() -> Iterator[Simulator]:
    """A simulator without request budgets."""
    with Simulator(Settings().without_budget()) as simulator:
        yield simulator
