# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What streams and live events are as hosts."""

from __future__ import annotations

import pytest
import yaml
from ansible.errors import AnsibleParserError

from ansible_collections.streamops.live.tests.unit.plugins.inventory.inventories import DOCUMENTED, PLUGINS, read, write
from ansible_collections.streamops.live.tests.unit.support.bench import Bench

pytestmark = pytest.mark.usefixtures("credentials")


def test_a_stream(sim, tmp_path):
    number = sim.msl.add_stream(
        {"name": "news", "format": "HLS", "encoderZone": "US_EAST", "origin": {"hostName": "demo-host"}}
    )
    listed = read("msl", write(tmp_path, "msl"))
    assert listed.groups_of("news") == {
        "msl_streams", "format_hls", "zone_us_east", "status_provisioned", "origin_demo_host",
    }  # fmt: skip
    assert listed.hosts["news"]["id"] == number
    assert listed.hosts["news"]["msl_name"] == "news"
    assert len(sim.requests) == 1


@pytest.mark.parametrize("details", [False, True])
def test_variables_of_a_stream_are_what_the_module_returns(details, sim, tmp_path):
    sim.msl.add_stream({"name": "news", "origin": {"hostName": "demohost"}, "password": "never-shown"})
    (host,) = read("msl", write(tmp_path, "msl", details=details)).hosts.values()
    stream = Bench(sim).run("facts", gather_subset=["streams"], details=True)["ansible_facts"]["msl"]["streams"][0]
    stream["msl_name"] = stream.pop("name")
    if not details:
        # Of this member the list has less.
        del stream["provision_detail"]["stream_id"]
    assert {name: stream.get(name) for name in host} == host
    assert (set(stream) == set(host)) is details
    assert "never-shown" not in str(host)


def test_the_oldest_stream_keeps_a_name(sim, tmp_path, warned):
    numbers = [sim.msl.add_stream({"name": "news", "origin": {"hostName": "demohost"}}) for _time in range(2)]
    # The service lists what was changed last first.
    sim.msl.streams[numbers[0]]["modifiedDate"] = "2020-01-01T00:00:00.000Z"
    hosts = read("msl", write(tmp_path, "msl")).hosts
    assert {name: host["id"] for name, host in hosts.items()} == {"news": numbers[0], f"news_{numbers[1]}": numbers[1]}
    assert warned == [
        f"Several streams are called 'news'; the one with the id {numbers[1]} is the host 'news_{numbers[1]}'."
    ]


def test_streams_without_a_name(sim, tmp_path, warned):
    numbers = [sim.msl.add_stream({"name": "news", "origin": {"hostName": "demohost"}}) for _time in range(3)]
    for number, name in zip(numbers, (None, None, ""), strict=True):
        sim.msl.streams[number]["name"] = name
    assert list(read("msl", write(tmp_path, "msl")).hosts) == [f"stream_{number}" for number in numbers]
    assert warned == [
        f"The stream '' is the host 'stream_{number}': no host can be called as it is." for number in numbers
    ]


def test_live_events_without_a_ref_id_and_a_name(sim, tmp_path, warned):
    merchant = sim.smartstream
    events = [merchant.add_live_event({"ref_id": ref_id, "name": None}) for ref_id in (None, "")]
    assert sorted(read("smartstream", write(tmp_path, "smartstream")).hosts) == sorted(events)
    assert warned == []


def test_nobody_is_warned_of_hosts_that_are_left_out(sim, tmp_path, warned):
    for _time in range(2):
        sim.msl.add_stream({"name": "news", "origin": {"hostName": "demohost"}})
    read("msl", write(tmp_path, "msl", name_match="news$"))
    assert warned == []


def test_an_account_without_streams(sim, tmp_path):
    assert read("msl", write(tmp_path, "msl")).hosts == {}


def test_a_live_event(sim, tmp_path):
    merchant = sim.smartstream
    with_ref = merchant.add_live_event({"ref_id": "evening", "name": "夜", "encode_status": "encode_status_running"})
    without = merchant.add_live_event(
        {"name": "No ref", "live_event_profile_id": merchant.add_profile({"name": "Own"})}
    )
    listed = read("smartstream", write(tmp_path, "smartstream"))
    assert listed.groups_of("evening") == {
        "smartstream_live_events", "encode_status_running", "phase_running", "profile_hd",
    }  # fmt: skip
    assert listed.groups_of(without) == {
        "smartstream_live_events", "encode_status_pending", "phase_pending", "profile_own",
    }  # fmt: skip
    host = listed.hosts["evening"]
    assert (host["id"], host["smartstream_name"], host["phase"]) == (with_ref, "夜", "running")
    assert (host["source_type"], host["live_event_profile"]) == ("rtmp", "hd")
    assert set(merchant.live_events[with_ref]) - set(host) == {"name"}
    assert len(sim.token_requests) == 1


