# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a task may cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import (
    FASTLY,
    PARTNER,
    origin,
    stream,
)
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

DECLARED = {
    "origin": origin(
        backup_encoder_zone="US_EAST", email_ids=["a@b.c"], shared_keys=[{**FASTLY, "cdn": "dn003"}, PARTNER]
    ),
    "stream": stream(allowed_ips=["192.0.2.1"], additional_email_ids=["a@b.c"], dvr_window=10, password="pass-word"),
}


@pytest.fixture(params=["origin", "stream"])
def kind(request: pytest.FixtureRequest, sim: Simulator) -> str:
    """Each kind of resource, declared in full; a stream's origin exists."""
    if request.param == "stream":
        sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    return str(request.param)


@pytest.fixture
def declared(kind: str, bench: Bench) -> dict[str, Any]:
    """What exists."""
    assert not bench.run(kind, **DECLARED[kind], wait=True).failed
    return DECLARED[kind]


def test_an_unchanged_resource_costs_two_requests_by_name_and_one_by_id(
    kind: str, bench: Bench, declared: dict[str, Any], figure: Callable[[str], None]
) -> None:
    by_name = bench.run(kind, **declared)
    assert (by_name["changed"], by_name["api_calls"]) == (False, 2)
    by_id = bench.run(kind, id=by_name[kind]["id"], **declared)
    assert (by_id["changed"], by_id["api_calls"]) == (False, 1)
    figure(f"unchanged {kind}: {by_name['api_calls']} requests by name, {by_id['api_calls']} by id")


def test_a_create_costs_at_most_three_besides_generated_keys(
    kind: str, bench: Bench, figure: Callable[[str], None]
) -> None:
    ran = bench.run(kind, **DECLARED[kind])
    assert ran["actions"] == ["create"]
    assert [line for line in ran.lines if line != "GET /generate-key"] == [
        f"GET /{kind}s", f"POST /{kind}s", f"GET /{kind}s/{ran[kind]['id']}",
    ]  # fmt: skip
    figure(f"created {kind}: 3 requests, 1 of them a list, besides {len(ran.lines) - 3} generated keys")


def test_check_mode_costs_no_more_than_looking(kind: str, bench: Bench) -> None:
    assert bench.run(kind, check=True, **DECLARED[kind]).lines == [f"GET /{kind}s"]


def test_an_update_costs_four(kind: str, bench: Bench, declared: dict[str, Any]) -> None:
    change = {"stream": {"dvr_window": 20}, "origin": {"shared_keys": [{"name": "partner", "enabled": False}]}}[kind]
    ran = bench.run(kind, **{**declared, **change})
    assert ran["actions"] == ["update"]
    assert [line.split()[0] for line in ran.lines] == ["GET", "GET", "PUT", "GET"]
    assert ran.lines.count(f"GET /{kind}s") == 1


def test_a_deletion_lists_once(kind: str, bench: Bench, declared: dict[str, Any]) -> None:
    ran = bench.run(kind, **declared, state="absent")
    assert ran["actions"] == ["delete"]
    assert ran.lines.count(f"GET /{kind}s") == 1
    assert len(ran.lines) <= 4
    assert bench.run(kind, **declared, state="absent").lines == [f"GET /{kind}s"]
