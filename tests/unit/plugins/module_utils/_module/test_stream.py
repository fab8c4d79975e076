# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

FULL = {
    "backup_encoder_zone": "ASIA_PACIFIC",
    "ingest_accelerated": True,
    "password": "ingest-password",
    "allowed_ips": ["192.0.2.1", "2001:DB8::0001"],
    "additional_email_ids": ["a@example.com", "b@example.com"],
    "dvr_window": -1,
    "events": [{"event": "derby", "age": 3}],
    "storage_group": {"cpcode": 600002, "name": "vault", "is_new": False},
    "backup_storage_group": {"cpcode": 600003},
    "stream_auth": {"username": "encoder", "password": "digest-password", "algorithm": "SHA512_256"},
    "is_dedicated_origin": False,
    "contract_id": "C-0N7RAC7",
    "group_id": 1234,
    "primary_ingest_locations": {"country_name": "Japan", "states": [{"name": "x", "cities": [{"name": "Tokyo"}]}]},
}


@pytest.fixture(autouse=True)
def _origin(sim: Simulator) -> None:
    """The origin that streams are made on."""
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001, "backupEncoderZone": "ASIA_PACIFIC"})


@pytest.fixture
def seeded(sim: Simulator) -> int:
    """A stream that has nothing to wait for."""
    return sim.msl.add_stream(
        {
            "name": "news",
            "cpcode": 400002,
            "allowedIps": ["192.0.2.1"],
            "additionalEmailIds": ["a@example.com"],
            "dvrWindow": 10,
        }
    )


def test_a_stream_is_created_as_check_mode_foretold_and_then_left_alone(bench: Bench) -> None:
    done = bench.converged("stream", **stream())
    assert done["actions"] == ["create"]
    assert done.writes[0].body == {
        "name": "news",
        "format": "HLS",
        "cpcode": 400002,
        "encoderZone": "EUROPE",
        "origin": {"hostName": "demohost"},
    }
    assert done["stream"]["provision_detail"]["status"] == "PENDING"
    assert done["stream"]["primary_publishing_url"].startswith("p-ep")


def test_a_stream_with_every_member_is_left_alone_afterwards(bench: Bench, sim: Simulator) -> None:
    done = bench.converged("stream", **stream(**FULL))
    (number,) = sim.msl.streams
    assert sim.msl.stream_secrets[number].password == "ingest-password"
    assert sim.msl.stream_secrets[number].current.password == "digest-password"
    assert done["diff"]["after"]["password"] == "********"
    assert done["diff"]["after"]["stream_auth"] == {
        "username": "encoder", "password": "********", "algorithm": "SHA512_256",
    }  # fmt: skip
    assert done["stream"]["stream_auth"] == {"username": "encoder", "algorithm": "SHA512_256"}


def test_an_update_repeats_what_is_not_declared(bench: Bench, sim: Simulator) -> None:
    bench.converged("stream", **stream(**FULL, wait=True))
    (number,) = sim.msl.streams
    before = dict(sim.msl.streams[number])
    done = bench.converged("stream", name="news", allowed_ips=["198.51.100.1"], wait=True)
    assert done["actions"] == ["update"]
    after = sim.msl.streams[number]
    volatile = {"allowedIps", "modifiedDate", "provisionDetail"}
    assert {name: value for name, value in after.items() if name not in volatile} == {
        name: value for name, value in before.items() if name not in volatile
    }
    assert after["allowedIps"] == ["198.51.100.1"]
    assert sim.msl.stream_secrets[number].password == "ingest-password"
    assert sim.msl.stream_secrets[number].current.password == "digest-password"
    assert done["diff"]["before"]["allowed_ips"] == ["192.0.2.1", "2001:DB8::0001"]


@pytest.mark.parametrize(
    "change",
    [
        {"allowed_ips": ["192.0.2.2"]},
        {"additional_email_ids": []},
        {"allowed_ips": []},
        {"dvr_window": 20},
        {"ingest_accelerated": True, "password": "ingest-password"},
    ],
)
def test_what_the_service_can_change_is_changed(bench: Bench, seeded: int, change: dict[str, Any]) -> None:
    done = bench.converged("stream", name="news", wait=True, **change)
    assert done["actions"] == ["update"]
    assert [write.path for write in done.writes] == [f"/streams/{seeded}"]


def test_a_stream_is_renamed_by_its_id(bench: Bench, sim: Simulator, seeded: int) -> None:
    assert bench.converged("stream", id=seeded, name="sport", wait=True)["actions"] == ["update"]
    assert sim.msl.streams[seeded]["name"] == "sport"


@pytest.mark.parametrize(
    "options",
    [
        {"allowed_ips": ["192.0.2.1"]},
        {"additional_email_ids": ["a@example.com"]},
        {"dvr_window": 10},
        {"encoder_zone": "europe"},
        {"cpcode": "ingest-2"},
        {"origin": {"host_name": "001-dn001-demohost.akamaiorigin.net", "cpcode": "400001"}},
        {"password": "whatever"},
        {"group_id": 5678},
        {"events": []},
        {"update_unreadable": "always"},
    ],
)
def test_what_is_there_is_left_alone(bench: Bench, seeded: int, options: dict[str, Any]) -> None:
    assert not bench.converged("stream", name="news", **options)["changed"]


