# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many live events in one task: what it costs, in which order it writes, and what becomes of each entry."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    STATUS,
    VOCABULARY,
    EventBench,
)
from ansible_collections.streamops.live.tests.unit.support.bench import Ran

_PAGE = 30


class Season:
    """The plural task against a simulator whose statuses it knows."""

    def __init__(self, events: EventBench) -> None:
        self.events = events
        self.run = functools.partial(events.run, "season")
        self.done = functools.partial(events.done, kind="season")
        self.refused = functools.partial(events.refused, "season")
        events.options |= VOCABULARY

    def add(self, count: int) -> list[str]:
        """Put events there that are called e0, e1 and so on; returns their ids."""
        return [self.events.add(ref_id=f"e{number}", name=f"Event {number}") for number in range(count)]

    @property
    def ref_ids(self) -> set[str]:
        """The reference ids that there are."""
        return {event["ref_id"] for event in self.events.merchant.live_events.values()}


@pytest.fixture
def season(sim: Simulator) -> Season:
    """Tasks against a simulator whose statuses the tests know by name."""
    for phase in ("stopped", "cancelled", "failed"):
        setattr(sim.settings.smartstream, f"{phase}_status", STATUS[phase])
    return Season(EventBench(sim))


def entry(number: int, **changes: Any) -> dict[str, Any]:
    return {"ref_id": f"e{number}", "name": f"Event {number}", **changes}


def new(number: int, **changes: Any) -> dict[str, Any]:
    return entry(number, live_event_profile="hd", **changes)


def actions_of(ran: Ran) -> list[list[str]]:
    return [one["actions"] for one in ran["live_events"]]


def kinds_of(ran: Ran) -> list[str | None]:
    return [one.get("error", {}).get("kind") for one in ran["live_events"]]


def calls_of(ran: Ran) -> list[str]:
    """The calls of the life of an event, as ``ACTION id``."""
    paths = [line.removeprefix("POST /live_events/").split("/") for line in ran.lines if line.startswith("POST")]
    return [f"{path[1]} {path[0]}" for path in paths if len(path) == 2]


