# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import socket
from pathlib import Path

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core import errors
from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock
from ansible_collections.streamops.live.tests.unit.support.servers import (
    tls_server,
    tunnel,
    unused_port,
    write_certificate,
)

STREAM = {
    "name": "news",
    "format": "HLS",
    "cpcode": 400001,
    "encoderZone": "EUROPE",
    "origin": {"hostName": "demohost", "cpcode": 400002},
}


def client(sim: Simulator, **options: object) -> MslApi:
    """A client of the simulator that does not really sleep, and waits a quarter of a second for an answer."""
    given = {**sim.credentials, "timeout": 0.25, "retries": 2, **options}
    return MslApi.from_options(given, Context(clock=SkippingClock()))


def elsewhere(host: str, environment: dict[str, str] | None = None, **options: object) -> MslApi:
    """A client of another server."""
    credentials = {"host": host, "client_token": "akab-1", "client_secret": "s3cret", "access_token": "akab-2"}
    context = Context(environment=environment or {}, clock=SkippingClock())
    return MslApi.from_options({**credentials, "timeout": 5, "retries": 1, **options}, context)


@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "truncated", "timeout_before", "timeout_after"])
def test_reads_updates_and_deletions_get_over_one_lost_connection(sim: Simulator, fault: str) -> None:
    number = sim.msl.add_stream({"name": "news", "origin": {"hostName": "demohost"}})
    api = client(sim)
    sim.faults.add(fault, "GET", seconds=0.5)
    assert api.get_stream(number)["name"] == "news"
    sim.faults.add(fault, "PUT", seconds=0.5)
    detail = {name: sim.msl.streams[number][name] for name in ("format", "cpcode", "encoderZone", "origin")}
    api.update_stream(number, {**detail, "name": "sport"})
    assert sim.msl.streams[number]["name"] == "sport"
    sim.faults.add(fault, "DELETE", seconds=0.5)
    try:
        api.delete_stream(number)
    except errors.NotFound:
        # The first try was carried out, and the service says so in its own way.
        assert fault in ("reset_after", "truncated", "timeout_after")
    assert number not in sim.msl.streams
    assert api.requests_sent == 6


@pytest.mark.parametrize("fault", ["reset_before", "reset_after", "timeout_before", "timeout_after"])
def test_a_create_whose_answer_is_lost_is_ambiguous_and_sent_once(sim: Simulator, fault: str) -> None:
    sim.faults.add(fault, "POST", seconds=0.5)
    api = client(sim)
    with pytest.raises(errors.Ambiguous) as lost:
        api.create_stream(STREAM)
    assert sim.url in lost.value.message
    assert len(sim.writes) == 1


@pytest.mark.parametrize(
    ("fault", "error", "words"),
    [
        ("reset_before", errors.Unavailable, "the connection broke"),
        ("truncated", errors.Unavailable, "the connection broke"),
        ("timeout_before", errors.TimedOut, "no answer came within the timeout"),
    ],
)
def test_a_read_gives_up_after_the_allowed_tries(sim: Simulator, fault: str, error: type, words: str) -> None:
    sim.faults.add(fault, "GET", times=None, seconds=0.5)
    with pytest.raises(error, match=f"{words}.* after 3 tries"):
        client(sim).list_cdns()
    assert len(sim.requests) == 3


def test_an_answer_that_is_too_large_is_not_read_to_its_end(sim: Simulator) -> None:
    sim.faults.add("huge", "GET", bytes=33 * 1024 * 1024)
    with pytest.raises(errors.UnexpectedResponse, match="larger than 32 MiB"):
        client(sim, timeout=10).list_cdns()


def test_a_port_that_nobody_listens_on_is_tried_again_even_by_a_create() -> None:
    api = elsewhere(f"http://127.0.0.1:{unused_port()}")
    with pytest.raises(errors.Unavailable, match="could not be opened after 2 tries"):
        api.create_stream(STREAM)
    assert api.requests_sent == 2


def test_a_name_that_is_not_known_is_a_connection_that_was_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_arguments: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(errors.Unavailable, match="could not be opened") as refused:
        elsewhere("no-such-host.invalid", retries=0).list_cdns()
    assert "host name" in refused.value.advice


def test_a_certificate_that_nobody_signed_is_refused_and_ca_path_is_named(tmp_path: Path) -> None:
    with tls_server(*write_certificate(tmp_path, "localhost")) as port:
        api = elsewhere(f"https://localhost:{port}")
        with pytest.raises(errors.Unavailable, match="certificate") as refused:
            api.list_cdns()
    assert "ca_path" in refused.value.advice
    assert api.requests_sent == 1


def test_a_certificate_of_another_host_is_refused(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, "other.example")
    with tls_server(certificate, key) as port, pytest.raises(errors.Unavailable, match="certificate"):
        elsewhere(f"https://localhost:{port}", ca_path=str(certificate)).list_cdns()


@pytest.mark.filterwarnings("ignore:Unverified HTTPS request")
@pytest.mark.parametrize("way", ["option", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "unchecked"])
def test_a_private_authority_is_accepted_where_the_task_says_so(tmp_path: Path, way: str) -> None:
    certificate, key = write_certificate(tmp_path, "localhost")
    options: dict[str, object] = {"option": {"ca_path": str(certificate)}, "unchecked": {"validate_certs": False}}.get(
        way, {}
    )
    environment = {way: str(certificate)} if way.endswith("BUNDLE") else {}
    with tls_server(certificate, key) as port:
        assert elsewhere(f"https://localhost:{port}", environment, **options).list_cdns() == []


def test_a_bundle_that_does_not_exist_is_bad_input(tmp_path: Path) -> None:
    with (
        tls_server(*write_certificate(tmp_path, "localhost")) as port,
        pytest.raises(errors.InvalidInput, match=r"nowhere\.pem"),
    ):
        elsewhere(f"https://localhost:{port}", ca_path=str(tmp_path / "nowhere.pem")).list_cdns()


def test_requests_go_through_the_proxy_of_the_environment(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, "api.example.com")
    with tls_server(certificate, key) as port, tunnel(port) as proxy:
        environment = {"HTTPS_PROXY": proxy.url, "REQUESTS_CA_BUNDLE": str(certificate)}
        assert elsewhere("api.example.com", environment).list_cdns() == []
    # Python 3.12 changed the version from 1.0 to 1.1.
    assert [asked.rpartition(" ")[0] for asked in proxy.asked] == ["CONNECT api.example.com:443"]


def test_a_proxy_that_refuses_is_a_connection_that_was_not_opened() -> None:
    with tunnel(None) as proxy:
        api = elsewhere("api.example.com", {"https_proxy": proxy.url})
        with pytest.raises(errors.Unavailable, match="could not be opened") as refused:
            api.create_stream(STREAM)
    assert "proxy" in refused.value.advice
    assert len(proxy.asked) == 2


def test_each_try_has_a_signature_that_the_service_has_not_seen(sim: Simulator) -> None:
    """The simulator refuses a nonce that it has seen and a time that is off."""
    sim.faults.add("status", "GET", times=2, status=503)
    assert client(sim).list_cdns()
    signatures = {request.headers["Authorization"] for request in sim.requests}
    assert len(signatures) == len(sim.requests) == 3
