# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that no document allows for end in success or in a typed failure; nothing else, and not never."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.tests.hostile.judge import TASKS, connection, ran, validated
from ansible_collections.streamops.live.tests.hostile.mutations import STRANGE, mutated
from ansible_collections.streamops.live.tests.hostile.scenes import SCENES
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

READS = ("msl", "smartstream")


def set_up(sim: Simulator, name: str) -> tuple[Any, dict[str, Any]]:
    """An empty simulator with the scene's resources; the task and its options."""
    kind, options, seed = SCENES[name]
    sim.reset()
    seed(sim)
    given_options = validated(TASKS[kind], {**connection(sim, TASKS[kind]), **options})
    assert given_options is not None
    return TASKS[kind], given_options


@pytest.mark.parametrize("name", SCENES)
@given(seed=st.integers(0, 2**32))
def test_members_of_any_type(sim: Simulator, name: str, seed: int) -> None:
    task, options = set_up(sim, name)
    generator = random.Random(seed)

    def rewrite(body: Any) -> Any:
        if body is None or isinstance(body, bytes):
            return body
        return json.dumps(mutated(body, seed)).encode()

    sim.faults.add("call", times=generator.choice([1, None]), skip=generator.randint(0, 4), rewrite=rewrite)
    result = ran(task, options)
    assert result.values["api_calls"] == len(sim.requests) < 300


@pytest.mark.parametrize("name", SCENES)
def test_scenes_succeed_where_the_service_does_as_documented(sim: Simulator, name: str) -> None:
    """What is fuzzed are answers on the way to success, not after a failure."""
    task, options = set_up(sim, name)
    if name == "CP code":
        options["contract_id"] = sim.msl.contracts[0]["contractId"]
    if name == "origin deleted":
        sim.msl.streams.clear()
    result = ran(task, options)
    assert not result.failed, result.values["msg"]


@pytest.mark.parametrize("name", ["stream created", "keys changed", "event created", "season"])
@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 429, 500, 503])
def test_refusals_of_any_shape(sim: Simulator, name: str, status: int) -> None:
    shapes = [
        *STRANGE,
        *({member: value} for member in ("detail", "errors", "details", "error", "code") for value in STRANGE),
    ]
    for position, shape in itertools.product(range(3), shapes[:: 9 if status != 400 else 2]):
        task, options = set_up(sim, name)
        body = json.dumps(shape)
        sim.faults.add("status", skip=position, times=None, status=status, body=body, content_type="application/json")
        result = ran(task, options)
        assert result.failed


BODIES = {
    "invalid UTF-8": b'{"id": "\xff\xfe\x80"}',
    "nested deeply": b"[" * 100_000 + b"]" * 100_000,
    "nested, but not too deeply for Python": b'{"id": ' + b"[" * 400 + b"]" * 400 + b"}",
    "half a character": b'{"id": "\\ud800"}',
    "no number": b'{"id": NaN}',
    "a number with a million digits": b'{"id": ' + b"9" * 1_000_000 + b"}",
    "two values": b"{} {}",
    "a byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16": '{"id": "x"}'.encode("utf-16"),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("name", ["streams", "origins", "event updated", "profile list"])
def test_bodies_that_are_no_json_that_could_be_handed_on(sim: Simulator, name: str, body: bytes) -> None:
    task, options = set_up(sim, name)
    # The first answer of SmartSTREAM is a token, and what is no token is an unexpected response as well.
    sim.faults.add("call", rewrite=lambda true_body: body, times=None)
    result = ran(task, options)
    assert result.values["error"]["kind"] == "unexpected_response"
    assert len(json.dumps(result.values)) < 3000


@pytest.mark.parametrize(
    ("kind", "path"), [("live_events", "/live_events$"), ("live_event_profiles", "/live_event_profiles$")]
)
def test_pages_without_end_come_to_one(sim: Simulator, kind: str, path: str) -> None:
    """Every page brings new entries: the bound on pages ends it."""
    numbers = itertools.count()

    def page(body: dict[str, Any]) -> dict[str, Any]:
        (member,) = (name for name in body if name != "count")
        return {"count": 10**9, member: [{"id": f"{next(numbers):032x}"}]}

    sim.faults.add("call", "GET", path, times=None, rewrite=page)
    task = TASKS[kind]
    options = validated(task, connection(sim, task))
    assert options is not None
    result = ran(task, options)
    assert result.values["error"]["kind"] == "invalid"
    assert result.values["api_calls"] <= 1002


def test_pages_of_streams_without_end_come_to_one(sim: Simulator) -> None:
    numbers = itertools.count(1)
    sim.faults.add(
        "call", "GET", "/streams$", times=None,
        rewrite=lambda body: {"totalSize": 10**9, "pageSize": 1, "streams": [{"id": next(numbers), "name": "x"}]},
    )  # fmt: skip
    task = TASKS["facts"]
    options = validated(task, {**connection(sim, task), "gather_subset": ["streams"]})
    assert options is not None
    result = ran(task, options)
    assert result.values["api_calls"] <= 1002


def test_the_same_page_again_and_again_is_read_twice(sim: Simulator) -> None:
    """Repeated ids: a service that ignores the page number."""
    same = {"totalSize": 50, "pageSize": 1, "streams": [{"id": 5, "name": "news"}]}
    sim.faults.add("call", "GET", "/streams$", times=None, rewrite=lambda body: same)
    done = Bench(sim).run("facts", gather_subset=["streams"])
    assert (done["api_calls"], len(done["ansible_facts"]["msl"]["streams"])) == (2, 1)


def test_nobody_else_is_asked_after_a_redirect(sim: Simulator) -> None:
    with Simulator() as elsewhere:
        for name in ("streams", "event updated", "token"):
            task, options = set_up(sim, name)
            for status in (301, 302, 303, 307, 308):
                sim.faults.add("redirect", times=None, status=status, location=f"{elsewhere.url}/")
                result = ran(task, options)
                assert result.failed
                assert elsewhere.url in result.values["msg"]
                sim.faults.clear()
        assert elsewhere.requests == []
