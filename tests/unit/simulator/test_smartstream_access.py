# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
import requests

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.clock import parse_date_time
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient


def log_in(events: EventClient, **changes: Any) -> requests.Response:
    merchant = events.merchant
    body = {"mail_address": merchant.mail_address, "password": merchant.password, **changes}
    return requests.post(f"{events.base}/auth-token/", json=body, timeout=10)


@pytest.mark.parametrize("member", ["expiration", "expired_at"])
def test_log_in_gives_a_token_that_works(sim: Simulator, events: EventClient, member: str) -> None:
    sim.settings.smartstream.expiration_member = member
    answer = log_in(events)
    assert answer.status_code == 200
    assert set(answer.json()) == {"token", member}
    end = parse_date_time(answer.json()[member])
    assert end
    assert 3590 < (end - sim.smartstream.clock.now()).total_seconds() < 3601
    assert answer.json()[member].endswith("Z")
    headers = {"Authorization": f"Bearer {answer.json()['token']}"}
    assert requests.get(f"{events.base}/live_events", headers=headers, timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"password": "wrong"}, (401, "UNAUTHORIZED")),
        ({"mail_address": "wrong"}, (401, "UNAUTHORIZED")),
        ({"remember": True}, (400, "BAD_REQUEST")),
    ],
)
def test_wrong_log_ins(events: EventClient, changes: dict[str, Any], code: tuple[int, str]) -> None:
    answer = log_in(events, **changes)
    assert (answer.status_code, answer.json()["code"]) == code


def test_the_trailing_slash_belongs_to_the_address(events: EventClient) -> None:
    assert requests.post(f"{events.base}/auth-token", json={}, timeout=10).status_code == 404
    assert requests.get(f"{events.base}/auth-token/", timeout=10).status_code == 405


@pytest.mark.parametrize("header", [None, "Bearer", "Bearer unknown", "Basic abc"])
def test_requests_need_a_token(events: EventClient, header: str | None) -> None:
    headers = {} if header is None else {"Authorization": header}
    answer = requests.get(f"{events.base}/live_events", headers=headers, timeout=10)
    assert (answer.status_code, answer.json()["code"]) == (401, "UNAUTHORIZED")


def test_tokens_end(sim: Simulator, events: EventClient) -> None:
    assert events.send("GET", "/live_events").status_code == 200
    sim.settings.clock_offset = 3601
    assert events.code("GET", "/live_events") == (401, "UNAUTHORIZED")
    sim.settings.clock_offset = 0
    assert events.send("GET", "/live_events").status_code == 200
    sim.smartstream.revoke_tokens()
    assert events.code("GET", "/live_events") == (401, "UNAUTHORIZED")


def test_token_is_for_its_merchant_only(sim: Simulator, events: EventClient) -> None:
    answer = events.session.get(f"{sim.url}/v1/merchants/other/live_events", timeout=10)
    assert answer.status_code == 401
    assert sim.requests[-1].account == "other"


def test_api_key_when_it_is_required(sim: Simulator, events: EventClient) -> None:
    sim.settings.smartstream.api_key_required = True
    assert events.code("GET", "/live_events") == (401, "UNAUTHORIZED")
    events.session.headers["X-Streaks-Api-Key"] = sim.smartstream.api_key
    assert events.send("GET", "/live_events").status_code == 200


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ("top", {"code": "LIVE_EVENT_NOT_FOUND", "message": "The live event does not exist"}),
        ("error_object", {"error": {"code": "LIVE_EVENT_NOT_FOUND", "message": "The live event does not exist"}}),
        ("error_string", {"error": "LIVE_EVENT_NOT_FOUND", "message": "The live event does not exist"}),
        ("errors", {"errors": [{"code": "LIVE_EVENT_NOT_FOUND", "message": "The live event does not exist"}]}),
    ],
)
def test_shapes_of_errors(sim: Simulator, events: EventClient, shape: str, expected: Any) -> None:
    sim.settings.smartstream.language = "en"
    sim.settings.smartstream.error_shape = shape
    answer = events.send("GET", "/live_events/x")
    assert (answer.status_code, answer.json()) == (404, expected)


def test_errors_as_plain_japanese_text(sim: Simulator, events: EventClient) -> None:
    sim.settings.smartstream.error_shape = "text"
    answer = events.send("GET", "/live_events/x")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.text == "LIVE_EVENT_NOT_FOUND: 指定のライブイベントは存在しません"


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/live_events/", 404),
        ("GET", "/live_events/a/b/c", 404),
        ("POST", "/live_events/a/pause", 404),
        ("GET", "/live_events/a/start", 405),
        ("POST", "/live_event_profiles", 405),
        ("DELETE", "/live_events", 405),
    ],
)
def test_addresses_that_do_not_exist(events: EventClient, method: str, path: str, status: int) -> None:
    assert events.send(method, path).status_code == status