def test_order_and_spelling_of_addresses_do_not_count(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.msl.streams[seeded]["allowedIps"] = ["2001:db8::1", "192.0.2.1"]
    assert not bench.run("stream", name="news", allowed_ips=["192.0.2.1", "2001:DB8:0::1", "192.0.2.1"])["changed"]


def test_members_that_the_service_leaves_out(bench: Bench, sim: Simulator, seeded: int) -> None:
    for name in ("allowedIps", "additionalEmailIds", "ingestAccelerated", "dvrWindow", "contractId"):
        del sim.msl.streams[seeded][name]
    same = {"allowed_ips": [], "additional_email_ids": [], "ingest_accelerated": False, "contract_id": "C-0N7RAC7"}
    assert not bench.run("stream", name="news", **same)["changed"]
    assert bench.run("stream", check=True, name="news", dvr_window=30)["changed"]


def test_every_immutable_member_is_named_before_anything_is_written(bench: Bench, seeded: int) -> None:
    ran = bench.refused(
        "stream",
        name="news",
        format="DASH",
        cpcode="400003",
        encoder_zone="US_EAST",
        origin={"host_name": "otherhost"},
        storage_group={"cpcode": 600009},
        events=[{"event": "derby", "age": 3}],
        allowed_ips=["192.0.2.9"],
    )
    assert ran.kind == "immutable"
    assert ran["error"]["details"] == ["format", "cpcode", "encoder_zone", "origin", "events", "storage_group"]
    assert "format (is 'HLS', wanted 'DASH')" in ran["msg"]


def test_a_stream_is_deleted_once(bench: Bench, sim: Simulator, seeded: int) -> None:
    done = bench.converged("stream", name="news", state="absent")
    assert (done["actions"], done["stream"], sim.msl.streams) == (["delete"], {}, {})
    assert done.writes[0].query == {}


def test_content_is_purged_when_asked(bench: Bench, seeded: int) -> None:
    done = bench.converged("stream", id=seeded, state="absent", purge_content=True)
    assert done.writes[0].query == {"purgeContent": "true"}


def test_a_stream_that_somebody_else_deletes_meanwhile_is_gone_as_wanted(
    bench: Bench, sim: Simulator, seeded: int
) -> None:
    sim.faults.add("status", "DELETE", status=400, body={"detail": "Requested Stream does not exist"})
    ran = bench.run("stream", name="news", state="absent")
    assert (ran.failed, ran["actions"]) == (False, ["delete"])


def test_internal_settings_may_be_cloned(bench: Bench, seeded: int) -> None:
    done = bench.converged("stream", **stream(name="sport", clone_internal_settings_from_stream_id=seeded))
    assert done.writes[0].query == {"cloneInternalSettingsFromStreamId": str(seeded)}


@pytest.mark.parametrize("form", ["relative", "prefixed", "absolute", "slash", "missing"])
def test_the_id_is_found_whatever_the_form_of_location(bench: Bench, sim: Simulator, form: str) -> None:
    sim.settings.msl.location_form = form
    done = bench.converged("stream", **stream())
    assert list(sim.msl.streams) == [done["stream"]["id"]]


def test_two_streams_of_one_name_are_told_apart_by_their_ids(bench: Bench, sim: Simulator, seeded: int) -> None:
    other = sim.msl.add_stream({"name": "news"})
    ran = bench.refused("stream", name="news", allowed_ips=[])
    assert ran.kind == "conflict"
    assert sorted(ran["error"]["details"]) == [f"id {seeded}", f"id {other}"]
    assert "by its id" in ran["msg"]
    assert not bench.run("stream", id=other).failed


def test_the_list_is_followed_over_its_pages(bench: Bench, sim: Simulator, seeded: int) -> None:
    for number in range(7):
        sim.msl.add_stream({"name": f"other-{number}"})
    sim.settings.page_maximum = 3
    ran = bench.run("stream", name="news")
    assert (ran["changed"], ran["stream"]["id"]) == (False, seeded)
    assert ran.lines.count("GET /streams") == 3


def test_an_acceleration_without_its_password_is_refused(bench: Bench, seeded: int) -> None:
    assert "needs password" in bench.refused("stream", name="news", ingest_accelerated=True)["msg"]
    assert "needs password" in bench.refused("stream", **stream(name="sport", ingest_accelerated=True))["msg"]


def test_a_password_goes_along_with_an_update_that_happens_anyway(bench: Bench, sim: Simulator, seeded: int) -> None:
    bench.run("stream", name="news", dvr_window=20, password="ingest-password", wait=True)
    assert sim.msl.stream_secrets[seeded].password == "ingest-password"


def test_a_password_is_sent_each_time_when_asked(bench: Bench, sim: Simulator, seeded: int) -> None:
    options = {"name": "news", "password": "ingest-password", "update_unreadable": "always", "wait": True}
    foretold = bench.run("stream", check=True, **options)
    done = bench.run("stream", **options)
    assert foretold["diff"] == done["diff"]
    assert done["actions"] == ["update"]
    assert sim.msl.stream_secrets[seeded].password == "ingest-password"


def test_members_that_a_new_stream_needs_are_named(bench: Bench) -> None:
    ran = bench.refused("stream", name="news", origin={"cpcode": "400001"})
    assert "format, cpcode, encoder_zone, origin.host_name must be given" in ran["msg"]


def test_an_origin_may_be_made_together_with_its_first_stream(bench: Bench, sim: Simulator) -> None:
    bench.converged("stream", **stream(origin={"host_name": "fresh", "cpcode": "ingest-9"}))
    assert sim.writes[0].body["origin"] == {"hostName": "fresh", "cpcode": 400009}


def test_undocumented_members_of_the_service_are_returned_and_not_sent(
    bench: Bench, sim: Simulator, seeded: int
) -> None:
    sim.settings.msl.return_ingest_options = True
    done = bench.converged("stream", name="news", dvr_window=20, wait=True)
    assert done["stream"]["ingest_options"] == {"ingest_overrides": []}


@pytest.mark.parametrize(("window", "warned"), [(3, True), (10, False), (-1, False)])
def test_an_odd_window_is_warned_about(bench: Bench, seeded: int, window: int, warned: bool) -> None:
    ran = bench.run("stream", check=True, name="news", dvr_window=window)
    assert any("outside what is documented" in text for text in ran.warnings) is warned


def test_an_event_that_stands_twice_in_the_list_is_one_event(bench: Bench) -> None:
    events = [{"event": "derby", "age": 3}, {"event": "final", "age": 14}]
    done = bench.converged("stream", **stream(dvr_window=-1, events=[*events, events[0]]))
    assert done.writes[0].body["events"] == events
    again = bench.run("stream", **stream(dvr_window=-1, events=[*events[::-1], *events]))
    assert (again.failed, again["changed"]) == (False, False)


def test_an_event_that_stands_twice_does_not_hide_another_one_that_differs(bench: Bench, sim: Simulator) -> None:
    events = [{"event": "derby", "age": 3}, {"event": "final", "age": 14}]
    sim.msl.add_stream({"name": "news", "cpcode": 400002, "dvrWindow": -1, "events": events})
    ran = bench.refused("stream", **stream(dvr_window=-1, events=[events[0], events[0]]))
    assert (ran.kind, ran["error"]["details"]) == ("immutable", ["events"])


def test_check_mode_returns_the_stream_as_it_would_be(bench: Bench) -> None:
    bench.run("stream", **stream(dvr_window=10), wait=True)
    ran = bench.run("stream", check=True, name="news", dvr_window=20)
    assert (ran["stream"]["name"], ran["stream"]["dvr_window"]) == ("news", 20)


def test_a_password_that_is_sent_always_hides_no_other_change(bench: Bench) -> None:
    bench.run("stream", **stream(dvr_window=10), wait=True)
    ran = bench.run("stream", name="news", dvr_window=20, password="ingest-password", update_unreadable="always")
    assert (ran["diff"]["before"]["dvr_window"], ran["diff"]["after"]["dvr_window"]) == (10, 20)


@pytest.mark.parametrize("needs_a_password", [{"stream_auth": {"username": "u"}}, {"ingest_accelerated": True}])
def test_immutable_members_are_named_also_where_a_password_is_missing(
    bench: Bench, sim: Simulator, needs_a_password: dict[str, Any]
) -> None:
    sim.msl.add_stream({"name": "fixed", "cpcode": 400002})
    ran = bench.refused("stream", name="fixed", format="DASH", cpcode="400003", **needs_a_password)
    assert (ran.kind, ran["error"]["details"]) == ("immutable", ["format", "cpcode"])


@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_backup_zone_is_none_for_a_new_stream_as_well(bench: Bench, blank: str) -> None:
    done = bench.converged("stream", **stream(backup_encoder_zone=blank))
    assert "backupEncoderZone" not in done.writes[0].body
    assert "backup_encoder_zone" not in done["diff"]["after"]


def test_a_window_that_does_not_go_with_what_the_stream_has_is_refused_as_check_mode_says(
    bench: Bench, sim: Simulator
) -> None:
    sim.msl.add_stream({"name": "kept", "cpcode": 400002, "dvrWindow": -1, "streamLevelPurgeDays": 30})
    ran = bench.refused("stream", name="kept", dvr_window=30)
    assert ran.kind == "invalid"
    assert "the stream has stream_level_purge_days 30, which cannot be changed: leave dvr_window as it is" in ran["msg"]
    assert not bench.run("stream", name="kept", dvr_window=-1)["changed"]
