# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import fcntl
import json
import multiprocessing
import os
import stat
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core import pacing
from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.plugins.module_utils._core.pacing import WINDOW, SlotFile, open_pacer, reserve
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

BUDGET = ["https://api.example.com", "merchant"]


@given(st.lists(st.floats(0, 30), min_size=1, max_size=150), st.integers(1, 10))
def test_no_window_has_more_slots_than_allowed(pauses, per_minute):
    now, slots, given_out = 0.0, [], []
    for pause in pauses:
        now += pause
        slot, slots = reserve(slots, now, per_minute)
        assert slot >= now
        given_out.append(slot)
    assert given_out == sorted(given_out)
    for number, slot in enumerate(given_out[per_minute:]):
        assert slot - given_out[number] >= WINDOW - 1e-6


def test_a_request_within_the_budget_goes_at_once():
    slots: list[float] = []
    for _request in range(50):
        slot, slots = reserve(slots, 100.0, 50)
        assert slot == 100.0
    assert reserve(slots, 100.0, 50)[0] == 100.0 + WINDOW
    assert reserve(slots, 100.0 + WINDOW, 50)[0] == 100.0 + WINDOW


@pytest.mark.parametrize("strange", [[1e12] * 50, [float("inf")] * 50, [float("nan")] * 50])
def test_slots_of_another_clock_count_for_nothing(strange):
    assert reserve(strange, 100.0, 50)[0] == 100.0


def paced(folder, per_minute=2, clock=None, **more):
    """A pacer of a task of its own, and the task's context."""
    context = Context(environment={"TMPDIR": str(folder), **more}, clock=clock or SkippingClock())
    return open_pacer(per_minute, BUDGET, context), context


def state(folder):
    (file,) = (folder / f"streamops-live-{os.getuid()}").iterdir()
    return file


def test_tasks_share_a_budget_and_say_when_they_wait(tmp_path):
    clock = SkippingClock()
    first, _context = paced(tmp_path, clock=clock)
    second, context = paced(tmp_path, clock=clock)
    first.wait()
    second.wait()
    assert (clock.slept, context.report.progress) == ([], [])
    second.wait()
    assert clock.slept == [WINDOW]
    assert second.seconds_waited == WINDOW
    assert "2 requests a minute" in context.report.progress[0]
    first.wait()
    assert first.seconds_waited == 0


def test_another_budget_is_another_count(tmp_path):
    clock = SkippingClock()
    for budget in (BUDGET, ["https://api.example.com", "other"]):
        open_pacer(1, budget, Context(environment={"TMPDIR": str(tmp_path)}, clock=clock)).wait()
    assert clock.slept == []


def test_the_file_is_private_and_names_nobody(tmp_path):
    pacer, _context = paced(tmp_path)
    pacer.wait()
    file = state(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert "merchant" not in file.name + file.read_text(encoding="utf-8")


def test_a_folder_that_others_can_read_is_closed(tmp_path):
    folder = tmp_path / f"streamops-live-{os.getuid()}"
    folder.mkdir(mode=0o755)
    paced(tmp_path)[0].wait()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage",
    ["", "{", "[]", "null", '{"slots": [0]}', '{"slots": "x", "clock_difference": 0}', "[" * 100000, "\x00" * 100],
)
def test_a_damaged_file_is_started_anew(tmp_path, damage):
    pacer, context = paced(tmp_path, per_minute=1)
    pacer.wait()
    state(tmp_path).write_text(damage, encoding="utf-8")
    pacer.wait()
    assert (context.clock.slept, context.report.warnings) == ([], [])
    assert len(json.loads(state(tmp_path).read_text(encoding="utf-8"))["slots"]) == 1


def test_bytes_that_are_no_text_are_no_obstacle(tmp_path):
    pacer, context = paced(tmp_path, per_minute=1)
    pacer.wait()
    state(tmp_path).write_bytes(b"\xff\xfe{")
    pacer.wait()
    assert context.clock.slept == []


