# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    STATUS,
    EventBench,
)


@pytest.fixture
def events(sim: Simulator) -> EventBench:
    """Tasks against a simulator whose statuses the tests know by name."""
    sim.settings.smartstream.stopped_status = STATUS["stopped"]
    sim.settings.smartstream.cancelled_status = STATUS["cancelled"]
    sim.settings.smartstream.failed_status = STATUS["failed"]
    return EventBench(sim)
