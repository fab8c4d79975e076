# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.clock import japan
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream.event_bench import (
    STATUS,
    VOCABULARY,
    EventBench,
)

from . import event_oracle as oracle
from .drawing import Draw, maybe, one_of, seldom, shuffled
from .event_entries import REF_IDS, known_event, members, new_event, written
from .journey import Journey, Tally
from .wishes import Wish

_PRUNED = ("derby", "final-1", "show.4")


class EventMachine(RuleBasedStateMachine):
    """Live events of one merchant, converged by lists and edited by somebody else."""

    world: Simulator
    tally: Tally

    @initialize(source=st.data())
    def begin(self, source: st.DataObject) -> None:
        draw = source.draw
        self.world.reset()
        self.world.settings.clock_offset = 0.0
        settings = self.world.settings.smartstream
        settings.put = one_of(draw, "merge", "replace", "drop_nulls")
        settings.page_maximum = one_of(draw, 100, 2)
        settings.count = one_of(draw, "total", "page")
        settings.input_sources = one_of(draw, "string", "object")
        # A stop keeps the status that there was, and one that nobody knows ends the wait for it (contract, section 2).
        settings.start.reads, settings.stop.reads = one_of(draw, 1, 3), 1
        settings.delete_stops = True
        for phase in ("stopped", "cancelled", "failed"):
            setattr(settings, f"{phase}_status", STATUS[phase])
        self.merchant = self.world.smartstream
        bench = EventBench(self.world)
        self.journey = Journey(
            bench,
            "season",
            "live_events",
            lambda: oracle.seen(self.merchant),
            self.tally,
            # The simulator counts looks: one more than it takes a stop.
            settle=lambda: [bench.run("live_events") for _look in range(settings.stop.reads + 1)],
        )
        self.tally.examples += 1

    @property
    def events(self) -> list[oracle.Resource]:
        """The events, in an order that does not tell which of two writes came first."""
        return sorted(self.merchant.live_events.values(), key=lambda event: str(event.get("ref_id")))

    @property
    def free_refs(self) -> list[str]:
        """Values of ref_id that no event has."""
        taken = {event.get("ref_id") for event in self.merchant.live_events.values()}
        return [ref_id for ref_id in REF_IDS if ref_id not in taken]

    def wishes(self, draw: Draw) -> list[Wish]:
        """Wishes for some of the events and for some that are not there."""
        free = shuffled(draw, self.free_refs)
        found = [
            known_event(draw, self.merchant, event, free.pop() if free else None)
            for event in self.events
            if maybe(draw)
        ]
        for ref_id in free[: one_of(draw, 1, 0, 2)]:
            absent = Wish(None, "absent", {"ref_id": ref_id}, named_by="ref_id")
            found.append(absent if seldom(draw) else new_event(draw, self.merchant, ref_id))
        return shuffled(draw, found)

    def options(self, draw: Draw, wishes: list[Wish], **more: Any) -> dict[str, Any]:
        """The task's options."""
        return {"live_events": [written(draw, self.merchant, wish) for wish in wishes], **VOCABULARY, **more}

    @rule(source=st.data())
    def converge(self, source: st.DataObject) -> None:
        draw = source.draw
        wishes = self.wishes(draw)
        more: dict[str, Any] = {"concurrency": one_of(draw, 1, 4), "wait": True}
        named = {wish.target for wish in wishes}
        doomed = {}
        if seldom(draw):
            more.update(prune=True, prune_match="^[ds]|^final")
            doomed = {
                event["id"]: event
                for event in self.events
                if event["id"] not in named and event.get("ref_id") in _PRUNED
            }
        wanted = [oracle.actions(self.merchant.live_events.get(wish.target), wish) for wish in wishes]
        options, respelled = self.options(draw, wishes, **more), self.options(draw, wishes, **more)
        if None in wanted or any(oracle.phase(event) == "running" for event in doomed.values()):
            self.journey.refused(options, "conflict")
            return
        elsewhere = copy.deepcopy(self.merchant.profiles)
        before, done, after = self.journey.converged(options, respelled)
        results = [result["actions"] for result in done["live_events"]]
        assert results == [*wanted, *(["delete"] for _event in doomed)]
        by_ref = {event.get("ref_id"): number for number, event in after.items()}
        left = before.keys() - named - doomed.keys()
        for number in left:
            assert after[number] == before[number]
        for wish in wishes:
            number = wish.target or by_ref.get(wish.members["ref_id"])
            oracle.assert_as_wished(before.get(wish.target), after.get(number), wish)
            if number in after:
                left.add(number)
        assert after.keys() == left
        assert self.merchant.profiles == elsewhere

    @precondition(lambda self: self.merchant.live_events)
    @rule(source=st.data())
    def edit(self, source: st.DataObject) -> None:
        """Somebody else changes members, also such as the module does not know."""
        draw = source.draw
        event = one_of(draw, *self.events)
        for name, value in members(draw, self.merchant, clears=True).items():
            event[name] = value if name not in oracle.DATES or value is None else japan(value)
        if seldom(draw):
            event["description"] = None
        if seldom(draw):
            event["chat_flag"] = one_of(draw, True, "on", {"rooms": [1, 2]})

    @precondition(lambda self: self.merchant.live_events)
    @rule(source=st.data())
    def enter(self, source: st.DataObject) -> None:
        """Somebody else starts, stops or cancels an event, or it fails."""
        event = one_of(source.draw, *self.events)
        event["encode_status"] = STATUS[one_of(source.draw, *STATUS)]

    @precondition(lambda self: self.free_refs)
    @rule(source=st.data())
    def add(self, source: st.DataObject) -> None:
        """Somebody else creates an event."""
        ref_id = one_of(source.draw, *self.free_refs)
        kind = one_of(source.draw, "rtmp", "udp")
        self.merchant.add_live_event({"ref_id": ref_id, "name": "Theirs", "source_type": kind})

    @precondition(lambda self: self.merchant.live_events)
    @rule(source=st.data())
    def remove(self, source: st.DataObject) -> None:
        """Somebody else deletes an event."""
        self.merchant.remove(one_of(source.draw, *self.events)["id"])


def test_live_events(world: Simulator, tally: Tally) -> None:
    machine = type("LiveEvents", (EventMachine,), {"world": world, "tally": tally})
    run_state_machine_as_test(machine)