@pytest.mark.parametrize("count", [29, 30, 200])
def test_unchanged_events_cost_their_pages_and_one_request(
    season: Season, count: int, figure: Callable[[str], None]
) -> None:
    season.add(count)
    ran = season.run(live_events=[entry(number) for number in range(count)])
    assert (ran.failed, ran["changed"], ran.writes) == (False, False, [])
    assert ran["api_calls"] == -(-count // _PAGE) + 1
    figure(f"{count} unchanged live events as a list: {ran['api_calls']} requests, pages of {_PAGE}")


def test_without_a_token_one_is_requested_for_all(season: Season) -> None:
    season.add(200)
    wanted = [entry(number, description="new" if number < 20 else "") for number in range(200)]
    ran = season.run(live_events=wanted, **season.events.login)
    assert ran["actions"] == ["update"] * 20
    assert len(season.events.sim.token_requests) == 1


def test_only_what_differs_is_read_and_written(season: Season, figure: Callable[[str], None]) -> None:
    season.add(200)
    changed = {3: "New title", 77: "番組", 199: "Last"}
    wanted = [entry(number, name=changed.get(number, f"Event {number}")) for number in range(200)]
    ran = season.run(live_events=wanted)
    assert [request.method for request in ran.writes] == ["PUT"] * 3
    assert ran["actions"] == ["update"] * 3
    assert [number for number, actions in enumerate(actions_of(ran)) if actions] == list(changed)
    # Besides the list, a read before and one after each write.
    assert ran["api_calls"] == 8 + 3 * 3
    assert {one["name"] for one in season.events.merchant.live_events.values()} >= set(changed.values())
    assert set(ran["diff"]["after"]) == {f"live event 'e{number}'" for number in changed}
    again = season.run(live_events=wanted)
    assert (again["changed"], again["api_calls"]) == (False, 8)
    figure(f"3 of 200 live events changed: {len(ran.writes)} writes, {ran['api_calls']} requests in all")


def test_a_profile_is_looked_up_once_for_all(season: Season) -> None:
    ran = season.run(live_events=[new(number) for number in range(5)])
    assert ran["actions"] == ["create"] * 5
    assert ran.lines.count("GET /live_event_profiles") == 1
    assert season.ref_ids == {f"e{number}" for number in range(5)}


def test_check_mode_foretells_a_mixed_list(season: Season) -> None:
    season.add(3)
    ran = season.done(live_events=[entry(0, name="Other"), entry(1), {"ref_id": "e2", "state": "absent"}, new(3)])
    assert actions_of(ran) == [["update"], [], ["delete"], ["create"]]
    assert [bool(one["live_event"]) for one in ran["live_events"]] == [True, True, False, True]
    assert ran["live_events"][3]["live_event"]["phase"] == "pending"
    assert set(ran["diff"]["before"]) == {"live event 'e0'", "live event 'e2'"}
    assert season.ref_ids == {"e0", "e1", "e3"}


def test_calls_are_made_in_the_order_of_the_list(season: Season) -> None:
    ids = season.add(6)
    for number in (1, 4):
        season.events.merchant.live_events[ids[number]]["encode_status"] = STATUS["running"]
    season.events.merchant.live_events[ids[2]]["encode_status"] = STATUS["stopped"]
    states = {5: "started", 1: "stopped", 0: "started", 2: "reset", 4: "stopped", 3: "cancelled"}
    wanted = [{"ref_id": f"e{number}", "state": state} for number, state in states.items()]
    ran = season.done(live_events=wanted, concurrency=8)
    calls = {"started": "start", "stopped": "stop", "reset": "reset", "cancelled": "cancel"}
    assert calls_of(ran) == [f"{calls[state]} {ids[number]}" for number, state in states.items()]


def test_a_stopped_event_is_started_again_only_where_its_entry_says_so(season: Season) -> None:
    ids = season.add(2)
    for event_id in ids:
        season.events.merchant.live_events[event_id]["encode_status"] = STATUS["stopped"]
    wanted = [{"ref_id": "e0", "state": "started", "reset_stopped": True}, {"ref_id": "e1", "state": "started"}]
    ran = season.refused(live_events=wanted)
    assert ran.kind == "conflict"
    assert "e1" in ran["msg"]
    assert "reset_stopped" in ran["msg"]
    ran = season.run(live_events=wanted, continue_on_error=True)
    assert (actions_of(ran), kinds_of(ran)) == ([["reset", "start"], []], [None, "conflict"])


def test_a_running_event_is_left_alone_however_often_it_is_asked_for(season: Season) -> None:
    ids = season.add(3)
    for event_id in ids:
        season.events.merchant.live_events[event_id]["encode_status"] = STATUS["running"]
    ran = season.run(live_events=[entry(number, state="started") for number in range(3)], wait=True)
    assert (ran["changed"], ran["api_calls"], ran.slept) == (False, 3, [])


def test_all_are_waited_for(season: Season) -> None:
    season.events.sim.settings.smartstream.start.reads = 3
    season.add(3)
    ran = season.run(live_events=[{"ref_id": f"e{number}", "state": "started"} for number in range(3)], wait=True)
    assert not ran.failed, ran["msg"]
    assert {one["live_event"]["phase"] for one in ran["live_events"]} == {"running"}


def test_one_that_does_not_start_fails_alone_when_the_wait_ends(season: Season) -> None:
    ids = season.add(2)
    season.events.merchant.live_events[ids[0]]["encode_status"] = STATUS["running"]
    season.events.sim.settings.smartstream.start.reads = 10_000
    wanted = [{"ref_id": "e0", "state": "started"}, {"ref_id": "e1", "state": "started"}]
    ran = season.run(live_events=wanted, wait=True, wait_timeout=120)
    assert (kinds_of(ran), actions_of(ran)) == ([None, "timeout"], [[], ["start"]])
    assert "encode_status_pending" in ran["msg"]
    assert ran["live_events"][1]["live_event"]["phase"] == "pending"


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ([entry(1), entry(2), entry(1)], "Entries 0 and 2 of the list both are live event 'e1'"),
        ([{"id": "x", "name": "a"}, {"id": "x", "ref_id": "b"}], "Entries 0 and 1 of the list both are live event 'x'"),
        ([entry(1), {"ref_id": "a/b"}], "live event 'a/b' (entry 1 of the list)"),
        ([entry(1), {"description": "x"}], "named by its id, its ref_id or its name"),
        ([entry(1), entry(2, live_encode_start_at="2034-12-31T20:00:00")], "(entry 1 of the list): live_encode_start_at"),
    ],
)  # fmt: skip
def test_a_list_that_cannot_be_right_costs_no_request(
    season: Season, entries: list[dict[str, Any]], words: str
) -> None:
    ran = season.refused(live_events=entries)
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert words in ran["msg"]


@pytest.mark.parametrize("other", [{"name": "Event 0"}, {"ref_id": "e0"}])
def test_an_event_named_in_two_ways_is_refused(season: Season, other: dict[str, Any]) -> None:
    (event_id,) = season.add(1)
    ran = season.refused(live_events=[{"id": event_id, "description": "x"}, {**other, "description": "y"}])
    assert ran.kind == "invalid"
    assert "are the same resource" in ran["msg"]


