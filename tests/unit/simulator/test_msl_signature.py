# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import base64
import hashlib
import hmac
import uuid
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
import requests
from akamai.edgegrid import EdgeGridAuth

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import BASE, MslClient


def authorization(sim: Simulator, target: str = f"{BASE}/cdns", **changes: Any) -> str:
    """A header made by hand for a GET, with any part of it replaced."""
    parts = {
        "client_token": sim.credentials["client_token"],
        "access_token": sim.credentials["access_token"],
        "timestamp": datetime.now(timezone.utc).strftime("%Y%m%dT%H:%M:%S+0000"),
        "nonce": str(uuid.uuid4()),
        **changes,
    }
    unsigned = "EG1-HMAC-SHA256 " + "".join(f"{name}={value};" for name, value in parts.items() if name != "signature")
    host = sim.url.removeprefix("http://")
    secret = sim.credentials["client_secret"].encode()
    key = base64.b64encode(hmac.new(secret, parts["timestamp"].encode(), hashlib.sha256).digest())
    text = "\t".join(["GET", "http", host, target, "", "", unsigned])
    signature = base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()
    return f"{unsigned}signature={changes.get('signature', signature)}"


def answer(sim: Simulator, header: str | None) -> tuple[int, str]:
    headers = {"Authorization": header} if header is not None else {}
    response = requests.get(f"{sim.url}{BASE}/cdns", headers=headers, timeout=10)
    body = response.json()
    return response.status_code, body["detail"] if isinstance(body, dict) else "ok"


def test_right_signature_passes(sim: Simulator) -> None:
    assert answer(sim, authorization(sim)) == (200, "ok")


def test_the_vendors_library_is_understood_with_and_without_a_body(sim: Simulator, msl: MslClient) -> None:
    assert msl.send("GET", "/cpcodes", type="INGEST", unused="true").status_code == 200
    assert msl.send("POST", "/cpcodes", {"contractId": "C-0N7RAC7", "name": "ü"}).status_code == 202
    assert msl.send("PUT", "/origins/1", {}).status_code == 400  # unknown origin, but well signed


@pytest.mark.parametrize(
    ("changes", "status", "detail"),
    [
        ({"signature": "AAAA"}, 401, "The signature does not match"),
        ({"client_token": "akab-other"}, 401, "Invalid client token or access token"),
        ({"access_token": "akab-other"}, 401, "Invalid client token or access token"),
        ({"timestamp": "2026-01-01T00:00:00Z"}, 400, "Invalid timestamp"),
        ({"nonce": ""}, 400, "Invalid nonce"),
        ({"target": f"{BASE}/streams"}, 401, "The signature does not match"),
    ],
)
def test_wrong_parts_are_refused(sim: Simulator, changes: dict[str, str], status: int, detail: str) -> None:
    assert answer(sim, authorization(sim, **changes)) == (status, detail)


@pytest.mark.parametrize("header", [None, "", "Basic abc", "EG1-HMAC-SHA256 client_token=a;"])
def test_missing_or_malformed_header_is_refused(sim: Simulator, header: str | None) -> None:
    assert answer(sim, header) == (401, "The Authorization header is missing or malformed")


@pytest.mark.parametrize(("seconds", "status"), [(-33, 400), (-20, 200), (20, 200), (33, 400)])
def test_clock_window(sim: Simulator, seconds: int, status: int) -> None:
    signed_at = datetime.now(timezone.utc) + timedelta(seconds=seconds)
    assert answer(sim, authorization(sim, timestamp=signed_at.strftime("%Y%m%dT%H:%M:%S+0000")))[0] == status


def test_clock_offset_shows_in_the_date_header(sim: Simulator) -> None:
    sim.settings.clock_offset = 120
    response = requests.get(f"{sim.url}{BASE}/cdns", headers={"Authorization": authorization(sim)}, timeout=10)
    assert response.json()["detail"] == "Invalid timestamp"
    ahead = parsedate_to_datetime(response.headers["Date"]) - datetime.now(timezone.utc)
    assert 110 < ahead.total_seconds() < 125


def test_repeated_nonce_is_refused(sim: Simulator) -> None:
    header = authorization(sim)
    assert answer(sim, header)[0] == 200
    assert answer(sim, header) == (400, "Invalid nonce")


def test_gateway_answers_with_its_problem_document(sim: Simulator) -> None:
    response = requests.get(f"{sim.url}{BASE}/cdns", timeout=10)
    problem = response.json()
    assert response.headers["Content-Type"] == "application/problem+json"
    assert problem["type"] == "https://problems.luna.akamaiapis.net/-/pep-authn/deny"
    assert problem["instance"] == f"{sim.url}{BASE}/cdns"
    assert {"title", "status", "method", "serverIp", "clientIp", "requestId", "requestTime"} <= set(problem)


def test_body_of_a_post_is_signed_up_to_its_limit(sim: Simulator) -> None:
    auth = EdgeGridAuth(**{name: value for name, value in sim.credentials.items() if name != "host"})
    request = requests.Request("POST", f"{sim.url}{BASE}/cpcodes", json={"contractId": "C-0N7RAC7", "name": "x"})
    prepared = request.prepare()
    auth(prepared)
    prepared.body = b'{"contractId": "C-0N7RAC7", "name": "y"}'
    response = requests.Session().send(prepared, timeout=10)
    assert (response.status_code, response.json()["detail"]) == (401, "The signature does not match")
