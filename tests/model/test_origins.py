# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.clock import iso
from ansible_collections.streamops.live.tests.simulator.msl.seeding import new_key
from ansible_collections.streamops.live.tests.simulator.msl.shared_keys import AUTH_METHODS, derived_members
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

from . import origin_oracle as oracle
from .drawing import Draw, maybe, one_of, seldom, shuffled
from .journey import Journey, Tally
from .key_oracle import Key, by_identity
from .origin_entries import CDNS, IDENTIFIERS, KEYS, ZONES, expiry, known_origin, new_origin, written
from .wishes import Wish


class OriginMachine(RuleBasedStateMachine):
    """Origins of one account with their shared keys, converged by lists and edited by somebody else."""

    world: Simulator
    tally: Tally

    @initialize(source=st.data())
    def begin(self, source: st.DataObject) -> None:
        self.world.reset()
        self.account = self.world.msl
        self.world.settings.provisioning.reads = one_of(source.draw, 0, 2)
        self.world.settings.msl.return_key_extras = maybe(source.draw)
        self.bench = Bench(self.world)
        self.journey = Journey(self.bench, "origins", "origins", lambda: oracle.seen(self.account), self.tally)
        self.tally.examples += 1

    @property
    def numbers(self) -> list[int]:
        """The ids, in an order that does not tell which of two writes came first."""
        records = self.account.origin_records
        return sorted(self.account.origins, key=lambda number: records[number].identifier.lower())

    @property
    def free_names(self) -> list[str]:
        """Identifiers that no origin has."""
        return [name for name in IDENTIFIERS if self.account.origin_by_identifier(name) is None]

    def wishes(self, draw: Draw) -> list[Wish]:
        """Wishes for some of the origins and for some that are not there."""
        found = [known_origin(draw, self.account, number) for number in self.numbers if maybe(draw)]
        used = self.account.used_cpcodes()
        cpcodes = iter(number for number in range(400001, 400020) if number not in used)
        for name in shuffled(draw, self.free_names)[: one_of(draw, 1, 0, 2)]:
            absent = Wish(None, "absent", {"hostName": name}, named_by="host_name")
            found.append(absent if seldom(draw) else new_origin(draw, name, next(cpcodes)))
        return shuffled(draw, found)

    def options(self, draw: Draw, wishes: list[Wish], **more: Any) -> dict[str, Any]:
        """The task's options."""
        return {"origins": [written(draw, self.account, wish) for wish in wishes], **more}

    @rule(source=st.data())
    def converge(self, source: st.DataObject) -> None:
        draw, account, now = source.draw, self.account, self.bench.clock.now()
        wishes = self.wishes(draw)
        more: dict[str, Any] = {"concurrency": one_of(draw, 1, 4), "wait": maybe(draw)}
        if seldom(draw):
            more.update(prune=True, prune_match="(?i)^[a-d]")
        streams = copy.deepcopy(account.streams)
        options, respelled = self.options(draw, wishes, **more), self.options(draw, wishes, **more)
        before, done, after = self.journey.converged(options, respelled)
        named = {wish.target for wish in wishes}
        doomed = {
            number
            for number, origin in before.items()
            if "prune" in more and number not in named and oracle.plain(origin, "hostName")[0] in "abcd"
        }
        results = [result["actions"] for result in done["origins"]]
        wanted = [oracle.action(before.get(wish.target), wish, now) for wish in wishes]
        assert results == wanted + [["delete"]] * len(doomed)
        generations = sum(request.is_key_generation for request in done.requests)
        assert generations == sum(oracle.generated(before.get(wish.target), wish, now) for wish in wishes)
        left = before.keys() - named - doomed
        for number in left:
            assert after[number] == before[number]
        for wish in wishes:
            number = wish.target or account.origin_by_identifier(wish.members["hostName"])
            oracle.assert_as_wished(before.get(wish.target), after.get(number), wish, now)
            if number in after:
                left.add(number)
        assert after.keys() == left
        assert account.streams == streams

    @precondition(lambda self: self.account.origins)
    @rule(source=st.data())
    def refuse(self, source: st.DataObject) -> None:
        """A list that would change what cannot be changed is refused as a whole."""
        draw = source.draw
        number = one_of(draw, *self.numbers)
        origin = self.account.origins[number]
        changes = {
            "cpcode": 400020,
            "contractId": "K-0N7RAK7" if origin["contractId"] != "K-0N7RAK7" else "C-0N7RAC7",
            "encoderZone": "INDIA",
            "isDedicatedOrigin": not origin["isDedicatedOrigin"],
        }
        if "thirdPartyCdnCpcode" in origin:
            changes["thirdPartyCdnCpcode"] = 700009
        member = one_of(draw, *changes)
        wish = Wish(number, members={member: changes[member]}, named_by="id")
        wishes = [one for one in self.wishes(draw) if one.target != number]
        ran = self.journey.refused(self.options(draw, shuffled(draw, [*wishes, wish])), "immutable")
        assert len(ran["error"]["details"]) == 1

    @precondition(lambda self: self.account.origins)
    @rule(source=st.data())
    def edit(self, source: st.DataObject) -> None:
        """Somebody else changes a key, adds one or takes one away."""
        draw, number = source.draw, one_of(source.draw, *self.numbers)
        keys = self.account.origins[number]["sharedKeys"]
        known = by_identity(keys)
        free = [identity for identity in KEYS if identity not in known]
        if free and (not keys or maybe(draw)):
            self._add_key(draw, number, *one_of(draw, *free))
        elif maybe(draw):
            keys.remove(one_of(draw, *keys))
        else:
            self._change(draw, one_of(draw, *keys))
        if seldom(draw):
            self.account.origins[number]["note"] = one_of(draw, "theirs", {"ticket": 7})

    @precondition(lambda self: self.free_names)
    @rule(source=st.data())
    def add(self, source: st.DataObject) -> None:
        """Somebody else creates an origin with keys."""
        draw = source.draw
        zone, backup = one_of(draw, *ZONES)
        more: dict[str, Any] = {"backupEncoderZone": backup} if backup else {}
        if maybe(draw):
            more["thirdPartyCdnCpcode"] = 700003
        number = self.account.add_origin({"hostName": one_of(draw, *self.free_names), "encoderZone": zone, **more})
        for identity in KEYS:
            if maybe(draw):
                self._add_key(draw, number, *identity)

    @precondition(lambda self: self.account.origins)
    @rule(source=st.data())
    def remove(self, source: st.DataObject) -> None:
        """Somebody else deletes an origin."""
        del self.account.origins[one_of(source.draw, *self.numbers)]

    def _add_key(self, draw: Draw, number: int, name: str, kind: str) -> None:
        """Put a key there as the service would show it."""
        origin = self.account.origins[number]
        if kind == "THIRD_PARTY" and "thirdPartyCdnCpcode" not in origin:
            return
        key = {"name": name, "type": kind, "authMethod": AUTH_METHODS[kind], "key": new_key(self.account, kind)}
        if kind == "THIRD_PARTY":
            key.update(cdnCode=one_of(draw, *CDNS), guid=self.account.universe.guid())
        identifier = self.account.origin_records[number].identifier
        key.update(derived_members(self.account, identifier, origin, key))
        self._change(draw, key)
        origin["sharedKeys"].append(key)

    def _change(self, draw: Draw, key: Key) -> None:
        key["enabled"] = not seldom(draw)
        if key["type"] == "AKAMAI":
            return
        soon = self.bench.clock.now() + dt.timedelta(days=10)
        past = self.bench.clock.now() - dt.timedelta(days=10)
        ends = one_of(draw, None, soon, past, expiry(0))
        if ends is None:
            key.pop("expiryDate", None)
        else:
            key["expiryDate"] = iso(ends)
        if seldom(draw):
            key.update(previousKey="an-earlier-key-0", previousKeyExpiryDate=iso(one_of(draw, past, soon)))


def test_origins(world: Simulator, tally: Tally) -> None:
    machine = type("Origins", (OriginMachine,), {"world": world, "tally": tally})
    run_state_machine_as_test(machine)
