# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
import requests

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient, MslClient


def control(sim: Simulator, method: str, path: str, body: Any = None) -> Any:
    answer = requests.request(method, f"{sim.url}/_simulator/{path}", json=body, timeout=10)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_requests_and_summary(sim: Simulator, msl: MslClient) -> None:
    msl.get("/origins")
    msl.send("POST", "/cpcodes", {"contractId": "C-0N7RAC7", "name": "x"})
    msl.get("/generate-key")
    listed = control(sim, "GET", "requests")
    assert [one["path"] for one in listed] == ["/origins", "/cpcodes", "/generate-key"]
    assert "Authorization" in listed[0]["headers"]
    [write] = control(sim, "GET", "requests?writes=1")
    assert (write["path"], write["body"], write["status"]) == (
        "/cpcodes",
        {"contractId": "C-0N7RAC7", "name": "x"},
        202,
    )
    summary = control(sim, "GET", "summary")
    assert (summary["requests"], summary["writes"], summary["key_generations"]) == (3, 1, 1)
    assert (summary["token_requests"], summary["violations"]) == (0, 0)
    control(sim, "DELETE", "requests")
    assert control(sim, "GET", "requests") == []


def test_faults(sim: Simulator, msl: MslClient) -> None:
    control(sim, "POST", "faults", {"kind": "status", "path": "^/cdns$", "status": 503})
    control(sim, "POST", "faults", [{"kind": "html", "times": None}])
    assert msl.send("GET", "/cdns").status_code == 503
    control(sim, "DELETE", "faults")
    assert msl.get("/cdns")


def test_settings(sim: Simulator) -> None:
    control(sim, "PATCH", "settings", {"provisioning": {"reads": 5}, "budget": {"limit": None}})
    assert (sim.settings.provisioning.reads, sim.settings.budget.limit) == (5, None)


def test_frozen_and_violations(sim: Simulator, msl: MslClient) -> None:
    control(sim, "POST", "frozen", {"on": True})
    assert msl.send("GET", "/generate-key").status_code == 500
    control(sim, "POST", "frozen", {"on": False})
    assert msl.send("GET", "/generate-key").status_code == 200
    assert [one["path"] for one in control(sim, "GET", "violations")] == ["/generate-key"]
    summary = control(sim, "GET", "summary")
    assert (summary["frozen_sections"], summary["frozen_requests"], summary["frozen_key_generations"]) == (1, 1, 1)


def test_seed_edit_and_remove(sim: Simulator, msl: MslClient, events: EventClient) -> None:
    ids = control(
        sim,
        "POST",
        "seed",
        {
            "account": "1-ABC",
            "origins": [{"hostName": "demohost"}],
            "streams": [{"name": "demo", "origin": {"hostName": "demohost"}}],
            "profiles": [{"ref_id": "uhd", "name": "UHD"}],
            "live_events": [{"ref_id": "show", "name": "Show"}],
        },
    )
    number = ids["streams"][0]
    assert msl.get(f"/streams/{number}", accountSwitchKey="1-ABC")["name"] == "demo"
    edited = control(sim, "PATCH", f"resources/streams/{number}?account=1-ABC", {"allowedIps": ["192.0.2.1"]})
    assert edited["allowedIps"] == ["192.0.2.1"]
    assert msl.get(f"/streams/{number}", accountSwitchKey="1-ABC")["allowedIps"] == ["192.0.2.1"]
    event = ids["live_events"][0]
    control(sim, "PATCH", f"resources/live_events/{event}", {"encode_status": "encode_status_running"})
    assert events.status(event) == "encode_status_running"
    assert events.get("/live_event_profiles/ref:uhd")["id"] == ids["profiles"][0]
    control(sim, "DELETE", f"resources/live_events/{event}")
    assert events.code("GET", f"/live_events/{event}")[0] == 404
    state = control(sim, "GET", "state")
    assert [stream["id"] for stream in state["accounts"]["1-ABC"]["streams"]] == [number]
    assert state["smartstream"]["live_events"] == []
    control(sim, "POST", "reset")
    assert control(sim, "GET", "state")["accounts"]["1-ABC"] == {"origins": [], "streams": []}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "faults", {"kind": "gremlin"}, 400),
        ("POST", "faults", {"sort": "html"}, 400),
        ("PATCH", "settings", {"colour": 1}, 400),
        ("PATCH", "resources/streams/1", {}, 400),
        ("PATCH", "resources/things/1", {}, 400),
        ("POST", "frozen", {}, 400),
        ("GET", "nothing", None, 404),
        ("PUT", "settings", {}, 404),
    ],
)
def test_nonsense_is_refused(sim: Simulator, method: str, path: str, body: Any, status: int) -> None:
    answer = requests.request(method, f"{sim.url}/_simulator/{path}", json=body, timeout=10)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_control_requests_are_neither_recorded_nor_counted(sim: Simulator) -> None:
    sim.faults.add("status")
    control(sim, "GET", "summary")
    assert sim.requests == []
