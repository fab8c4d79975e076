# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import fcntl
import json
import math
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core import turns
from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Interrupted
from ansible_collections.streamops.live.plugins.module_utils._core.turns import turn
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

SCOPE = "https://example.com stream"


@pytest.fixture
def context(tmp_path: Path) -> Context:
    return Context(environment={"TMPDIR": str(tmp_path)}, clock=SkippingClock())


def only_file(tmp_path: Path) -> Path:
    (found,) = tmp_path.glob("streamops-live-*/turn-*.json")
    return found


def test_what_this_process_created_is_no_news(context: Context) -> None:
    for _task in range(2):
        with turn(SCOPE, context) as others_created_at:
            assert others_created_at == -math.inf
    assert context.report.warnings == []


def test_what_another_process_created_is_told_for_its_scope_only(context: Context, tmp_path: Path) -> None:
    with turn(SCOPE, context):
        pass
    file = only_file(tmp_path)
    (name,) = json.loads(file.read_text())
    file.write_text(json.dumps({name: {"1": 30.0, "2": 20.0}}))
    with turn(SCOPE, context) as others_created_at:
        assert others_created_at == 30.0
    with turn("another", context) as others_created_at:
        assert others_created_at == -math.inf


@pytest.mark.parametrize("text", ["", "{", "[]", '{"x": 1}', '{"x": {"1": "soon"}}', "\x00"])
def test_a_damaged_file_tells_nothing(context: Context, tmp_path: Path, text: str) -> None:
    with turn(SCOPE, context):
        pass
    only_file(tmp_path).write_text(text)
    with turn(SCOPE, context) as others_created_at:
        assert others_created_at == -math.inf


def test_what_is_long_past_is_forgotten(context: Context, tmp_path: Path) -> None:
    with turn(SCOPE, context):
        pass
    context.clock.sleep(1000, threading.Event())
    with turn("another", context):
        pass
    assert all(SCOPE not in path.read_text() for path in tmp_path.rglob("*.json"))
    assert sum(len(json.loads(path.read_text())) for path in tmp_path.rglob("*.json")) <= 2


@pytest.fixture
def held(context: Context, tmp_path: Path) -> Iterator[None]:
    """Another task has the turn."""
    with turn(SCOPE, context):
        pass
    with only_file(tmp_path).open("r+") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX)
        yield


@pytest.mark.usefixtures("held")
def test_whoever_waits_can_be_interrupted(context: Context) -> None:
    context.stop.set()
    with pytest.raises(Interrupted), turn(SCOPE, context):
        pytest.fail("it has the turn of another task")


@pytest.mark.usefixtures("held")
def test_whoever_waits_for_too_long_goes_on_and_says_so(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_LONGEST", -1.0)
    with turn(SCOPE, context) as others_created_at:
        assert others_created_at == -math.inf
    assert "may be there twice" in context.report.warnings[0]


def test_a_folder_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    context = Context(environment={"TMPDIR": str(tmp_path / "file")}, clock=SkippingClock())
    with turn(SCOPE, context) as others_created_at:
        assert others_created_at == -math.inf
    assert "cannot be used" in context.report.warnings[0]