def test_profiles_by_their_ids(sim, tmp_path):
    event = sim.smartstream.add_live_event({"ref_id": "evening"})
    profile = sim.smartstream.live_events[event]["live_event_profile_id"]
    listed = read("smartstream", write(tmp_path, "smartstream", profile_names=False))
    assert f"profile_{profile}" in listed.groups_of("evening")
    assert "live_event_profile" not in listed.hosts["evening"]
    assert not [request for request in sim.requests if "profiles" in request.path]


def test_a_profile_that_is_not_listed(sim, tmp_path):
    sim.smartstream.add_live_event({"ref_id": "evening", "live_event_profile_id": "gone"})
    assert "profile_gone" in read("smartstream", write(tmp_path, "smartstream")).groups_of("evening")


def test_statuses_of_the_user(sim, tmp_path):
    sim.smartstream.add_live_event({"ref_id": "evening", "encode_status": "over"})
    assert "phase_unknown" in read("smartstream", write(tmp_path, "smartstream")).groups_of("evening")
    path = write(tmp_path, "smartstream", stopped_statuses=["over"])
    assert {"phase_stopped", "encode_status_over"} < read("smartstream", path).groups_of("evening")


def test_statuses_that_contradict_each_other(sim, tmp_path):
    path = write(tmp_path, "smartstream", stopped_statuses=["over"], failed_statuses=["over"])
    with pytest.raises(AnsibleParserError, match="'over' is in stopped_statuses and in failed_statuses"):
        read("smartstream", path)
    assert not sim.requests


def test_a_ref_id_that_several_events_have(sim, tmp_path, warned):
    ids = [
        sim.smartstream.add_live_event({"ref_id": "evening", "created_at": f"2026-01-0{day}T00:00:00.000+09:00"})
        for day in (2, 1)
    ]
    hosts = read("smartstream", write(tmp_path, "smartstream")).hosts
    assert {name: host["id"] for name, host in hosts.items()} == {"evening": ids[1], f"evening_{ids[0]}": ids[0]}
    assert len(warned) == 1


def test_a_ref_id_that_is_no_host_name(sim, tmp_path, warned):
    event = sim.smartstream.add_live_event({"ref_id": "../evening show"})
    assert set(read("smartstream", write(tmp_path, "smartstream")).hosts) == {event}
    assert event in warned[0]


def test_a_merchant_without_events_is_not_asked_for_profiles(sim, tmp_path):
    assert read("smartstream", write(tmp_path, "smartstream")).hosts == {}
    assert not [request for request in sim.requests if "profiles" in request.path]


@pytest.mark.parametrize("kind", PLUGINS)
def test_the_example(kind, sim, tmp_path):
    sim.write_edgerc(tmp_path / ".edgerc", "live")
    sim.msl.add_stream({"name": "news-1", "origin": {"hostName": "demohost"}, "encoderZone": "EUROPE"})
    sim.msl.add_stream({"name": "news-2", "origin": {"hostName": "other"}, "encoderZone": "JAPAN"})
    sim.smartstream.add_live_event({"ref_id": "evening-1"})
    sim.smartstream.add_live_event({"ref_id": "evening-2", "encode_status": "encode_status_failed"})
    example = yaml.safe_load(DOCUMENTED[kind]["examples"])
    # Those of the example are not the simulator's.
    options = {
        name: value
        for name, value in example.items()
        if name not in ("plugin", "merchant_id", "mail_address", "password")
    }
    # Full names are found where Ansible was started, and not in this process.
    options["cache_plugin"] = options["cache_plugin"].rpartition(".")[2]
    listed = read(kind, write(tmp_path, kind, **{**options, "strict": True}))
    (host,) = listed.hosts
    assert host in ("news-1", "evening-1")
    assert {"msl": "cpcode_", "smartstream": "source_rtmp"}[kind] in " ".join(listed.groups_of(host))
