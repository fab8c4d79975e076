# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import time
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.clock import parse_date_time
from ansible_collections.streamops.live.tests.simulator.faults import KINDS, Faults
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient, MslClient

ORIGIN = {"hostName": "demohost", "cpcode": 400001, "encoderZone": "EUROPE"}


def post(msl: MslClient) -> requests.Response:
    return msl.send("POST", "/origins", ORIGIN)


def test_status(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("status", status=503, headers={"Retry-After": 7})
    answer = post(msl)
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()["status"]) == (503, "7", 503)
    sim.faults.add("status", status=500, body="plain words", content_type="text/plain")
    answer = post(msl)
    assert (answer.status_code, answer.text, answer.headers["Content-Type"]) == (500, "plain words", "text/plain")
    assert sim.msl.origins == {}
    assert [request.fault for request in sim.requests] == ["status", "status"]


def test_status_with_a_documented_code_in_the_shape_that_is_set(sim: Simulator, events: EventClient) -> None:
    sim.settings.smartstream.error_shape = "error_object"
    sim.settings.smartstream.language = "en"
    sim.faults.add("status", status=400, code="FAILED_TO_SAVE")
    sim.faults.add("status")
    answer = events.send("POST", "/live_events/x/start")
    assert (answer.status_code, answer.json()) == (
        400,
        {"error": {"code": "FAILED_TO_SAVE", "message": "Failed to save"}},
    )
    answer = events.send("GET", "/live_events")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "SERVER_ERROR")


