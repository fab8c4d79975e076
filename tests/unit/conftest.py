# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import tempfile
from collections.abc import Callable

import pytest
from hypothesis import configuration, settings

# Examples are the same in each run, and what is kept for the length of a run vanishes with it.
settings.register_profile("unit", database=None, deadline=None, derandomize=True, max_examples=60)
settings.load_profile("unit")
_HOME = tempfile.TemporaryDirectory(prefix="streamops-live-")
configuration.set_hypothesis_home_dir(_HOME.name)


def pytest_unconfigure() -> None:
    _HOME.cleanup()


@pytest.fixture
def figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Notes a figure that a test has shown, as a line of the report of `make test`."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    # They travel with the reports, so that it does not matter which process ran a test.
    properties = [one for report in terminalreporter.getreports("passed") for one in report.user_properties]
    for text in sorted({str(value) for name, value in properties if name == "figure"}):
        terminalreporter.write_line(f"figure: {text}")
