# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, configuration, settings

from ansible_collections.streamops.live.tests.model.journey import Tally
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

_FIGURE = "figure"
_COMMON = {"database": None, "deadline": None, "suppress_health_check": list(HealthCheck), "stateful_step_count": 10}

# The same examples in each run; the deep profile looks elsewhere each time, and prints how to repeat what it found.
settings.register_profile("model", derandomize=True, max_examples=100, **_COMMON)
settings.register_profile("deep", max_examples=2000, print_blob=True, **_COMMON)
settings.load_profile("model")
_HOME = tempfile.TemporaryDirectory(prefix="streamops-live-")
configuration.set_hypothesis_home_dir(_HOME.name)


def pytest_unconfigure() -> None:
    _HOME.cleanup()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # The figures travel with the reports, so that it does not matter which process made them.
    reports = [report for kind in terminalreporter.stats.values() for report in kind]
    for report in reports:
        # Only this report has what the fixture's end added, and there is one whatever became of the test.
        properties = report.user_properties if getattr(report, "when", "") == "teardown" else ()
        for text in (text for name, text in properties if name == _FIGURE):
            terminalreporter.write_line(f"figure: {text}")


@pytest.fixture
def world() -> Iterator[Simulator]:
    """One simulator for all examples of a machine: each empties it, which is much faster than to start another."""
    with Simulator(Settings(seed=1).without_budget()) as simulator:
        yield simulator


@pytest.fixture
def tally(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Counts for the figure that the test prints, also where it fails."""
    counts = Tally()
    yield counts
    record_property(_FIGURE, f"model {request.module.__name__.rsplit('test_')[-1].replace('_', ' ')}: {counts}")