def test_status_after_the_request_was_carried_out(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("status", status=504, carried_out=True)
    assert post(msl).status_code == 504
    assert len(sim.msl.origins) == 1


@pytest.mark.parametrize("form", ["next", "retry_after", "retry_after_date", "none"])
def test_throttled(sim: Simulator, msl: MslClient, form: str) -> None:
    sim.faults.add("throttled", form=form, seconds=5)
    answer = post(msl)
    assert answer.status_code == 429
    sent = {name for name in ("X-RateLimit-Next", "Retry-After") if name in answer.headers}
    assert sent == {"next": {"X-RateLimit-Next"}, "none": set()}.get(form, {"Retry-After"})
    if form == "retry_after":
        assert answer.headers["Retry-After"] == "5"
    if form == "retry_after_date":
        assert parsedate_to_datetime(answer.headers["Retry-After"]) > datetime.now(timezone.utc)
    if form == "next":
        moment = parse_date_time(answer.headers["X-RateLimit-Next"])
        assert moment
        assert 3 < (moment - datetime.now(timezone.utc)).total_seconds() < 6


def test_burst(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("burst")
    answer = post(msl)
    assert (answer.status_code, answer.json()["detail"]) == (400, "WAF deny rule IPBLOCK-BURST4-54013")


def test_clock(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("clock", offset=-200)
    answer = post(msl)
    assert (answer.status_code, answer.json()["detail"]) == (400, "Invalid timestamp")
    behind = datetime.now(timezone.utc) - parsedate_to_datetime(answer.headers["Date"])
    assert 195 < behind.total_seconds() < 205


def test_unauthorized(sim: Simulator, msl: MslClient, events: EventClient) -> None:
    sim.faults.add("unauthorized", times=2)
    assert (post(msl).status_code, events.code("GET", "/live_events")) == (401, (401, "UNAUTHORIZED"))


@pytest.mark.parametrize(("kind", "carried_out"), [("reset_before", False), ("reset_after", True)])
def test_reset(sim: Simulator, msl: MslClient, kind: str, carried_out: bool) -> None:
    sim.faults.add(kind)
    with pytest.raises(requests.ConnectionError):
        post(msl)
    assert bool(sim.msl.origins) is carried_out
    assert sim.requests[0].status is None
    # The service is well again.
    assert msl.get("/cdns")


@pytest.mark.parametrize(("kind", "carried_out"), [("timeout_before", False), ("timeout_after", True)])
def test_timeout(sim: Simulator, msl: MslClient, kind: str, carried_out: bool) -> None:
    sim.faults.add(kind)
    with pytest.raises(requests.Timeout):
        msl.session.post(f"{sim.url}/config-media-live/v2/msl-origin/origins", json=ORIGIN, timeout=0.2)
    # The client has given up; on a busy machine the service may not even have begun.
    given_up = time.monotonic() + 60
    while carried_out and not sim.msl.origins and time.monotonic() < given_up:
        time.sleep(0.01)
    assert bool(sim.msl.origins) is carried_out


def test_stopping_does_not_wait_for_a_timeout() -> None:
    started = time.monotonic()
    with Simulator() as sim:
        sim.faults.add("timeout_before", seconds=600)
        with pytest.raises(requests.Timeout):
            requests.get(sim.url, timeout=0.1)
    assert time.monotonic() - started < 600


def test_slow(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("slow", seconds=0.2)
    started = time.monotonic()
    assert post(msl).status_code == 202
    assert time.monotonic() - started >= 0.2


def test_truncated(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("truncated")
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        msl.get("/cdns")
    assert sim.requests[0].status == 200


def test_html(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("html", status=502)
    answer = post(msl)
    assert answer.status_code == 502
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_empty(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("empty")
    answer = msl.send("GET", "/cdns")
    assert (answer.status_code, answer.content) == (200, b"")


def test_wrong_type(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("wrong_type", content_type="text/plain")
    answer = msl.send("GET", "/cdns")
    assert (answer.headers["Content-Type"], answer.json()[0]["code"]) == ("text/plain", "dn002")


def test_huge(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("huge", bytes=3_000_000)
    assert len(msl.send("GET", "/cdns").content) > 3_000_000


def test_echo(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("echo")
    answer = msl.send("GET", "/cdns")
    assert answer.status_code == 400
    assert sim.credentials["access_token"] in answer.json()["detail"]


def test_a_service_that_goes_down_comes_back_with_its_state(sim: Simulator, msl: MslClient) -> None:
    sim.msl.add_origin({"hostName": "demohost"})
    sim.faults.add("restart")
    for _try in range(2):
        with pytest.raises(requests.ConnectionError):
            msl.send("GET", "/origins")
    assert not sim.listening
    sim.come_up()
    assert [origin["hostNameIdentifier"] for origin in msl.send("GET", "/origins").json()] == ["demohost"]


def test_a_call_comes_before_the_answer(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("call", call=sim.msl.origins.clear, then_down=True)
    sim.msl.add_origin({"hostName": "demohost"})
    assert msl.send("GET", "/origins").json() == []
    assert not sim.listening


def test_redirect(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("redirect", location="https://elsewhere.example.com/")
    url = f"{sim.url}/config-media-live/v2/msl-origin/cdns"
    answer = msl.session.get(url, allow_redirects=False, timeout=10)
    assert (answer.status_code, answer.headers["Location"]) == (302, "https://elsewhere.example.com/")


@pytest.mark.parametrize(
    ("value", "text"), [([], "[]"), ({"a": 1}, '{"a": 1}'), (None, "null"), ("not json", "not json")]
)
def test_body(sim: Simulator, msl: MslClient, value: Any, text: str) -> None:
    sim.faults.add("body", value=value)
    answer = msl.send("GET", "/cdns")
    assert (answer.status_code, answer.text) == (200, text)


def test_a_fault_picks_its_requests(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("status", method="get", path=r"^/streams$", skip=1, times=2)
    seen = [msl.send("GET", path).status_code for path in ("/streams", "/cdns", "/streams", "/streams", "/streams")]
    assert seen == [200, 200, 500, 500, 200]


def test_faults_come_in_the_order_they_were_added(sim: Simulator, msl: MslClient) -> None:
    sim.faults.add("status", status=500)
    sim.faults.add("status", status=502)
    sim.faults.add("status", status=503, times=None, service="msl")
    assert [msl.send("GET", "/cdns").status_code for _time in range(4)] == [500, 502, 503, 503]
    sim.faults.clear()
    assert msl.send("GET", "/cdns").status_code == 200


def test_every_kind_is_known_by_name() -> None:
    faults = Faults()
    with pytest.raises(ValueError, match="there are status, throttled"):
        faults.add("gremlin")
    assert len(KINDS) == 20
