# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import configparser
import http.client
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient, MslClient

ORIGIN = {"hostName": "demohost", "cpcode": 400001, "encoderZone": "EUROPE"}


def test_edgerc_is_ready_and_private(sim: Simulator, tmp_path: Path) -> None:
    path = sim.write_edgerc(tmp_path / "edgerc", account_key="1-ABC")
    sim.write_edgerc(path, section="broken", client_secret=None)
    parser = configparser.RawConfigParser()
    parser.read(path)
    assert dict(parser["default"]) == {**sim.credentials, "account_key": "1-ABC"}
    assert "client_secret" not in parser["broken"]
    assert parser["default"]["host"] == sim.url
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_requests_are_remembered_in_full(sim: Simulator, msl: MslClient) -> None:
    started = time.time()
    msl.send("POST", "/origins", ORIGIN, accountSwitchKey="1-ABC")
    msl.send("GET", "/origins", cpcode=5)
    first, second = sim.requests
    assert (first.service, first.method, first.path, first.status) == ("msl", "POST", "/origins", 202)
    assert (first.body, first.account, first.query) == (ORIGIN, "1-ABC", {"accountSwitchKey": "1-ABC"})
    assert first.headers["authorization"].startswith("EG1-HMAC-SHA256")
    assert started <= first.at <= time.time()
    assert (second.query, second.body, second.account) == ({"cpcode": "5"}, None, None)
    assert sim.writes == [first]
    sim.clear_requests()
    assert sim.requests == []


def test_a_log_in_is_no_write(sim: Simulator, events: EventClient) -> None:
    events.send("POST", "/auth-token/", {"mail_address": "x", "password": "y"})
    assert len(sim.token_requests) == 1
    assert sim.writes == []


def test_frozen_refuses_writes_and_key_generations(sim: Simulator, msl: MslClient, events: EventClient) -> None:
    with sim.frozen():
        assert msl.send("GET", "/origins").status_code == 200
        assert msl.send("POST", "/origins", ORIGIN).status_code == 500
        assert msl.send("GET", "/generate-key").status_code == 500
        assert events.send("POST", "/live_events", {}).status_code == 500
    assert [(one.method, one.path) for one in sim.violations] == [
        ("POST", "/origins"),
        ("GET", "/generate-key"),
        ("POST", "/live_events"),
    ]
    assert sim.msl.origins == {}
    assert msl.send("POST", "/origins", ORIGIN).status_code == 202
    sim.clear_requests()
    assert len(sim.violations) == 3


def test_reset_forgets_everything_but_settings(sim: Simulator, msl: MslClient, events: EventClient) -> None:
    msl.create("origins", ORIGIN)
    events.create()
    sim.smartstream.add_profile({"name": "extra"})
    sim.msl.cdns.clear()
    sim.faults.add("html")
    sim.settings.latency = 0.01
    with sim.frozen():
        msl.send("GET", "/generate-key")
    sim.reset()
    assert (sim.msl.origins, sim.smartstream.live_events, sim.requests, sim.violations) == ({}, {}, [], [])
    assert len(sim.smartstream.profiles) == 3
    assert msl.get("/cdns")
    assert sim.settings.latency == 0.01


def test_settings_refuse_what_they_do_not_know() -> None:
    settings = Settings()
    settings.update({"latency": 1, "provisioning": {"reads": 3}, "smartstream": {"start": {"seconds": 2}}})
    assert (settings.latency, settings.provisioning.reads, settings.smartstream.start.seconds) == (1, 3, 2)
    with pytest.raises(ValueError, match=r"no setting msl\.colour"):
        settings.update({"latency": 9, "msl": {"colour": 1}})
    with pytest.raises(TypeError, match="msl: not an object"):
        settings.update({"msl": 1})
    assert settings.latency == 1


def test_a_taken_port_is_reported(sim: Simulator) -> None:
    port = int(sim.url.rsplit(":", 1)[1])
    with pytest.raises(OSError, match="address"), Simulator(port=port):
        pass


def test_many_streams_and_parallel_connections(sim: Simulator) -> None:
    for number in range(2000):
        sim.msl.add_stream({"name": f"stream-{number}"})
    ids = list(sim.msl.streams)[:40]

    def read(numbers: list[int]) -> list[str]:
        client = MslClient(sim)
        return [client.get(f"/streams/{number}")["name"] for number in numbers]

    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(read, [ids] * 8))
    assert names == [[f"stream-{number}" for number in range(40)]] * 8
    assert MslClient(sim).get("/streams")["totalSize"] == 2000
    assert len(sim.requests) == 321


def test_a_connection_is_kept(sim: Simulator) -> None:
    connection = http.client.HTTPConnection(sim.url.removeprefix("http://"), timeout=10)
    connection.connect()
    socket = connection.sock
    for _time in range(3):
        connection.request("GET", "/v1/merchants/x/live_events")
        assert connection.getresponse().read()
        assert connection.sock is socket
    connection.close()


def test_two_simulators_do_not_know_each_other(sim: Simulator, msl: MslClient) -> None:
    with Simulator() as other:
        assert other.url != sim.url
        path = "/config-media-live/v2/msl-origin/cdns"
        assert msl.session.get(f"{other.url}{path}", timeout=10).status_code == 401
    with pytest.raises(requests.ConnectionError):
        requests.get(other.url, timeout=1)
