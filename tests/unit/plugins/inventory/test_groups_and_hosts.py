# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Streams and live events that are called as groups are: Ansible would take one for the other."""

from __future__ import annotations

import itertools

import pytest
from ansible.inventory.data import InventoryData

from ansible_collections.streamops.live.tests.unit.plugins.inventory.inventories import (
    read,
    update,
    variables_of,
    write,
)

pytestmark = pytest.mark.usefixtures("credentials")
OF_ITS_OWN_NAME = [{"key": "msl_name", "prefix": "", "separator": ""}]
OF_THE_HOSTS_NAME = [{"key": "inventory_hostname", "prefix": "", "separator": ""}]


def add(sim, *names):
    """Streams of these names: their ids, in the same order."""
    members = {"format": "HLS", "encoderZone": "US_EAST", "origin": {"hostName": "demohost"}}
    return [sim.msl.add_stream({"name": name, **members}) for name in names]


def by_id(listed):
    return {variables["id"]: name for name, variables in listed.hosts.items()}


@pytest.mark.parametrize(
    "clash", ["format_hls", "msl_streams", "zone_us_east", "status_provisioned", "origin_demohost"]
)
def test_a_stream_that_is_called_as_a_group_is(clash, sim, tmp_path, warned):
    first, number, last = add(sim, "news", clash, "sport")
    listed = read("msl", write(tmp_path, "msl", compose={"ansible_connection": "'local'"}))
    assert by_id(listed) == {first: "news", number: f"stream_{number}", last: "sport"}
    assert warned == [f"The stream '{clash}' is the host 'stream_{number}': a group is called '{clash}'."]
    assert listed.groups["format_hls"] == ["news", f"stream_{number}", "sport"]
    assert listed.hosts[f"stream_{number}"]["ansible_connection"] == "local"


@pytest.mark.parametrize("clash", ["phase_pending", "smartstream_live_events", "encode_status_pending", "profile_hd"])
def test_an_event_that_is_called_as_a_group_is(clash, sim, tmp_path, warned):
    event = sim.smartstream.add_live_event({"ref_id": clash})
    sim.smartstream.add_live_event({"ref_id": "evening"})
    listed = read("smartstream", write(tmp_path, "smartstream"))
    assert set(listed.hosts) == {event, "evening"}
    assert sorted(listed.groups[clash]) == sorted([event, "evening"])
    assert warned == [f"The live event '{clash}' is the host '{event}': a group is called '{clash}'."]


@pytest.mark.parametrize("condition", ["true", "false", "msl_name == 'news'"])
def test_a_group_of_the_user(condition, sim, tmp_path, warned):
    """Also one that has no host today: a name must not change with what a condition says."""
    _first, number = add(sim, "news", "s_1")
    listed = read("msl", write(tmp_path, "msl", groups={"s-1": condition}))
    assert set(listed.hosts) == {"news", f"stream_{number}"}
    assert len(warned) == 1


@pytest.mark.parametrize("names", list(itertools.permutations(["s1", "s2", "s3"])))
def test_a_keyed_group_whatever_the_order(names, sim, tmp_path, warned):
    numbers = dict(zip(names, add(sim, *names), strict=True))
    keyed = [{"key": "'s2'", "prefix": "", "separator": ""}]
    composed = {"shape": "format"}
    listed = read("msl", write(tmp_path, "msl", keyed_groups=keyed, compose=composed, groups={"modern": True}))
    hosts = {"s1", f"stream_{numbers['s2']}", "s3"}
    assert set(listed.hosts) == hosts
    assert set(listed.groups["s2"]) == set(listed.groups["modern"]) == hosts
    assert {host["shape"] for host in listed.hosts.values()} == {"HLS"}
    assert len(warned) == 1


def test_each_stream_has_a_group_of_its_name(sim, tmp_path, warned):
    numbers = add(sim, "news", "sport")
    listed = read("msl", write(tmp_path, "msl", keyed_groups=OF_ITS_OWN_NAME))
    assert by_id(listed) == {number: f"stream_{number}" for number in numbers}
    assert listed.groups["sport"] == [f"stream_{numbers[1]}"]
    assert len(warned) == 2


def test_a_group_that_follows_the_name_of_its_host_is_no_reason_for_another(sim, tmp_path, warned):
    """The user wants them; under another name there would be a group of that name."""
    first, clash, last = add(sim, "news", "format_hls", "sport")
    listed = read("msl", write(tmp_path, "msl", keyed_groups=OF_THE_HOSTS_NAME, groups={"modern": True}))
    assert by_id(listed) == {first: "news", clash: f"stream_{clash}", last: "sport"}
    assert listed.groups["sport"] == ["sport"]
    assert len(listed.groups["modern"]) == 3
    # The rest is Ansible's own, which warns of each.
    assert len([text for text in warned if text.startswith("The stream")]) == 1


def test_keyed_groups_of_hosts_that_are_left_out_are_not_made(sim, tmp_path, warned):
    add(sim, "news", "sport")
    keyed = [{"key": "'sport' if msl_name == 'news' else 'none'", "prefix": "", "separator": ""}]
    listed = read("msl", write(tmp_path, "msl", keyed_groups=keyed, filters=[{"exclude": "msl_name == 'news'"}]))
    assert set(listed.hosts) == {"sport"}
    assert warned == []


def test_a_group_of_another_source(sim, tmp_path, warned):
    _first, number = add(sim, "news", "encoders")
    before = InventoryData()
    before.add_group("encoders")
    before.add_host("machine", "encoders")
    listed = read("msl", write(tmp_path, "msl"), before=before)
    assert set(listed.hosts) == {"machine", "news", f"stream_{number}"}
    assert listed.groups["encoders"] == ["machine"]
    assert before.groups["encoders"].vars == {}
    assert len(warned) == 1


def test_a_key_that_another_source_gave_the_host(sim, tmp_path):
    _first, number = add(sim, "news", "sport")
    before = InventoryData()
    before.add_host("news")
    before.set_variable("news", "team", "sport")
    keyed = [{"key": "team", "prefix": "", "separator": ""}]
    listed = read("msl", write(tmp_path, "msl", keyed_groups=keyed), before=before)
    assert set(listed.hosts) == {"news", f"stream_{number}"}
    assert listed.groups["sport"] == ["news"]


@pytest.mark.parametrize("cached", [False, True])
def test_an_update(cached, sim, tmp_path):
    """As a process of its own, which looks for the plugin and its options itself."""
    _first, clash, keyed = add(sim, "news", "format_hls", "s1")
    options = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(tmp_path / "cache")}
    group = [{"key": "'s1'", "prefix": "", "separator": ""}]
    path = write(tmp_path, "msl", keyed_groups=group, groups={"modern": True}, **(options if cached else {}))
    for _time in range(2):
        ran = update(path, **variables_of(sim))
        assert ran.status == 0, ran.said
        assert set(ran.hosts) == {"news", f"stream_{clash}", f"stream_{keyed}"}
        assert set(ran.written["s1"]["hosts"]) == set(ran.hosts)
        assert "Failed to parse" not in ran.said
        assert f"The stream 's1' is the host 'stream_{keyed}': a group is called 's1'." in " ".join(ran.said.split())
    assert len(sim.requests) == (1 if cached else 2)
