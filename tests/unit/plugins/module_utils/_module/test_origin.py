# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.secrets import fingerprint
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import ORIGIN, origin
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

KEY = {"name": "fastly", "type": "THIRD_PARTY", "cdnCode": "dn003", "key": "the-fastly-key"}


@pytest.fixture
def seeded(sim: Simulator) -> int:
    """An origin with a key."""
    return sim.msl.add_origin(
        {"hostName": "demohost", "cpcode": 400001, "thirdPartyCdnCpcode": 700001, "sharedKeys": [dict(KEY)]}
    )


def test_an_origin_is_created_as_check_mode_foretold_and_then_left_alone(bench: Bench) -> None:
    done = bench.converged("origin", **origin(backup_encoder_zone="us_east", email_ids=["ops@example.com"]))
    assert done["actions"] == ["create"]
    (post,) = done.writes
    assert post.body == {
        "hostName": "demohost",
        "cpcode": 400001,
        "encoderZone": "EUROPE",
        "backupEncoderZone": "US_EAST",
        "thirdPartyCdnCpcode": 700001,
        "emailIds": ["ops@example.com"],
    }
    assert done["origin"]["host_name"] == "001-dn001-demohost.akamaiorigin.net"
    assert done["diff"]["before"] == {}
    assert done["diff"]["after"]["email_ids"] == ["ops@example.com"]


@pytest.mark.parametrize(
    "host_name", ["demohost", "DemoHost", "001-dn001-demohost.akamaiorigin.net", "demohost.akamaiorigin.net"]
)
def test_an_origin_is_known_by_every_form_of_its_name(bench: Bench, seeded: int, host_name: str) -> None:
    ran = bench.run("origin", host_name=host_name)
    assert (ran["changed"], ran["origin"]["id"]) == (False, seeded)


def test_the_full_name_of_a_new_origin_is_sent_short(bench: Bench) -> None:
    bench.converged("origin", **origin(host_name="001-dn001-fresh.akamaiorigin.net"))
    assert bench.sim.writes[0].body["hostName"] == "fresh"


def test_returned_members_can_be_fed_back(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.settings.msl.return_key_extras = False
    returned = bench.run("origin", id=seeded)["origin"]
    options = {name: value for name, value in returned.items() if name in ORIGIN}
    options["shared_keys"] = [
        {"name": key["name"], "type": key["type"], "cdn_code": key["cdn_code"], "enabled": key["enabled"]}
        for key in returned["shared_keys"]
    ]
    assert set(options) == {*ORIGIN, "shared_keys"}
    assert not bench.run("origin", id=seeded, **options)["changed"]


def test_every_immutable_member_is_named_before_anything_is_written(bench: Bench, seeded: int) -> None:
    ran = bench.refused(
        "origin", **origin(cpcode="400009", encoder_zone="ASIA_PACIFIC", is_dedicated_origin=True, email_ids=["a@b.c"])
    )
    assert ran.kind == "immutable"
    assert ran["error"]["details"] == ["cpcode", "encoder_zone", "is_dedicated_origin"]
    for words in ("cpcode (is 400001, wanted 400009)", "encoder_zone (is 'EUROPE', wanted 'ASIA_PACIFIC')"):
        assert words in ran["msg"]
    assert "delete and create" in ran["msg"]


def test_an_origin_is_deleted_once(bench: Bench, sim: Simulator, seeded: int) -> None:
    done = bench.converged("origin", host_name="demohost", state="absent")
    assert (done["actions"], done["origin"], sim.msl.origins) == (["delete"], {}, {})
    assert done["diff"]["before"]["shared_keys"][0]["key_fingerprint"] == fingerprint(KEY["key"])
    assert done["diff"]["after"] == {}


def test_an_origin_with_streams_is_not_deleted_and_they_are_listed(bench: Bench, sim: Simulator, seeded: int) -> None:
    for name in ("sport", "news"):
        sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}})
    sim.msl.add_stream({"name": "weather", "origin": {"hostName": "otherhost"}})
    for identity in ({"host_name": "demohost"}, {"id": seeded}):
        ran = bench.refused("origin", state="absent", **identity)
        assert ran.kind == "conflict"
        assert "2 streams use it (news, sport)" in ran["msg"]
        assert ran["error"]["details"] == ["news", "sport"]
        assert "Delete these streams first" in ran["msg"]


