# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One cell of the product: a converge, a fault, a request that it hits, and what must hold then."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.tests.faults.converges import Converge, duplicates
from ansible_collections.streamops.live.tests.faults.kinds import Trouble
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.recording import RecordedRequest
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._smartstream import event_bench
from ansible_collections.streamops.live.tests.unit.support import bench
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

_TASKS = {**bench.TASKS, **event_bench.TASKS}
_ACTIONS = {"POST": "create", "PUT": "update", "DELETE": "delete"}
_CALLS = ("start", "stop", "reset", "cancel")


@dataclass(frozen=True)
class Ran:
    """What a user sees of a task, and what the simulator saw."""

    failed: bool
    values: dict[str, Any]
    said: str
    slept: int
    requests: list[RecordedRequest]

    @property
    def done(self) -> list[RecordedRequest]:
        """The writes that the simulator has carried out."""
        return [request for request in self.requests if request.is_done]


@dataclass
class World:
    """A simulator and the options of both services' tasks."""

    sim: Simulator
    calls: Counter[tuple[str, str]] = field(default_factory=Counter)
    secrets: set[str] = field(default_factory=set)

    def clear(self) -> None:
        """Begin anew."""
        self.sim.come_up()
        self.sim.reset()
        self.sim.settings.clock_offset = 0.0
        self.calls.clear()
        self.secrets = {self.sim.smartstream.password, self.sim.smartstream.api_key}
        self.secrets |= {self.sim.credentials[name] for name in ("client_secret", "client_token", "access_token")}

    def run(
        self, converge: Converge, timeout: float | None = None, waited: Callable[[int], None] = lambda count: None
    ) -> Ran:
        """Run the task. ``waited`` is called with the number of waits so far whenever the task waits."""
        task = _TASKS[converge.task]
        validated = ArgumentSpecValidator(task.spec, **task.rules).validate(
            {**self._connection(converge), **converge.options}
        )
        assert not validated.error_messages, validated.error_messages
        options = dict(validated.validated_parameters)
        if timeout is not None:
            options["timeout"] = timeout
        clock = _Clock(self.sim, converge.service == "smartstream", waited)
        context = Context(environment={"HOME": "/nonexistent"}, clock=clock)
        seen = len(self.sim.requests)
        result = run(task, options, context)
        requests = self.sim.requests[seen:]
        self.calls.update(call for call in map(_call_of, requests) if call)
        self._learn_secrets()
        said = json.dumps([result.values, context.report.warnings, context.report.progress], ensure_ascii=False)
        return Ran(result.failed, result.values, said, len(clock.slept), requests)

    def _connection(self, converge: Converge) -> dict[str, Any]:
        if converge.service == "msl":
            return dict(self.sim.credentials)
        merchant = self.sim.smartstream
        return {
            "api_url": self.sim.url, "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address,
            "password": merchant.password, "requests_per_minute": 0,
        }  # fmt: skip

    def _learn_secrets(self) -> None:
        self.secrets |= set(self.sim.smartstream.tokens)
        for origin in self.sim.msl.origins.values():
            for key in origin["sharedKeys"]:
                self.secrets |= {key[name] for name in ("key", "previousKey") if key.get(name)}


class _Clock(SkippingClock):
    """Waiting takes no time here, moves the clock of SmartSTREAM, whose lists of events it decides, and is told."""

    def __init__(self, sim: Simulator, moves: bool, waited: Callable[[int], None]) -> None:
        super().__init__()
        self._sim = sim
        self._moves = moves
        self._waited = waited

    def sleep(self, seconds: float, stop: Any = None) -> None:
        super().sleep(seconds, stop)
        if self._moves:
            self._sim.settings.clock_offset += seconds
        self._waited(len(self.slept))


def positions(world: World, converge: Converge) -> int:
    """How many requests the converge takes when nothing goes wrong."""
    world.clear()
    converge.seed(world.sim)
    ran = world.run(converge)
    assert not ran.failed, ran.values["msg"]
    assert ran.values["changed"]
    assert converge.reached(world.sim)
    return len(ran.requests)


