# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.streamops.live.tests.faults.cell import World
from ansible_collections.streamops.live.tests.faults.product import EVERYTHING, SURVIVED, TRIED, picked
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import STATUS


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(EVERYTHING, action="store_true", help="every request position, with every fault; else a sample")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "cells" in metafunc.fixturenames:
        cells = picked(metafunc.config.getoption(EVERYTHING))
        metafunc.parametrize("cells", cells, ids=[one.name for one in cells])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [one for outcome in ("passed", "failed") for one in terminalreporter.getreports(outcome)]
    counts = [dict(one.user_properties) for one in reports]
    tried, survived = (sum(one.get(name, 0) for one in counts) for name in (TRIED, SURVIVED))
    if tried:
        terminalreporter.write_line(f"figure: faults: survived/tried = {survived}/{tried}")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    """One simulator for all cells of a process: starting one takes longer than a cell."""
    settings = Settings().without_budget()
    for phase in ("stopped", "cancelled", "failed"):
        setattr(settings.smartstream, f"{phase}_status", STATUS[phase])
    with Simulator(settings) as sim:
        yield sim


@pytest.fixture
def world(simulator: Simulator) -> World:
    """That simulator, to be cleared before each cell."""
    return World(simulator)
