# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import EventClient

MEMBERS = {
    "merchant_id",
    "id",
    "ref_id",
    "name",
    "description",
    "enable_ad_insertion_flag",
    "live_event_profile_id",
    "input_sources",
    "media_id",
    "encode_status",
    "enable_live_to_file_flag",
    "live_encode_start_at",
    "live_encode_end_at",
    "created_at",
    "updated_at",
    "preview",
}


def test_a_new_event_has_the_documented_members(events: EventClient) -> None:
    event = events.get(f"/live_events/{events.create(name='夏のショー')}")
    assert set(event) == MEMBERS
    assert (event["name"], event["encode_status"], event["ref_id"]) == ("夏のショー", "encode_status_pending", None)
    assert len(event["id"]) == 32
    assert event["created_at"].endswith("+09:00")
    assert list(event["preview"]) == ["src"]


@pytest.mark.parametrize("source_type", ["rtmp", "rtp", "udp"])
def test_source_type_shows_in_the_ingest_address_only(sim: Simulator, events: EventClient, source_type: str) -> None:
    number = events.create(source_type=source_type)
    event = events.get(f"/live_events/{number}")
    assert event["input_sources"][0].startswith(f"{source_type}://")
    assert "source_type" not in event
    sim.settings.smartstream.input_sources = "object"
    assert events.get(f"/live_events/{number}")["input_sources"] == [{"url": event["input_sources"][0]}]


def test_dates_come_back_in_japanese_time(events: EventClient) -> None:
    number = events.create(live_encode_start_at="2030-01-01T00:00:00Z", live_encode_end_at="2030-01-01T12:00:00+09:00")
    event = events.get(f"/live_events/{number}")
    assert event["live_encode_start_at"] == "2030-01-01T09:00:00.000+09:00"
    assert event["live_encode_end_at"] == "2030-01-01T12:00:00.000+09:00"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": None}, (400, "BAD_REQUEST")),
        ({"name": ""}, (400, "BAD_REQUEST")),
        ({"name": 5}, (400, "BAD_REQUEST")),
        ({"live_event_profile_id": None}, (400, "BAD_REQUEST")),
        ({"live_event_profile_id": "nothing"}, (404, "LIVE_EVENT_PROFILE_NOT_FOUND")),
        ({"source_type": "srt"}, (400, "BAD_REQUEST")),
        ({"enable_ad_insertion_flag": "true"}, (400, "BAD_REQUEST")),
        ({"enable_live_to_file_flag": None}, (400, "BAD_REQUEST")),
        ({"live_encode_start_at": "2030-01-01T00:00:00"}, (400, "BAD_REQUEST")),
        ({"live_encode_start_at": "2030-01-01"}, (400, "BAD_REQUEST")),
        ({"ref_id": ""}, (400, "BAD_REQUEST")),
        ({"media_id": "x"}, (400, "BAD_REQUEST")),
        ({"ref_id": "taken"}, (400, "FAILED_TO_SAVE")),
        (
            {"live_encode_start_at": "2030-01-01T00:00:00Z", "live_encode_end_at": "2030-01-01T09:00:00+09:00"},
            (400, "FAILED_TO_SAVE"),
        ),
    ],
)
def test_refused_creates(sim: Simulator, events: EventClient, changes: dict[str, Any], code: tuple[int, str]) -> None:
    sim.smartstream.add_live_event({"ref_id": "taken"})
    body = {"name": "Show", "live_event_profile_id": next(iter(sim.smartstream.profiles)), **changes}
    assert events.code("POST", "/live_events", body) == code
    assert len(sim.smartstream.live_events) == 1


def test_two_events_with_one_ref_id_are_a_setting(sim: Simulator, events: EventClient) -> None:
    sim.settings.smartstream.unique_ref_ids = False
    assert events.create(ref_id="twice") != events.create(ref_id="twice")


@pytest.mark.parametrize("ref_id", ["show-1", "a b", "ショー", "50%", "a+b&c", "ref:x"])
def test_addresses_by_ref_id(events: EventClient, ref_id: str) -> None:
    number = events.create(ref_id=ref_id)
    path = f"/live_events/ref:{quote(ref_id, safe='')}"
    assert events.get(path)["id"] == number
    assert events.send("PUT", path, {"name": "other"}).json()["name"] == "other"
    assert events.send("DELETE", path).json()["id"] == number
    assert events.code("GET", path) == (404, "LIVE_EVENT_NOT_FOUND")


def test_the_colon_of_a_ref_id_is_literal(events: EventClient) -> None:
    events.create(ref_id="show")
    assert events.code("GET", "/live_events/ref%3Ashow") == (404, "LIVE_EVENT_NOT_FOUND")


FULL: dict[str, Any] = {
    "description": "first",
    "ref_id": "show",
    "enable_ad_insertion_flag": True,
    "live_encode_start_at": "2030-01-01T09:00:00.000+09:00",
}


