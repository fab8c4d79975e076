# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, []), (-1, []), (300, []), (301, [1]), (900, [600, 300]), (1000, [700, 400, 100])]
)
def test_a_job_is_never_silent_for_more_than_five_minutes(seconds: float, told: list[int]) -> None:
    clock = SkippingClock()
    context = Context(clock=clock)
    context.sleep(seconds)
    assert clock.monotonic() == max(0, seconds)
    assert max(clock.slept, default=0) <= 300
    assert context.report.progress == [f"Still waiting, {left} s more." for left in told]


def test_threads_that_wait_for_the_same_tell_it_once() -> None:
    class SharedClock(SkippingClock):
        """Time passes once for all who sleep."""

        def sleep(self, seconds: float, stop: threading.Event | None = None) -> None:
            if together.wait() == 0:
                super().sleep(seconds)
            together.wait()

    together = threading.Barrier(4)
    context = Context(clock=SharedClock())
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(context.sleep, [700.0] * 4))
    assert context.report.progress == ["Still waiting, 400 s more.", "Still waiting, 100 s more."]


def test_a_task_that_is_told_to_stop_waits_no_longer() -> None:
    class StoppingClock(SkippingClock):
        def sleep(self, seconds: float, stop: threading.Event | None = None) -> None:
            super().sleep(seconds)
            assert stop is not None
            stop.set()

    clock = StoppingClock()
    with pytest.raises(Interrupted):
        Context(clock=clock).sleep(3600)
    assert clock.slept == [300]