def test_a_stream_that_appears_meanwhile_is_the_services_refusal(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.msl.add_stream({"name": "late", "origin": {"hostName": "demohost"}})
    sim.faults.add("body", "GET", "/streams", value='{"streams": [], "totalSize": 0}')
    ran = bench.run("origin", state="absent", host_name="demohost")
    assert (ran.kind, ran["error"]["status"]) == ("conflict", 400)
    assert "active streams" in ran["msg"]


def test_properties_that_use_an_origin_are_warned_about(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.msl.origins[seeded]["amdProperties"] = [{"assetId": "1", "propertyName": "www.example.com"}]
    sim.msl.origins[seeded]["sharedKeys"][0]["amdProperties"] = [{"propertyName": "partner.example.com"}]
    ran = bench.run("origin", state="absent", id=seeded)
    assert any("partner.example.com, www.example.com" in text for text in ran.warnings)


@pytest.mark.parametrize("form", ["relative", "prefixed", "absolute", "slash", "missing"])
def test_the_id_is_found_whatever_the_form_of_location(bench: Bench, sim: Simulator, form: str) -> None:
    sim.settings.msl.location_form = form
    assert bench.converged("origin", **origin())["origin"]["id"] in sim.msl.origins


def test_addresses_that_the_service_never_shows_cause_no_update(bench: Bench, sim: Simulator, seeded: int) -> None:
    assert not bench.converged("origin", host_name="demohost", email_ids=["a@example.com"])["changed"]
    done = bench.run("origin", host_name="demohost", email_ids=["a@example.com"], update_unreadable="always")
    assert done["actions"] == ["update"]
    assert done.writes[0].body["emailIds"] == ["a@example.com"]
    assert sim.msl.origin_records[seeded].email_ids == ["a@example.com"]
    # The update replaces the whole list of keys, so it carries them along.
    assert [key["key"] for key in sim.msl.origins[seeded]["sharedKeys"]] == [KEY["key"]]


def test_the_old_name_of_the_option_is_an_alias(bench: Bench, seeded: int) -> None:
    ran = bench.run("origin", host_name="demohost", email_ids=[], update_password="always")
    assert ran.writes[0].body["emailIds"] == []


def test_an_update_of_addresses_carries_them_along_only_when_declared(bench: Bench, seeded: int) -> None:
    keys = [{"name": "fastly", "enabled": False}]
    assert "emailIds" not in bench.run("origin", host_name="demohost", shared_keys=keys).writes[0].body


def test_an_id_that_does_not_exist_is_not_created(bench: Bench) -> None:
    ran = bench.refused("origin", id=4711, **origin())
    assert ran.kind == "not_found"
    assert "origin 4711" in ran["msg"]
    assert not bench.converged("origin", id=4711, state="absent")["changed"]


def test_members_that_a_new_origin_needs_are_named(bench: Bench) -> None:
    ran = bench.refused("origin", host_name="demohost")
    assert ran.kind == "invalid"
    assert "cpcode, encoder_zone must be given" in ran["msg"]


def test_names_of_cp_codes_become_numbers(bench: Bench) -> None:
    """The list of CP codes for origins leaves out the one that the origin has by then."""
    bench.converged("origin", **origin(cpcode="ingest-3", third_party_cdn_cpcode="third-party-2"))
    assert (bench.sim.writes[0].body["cpcode"], bench.sim.writes[0].body["thirdPartyCdnCpcode"]) == (400003, 700002)


def test_a_name_that_two_cp_codes_have_is_no_name(bench: Bench, sim: Simulator) -> None:
    sim.msl.cpcodes[1]["name"] = "ingest-1"
    ran = bench.refused("origin", **origin(cpcode="ingest-1"))
    assert ran.kind == "conflict"
    assert "400001, 400002" in ran["msg"]


def test_it_waits_until_the_origin_succeeded(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 4
    ran = bench.run("origin", **origin(wait=True, wait_interval=60))
    assert ran["origin"]["status"] == "SUCCEEDED"
    assert set(ran.slept) == {60.0}
    assert ran.lines[-1] == f"GET /origins/{ran['origin']['id']}"
    assert not bench.run("origin", **origin(wait=True))["changed"]


def test_it_fails_when_the_service_says_failed(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.fail = True
    ran = bench.run("origin", **origin(wait=True))
    assert (ran.kind, ran["actions"]) == ("provisioning_failed", ["create"])
    assert "Cannot wait for origin 'demohost': the service reports FAILED" in ran["msg"]


def test_it_gives_up_waiting_after_the_timeout(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 1000
    ran = bench.run("origin", **origin(wait=True, wait_timeout=300))
    assert (ran.kind, ran["actions"], sum(ran.slept)) == ("timeout", ["create"], 300)
    assert "still PENDING after 300 s" in ran["msg"]


def test_a_deletion_is_waited_for_until_the_service_shows_the_origin_no_more(
    bench: Bench, sim: Simulator, seeded: int
) -> None:
    sim.settings.lagging_reads = 3
    ran = bench.run("origin", host_name="demohost", state="absent", wait=True, wait_interval=5)
    assert (ran.failed, ran["origin"]) == (False, {})
    assert ran.lines.count(f"GET /origins/{seeded}") > 2


def test_a_deletion_that_takes_too_long_is_a_warning(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.settings.lagging_reads = 1000
    ran = bench.run("origin", host_name="demohost", state="absent", wait=True, wait_timeout=100)
    assert (ran.failed, ran["actions"]) == (False, ["delete"])
    assert any("still shows it" in text for text in ran.warnings)


def test_a_service_that_shows_a_new_origin_late_is_asked_again(bench: Bench, sim: Simulator) -> None:
    sim.settings.lagging_reads = 2
    ran = bench.run("origin", **origin())
    assert ran["origin"]["id"] in sim.msl.origins
    assert not ran.warnings


def test_one_that_never_shows_it_is_a_warning(bench: Bench, sim: Simulator) -> None:
    sim.settings.lagging_reads = 1000
    ran = bench.run("origin", **origin())
    assert (ran.failed, ran["actions"]) == (False, ["create"])
    assert any("does not show it yet" in text for text in ran.warnings)


def test_the_account_switch_key_goes_with_every_request(bench: Bench, sim: Simulator) -> None:
    bench.converged("origin", **origin(account_switch_key="1-5C0YLB:1-8BYUX"))
    assert {request.query["accountSwitchKey"] for request in sim.requests} == {"1-5C0YLB:1-8BYUX"}
    assert len(sim.account("1-5C0YLB:1-8BYUX").origins) == 1
    assert not sim.msl.origins


def test_a_status_that_is_missing_or_unknown(bench: Bench, sim: Simulator, seeded: int) -> None:
    sim.msl.origins[seeded]["status"] = None
    assert not bench.run("origin", id=seeded, wait=True).failed
    sim.msl.origins[seeded]["status"] = "REFURBISHING"
    assert "REFURBISHING" in bench.run("origin", id=seeded, wait=True, wait_timeout=60)["msg"]


@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_backup_zone_is_none_for_a_new_origin_as_well(bench: Bench, blank: str) -> None:
    done = bench.converged("origin", **origin(backup_encoder_zone=blank))
    assert "backupEncoderZone" not in done.writes[0].body
    assert "backup_encoder_zone" not in done["diff"]["after"]
