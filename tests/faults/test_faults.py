# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from collections.abc import Callable

from ansible_collections.streamops.live.tests.faults.cell import World, live_through, positions
from ansible_collections.streamops.live.tests.faults.product import SURVIVED, TRIED, Cells


def test_a_converge_lives_through_a_fault(
    world: World, cells: Cells, record_property: Callable[[str, object], None]
) -> None:
    chosen = cells.positions(positions(world, cells.converge))
    failures = []
    for position in chosen:
        try:
            live_through(world, cells.converge, cells.trouble, position, cells.times)
        except AssertionError as failed:
            failures.append(f"request {position}: {failed}")
    record_property(TRIED, len(chosen))
    record_property(SURVIVED, len(chosen) - len(failures))
    assert not failures, "\n".join(failures)
