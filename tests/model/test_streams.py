# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import copy
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.msl.account import Digest
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

from . import stream_oracle as oracle
from .drawing import Draw, maybe, one_of, seldom, shuffled
from .journey import Journey, Tally
from .stream_entries import CPCODES, NAMES, ORIGINS, editable, known_stream, new_stream, written
from .wishes import Wish


class StreamMachine(RuleBasedStateMachine):
    """Streams of one account, converged by lists and edited by somebody else."""

    world: Simulator
    tally: Tally

    @initialize(source=st.data())
    def begin(self, source: st.DataObject) -> None:
        self.world.reset()
        self.account = self.world.msl
        for identifier, (zone, backup) in ORIGINS.items():
            more = {"backupEncoderZone": backup} if backup else {}
            self.account.add_origin({"hostName": identifier, "encoderZone": zone, **more})
        self.world.settings.provisioning.reads = one_of(source.draw, 0, 2)
        self.world.settings.page_maximum = one_of(source.draw, None, 2)
        bench = Bench(self.world)
        self.journey = Journey(bench, "streams", "streams", lambda: oracle.seen(self.account), self.tally)
        self.tally.examples += 1

    @property
    def numbers(self) -> list[int]:
        """The ids, in an order that does not tell which of two writes came first."""
        return sorted(self.account.streams, key=lambda number: str(self.account.streams[number]["name"]))

    @property
    def free_names(self) -> list[str]:
        """Names that no stream has."""
        taken = {stream["name"] for stream in self.account.streams.values()}
        return [name for name in NAMES if name not in taken]

    def wishes(self, draw: Draw) -> list[Wish]:
        """Wishes for some of the streams and for some that are not there."""
        free = shuffled(draw, self.free_names)
        found = []
        for number in self.numbers:
            if not maybe(draw):
                continue
            if seldom(draw):
                found.append(_absent(draw, number, self.account.streams[number]["name"]))
            else:
                found.append(known_stream(draw, self.account, number, free.pop() if free else f"spare-{number}"))
        for name in free[: one_of(draw, 1, 0, 2)]:
            found.append(_absent(draw, None, name) if seldom(draw) else new_stream(draw, name))
        return shuffled(draw, found)

    def options(self, draw: Draw, wishes: list[Wish], **more: Any) -> dict[str, Any]:
        """The task's options."""
        return {
            "streams": [written(draw, wish) for wish in wishes],
            "wait": self.world.settings.provisioning.reads > 0,
            **more,
        }

    @rule(source=st.data())
    def converge(self, source: st.DataObject) -> None:
        draw, account = source.draw, self.account
        wishes = self.wishes(draw)
        more: dict[str, Any] = {"concurrency": one_of(draw, 1, 4)}
        if seldom(draw):
            more.update(prune=True, prune_match="^[a-n]")
        secrets, elsewhere = copy.deepcopy(account.stream_secrets), self._elsewhere()
        options, respelled = self.options(draw, wishes, **more), self.options(draw, wishes, **more)
        before, done, after = self.journey.converged(options, respelled)
        named = {wish.target for wish in wishes}
        doomed = {
            number
            for number, stream in before.items()
            if "prune" in more and number not in named and stream["name"][0] in "abcdefghijklmn"
        }
        results = [result["actions"] for result in done["streams"]]
        assert results == [oracle.action(before.get(wish.target), wish) for wish in wishes] + [["delete"]] * len(doomed)
        by_name = {stream["name"]: number for number, stream in after.items()}
        left = before.keys() - named - doomed
        for wish, actions in zip(wishes, results, strict=False):
            number = wish.target or by_name.get(wish.members["name"])
            oracle.assert_as_wished(before.get(wish.target), after.get(number), wish)
            if number in after:
                left.add(number)
                oracle.assert_secrets(secrets.get(wish.target), account.stream_secrets[number], wish, actions)
        assert after.keys() == left
        for number in before.keys() - named - doomed:
            assert after[number] == before[number]
            assert account.stream_secrets[number] == secrets[number]
        assert self._elsewhere() == elsewhere

    @precondition(lambda self: self.account.streams)
    @rule(source=st.data())
    def refuse(self, source: st.DataObject) -> None:
        """A list that would change what cannot be changed is refused as a whole."""
        draw = source.draw
        wishes = self.wishes(draw)
        number = one_of(draw, *self.numbers)
        stream = self.account.streams[number]
        wishes = [wish for wish in wishes if wish.target != number]
        changes = {
            "format": "CMAF" if stream["format"] != "CMAF" else "HLS",
            "cpcode": next(number for number in CPCODES if number != stream["cpcode"]),
            "contractId": "K-0N7RAK7" if stream["contractId"] != "K-0N7RAK7" else "C-0N7RAC7",
            "encoderZone": "JAPAN",
            "origin": "elsewhere",
            "isDedicatedOrigin": not stream["isDedicatedOrigin"],
        }
        member = one_of(draw, *changes)
        wish = Wish(number, members={"name": stream["name"], member: changes[member]})
        ran = self.journey.refused(self.options(draw, shuffled(draw, [*wishes, wish])), "immutable")
        assert len(ran["error"]["details"]) == 1

    @precondition(lambda self: self.account.streams)
    @rule(source=st.data())
    def edit(self, source: st.DataObject) -> None:
        """Somebody else changes members, also into forms that the module would not write."""
        draw = source.draw
        number = one_of(draw, *self.numbers)
        stream, secrets = self.account.streams[number], self.account.stream_secrets[number]
        wanted = editable(draw, stream)
        auth = wanted.pop("streamAuth", None)
        if auth is not None:
            # Without current credentials the service has no previous ones either.
            secrets.current, secrets.previous = (Digest(**auth), secrets.previous) if auth else (None, None)
            stream["streamAuth"] = {name: auth[name] for name in ("username", "algorithm")} if auth else None
        secrets.password = wanted.pop("password", secrets.password)
        for name, value in wanted.items():
            stream[name] = list(map(str, sorted(value, key=str))) if isinstance(value, frozenset) else value
        for name in ("allowedIps", "additionalEmailIds", "ingestAccelerated"):
            if seldom(draw):
                stream.pop(name, None)
        if seldom(draw):
            stream["ingestOptions"] = {"ingestOverrides": [one_of(draw, "a", "b")]}
        if seldom(draw) and self.free_names:
            stream["name"] = one_of(draw, *self.free_names)

    @precondition(lambda self: self.free_names)
    @rule(source=st.data())
    def add(self, source: st.DataObject) -> None:
        """Somebody else creates a stream."""
        draw = source.draw
        members = {"name": one_of(draw, *self.free_names), "origin": {"hostName": one_of(draw, *ORIGINS)}}
        if maybe(draw):
            members["streamAuth"] = {"username": "encoder", "password": "first-pass-1", "algorithm": "MD5"}
        self.account.add_stream(members)

    @precondition(lambda self: self.account.streams)
    @rule(source=st.data())
    def remove(self, source: st.DataObject) -> None:
        """Somebody else deletes a stream."""
        number = one_of(source.draw, *self.numbers)
        del self.account.streams[number]
        del self.account.stream_secrets[number]

    def _elsewhere(self) -> Any:
        return copy.deepcopy([self.account.origins, self.account.origin_records])


def _absent(draw: Draw, number: int | None, name: str) -> Wish:
    by_id = number is not None and maybe(draw)
    return Wish(number, "absent", {} if by_id else {"name": name}, named_by="id" if by_id else "name")


def test_streams(world: Simulator, tally: Tally) -> None:
    machine = type("Streams", (StreamMachine,), {"world": world, "tally": tally})
    run_state_machine_as_test(machine)