def test_slots_from_before_a_restart_of_the_machine_count_for_nothing(tmp_path):
    pacer, context = paced(tmp_path, per_minute=1)
    pacer.wait()
    file = state(tmp_path)
    written = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**written, "clock_difference": written["clock_difference"] - 3600}), encoding="utf-8")
    pacer.wait()
    assert context.clock.slept == []


def blocked_by_file(folder):
    folder.write_text("", encoding="utf-8")


def blocked_by_link(folder):
    (folder.parent / "elsewhere").mkdir()
    folder.symlink_to(folder.parent / "elsewhere")


def blocked_by_missing_parent(folder):
    folder.parent.rmdir()


@pytest.mark.parametrize("block", [blocked_by_file, blocked_by_link, blocked_by_missing_parent])
def test_without_its_file_a_task_paces_itself_and_says_so(tmp_path, block):
    parent = tmp_path / "temporary"
    parent.mkdir()
    block(parent / f"streamops-live-{os.getuid()}")
    pacer, context = paced(parent, per_minute=1)
    pacer.wait()
    pacer.wait()
    assert context.clock.slept == [WINDOW]
    assert len(context.report.warnings) == 1
    assert "within this task only" in context.report.warnings[0]
    assert list(parent.rglob("*.json")) == []


def test_a_link_in_place_of_the_file_is_not_followed(tmp_path):
    pacer, context = paced(tmp_path)
    pacer.wait()
    file = state(tmp_path)
    file.unlink()
    (tmp_path / "target").write_text("kept", encoding="utf-8")
    file.symlink_to(tmp_path / "target")
    pacer.wait()
    assert (tmp_path / "target").read_text(encoding="utf-8") == "kept"
    assert len(context.report.warnings) == 1


def test_a_lock_that_nobody_gives_back_does_not_stop_a_task(tmp_path, monkeypatch):
    monkeypatch.setattr(pacing, "_LONGEST_LOCK", 0.05)
    pacer, context = paced(tmp_path)
    pacer.wait()
    with state(tmp_path).open("r+") as file:
        pacing._lock(file.fileno())
        pacer.wait()
    assert len(context.report.warnings) == 1


def test_a_task_that_is_told_to_stop_does_not_wait_for_its_turn(tmp_path):
    context = Context(environment={"TMPDIR": str(tmp_path)})
    pacer = open_pacer(1, BUDGET, context)
    pacer.wait()
    context.stop.set()
    with pytest.raises(Interrupted):
        pacer.wait()


class WatchfulClock(SkippingClock):
    """Notes whether the file was locked whenever somebody asked for the time."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.locked = []

    def monotonic(self):
        with Path(self.path).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                self.locked.append(True)
            else:
                self.locked.append(False)
        return super().monotonic()


def test_a_slot_counts_from_when_its_turn_came_not_from_when_it_was_asked_for(tmp_path):
    slot_file = SlotFile(str(tmp_path / "slots"), "x")
    clock = WatchfulClock(slot_file.path)
    slot_file.reserve(clock, 1)
    assert clock.locked == [True]


def test_threads_get_a_slot_each(tmp_path):
    slots = []

    def take():
        slots.append(SlotFile(str(tmp_path / "slots"), "x").reserve(SkippingClock(), 5))

    threads = [threading.Thread(target=take) for _number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(slots) == [WINDOW * turn for turn in range(4) for _slot in range(5)]


def _take(folder, results):
    slot_file = SlotFile(folder, "x")
    for _request in range(5):
        results.put(slot_file.reserve(SkippingClock(), 10))


def test_processes_get_a_slot_each(tmp_path):
    forked = multiprocessing.get_context("fork")
    results = forked.Queue()
    workers = [forked.Process(target=_take, args=(str(tmp_path / "slots"), results)) for _number in range(8)]
    for worker in workers:
        worker.start()
    slots = [results.get(timeout=30) for _slot in range(40)]
    for worker in workers:
        worker.join()
    assert sorted(slots) == [WINDOW * turn for turn in range(4) for _slot in range(10)]
