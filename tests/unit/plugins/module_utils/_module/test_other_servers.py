# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that keeps to its documents and shows more, less or otherwise than the simulator does by itself."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

LIST, DETAIL = r"^/streams$", r"^/streams/\d+$"
ORIGINS = r"^/origins$"
Change = Callable[[Any], Any]


@pytest.fixture(autouse=True)
def _origin(sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})


@pytest.fixture
def shows(sim: Simulator) -> Callable[[str, Change], None]:
    """Lets the service answer to GET of a path with a body that a function has changed."""

    def change(path: str, how: Change) -> None:
        def changed(body: Any) -> Any:
            body = copy.deepcopy(body)
            how(body)
            return body

        sim.faults.add("call", "GET", path, times=None, rewrite=changed)

    return change


def each_stream(how: Change) -> Change:
    return lambda body: [how(entry) for entry in body["streams"]]


def each(how: Change) -> Change:
    return lambda body: [how(entry) for entry in body]


def without(name: str) -> Change:
    return lambda entry: entry.pop(name, None)


def some(sim: Simulator, count: int, **members: Any) -> list[int]:
    return [sim.msl.add_stream({"name": f"s{number}", "cpcode": 400002, **members}) for number in range(count)]


def test_shared_keys_within_a_stream_are_shown_to_nobody(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    shared = {"hostName": "second", "sharedKeys": [{"name": "fastly", "key": "c2VjcmV0a2V5", "data": "b3BhcXVl"}]}
    number = sim.msl.add_origin({**shared, "thirdPartyCdnCpcode": 700001})
    whole = {**sim.msl.origins[number], **copy.deepcopy(shared)}
    some(sim, 1)
    shows(DETAIL, lambda body: body.update(origin=whole, backupOrigin=whole))
    ran = bench.run("stream", name="s0")
    assert "key" not in ran["stream"]["backup_origin"]["shared_keys"][0]
    facts = bench.run("facts", gather_subset=["streams"], details=True)
    for secret in ("c2VjcmV0a2V5", "b3BhcXVl"):
        assert secret not in ran.everything() + facts.everything()


def test_a_returned_origin_of_a_stream_can_be_declared(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    some(sim, 1)
    shows(DETAIL, lambda body: body["origin"].update(id=10001, status="SUCCEEDED"))
    found = bench.run("stream", name="s0")["stream"]["origin"]
    assert bench.run("stream", name="s0", origin=found)["changed"] is False


@pytest.fixture
def ids_as_texts(shows: Callable[[str, Change], None]) -> None:
    def as_text(entry: dict[str, Any]) -> None:
        entry["id"] = str(entry["id"])

    shows(LIST, each_stream(as_text))
    shows(DETAIL, as_text)
    shows(ORIGINS, each(as_text))


@pytest.mark.usefixtures("ids_as_texts")
def test_pruning_spares_what_is_named_by_an_id_that_the_service_writes_as_a_text(bench: Bench, sim: Simulator) -> None:
    first, second, _third = some(sim, 3)
    wanted = [{"id": first}, {"id": second}]
    ran = bench.run("streams", streams=wanted, prune=True, prune_match=".", prune_limit=1)
    assert (ran.failed, ran["actions"], len(sim.msl.streams)) == (False, ["delete"], 2)


@pytest.mark.usefixtures("ids_as_texts")
def test_one_stream_by_its_id_and_by_its_name_is_noticed_whatever_an_id_is(bench: Bench, sim: Simulator) -> None:
    (number,) = some(sim, 1)
    assert "are the same resource" in bench.refused("streams", streams=[{"id": number}, {"name": "s0"}])["msg"]


@pytest.mark.usefixtures("ids_as_texts")
def test_several_are_waited_for_whatever_an_id_is(bench: Bench, sim: Simulator) -> None:
    sim.settings.provisioning.reads = 2
    ran = bench.run("streams", streams=[stream(name="a"), stream(name="b")], wait=True)
    assert not ran.failed, ran["msg"]


@pytest.mark.parametrize("total", ["5", None])
def test_all_pages_are_read_whether_or_how_the_service_says_how_many_there_are(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None], total: str | None
) -> None:
    sim.settings.page_maximum = 2
    some(sim, 5)
    shows(LIST, lambda body: body.update(totalSize=total))
    ran = bench.run("facts", gather_subset=["streams"])
    assert len(ran["ansible_facts"]["msl"]["streams"]) == 5
    assert bench.run("stream", **stream(name="s4"))["actions"] == []


def test_a_list_that_is_whole_is_asked_for_once_more_where_it_does_not_say_so(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    some(sim, 3)
    shows(LIST, without("totalSize"))
    assert bench.run("facts", gather_subset=["streams"]).lines == ["GET /streams"] * 2


def test_a_difference_that_an_entry_does_not_show_is_found_all_the_same(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    for number in range(3):
        sim.msl.add_origin({"hostName": f"o{number}", "thirdPartyCdnCpcode": 700001})
    shows(ORIGINS, each(without("otherCdnCpcode")))
    wanted = [{"host_name": f"o{number}", "third_party_cdn_cpcode": "700002"} for number in range(3)]
    assert bench.refused("origins", origins=wanted).kind == "immutable"


def test_origins_are_waited_for_by_their_details_where_the_list_has_no_status(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    sim.settings.provisioning.reads = 2
    shows(ORIGINS, each(without("status")))
    wanted = [origin(host_name=f"o{number}", cpcode=str(400003 + number)) for number in range(2)]
    ran = bench.run("origins", origins=wanted, wait=True)
    assert not ran.failed, ran["msg"]
    assert {one["origin"]["status"] for one in ran["origins"]} <= {"SUCCEEDED", "PROVISIONED"}


def test_a_stream_that_does_not_say_how_far_it_is_can_be_changed_and_waited_for(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    (number,) = some(sim, 1)
    shows(DETAIL, without("provisionDetail"))
    assert bench.run("stream", id=number, dvr_window=10)["actions"] == ["update"]
    sim.settings.provisioning.reads = 2
    ran = bench.run("stream", **stream(name="new"), wait=True)
    assert not ran.failed, ran["msg"]
    assert ran["stream"]["provision_detail"]["status"] == "PROVISIONED"


def test_what_only_the_list_shows_is_not_written_again(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    (number,) = some(sim, 1, dvrWindow=10)
    shows(DETAIL, without("dvrWindow"))
    for named in ({"id": number}, {"name": "s0"}):
        assert bench.converged("stream", **named, dvr_window=10)["actions"] == []
    assert bench.run("stream", id=number, dvr_window=20)["actions"] == ["update"]


def test_an_update_repeats_of_deep_members_only_what_it_may(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    city, state = {"name": "Berlin", "code": 1}, {"name": "BE", "cities": [{"name": "Berlin", "code": 1}], "code": 2}
    some(sim, 1)
    shows(DETAIL, lambda body: body.update(primaryIngestLocations={"countryName": "DE", "states": [state], "x": city}))
    ran = bench.run("stream", name="s0", dvr_window=10)
    sent = ran.writes[0].body["primaryIngestLocations"]
    assert sent == {"countryName": "DE", "states": [{"name": "BE", "cities": [{"name": "Berlin"}]}]}


def test_an_unknown_stream_is_gone_in_whatever_words_the_service_says_so(bench: Bench, sim: Simulator) -> None:
    problem = {"title": "Bad Request", "status": 400, "detail": "Stream 999 not found or you do not have access"}
    sim.faults.add("status", "GET", r"^/streams/999$", times=None, status=400, body=problem)
    assert bench.converged("stream", id=999, state="absent")["changed"] is False
    (number,) = some(sim, 1)
    sim.faults.add("status", "GET", rf"^/streams/{number}$", times=None, status=400, body=problem)
    assert bench.refused("stream", id=number, state="absent").kind == "invalid"


@pytest.mark.parametrize(
    ("entries", "refused"),
    [
        ([{"id": 50001, "name": "x"}, stream(name="x")], True),
        ([{"id": 50001, "name": "x"}, {"id": 50002, "name": "x"}], True),
        ([{"id": 50001}, {"name": "50001"}], False),
        ([{"id": 50001, "name": "x", "state": "absent"}, stream(name="x")], False),
    ],
)
def test_two_entries_do_not_share_a_name(
    bench: Bench, sim: Simulator, entries: list[dict[str, Any]], refused: bool
) -> None:
    assert some(sim, 2) == [50001, 50002]
    sim.msl.add_stream({"name": "50001", "cpcode": 400002})
    ran = bench.run("streams", check=True, streams=entries)
    assert ran.failed is refused
    assert (ran["api_calls"] == 0) is refused


@pytest.mark.parametrize("named", ["id", "name"])
def test_an_update_repeats_what_only_the_list_shows(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None], named: str
) -> None:
    (number,) = some(sim, 1, dvrWindow=10)
    shows(DETAIL, lambda body: [body.pop("dvrWindow"), body.update(origin=None)])
    which = {"id": {"id": number}, "name": {"name": "s0"}}[named]
    ran = bench.run("stream", **which, additional_email_ids=["a@example.com"])
    sent = ran.writes[0].body
    assert (sent["dvrWindow"], sent["origin"]["hostName"].endswith(".akamaiorigin.net")) == (10, True)


def test_an_update_after_provisioning_repeats_what_only_the_list_shows(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    shows(DETAIL, without("dvrWindow"))
    sim.settings.provisioning.reads = 3
    assert not bench.run("stream", **stream(name="new", dvr_window=10)).failed
    ran = bench.run("stream", name="new", additional_email_ids=["a@example.com"], wait=True, wait_interval=60)
    assert (ran["actions"], ran.writes[0].body["dvrWindow"]) == (["update"], 10)


def test_what_is_being_provisioned_is_seen_in_the_list_where_the_detail_does_not_tell(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    sim.settings.provisioning.reads = 1000
    number = bench.run("stream", **stream(name="new"))["stream"]["id"]
    shows(DETAIL, without("provisionDetail"))
    assert bench.refused("stream", id=number, dvr_window=9).kind == "conflict"


def test_a_declared_member_that_the_service_does_not_show_goes_along_with_an_update(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    some(sim, 1)
    shows(DETAIL, without("contractId"))
    ran = bench.run("stream", name="s0", contract_id="C-0N7RAC7", dvr_window=9)
    assert ran.writes[0].body["contractId"] == "C-0N7RAC7"


@pytest.mark.parametrize("kind", ["stream", "origin"])
def test_a_look_after_an_update_that_shows_what_was_before_is_repeated(bench: Bench, sim: Simulator, kind: str) -> None:
    some(sim, 1)
    sim.settings.lagging_reads = 2
    if kind == "stream":
        assert bench.run("stream", name="s0", dvr_window=20)["stream"]["dvr_window"] == 20
    else:
        keys = [{"name": "partner", "type": "AKAMAI"}]
        ran = bench.run("origin", host_name="demohost", shared_keys=keys)
        assert [key["name"] for key in ran["origin"]["shared_keys"]] == ["partner"]


def test_a_service_that_never_says_when_a_resource_was_changed_is_believed_at_once(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    some(sim, 1)
    shows(DETAIL, without("modifiedDate"))
    assert bench.run("stream", name="s0", dvr_window=20).slept == []


@pytest.mark.parametrize("location", ["//[x", "http://[bad/streams/5", "?", "", "/streams/latest"])
def test_an_id_that_cannot_be_read_from_location_is_looked_for(bench: Bench, sim: Simulator, location: str) -> None:
    sim.faults.add("call", "POST", r"^/(streams|origins)$", times=2, headers={"Location": location})
    ran = bench.run("stream", **stream(name="new"))
    assert (ran.failed, ran["actions"], ran["stream"]["name"]) == (False, ["create"], "new")
    assert bench.run("origin", **origin(host_name="second"))["origin"]["id"] in sim.msl.origins


@pytest.mark.parametrize("number", [{"a": 1}, [1], None, True, "abc"])
def test_a_cp_code_whose_number_cannot_be_read_is_looked_for(bench: Bench, sim: Simulator, number: Any) -> None:
    sim.faults.add("call", "POST", r"^/cpcodes$", rewrite=lambda body: {**body, "id": number})
    ran = bench.run("cpcode", name="fresh", contract_id="C-0N7RAC7")
    assert (ran.failed, ran["actions"]) == (False, ["create"])
    assert ran["cpcode"]["id"] in {entry["id"] for entry in sim.msl.cpcodes}


def test_digest_credentials_are_not_rotated_for_an_algorithm_that_is_not_shown(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    auth = {"username": "enc", "password": "digest-password", "algorithm": "SHA512_256"}
    some(sim, 1)
    assert bench.run("stream", name="s0", stream_auth=auth)["actions"] == ["update"]
    shows(DETAIL, lambda body: body["streamAuth"].pop("algorithm"))
    assert bench.converged("stream", name="s0", stream_auth=auth)["actions"] == []


def test_two_streams_of_one_name_are_pruned_as_two(bench: Bench, sim: Simulator) -> None:
    numbers = [sim.msl.add_stream({"name": "dup", "cpcode": 400002}) for _time in range(2)][::-1]
    ran = bench.run("streams", streams=[], prune=True, prune_match="^dup$")
    assert list(ran["diff"]["before"]) == [f"stream 'dup' (id {number})" for number in numbers]
    assert [entry["stream"] for entry in ran["streams"]] == [{"id": number, "name": "dup"} for number in numbers]


def test_a_limit_of_pruning_below_nothing_is_refused_before_any_request(bench: Bench) -> None:
    ran = bench.refused("streams", streams=[], prune=True, prune_match="x", prune_limit=-1)
    assert (ran["msg"], ran["api_calls"]) == ("prune_limit -1 is less than 0.", 0)


def test_a_list_that_is_shorter_than_the_service_says_is_told(
    bench: Bench, sim: Simulator, shows: Callable[[str, Change], None]
) -> None:
    some(sim, 2)
    shows(LIST, lambda body: body.update(streams=body["streams"][:1]))
    (warning,) = bench.run("stream", name="s1").warnings
    assert warning == "The service has 2 streams and lists 1: one that is missing counts as not there."


def test_a_stream_may_have_any_name_already(bench: Bench, sim: Simulator) -> None:
    number = sim.msl.add_stream({"name": "old name", "cpcode": 400002})
    assert bench.converged("stream", id=number, name="old name")["actions"] == []
    ran = bench.refused("stream", id=number, name="another name")
    assert (ran.kind, "letters, digits, dash and underscore" in ran["msg"]) == ("invalid", True)


def test_blank_mail_addresses_are_none(bench: Bench, sim: Simulator) -> None:
    some(sim, 1, additionalEmailIds=["a@example.com"])
    ran = bench.converged("stream", name="s0", additional_email_ids=["", " b@example.com ", " "])
    assert ran.writes[0].body["additionalEmailIds"] == ["b@example.com"]
    assert bench.refused("stream", name="s0", allowed_ips=[""]).kind == "invalid"


def test_an_update_of_an_accelerated_stream_without_its_password_is_told(bench: Bench, sim: Simulator) -> None:
    some(sim, 1, ingestAccelerated=True)
    assert "give password" in bench.run("stream", check=True, name="s0", dvr_window=20).warnings[0]
    assert not bench.run("stream", check=True, name="s0", dvr_window=20, password="ingest-password").warnings
    assert not bench.run("stream", check=True, name="s0").warnings