@pytest.mark.parametrize(
    ("mode", "changes", "expected"),
    [
        ("merge", {"name": "new"}, FULL),
        ("merge", {"live_encode_start_at": None}, FULL | {"live_encode_start_at": None}),
        ("merge", {"description": ""}, FULL | {"description": ""}),
        ("drop_nulls", {"live_encode_start_at": None, "ref_id": None}, FULL),
        ("drop_nulls", {"description": ""}, FULL | {"description": ""}),
        (
            "replace",
            {"name": "new", "ref_id": "show"},
            {"description": "", "ref_id": "show", "enable_ad_insertion_flag": False, "live_encode_start_at": None},
        ),
    ],
)
def test_three_ways_to_put(
    sim: Simulator, events: EventClient, mode: str, changes: dict[str, Any], expected: dict[str, Any]
) -> None:
    sim.settings.smartstream.put = mode
    number = events.create(**FULL)
    if mode == "replace":
        assert events.code("PUT", f"/live_events/{number}", changes) == (400, "BAD_REQUEST")
        changes = changes | {"live_event_profile_id": next(iter(sim.smartstream.profiles))}
    before = events.get(f"/live_events/{number}")
    assert events.send("PUT", f"/live_events/{number}", changes).status_code == 200
    after = events.get(f"/live_events/{number}")
    assert {name: after[name] for name in expected} == expected
    assert after["updated_at"] > before["updated_at"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source_type": "rtp"}, (400, "BAD_REQUEST")),
        ({"encode_status": "encode_status_running"}, (400, "BAD_REQUEST")),
        ({"name": None}, (400, "BAD_REQUEST")),
        ([], (400, "BAD_REQUEST")),
        ({"live_event_profile_id": "nothing"}, (404, "LIVE_EVENT_PROFILE_NOT_FOUND")),
        ({"ref_id": "taken"}, (400, "FAILED_TO_UPDATE")),
        ({"live_encode_end_at": "2029-01-01T00:00:00Z"}, (400, "FAILED_TO_UPDATE")),
    ],
)
def test_refused_updates(sim: Simulator, events: EventClient, changes: Any, code: tuple[int, str]) -> None:
    sim.smartstream.add_live_event({"ref_id": "taken"})
    number = events.create(**FULL)
    before = events.get(f"/live_events/{number}")
    assert events.code("PUT", f"/live_events/{number}", changes) == code
    assert events.get(f"/live_events/{number}") == before


def test_updates_of_a_running_event_are_a_setting(sim: Simulator, events: EventClient) -> None:
    number = sim.smartstream.add_live_event({"name": "on air", "encode_status": "encode_status_running"})
    assert events.send("PUT", f"/live_events/{number}", {"ref_id": "x"}).status_code == 200
    sim.settings.smartstream.refuse_put_while_running = True
    assert events.code("PUT", f"/live_events/{number}", {"ref_id": "y"}) == (400, "FAILED_TO_UPDATE")
    assert events.send("PUT", f"/live_events/{number}", {"name": "y", "ref_id": "x"}).status_code == 200


def test_a_body_must_be_json_and_say_so(events: EventClient) -> None:
    url = f"{events.base}/live_events"
    assert events.session.post(url, data=b"{}", timeout=10).json()["code"] == "BAD_REQUEST"
    headers = {"Content-Type": "application/json"}
    assert events.session.post(url, data=b"{", headers=headers, timeout=10).json()["code"] == "BAD_REQUEST"


def test_pages(sim: Simulator, events: EventClient) -> None:
    for number in range(7):
        sim.smartstream.add_live_event({"name": f"s{6 - number}"})

    def names(**query: Any) -> list[str]:
        return [event["name"] for event in events.get("/live_events", **query)["live_events"]]

    assert names() == [f"s{6 - number}" for number in range(7)]
    assert names(sort="name", order="ASC", limit=3, page=1) == ["s0", "s1", "s2"]
    assert names(sort="name", order="DESC", limit=3, page=3) == ["s0"]
    assert names(limit=3, page=4) == []
    sim.settings.smartstream.page_maximum = 2
    assert len(names(limit=30)) == 2
    assert events.get("/live_events", limit=30)["count"] == 7
    sim.settings.smartstream.count = "page"
    assert events.get("/live_events", limit=30)["count"] == 2


@pytest.mark.parametrize(
    "query",
    [
        {"limit": "0"},
        {"limit": "x"},
        {"page": "0"},
        {"order": "asc"},
        {"sort": "colour"},
        {"name": "x"},
        {"page": [1, 2]},
    ],
)
def test_refused_lists(events: EventClient, query: dict[str, Any]) -> None:
    events.create()
    assert events.code("GET", "/live_events", **query) == (400, "BAD_REQUEST")


def test_profiles(sim: Simulator, events: EventClient) -> None:
    listed = events.get("/live_event_profiles", limit=30, page=1, sort="updated_at", order="ASC")
    assert set(listed) == {"count", "profiles"}
    assert [profile["name"] for profile in listed["profiles"]] == ["HD 1080p", "標準 720p", "Audio"]
    first = listed["profiles"][0]
    single = events.get(f"/live_event_profiles/{first['id']}")
    assert set(first) - set(single) == {"description"}
    assert events.get("/live_event_profiles/ref:hd") == single
    assert events.code("GET", "/live_event_profiles/ref:none") == (404, "LIVE_EVENT_PROFILE_NOT_FOUND")