def test_one_impossible_entry_stops_all_writes(season: Season) -> None:
    season.add(1)
    ran = season.refused(live_events=[new(1), entry(2), entry(0, name="Other")])
    assert ran.kind == "invalid"
    assert "live event 'e2'" in ran["msg"]
    assert "live_event_profile" in ran["msg"]


def test_it_goes_on_without_what_failed_when_asked(season: Season) -> None:
    season.add(2)
    wanted = [new(5), entry(6), {"ref_id": "e7", "state": "stopped"}, entry(0, name="Other"), entry(1)]
    ran = season.run(live_events=wanted, continue_on_error=True)
    assert ran.failed
    assert kinds_of(ran) == [None, "invalid", "not_found", None, None]
    assert actions_of(ran) == [["create"], [], [], ["update"], []]
    assert sorted(ran["actions"]) == ["create", "update"]
    assert "2 of 5 live events failed" in ran["msg"]
    assert season.ref_ids == {"e0", "e1", "e5"}


def test_a_call_that_failed_stops_the_rest(season: Season) -> None:
    season.add(3)
    season.events.sim.faults.add("status", "POST", path="/start$", skip=1, status=401, times=None)
    ran = season.run(live_events=[{"ref_id": f"e{number}", "state": "started"} for number in range(3)])
    assert ran.kind == "unauthorized"
    assert actions_of(ran) == [["start"], [], []]
    assert "1 of 3 live events failed and 1 were not begun" in ran["msg"]


def test_what_the_list_lacks_is_pruned_within_bounds(season: Season) -> None:
    season.add(4)
    season.events.add(ref_id="other", name="e-other")
    season.events.add(ref_id=None, name="e-without")
    options = {"live_events": [entry(0)], "prune": True, "prune_match": "^e"}
    ran = season.refused(**options, prune_limit=3)
    assert ran.kind == "invalid"
    assert "would delete 4 live events, more than prune_limit allows (3): e-without, e1, e2, e3" in ran["msg"]
    ran = season.done(**options, prune_limit=4)
    assert actions_of(ran) == [[], *[["delete"]] * 4]
    assert season.ref_ids == {"e0", "other"}
    assert not season.run(**options)["changed"]


def test_a_running_event_is_not_pruned(season: Season) -> None:
    ids = season.add(3)
    season.events.merchant.live_events[ids[1]]["encode_status"] = STATUS["running"]
    options = {"live_events": [entry(0)], "prune": True, "prune_match": "^e"}
    ran = season.refused(**options)
    assert ran.kind == "conflict"
    assert "'e1'" in ran["msg"]
    assert "with state=absent" in ran["msg"]
    ran = season.run(**options, continue_on_error=True)
    assert (ran.kind, ran["actions"]) == ("conflict", ["delete"])
    assert season.ref_ids == {"e0", "e1"}


def test_an_event_that_is_called_as_one_of_the_list_is_not_pruned(season: Season) -> None:
    for name in ("first", "second"):
        season.events.add(ref_id="e0", name=name)
    ran = season.refused(live_events=[{"ref_id": "e0"}], prune=True, prune_match="^e")
    assert ran.kind == "conflict"
    assert "has 2 resources that are live event 'e0'" in ran["msg"]


def test_what_was_pruned_is_told_by_its_names(season: Season) -> None:
    (number,) = season.add(1)
    ran = season.done(live_events=[], prune=True, prune_match="^e")
    name = ran["diff"]["before"]["live event 'e0'"]["name"]
    assert ran["live_events"][0]["live_event"] == {"id": number, "ref_id": "e0", "name": name}


def test_a_failed_entry_shows_the_event_that_is_there(season: Season) -> None:
    (number,) = season.add(1)
    season.events.merchant.live_events[number]["encode_status"] = STATUS["running"]
    ran = season.refused(live_events=[{"ref_id": "e0", "state": "absent"}], continue_on_error=True)
    assert ran["live_events"][0]["live_event"]["id"] == number


def test_nothing_is_pruned_when_an_entry_failed(season: Season) -> None:
    season.add(2)
    options = {"live_events": [entry(0), {"name": "no profile"}], "prune": True, "prune_match": "^e"}
    ran = season.run(**options, continue_on_error=True)
    assert (ran.failed, ran["changed"]) == (True, False)
    assert any("Nothing is pruned" in text for text in ran.warnings)
    assert season.ref_ids == {"e0", "e1"}


def test_an_event_that_the_list_missed_is_not_created_twice(season: Season) -> None:
    season.add(1)
    season.events.sim.faults.add("body", "GET", path=r"^/live_events$", value={"count": 0, "live_events": []})
    ran = season.run(live_events=[new(number) for number in range(3)])
    assert (ran.failed, actions_of(ran)) == (False, [[], ["create"], ["create"]])
    assert sorted(one["ref_id"] for one in season.events.merchant.live_events.values()) == ["e0", "e1", "e2"]
