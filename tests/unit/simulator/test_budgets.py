# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from ansible_collections.streamops.live.tests.simulator import Budget, Settings, Simulator
from ansible_collections.streamops.live.tests.simulator.budget import Bucket, Window
from ansible_collections.streamops.live.tests.simulator.clock import parse_date_time
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient, MslClient

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_bucket_fills_up_gradually() -> None:
    bucket = Bucket(Budget(limit=4, window=2.0))
    standings = [bucket.take(NOW) for _time in range(5)]
    assert [standing and standing.allowed for standing in standings] == [True, True, True, True, False]
    assert [standing and standing.remaining for standing in standings] == [3, 2, 1, 0, 0]
    last = standings[-1]
    assert last
    assert at(0.5) <= last.next_at <= at(0.51)
    again = bucket.take(last.next_at)
    assert again
    assert again.allowed
    full = bucket.take(at(60))
    assert full
    assert full.remaining == 3


def test_window_counts_any_stretch_of_time() -> None:
    window = Window(Budget(limit=2, window=60.0))
    allowed = [standing and standing.allowed for standing in map(window.take, (at(0), at(50), at(59), at(61), at(62)))]
    assert allowed == [True, True, False, True, False]
    refused = window.take(at(63))
    assert refused
    assert refused.next_at == at(110)


def test_no_limit_no_budget() -> None:
    assert Bucket(Budget(limit=None)).take(NOW) is None
    assert Window(Budget(limit=None)).take(NOW) is None


def test_msl_announces_and_enforces_its_budget() -> None:
    settings = Settings(budget=Budget(limit=3, window=30.0))
    with Simulator(settings) as sim:
        msl = MslClient(sim)
        answers = [msl.send("GET", "/cdns") for _time in range(4)]
        assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
        assert [answer.headers["X-RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
        assert answers[0].headers["X-RateLimit-Limit"] == "3"
        refused = answers[-1]
        assert refused.content == b""
        assert "Retry-After" not in refused.headers
        assert "X-RateLimit-Next" not in answers[0].headers
        moment = parse_date_time(refused.headers["X-RateLimit-Next"])
        assert moment
        assert 8 < (moment - parsedate_to_datetime(refused.headers["Date"])).total_seconds() < 12
        assert sim.summary()["throttled"] == 1
        settings.without_budget()
        assert msl.send("GET", "/cdns").status_code == 200


def test_a_refused_write_is_not_carried_out() -> None:
    with Simulator(Settings(budget=Budget(limit=1, window=30.0))) as sim:
        msl = MslClient(sim)
        msl.get("/cdns")
        body = {"hostName": "demohost", "cpcode": 400001, "encoderZone": "EUROPE"}
        assert msl.send("POST", "/origins", body).status_code == 429
        assert sim.msl.origins == {}


def test_smartstream_allows_fifty_a_minute() -> None:
    with Simulator() as sim:
        events = EventClient(sim)
        answers = [events.send("GET", "/live_events") for _time in range(52)]
        assert [answer.status_code for answer in answers] == [200] * 50 + [429] * 2
        assert "Retry-After" not in answers[-1].headers
        sim.settings.smartstream.retry_after = True
        again = events.send("GET", "/live_events")
        assert 50 <= int(again.headers["Retry-After"]) <= 60


def test_log_ins_use_the_budget_when_they_count() -> None:
    with Simulator() as sim:
        events = EventClient(sim)
        sim.settings.smartstream.budget.limit = 1
        log_in = {"mail_address": sim.smartstream.mail_address, "password": sim.smartstream.password}
        assert events.send("POST", "/auth-token/", log_in).status_code == 200
        assert events.send("GET", "/live_events").status_code == 429
        sim.settings.smartstream.token_requests_count = False
        assert events.send("POST", "/auth-token/", log_in).status_code == 200
