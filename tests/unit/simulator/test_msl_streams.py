# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import MslClient


@pytest.fixture
def origin(sim: Simulator) -> int:
    return sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001, "backupEncoderZone": "AUSTRALIA"})


def wanted(**changes: Any) -> dict[str, Any]:
    """A POST body that is accepted, with changes; None leaves a member out."""
    body = {
        "name": "demo",
        "format": "HLS",
        "cpcode": 400001,
        "encoderZone": "EUROPE",
        "origin": {"hostName": "demohost"},
        **changes,
    }
    return {name: value for name, value in body.items() if value is not None}


def put_body(detail: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A PUT body with what the service wants at least, and changes; None leaves a member out."""
    body = {name: detail[name] for name in ("name", "format", "cpcode", "encoderZone", "origin")} | changes
    return {name: value for name, value in body.items() if value is not None}


EVENTS = [{"event": "final", "age": 3}]


@pytest.mark.parametrize(
    ("members", "accepted"),
    [
        # The ten rows of the vendor's table, in its order.
        ({}, True),
        ({"dvrWindow": 10}, True),
        ({"dvrWindow": -1}, True),
        ({"dvrWindow": -1, "events": EVENTS}, True),
        ({"dvrWindow": -1, "streamLevelPurgeDays": 5}, True),
        ({"activeArchiveDurationInDays": 7}, True),
        ({"dvrWindow": 10, "events": EVENTS}, False),
        ({"dvrWindow": 10, "streamLevelPurgeDays": 5}, False),
        ({"dvrWindow": -1, "streamLevelPurgeDays": 5, "events": EVENTS}, False),
        ({"activeArchiveDurationInDays": 7, "events": EVENTS}, False),
        ({"dvrWindow": -1, "activeArchiveDurationInDays": 7, "events": EVENTS}, False),
        ({"dvrWindow": 10, "activeArchiveDurationInDays": 7, "events": EVENTS}, False),
        ({"streamLevelPurgeDays": 5, "activeArchiveDurationInDays": 7}, False),
        # Not in the table.
        ({"streamLevelPurgeDays": 5}, False),
        ({"events": EVENTS}, False),
        ({"dvrWindow": -1, "activeArchiveDurationInDays": 7}, False),
        ({"dvrWindow": 10, "activeArchiveDurationInDays": 7}, False),
        ({"dvrWindow": 10, "events": []}, True),
    ],
)
def test_archive_combinations(msl: MslClient, origin: int, members: dict[str, Any], accepted: bool) -> None:
    if accepted:
        assert msl.create("streams", wanted(**members))
    else:
        assert "do not go together" in msl.refused("POST", "/streams", wanted(**members))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"name": "n" * 91}, "1 to 90"),
        ({"name": "with space"}, "alphanumeric"),
        ({"name": ""}, "1 to 90"),
        ({"allowedIps": [f"192.0.2.{number}" for number in range(51)]}, "No more than 50"),
        ({"allowedIps": ["192.0.2.0/24"]}, "Invalid IP address 192.0.2.0/24"),
        ({"dvrWindow": 4}, "between 5 and 30"),
        ({"dvrWindow": 31}, "between 5 and 30"),
        ({"dvrWindow": 0}, "between 5 and 30"),
        ({"cpcode": 1}, "Invalid CPCode"),
        ({"contractId": "Z-1"}, "Invalid contract"),
        ({"contractId": "X-0N7RAX7"}, "Invalid contract"),
        ({"groupId": 1}, "Invalid group"),
        ({"encoderZone": "Europe"}, "Invalid encoderZone Europe"),
        ({"encoderZone": "US_EAST"}, "encoderZone must match"),
        ({"backupEncoderZone": "JAPAN"}, "backupEncoderZone must match"),
        ({"activeArchiveDurationInDays": 32}, "between 1 and 31"),
        ({"activeArchiveDurationInDays": 0}, "between 1 and 31"),
        ({"activeArchiveDurationInDays": 5, "format": "HDS"}, "HLS and DASH"),
        ({"activeArchiveDurationInDays": 5, "format": "CMAF"}, "HLS and DASH"),
        ({"vodOrigin": {"cpcode": 600001}}, "vodOrigin needs activeArchive"),
        ({"activeArchiveDurationInDays": 5, "vodOrigin": {"cpcode": 600002}}, "vodOrigin.name is required"),
        ({"dvrWindow": -1, "events": [{"event": "a", "age": 0}]}, "at least one day"),
        ({"dvrWindow": -1, "streamLevelPurgeDays": 0}, "must be positive"),
        ({"storageGroup": {"cpcode": 400001}}, "storageGroup: Invalid CPCode"),
        ({"storageGroup": {"isNew": True}}, "storageGroup.name is required"),
        ({"ingestAccelerated": True}, "password is required"),
        ({"streamAuth": {"username": "u", "algorithm": "MD5"}}, "streamAuth needs password"),
        ({"origin": {"hostName": "demohost", "cpcode": 400002}}, "not the origin's CP code"),
        ({"origin": {"hostName": "a-name-of-17-long", "cpcode": 400002}}, "Lengthy Origin Identifier"),
        ({"origin": {"hostName": "001-dn001-demohost.akamaiorigin.net"}}, "Lengthy Origin Identifier"),
        ({"origin": {"hostName": "newhost"}}, "Invalid CPCode"),
        ({"origin": {"hostName": "newhost", "cpcode": 400001}}, "Invalid CPCode"),
        ({"origin": {"hostName": "new_host", "cpcode": 400002}}, "Invalid Origin Identifier"),
    ],
)
def test_refused_values(msl: MslClient, origin: int, members: dict[str, Any], words: str) -> None:
    assert words in msl.refused("POST", "/streams", wanted(**members))
    assert msl.get("/streams")["totalSize"] == 0


def test_all_mistakes_are_named_at_once(msl: MslClient, origin: int) -> None:
    details = msl.refused("POST", "/streams", wanted(name="a b", cpcode=1, dvrWindow=99))
    assert details.count(";") >= 3


def test_limits_themselves_are_accepted(msl: MslClient, origin: int) -> None:
    addresses = [f"192.0.2.{number}" for number in range(49)] + ["2001:db8::1"]
    assert msl.create("streams", wanted(name="n" * 90, allowedIps=addresses, dvrWindow=30))


def test_list_and_detail_name_the_same_things_differently(msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted(dvrWindow=10, backupEncoderZone="AUSTRALIA", allowedIps=["192.0.2.1"]))
    [listed] = msl.get("/streams")["streams"]
    detail = msl.get(f"/streams/{number}")
    assert (listed["dvrWindowInMin"], detail["dvrWindow"]) == (10, 10)
    assert listed["originHostName"] == detail["origin"]["hostName"] == "001-dn001-demohost.akamaiorigin.net"
    assert detail["backupOrigin"] == {"hostName": "010-dn001-demohost.akamaiorigin.net"}
    assert listed["primaryStorageCpcode"] == detail["storageGroup"]["cpcode"]
    assert listed["backupStorageCpcode"] is None
    assert listed["streamAuth"] is False
    assert "streamAuth" not in detail
    for name in (
        "contractId",
        "allowedIps",
        "events",
        "primaryPublishingUrl",
        "backupEncoderZone",
        "dvrWindow",
        "origin",
    ):
        assert name not in listed
        assert name in detail
    assert detail["primaryPublishingUrl"] == f"p-ep{number}.i.akamaientrypoint.net"
    assert detail["backupPublishingUrl"] == f"b-ep{number}.i.akamaientrypoint.net"


@pytest.mark.parametrize(("kind", "prefix"), [("HLS", ""), ("HDS", "/hds"), ("DASH", "/dash"), ("CMAF", "/cmaf")])
def test_publishing_urls_in_full(sim: Simulator, msl: MslClient, origin: int, kind: str, prefix: str) -> None:
    sim.settings.msl.publishing_urls = "url"
    number = msl.create("streams", wanted(format=kind, backupEncoderZone="AUSTRALIA"))
    detail = msl.get(f"/streams/{number}")
    assert detail["primaryPublishingUrl"] == f"http://p-ep{number}.i.akamaientrypoint.net{prefix}/{number}"
    assert detail["backupPublishingUrl"] == f"http://b-ep{number}.i.akamaientrypoint.net{prefix}/{number}-b"


def test_passwords_are_kept_but_never_shown(sim: Simulator, msl: MslClient, origin: int) -> None:
    auth = {"username": "encoder", "password": "digest-secret", "algorithm": "SHA512_256"}
    number = msl.create("streams", wanted(ingestAccelerated=True, password="ingest-secret", streamAuth=auth))
    shown = msl.send("GET", f"/streams/{number}").text + msl.send("GET", "/streams").text
    assert "secret" not in shown
    assert msl.get(f"/streams/{number}")["streamAuth"] == {"username": "encoder", "algorithm": "SHA512_256"}
    assert msl.get("/streams")["streams"][0]["streamAuth"] is True
    secrets = sim.msl.stream_secrets[number]
    assert secrets.password == "ingest-secret"
    assert secrets.current
    assert secrets.current.password == "digest-secret"


def test_stream_with_unknown_origin_makes_it(msl: MslClient) -> None:
    number = msl.create("streams", wanted(origin={"hostName": "newhost", "cpcode": 400003}, encoderZone="JAPAN"))
    [origin] = msl.get("/origins")
    assert (origin["hostNameIdentifier"], origin["cpcode"], origin["location"]) == ("newhost", 400003, "JAPAN")
    assert msl.get(f"/streams/{number}")["origin"]["hostName"] == origin["hostName"]


def test_new_storage_group_and_vod_origin(msl: MslClient, origin: int) -> None:
    group = {"name": "archive", "isNew": True}
    first = msl.create("streams", wanted(dvrWindow=-1, storageGroup=group))
    cpcode = msl.get(f"/streams/{first}")["storageGroup"]["cpcode"]
    assert cpcode in [one["id"] for one in msl.get("/cpcodes", type="STORAGE")]
    second = msl.create(
        "streams", wanted(activeArchiveDurationInDays=2, vodOrigin={"cpcode": 600002, "name": "vod-new"})
    )
    detail = msl.get(f"/streams/{second}")
    assert detail["vodOrigin"] == {"cpcode": 600002, "name": "vod-new"}
    assert "dvrWindow" not in detail
    assert {"cpcode": 600002, "name": "vod-new", "streamCount": 1} in msl.get("/vod-origin")


def test_cloning_needs_a_stream_to_clone(msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted())
    assert msl.create("streams", wanted(), cloneInternalSettingsFromStreamId=number)
    assert msl.create("streams", wanted(), cloneInternalSettingsFromStreamId=-1)
    assert "to clone" in msl.refused("POST", "/streams", wanted(), cloneInternalSettingsFromStreamId=1)


def test_put_replaces_what_can_be_edited(sim: Simulator, msl: MslClient, origin: int) -> None:
    number = msl.create(
        "streams",
        wanted(dvrWindow=10, allowedIps=["192.0.2.1"], additionalEmailIds=["a@example.com"], contractId="K-0N7RAK7"),
    )
    before = msl.get(f"/streams/{number}")
    msl.put(f"/streams/{number}", put_body(before, name="renamed", allowedIps=["192.0.2.2"]))
    after = msl.get(f"/streams/{number}")
    assert (after["name"], after["allowedIps"]) == ("renamed", ["192.0.2.2"])
    # Left out, so back to the default.
    assert (after["dvrWindow"], after["additionalEmailIds"]) == (30, [])
    # Neither editable nor lost.
    assert after["contractId"] == "K-0N7RAK7"
    assert after["createdDate"] == before["createdDate"]
    assert after["modifiedDate"] > before["modifiedDate"]
    assert sim.msl.streams[number]["name"] == "renamed"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"id": 1}, "id cannot be changed"),
        ({"format": "DASH"}, "format cannot be changed"),
        ({"cpcode": 400002}, "cpcode cannot be changed"),
        ({"contractId": "K-0N7RAK7"}, "contractId cannot be changed"),
        ({"encoderZone": "JAPAN"}, "encoderZone cannot be changed"),
        ({"origin": {"hostName": "demohost"}}, "origin cannot be changed"),
        ({"events": [{"event": "other", "age": 1}]}, "events cannot be changed"),
        ({"events": None}, "events cannot be changed"),
        ({"streamLevelPurgeDays": 3}, "streamLevelPurgeDays cannot be changed"),
        ({"activeArchiveDurationInDays": 3}, "activeArchiveDurationInDays cannot be changed"),
        ({"primaryIngestLocations": {"countryName": "DE"}}, "primaryIngestLocations cannot be changed"),
        ({"name": None}, "name is required"),
        ({"origin": None}, "origin is required"),
        ({"backupEncoderZone": "AUSTRALIA"}, "backupEncoderZone is not a member"),
        ({"storageGroup": {"cpcode": 600001}}, "storageGroup is not a member"),
        ({"dvrWindow": 10}, "do not go together"),
        ({"dvrWindow": None}, "do not go together"),
        ({"dvrWindow": -2}, "between 5 and 30"),
        ({"allowedIps": ["host"]}, "Invalid IP address host"),
        ({"ingestAccelerated": True}, "password is required"),
    ],
)
def test_put_refuses_other_changes(msl: MslClient, origin: int, changes: dict[str, Any], words: str) -> None:
    number = msl.create("streams", wanted(dvrWindow=-1, events=EVENTS))
    before = msl.get(f"/streams/{number}")
    body = put_body(before, **({"dvrWindow": -1, "events": EVENTS} | changes))
    assert words in msl.refused("PUT", f"/streams/{number}", body)
    after = msl.get(f"/streams/{number}")
    assert {**after, "provisionDetail": 0} == {**before, "provisionDetail": 0}


def test_put_that_repeats_everything_is_accepted(msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted(dvrWindow=-1, events=EVENTS))
    detail = msl.get(f"/streams/{number}")
    msl.put(
        f"/streams/{number}", put_body(detail, dvrWindow=-1, events=EVENTS, id=number, contractId=detail["contractId"])
    )


def test_password_stays_when_put_leaves_it_out(sim: Simulator, msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted(ingestAccelerated=True, password="first"))
    detail = msl.get(f"/streams/{number}")
    msl.put(f"/streams/{number}", put_body(detail, ingestAccelerated=True))
    assert sim.msl.stream_secrets[number].password == "first"
    msl.put(f"/streams/{number}", put_body(detail, ingestAccelerated=True, password="second"))
    assert sim.msl.stream_secrets[number].password == "second"


def test_put_while_pending_is_a_setting(sim: Simulator, msl: MslClient, origin: int) -> None:
    sim.settings.provisioning.reads = 100
    number = msl.create("streams", wanted())
    detail = msl.get(f"/streams/{number}")
    msl.put(f"/streams/{number}", put_body(detail))
    sim.settings.msl.refuse_put_while_pending = True
    assert "being provisioned" in msl.refused("PUT", f"/streams/{number}", put_body(detail))


def test_undocumented_member_is_returned_and_taken_only_when_set(sim: Simulator, msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted())
    detail = msl.get(f"/streams/{number}")
    assert "ingestOptions" not in detail
    sim.settings.msl.return_ingest_options = True
    assert "ingestOptions" in msl.get(f"/streams/{number}")
    body = put_body(detail, ingestOptions={"ingestOverrides": [1]})
    assert "ingestOptions is not a member" in msl.refused("PUT", f"/streams/{number}", body)
    sim.settings.msl.accept_ingest_options = True
    msl.put(f"/streams/{number}", body)
    assert msl.get(f"/streams/{number}")["ingestOptions"] == {"ingestOverrides": [1]}


def test_members_added_by_another_hand_are_shown(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_stream({"name": "theirs", "whatever": 1})
    sim.msl.streams[number]["allowedIps"] = ["192.0.2.9"]
    detail = msl.get(f"/streams/{number}")
    assert (detail["whatever"], detail["allowedIps"]) == (1, ["192.0.2.9"])


def test_unknown_stream_is_a_400(msl: MslClient) -> None:
    for method in ("GET", "DELETE"):
        assert msl.refused(method, "/streams/1") == "Requested Stream does not exist"


def test_delete_is_200_once(msl: MslClient, origin: int) -> None:
    number = msl.create("streams", wanted())
    response = msl.send("DELETE", f"/streams/{number}", purgeContent="false")
    assert (response.status_code, response.content) == (200, b"")
    assert msl.refused("DELETE", f"/streams/{number}") == "Requested Stream does not exist"


def test_pages_and_order(sim: Simulator, msl: MslClient) -> None:
    for number in range(7):
        sim.msl.add_stream({"name": f"s{number}", "dvrWindow": 30 - number})
    assert len(msl.get("/streams")["streams"]) == 7
    last = msl.get("/streams", page=3, pageSize=3, sortKey="name", sortOrder="ASC")
    assert (last["totalSize"], last["page"], last["pageSize"]) == (7, 3, 3)
    assert [stream["name"] for stream in last["streams"]] == ["s6"]
    assert msl.get("/streams", page=4, pageSize=3)["streams"] == []
    assert msl.get("/streams", sortKey="dvrWindowInMin", sortOrder="ASC")["streams"][0]["name"] == "s6"
    assert msl.get("/streams")["streams"][0]["name"] == "s6"  # modified last
    assert msl.get("/streams", sortKey="status")["streams"]
    sim.settings.page_maximum = 2
    assert len(msl.get("/streams")["streams"]) == 2


@pytest.mark.parametrize(
    ("form", "pattern"),
    [
        ("relative", "/streams/{}"),
        ("prefixed", "/api/v2/streams/{}"),
        ("absolute", "{url}/config-media-live/v2/msl-origin/streams/{}"),
        ("slash", "/streams/{}/"),
        ("missing", None),
    ],
)
def test_location_forms(sim: Simulator, msl: MslClient, origin: int, form: str, pattern: str | None) -> None:
    sim.settings.msl.location_form = form
    response = msl.send("POST", "/streams", wanted())
    [number] = sim.msl.streams
    assert response.headers.get("Location") == (pattern and pattern.format(number, url=sim.url))
    assert response.content == b""
