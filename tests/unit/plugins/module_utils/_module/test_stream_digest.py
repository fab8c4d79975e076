# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.instants import format_utc
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

AUTH = {"username": "encoder", "password": "first-password", "algorithm": "SHA256"}


@pytest.fixture
def open_stream(sim: Simulator) -> int:
    """A stream without digest authentication."""
    return sim.msl.add_stream({"name": "news"})


@pytest.fixture
def protected(sim: Simulator) -> int:
    """A stream with it."""
    return sim.msl.add_stream({"name": "news", "streamAuth": dict(AUTH)})


def secrets(bench: Bench) -> Any:
    (one,) = bench.sim.msl.stream_secrets.values()
    return one


def test_it_is_switched_on(bench: Bench, open_stream: int) -> None:
    done = bench.converged("stream", name="news", stream_auth=AUTH, wait=True)
    assert done.writes[0].body["streamAuth"] == AUTH
    assert (secrets(bench).current.password, secrets(bench).previous) == ("first-password", None)
    assert "stream_auth" not in done["diff"]["before"]
    assert done["diff"]["after"]["stream_auth"]["password"] == "********"


def test_another_password_alone_rotates_nothing(bench: Bench, protected: int) -> None:
    assert not bench.converged("stream", name="news", stream_auth={**AUTH, "password": "second-password"})["changed"]
    assert secrets(bench).current.password == "first-password"


def test_an_update_that_happens_anyway_does_not_rotate(bench: Bench, protected: int) -> None:
    done = bench.converged(
        "stream", name="news", dvr_window=20, stream_auth={**AUTH, "password": "second-password"}, wait=True
    )
    assert done.writes[0].body["streamAuth"] == {"username": "encoder", "algorithm": "SHA256"}
    assert (secrets(bench).current.password, secrets(bench).previous) == ("first-password", None)


def test_another_user_name_rotates_with_the_services_grace_period(bench: Bench, protected: int) -> None:
    bench.converged("stream", name="news", stream_auth={**AUTH, "username": "studio"}, wait=True)
    assert secrets(bench).current.username == "studio"
    assert secrets(bench).previous.username == "encoder"


def test_it_rotates_when_asked_and_the_old_one_lives_until_then(bench: Bench, protected: int) -> None:
    until = format_utc(bench.clock.now() + dt.timedelta(days=9))
    options = {
        "name": "news",
        "stream_auth": {**AUTH, "password": "second-password"},
        "stream_auth_previous_expiry": until,
        "update_unreadable": "always",
        "wait": True,
    }
    foretold = bench.run("stream", check=True, **options)
    done = bench.run("stream", **options)
    assert foretold["diff"] == done["diff"]
    assert foretold["actions"] == done["actions"] == ["update"]
    assert secrets(bench).current.password == "second-password"
    assert secrets(bench).previous.password == "first-password"
    assert format_utc(secrets(bench).previous.expires) == until


def test_the_end_of_the_old_one_can_be_moved(bench: Bench, protected: int) -> None:
    bench.run("stream", name="news", stream_auth={**AUTH, "username": "studio"}, wait=True)
    until = format_utc(bench.clock.now() + dt.timedelta(days=30))
    bench.run("stream", name="news", stream_auth_previous_expiry=until, update_unreadable="always", wait=True)
    assert secrets(bench).current.password == "first-password"
    assert format_utc(secrets(bench).previous.expires) == until


def test_it_is_switched_off_by_an_empty_object(bench: Bench, protected: int) -> None:
    done = bench.converged("stream", name="news", stream_auth={}, wait=True)
    assert done.writes[0].body["streamAuth"] == {"delete": True}
    assert secrets(bench).current is None
    assert "stream_auth" not in done["stream"]


def test_it_cannot_be_switched_on_without_a_password(bench: Bench, open_stream: int) -> None:
    ran = bench.refused("stream", name="news", stream_auth={"username": "encoder", "algorithm": "MD5"})
    assert ran.kind == "invalid"
    assert "cannot be set or changed without password. Give it" in ran["msg"]


def test_it_cannot_be_switched_on_without_an_algorithm(bench: Bench, open_stream: int) -> None:
    auth = {"username": "encoder", "password": "first-password"}
    for options in ({"name": "news"}, stream(name="another")):
        ran = bench.refused("stream", **options, stream_auth=auth)
        assert ran.kind == "invalid"
        assert "cannot be set or changed without algorithm" in ran["msg"]


def test_a_lost_rotation_is_not_repeated_and_is_seen_by_the_date_of_the_change(
    bench: Bench, sim: Simulator, protected: int
) -> None:
    options = {
        "name": "news",
        "stream_auth": {**AUTH, "password": "second-password"},
        "update_unreadable": "always",
    }
    sim.faults.add("reset_after", "PUT")
    ran = bench.run("stream", **options)
    assert (ran.failed, ran["actions"], len(ran.writes)) == (False, ["update"], 1)
    assert secrets(bench).current.password == "second-password"
    sim.msl.stream_stock.read(protected)
    sim.msl.stream_stock.read(protected)
    sim.faults.add("reset_before", "PUT")
    ran = bench.run("stream", **options, update_pending=True)
    assert (ran.kind, ran["actions"], len(ran.writes)) == ("ambiguous", [], 1)
    assert "run the task again" in ran["msg"]


def test_a_user_name_that_is_shown_as_a_number_rotates_nothing(bench: Bench, sim: Simulator, protected: int) -> None:
    auth = {**AUTH, "username": "12345"}
    bench.run("stream", name="news", stream_auth=auth, wait=True)

    def as_number(body: Any) -> Any:
        return {**body, "streamAuth": {**body["streamAuth"], "username": 12345}}

    sim.faults.add("call", "GET", r"^/streams/\d+$", times=None, rewrite=as_number)
    ran = bench.run("stream", name="news", stream_auth=auth)
    assert (ran["changed"], ran.writes) == (False, [])