def live_through(world: World, converge: Converge, trouble: Trouble, position: int, times: int) -> None:
    """Run the converge with the fault, again without, and once more.

    :raises AssertionError: One of the promises does not hold.
    """
    world.clear()
    converge.seed(world.sim)
    keys = converge.untouched_keys(world.sim)
    waited = _arrange(world.sim, trouble, position, times)
    first = world.run(converge, trouble.timeout, waited)
    world.sim.faults.clear()
    world.sim.come_up()
    _judge(world, trouble, times, first)
    for repeated in (False, True):
        ran = world.run(converge)
        assert not ran.failed, f"the run after it fails: {ran.values['msg']}"
        assert converge.reached(world.sim), "the run after it does not end in the desired state"
        if repeated:
            assert (ran.values["changed"], ran.done) == (False, []), "the third run still changes something"
    assert duplicates(world.sim) == []
    assert converge.untouched_keys(world.sim) == keys, "shared keys were lost or changed"
    assert [call for call, count in world.calls.items() if count > 1] == [], "a lifecycle call was carried out twice"


def _arrange(sim: Simulator, trouble: Trouble, position: int, times: int) -> Callable[[int], None]:
    """Put the fault there; returns what brings a service back that went down."""
    if trouble.down == "before":
        if position == 0:
            sim.go_down()
        else:
            sim.faults.add("call", skip=position - 1, call=_nothing, then_down=True)
    elif trouble.revokes:
        sim.faults.add("call", skip=position, times=times, call=sim.smartstream.revoke_tokens)
    else:
        # A service that goes down at a request is down for all of the next ones.
        sim.faults.add(trouble.kind, skip=position, times=1 if trouble.down else times, **trouble.details)
    if not trouble.down:
        return lambda count: None
    waits: list[int] = []
    # The first one may be that for the next look at a resource, before anybody has noticed.
    enough = times + (trouble.down == "before")

    def wait(count: int) -> None:
        if not sim.listening:
            waits.append(count)
        if len(waits) >= enough:
            sim.come_up()

    return wait


def _nothing() -> None:
    """The answer is all that matters."""


def _judge(world: World, trouble: Trouble, times: int, ran: Ran) -> None:
    values = ran.values
    hit = [request for request in ran.requests if request.fault]
    wrote, logged_in = any(one.is_write for one in hit), any(one.is_token_request for one in hit)
    assert hit or trouble.down, "the fault hit nothing"
    for secret in world.secrets:
        assert secret not in ran.said, f"{secret!r} is shown"
    if trouble.down:
        refused = values["api_calls"] - len(ran.requests)
        assert (trouble.down == "before") <= refused <= ran.slept, f"{refused} requests found nobody"
    else:
        assert values["api_calls"] == len(ran.requests)
    assert values["changed"] == bool(values["actions"])
    done = _distinct(ran.done)
    if not ran.failed:
        assert values["actions"] == [_action_of(request) for request in done]
        return
    kind = values["error"]["kind"]
    assert kind in trouble.allowed(wrote=wrote, logged_in=logged_in, times=times), f"{kind}: {values['msg']}"
    assert "Traceback" not in values["msg"]
    assert values["msg"].endswith((".", "!", "?")), values["msg"]
    # What is known to be done is told; what is not told is the one write whose answer was lost.
    told, carried_out = Counter(values["actions"]), Counter(map(_action_of, done))
    lost = Counter(_action_of(request) for request in done if request.fault) if kind == "ambiguous" else Counter()
    assert not told - carried_out, f"actions {values['actions']} has what was not carried out"
    assert not carried_out - told - lost, f"{dict(carried_out)} was carried out, and actions is {values['actions']}"


def _distinct(done: Sequence[RecordedRequest]) -> list[RecordedRequest]:
    """The writes that were carried out, each once however often it was sent; a create has no address of its own."""
    kept: dict[tuple[str, str, str], RecordedRequest] = {}
    for request in done:
        body = json.dumps(request.body) if _action_of(request) == "create" else ""
        kept.setdefault((request.method, request.path, body), request)
    return list(kept.values())


def _action_of(request: RecordedRequest) -> str:
    call = _call_of(request) or ("", request.path.rpartition("/")[2])
    return call[1] if call[1] in _CALLS else _ACTIONS[request.method]


def _call_of(request: RecordedRequest) -> tuple[str, str] | None:
    """The event and the name of a lifecycle call that was carried out."""
    event, _slash, name = request.path.rpartition("/")
    return (event, name) if request.is_done and name in _CALLS else None
