# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import threading

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Clock, Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.plugins.module_utils._engine.side_by_side import side_by_side


def test_work_is_done_at_the_same_time_and_not_more_than_allowed() -> None:
    meeting = threading.Barrier(3, timeout=5)
    running, most = [0], [0]
    lock = threading.Lock()

    def work(_subject: int) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        meeting.wait()
        with lock:
            running[0] -= 1

    side_by_side(work, range(9), Context(), 3)
    assert most == [3]


@pytest.mark.parametrize(("subjects", "concurrency"), [([1, 2, 3], 1), ([1], 8), ([], 8)])
def test_one_at_a_time_is_in_order_and_in_this_thread(subjects: list[int], concurrency: int) -> None:
    done: list[tuple[int, int]] = []
    side_by_side(lambda one: done.append((one, threading.get_ident())), subjects, Context(), concurrency)
    assert done == [(one, threading.get_ident()) for one in subjects]


def test_an_exception_comes_out_and_tells_the_others_to_stop() -> None:
    context = Context()
    begun: list[int] = []

    def work(subject: int) -> None:
        begun.append(subject)
        if subject == 0:
            raise ValueError("broken")
        context.stop.wait(5)

    with pytest.raises(ValueError, match="broken"):
        side_by_side(work, range(50), context, 2)
    assert context.stop.is_set()
    assert len(begun) < 50


def test_a_task_that_is_told_to_stop_sleeps_no_longer() -> None:
    context = Context(clock=Clock())
    threading.Timer(0.05, context.stop.set).start()
    began = context.clock.monotonic()
    with pytest.raises(Interrupted):
        context.sleep(30)
    assert context.clock.monotonic() - began < 10
