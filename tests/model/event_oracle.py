# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a list of live events must lead to, written from the contract and the reference, not from the planner."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from ansible_collections.streamops.live.tests.simulator.clock import parse_date_time
from ansible_collections.streamops.live.tests.simulator.smartstream.merchant import Merchant
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import STATUS

from .wishes import Wish

Resource = dict[str, Any]

DATES = ("live_encode_start_at", "live_encode_end_at")
#: Members whose missing value and null are the empty text.
_TEXTS = ("ref_id", "name", "description")
_WRITTEN_BY_SERVICE = ("updated_at", "encode_status")
_HARMLESS = {"name", "description"}
#: Wanted state -> phase -> calls; a phase that is missing is refused. The option ``force`` adds those below.
CALLS: dict[str, dict[str, list[str]]] = {
    "present": {
        phase: [] for phase in ("running", "pending", "stopped", "cancelled", "failed", "unknown")
    },
    "started": {"running": [], "pending": ["start"], "unknown": ["start"]},
    "stopped": {
        "running": ["stop"], "unknown": ["stop"], "pending": [], "stopped": [], "cancelled": [], "failed": [],
    },
    "reset": {
        "stopped": ["reset"], "unknown": ["reset"], "pending": [], "cancelled": ["reset"], "failed": ["reset"],
    },
    "cancelled": {
        "pending": ["cancel"], "unknown": ["cancel"], "cancelled": [], "stopped": ["cancel"], "failed": ["cancel"],
    },
    "absent": {
        phase: ["delete"] for phase in ("pending", "stopped", "cancelled", "failed", "unknown")
    },
}  # fmt: skip
_ALLOWED: dict[str, dict[str, dict[str, list[str]]]] = {
    "reset_stopped": {"started": {phase: ["reset", "start"] for phase in ("stopped", "cancelled", "failed")}},
    "stop_pending": {"stopped": {"pending": ["stop"]}},
    "reset_pending": {"reset": {"pending": ["reset"]}},
    "force": {"cancelled": {"running": ["cancel"]}, "absent": {"running": ["delete"]}},
}
#: Wanted state -> the phase that its calls lead to.
ARRIVED = {"started": "running", "stopped": "stopped", "reset": "pending", "cancelled": "cancelled"}
_PHASES = {status: phase for phase, status in STATUS.items()}


def phase(event: Resource) -> str:
    """The phase that an event's status means in these tests."""
    return _PHASES[event["encode_status"]]


def plain(event: Resource, member: str) -> Any:
    """The value of a member in a form that equal values share."""
    value = event.get(member)
    if member in DATES:
        return parse_date_time(value) if value else None
    if member == "source_type":
        return event["input_sources"][0].split(":")[0]
    return value or "" if member in _TEXTS else value


def differences(event: Resource, wish: Wish) -> set[str]:
    """The declared members that differ."""
    return {name for name, value in wish.members.items() if plain(event, name) != value}


def actions(event: Resource | None, wish: Wish) -> list[str] | None:
    """The writes that a wish takes; None where it is refused."""
    if event is None:
        return {"absent": [], "present": ["create"], "started": ["create", "start"]}.get(wish.state)
    now = phase(event)
    calls = CALLS[wish.state].get(now)
    for option in wish.settings.keys() & _ALLOWED.keys():
        calls = _ALLOWED[option].get(wish.state, {}).get(now, calls)
    if calls is None or wish.state == "absent":
        return calls
    found = differences(event, wish)
    if found - _HARMLESS and now == "running" and "update_running" not in wish.settings:
        return None
    return ["update", *calls] if found else calls


def assert_as_wished(before: Resource | None, after: Resource | None, wish: Wish) -> None:
    """Every declared member is as declared, every other one as it was, and the calls have done their work."""
    done = actions(before, wish)
    assert done is not None
    if wish.state == "absent":
        assert after is None
        return
    assert after is not None
    assert differences(after, wish) == set()
    calls = set(done) - {"create", "update"}
    if calls:
        assert phase(after) == ARRIVED[wish.state]
    if before is None:
        return
    if not calls:
        assert after["encode_status"] == before["encode_status"]
    if not done:
        assert after == before
    for name in (before.keys() | after.keys()) - wish.members.keys() - set(_WRITTEN_BY_SERVICE):
        assert plain(after, name) == plain(before, name), name


def seen(merchant: Merchant) -> dict[str, Resource]:
    """All events."""
    return copy.deepcopy(merchant.live_events)


def moment(day: int) -> dt.datetime:
    """A point in time, the same for the same number."""
    return dt.datetime(2031, 5, 1, 18, 30, tzinfo=dt.timezone.utc) + dt.timedelta(days=day)
