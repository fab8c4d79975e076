# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import urllib.parse

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.filter.msl_publishing_urls import FilterModule
from ansible_collections.streamops.live.plugins.module_utils._core.names import snake_members
from ansible_collections.streamops.live.tests.simulator import MslSettings, Settings, Simulator

urls = FilterModule().filters()["msl_publishing_urls"]

PRIMARY, BACKUP = "p-ep50002.i.akamaientrypoint.net", "b-ep50002.i.akamaientrypoint.net"


def stream(**members):
    return {"id": 50002, "format": "HLS", **members}


# The examples of msl.md, section 3.4, and what its rules make of the other combinations.
@pytest.mark.parametrize(
    ("stream_format", "primary", "backup"),
    [
        ("HLS", "/50002/test79/master.m3u8", "/50002-b/test79/master.m3u8"),
        ("HDS", "/hds/50002/test79/test79master.f4m", "/hds/50002-b/test79/test79master.f4m"),
        ("DASH", "/dash/50002/test79/dash.mpd", "/dash/50002-b/test79/dash.mpd"),
        ("CMAF", "/cmaf/50002/test79/", "/cmaf/50002-b/test79/"),
    ],
)
def test_paths_by_format(stream_format, primary, backup):
    assert urls(stream(format=stream_format), "test79") == {
        "primary": f"http://{PRIMARY}{primary}",
        "backup": f"http://{BACKUP}{backup}",
    }


@pytest.mark.parametrize(
    ("shown", "base"),
    [
        ("p-ep1.mslentrypoint.net", "http://p-ep1.mslentrypoint.net"),
        ("https://p-ep1.mslentrypoint.net", "https://p-ep1.mslentrypoint.net"),
        ("http://p-ep1.mslentrypoint.net:8080/50002/test79", "http://p-ep1.mslentrypoint.net:8080"),
        ("p-ep1.mslentrypoint.net/50002", "http://p-ep1.mslentrypoint.net"),
    ],
)
def test_what_the_service_shows_comes_first(shown, base):
    both = urls(stream(primary_publishing_url=shown, backup_publishing_url=shown), "test79")
    assert both == {
        "primary": f"{base}/50002/test79/master.m3u8",
        "backup": f"{base}/50002-b/test79/master.m3u8",
    }


def test_a_stream_without_a_backup_has_no_backup_url():
    assert urls(stream(primary_publishing_url=PRIMARY), "test79")["backup"] is None
    assert urls(stream(primary_publishing_url=PRIMARY, backup_publishing_url=""), "test79")["backup"] is None


def test_a_backup_zone_means_a_backup():
    both = urls(stream(primary_publishing_url=PRIMARY, backup_encoder_zone="EUROPE"), "test79")
    assert both["backup"] == f"http://{BACKUP}/50002-b/test79/master.m3u8"


def test_format_and_id_as_text():
    assert urls(stream(id="50002", format="dash"), 7)["primary"] == f"http://{PRIMARY}/dash/50002/7/dash.mpd"


@given(st.text(min_size=1).filter(lambda name: "/" not in name and name.strip() not in ("", ".", "..")))
def test_an_event_stays_one_part_of_the_path(event):
    path = urllib.parse.urlsplit(urls(stream(), event)["primary"]).path
    assert [urllib.parse.unquote(part) for part in path.split("/")] == ["", "50002", event.strip(), "master.m3u8"]


@pytest.mark.parametrize(
    ("given_stream", "event", "words"),
    [
        ({"format": "HLS"}, "show", "the stream has no id"),
        (stream(id="news"), "show", "id 'news' is not a number"),
        (stream(id=True), "show", "is not a number"),
        (stream(format="RTMP"), "show", "HLS, HDS, DASH, CMAF"),
        ({"id": 1}, "show", "format is None"),
        ("news", "show", "a stream is a dictionary, and this is text"),
        ([], "show", "this is a list"),
        (None, "show", "this is null"),
        (stream(), "", "the event has no name"),
        (stream(), "  ", "the event has no name"),
        (stream(), None, "the event has no name"),
        (stream(), "a/b", "without a slash"),
        (stream(), "..", "would change the path"),
        (stream(primary_publishing_url="http://"), "show", "neither a host name nor a URL"),
        (stream(primary_publishing_url="http://[bad"), "show", "primary_publishing_url 'http://[bad' is neither"),
        (stream(backup_publishing_url="[bad"), "show", "backup_publishing_url '[bad' is neither"),
    ],
)
def test_bad_input_is_one_sentence_and_advice(given_stream, event, words):
    with pytest.raises(AnsibleFilterError, match="Cannot make publishing URLs") as refused:
        urls(given_stream, event)
    assert words in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("form", ["host", "url"])
@pytest.mark.parametrize("zone", [None, "NORDICS"])
@pytest.mark.parametrize("stream_format", ["HLS", "HDS", "DASH", "CMAF"])
def test_streams_as_the_service_shows_them(form, zone, stream_format):
    with Simulator(Settings(msl=MslSettings(publishing_urls=form))) as sim:
        members = {"format": stream_format, "backupEncoderZone": zone} if zone else {"format": stream_format}
        number = sim.msl.add_stream(members)
        shown = snake_members(sim.msl.streams[number])
    both = urls(shown, "test79")
    prefix = "" if stream_format == "HLS" else f"/{stream_format.lower()}"
    assert both["primary"].startswith(f"http://p-ep{number}.i.akamaientrypoint.net{prefix}/{number}/test79/")
    if zone:
        assert both["backup"].startswith(f"http://b-ep{number}.i.akamaientrypoint.net{prefix}/{number}-b/test79/")
    else:
        assert both["backup"] is None
