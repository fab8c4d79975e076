# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Converges of live events: their members and their lifecycle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ansible_collections.streamops.live.tests.faults.converges import Converge
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    PENDING,
    RUNNING,
    STATUS,
    VOCABULARY,
)

_EVENT = {"ref_id": "show", "name": "Show", "live_event_profile": "hd"}


def _event(phase: str) -> Callable[[Simulator], None]:
    def seed(sim: Simulator) -> None:
        profile = next(one["id"] for one in sim.smartstream.profiles.values() if one["ref_id"] == "hd")
        given: dict[str, Any] = {"ref_id": "show", "name": "Show", "encode_status": STATUS[phase]}
        sim.smartstream.add_live_event({**given, "live_event_profile_id": profile})

    return seed


def _has(**members: Any) -> Callable[[Simulator], bool]:
    """Whether there is one event, with these members."""

    def reached(sim: Simulator) -> bool:
        events = list(sim.smartstream.live_events.values())
        return len(events) == 1 and all(events[0][name] == value for name, value in members.items())

    return reached


def _converge(name: str, phase: str | None, reached: Callable[[Simulator], bool], **options: Any) -> Converge:
    given = {**_EVENT, **VOCABULARY, **options}
    if phase is None:
        return Converge(name, "smartstream", "live_event", given, reached)
    return Converge(name, "smartstream", "live_event", given, reached, _event(phase))


def _gone(sim: Simulator) -> bool:
    return not sim.smartstream.live_events


_SEASON = [{**_EVENT, "ref_id": f"show-{number}", "name": f"Show {number}"} for number in (1, 2, 3)]


def _whole_season(sim: Simulator) -> bool:
    names = sorted(str(event["ref_id"]) for event in sim.smartstream.live_events.values())
    return names == [str(event["ref_id"]) for event in _SEASON]


CONVERGES: tuple[Converge, ...] = (
    _converge("event created", None, _has(name="Show"), state="present"),
    _converge("event updated", "pending", _has(description="Friday"), description="Friday"),
    _converge("event created and started", None, _has(encode_status=RUNNING), state="started", wait=True),
    _converge("event started", "pending", _has(encode_status=RUNNING), state="started", wait=True),
    _converge("event stopped", "running", _has(encode_status=STATUS["stopped"]), state="stopped", wait=True),
    _converge("event reset", "stopped", _has(encode_status=PENDING), state="reset"),
    _converge(
        "event reset and started",
        "stopped",
        _has(encode_status=RUNNING),
        state="started",
        reset_stopped=True,
        wait=True,
    ),
    _converge("event cancelled", "pending", _has(encode_status=STATUS["cancelled"]), state="cancelled"),
    _converge("event deleted", "stopped", _gone, state="absent", wait=True),
    Converge("season created", "smartstream", "season", {"live_events": _SEASON, "concurrency": 1}, _whole_season),
)
