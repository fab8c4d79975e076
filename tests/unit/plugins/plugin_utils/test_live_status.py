# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a status page says: marks, words and places, and that nothing reaches it that is not named."""

from __future__ import annotations

import contextlib
import datetime as dt
import json

import pytest
from ansible.errors import AnsibleFilterError
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.filter.live_status import FilterModule
from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.plugin_utils._live_status import View, live_status
from ansible_collections.streamops.live.plugins.plugin_utils._timeline import timeline

NOW = dt.datetime(2026, 11, 22, 3, 0, tzinfo=dt.timezone.utc)
OPTIONS = {
    "due_within": "30d", "urgent_within": "7d", "utc_offset": "+09:00", "days_before": 1, "days_after": 7, "event": "EVENT",
}  # fmt: skip
SECRET = "do-not-show"


def status(services, **options):
    return live_status(services, View.from_options(NOW, {**OPTIONS, **options}))


def key_ends(expiry_date, **members):
    key = {
        "name": "k",
        "type": "THIRD_PARTY",
        "cdn_code": "dn003",
        "enabled": True,
        "expiry_date": expiry_date,
        **members,
    }
    cdns = [{"code": "dn003", "name": "Fastly"}]
    return status(
        {"msl": {"origins": [{"host_name": "001-dn001-news.example.net", "shared_keys": [key]}], "cdns": cdns}}
    )


def event(**members):
    return status({"live_events": [{"id": "1", "name": "Show", **members}]})


@pytest.mark.parametrize(
    ("expiry_date", "mark", "text"),
    [
        ("2027-11-22T03:00:00.000Z", "ok", "365 days left"),
        ("2026-12-22T03:00:00.001Z", "ok", "30 days left"),
        ("2026-12-22T03:00:00.000Z", "warn", "30 days left"),
        ("2026-11-29T03:00:00.001Z", "warn", "7 days left"),
        ("2026-11-29T03:00:00.000Z", "alert", "7 days left"),
        ("2026-11-23T12:00:00+09:00", "alert", "1 day left"),
        ("2026-11-23T02:59:00Z", "alert", "ends within a day"),
        ("2026-11-22T03:00:00Z", "alert", "ended today"),
        ("2026-11-20T02:00:00Z", "alert", "ended 2 days ago"),
        ("9999-12-31T23:59:59Z", "ok", "2912117 days left"),
        (None, "quiet", "has no end"),
        ("some day", "quiet", "has no end"),
    ],
)
def test_how_long_a_key_is_valid(expiry_date, mark, text):
    told = key_ends(expiry_date)
    key = told["origins"][0]["shared_keys"][0]
    assert (key["mark"], key["text"], key["cdn"]) == (mark, text, "Fastly")
    noted = [{"mark": mark, "kind": "shared key", "name": "news / k", "text": f"Fastly: {text}"}]
    assert told["attention"] == (noted if mark in ("alert", "warn") else [])


def test_a_key_that_is_switched_off_is_nobodys_concern():
    assert key_ends("2020-01-01T00:00:00Z", enabled=False)["attention"] == []


@pytest.mark.parametrize(
    ("shown", "counts_as"),
    [
        ({"type": None}, {"type": "THIRD_PARTY"}),
        ({"type": None, "cdn_code": None}, {"type": "THIRD_PARTY"}),
        ({"type": None, "cdn_code": None, "expiry_date": None}, {"type": None, "days_left": None}),
        ({"type": None, "auth_method": "MSL_MULTI_ACCOUNT", "cdn_code": None, "expiry_date": None}, {"type": "AKAMAI"}),
        ({"enabled": None}, {"enabled": True, "mark": "warn"}),
        ({"expiry_date": "2026-12-01T00:00:00"}, {"expiry_date": "2026-12-01T09:00+09:00", "days_left": 8}),
    ],
)
def test_what_a_key_counts_as_that_is_not_shown_in_full(shown, counts_as):
    """As the modules that change keys have it (docs/msl.md)."""
    key = key_ends(**{"expiry_date": "2026-12-01T00:00:00Z", **shown})["origins"][0]["shared_keys"][0]
    assert {name: key[name] for name in counts_as} == counts_as


def test_a_previous_key_is_shown_as_long_as_it_is_accepted():
    for date, shown in (("2026-11-25T00:00:00Z", "2026-11-25T09:00+09:00"), ("2026-11-21T00:00:00Z", None)):
        told = key_ends(None, previous_key_expiry_date=date)
        assert told["origins"][0]["shared_keys"][0]["previous_key_expiry_date"] == shown


@pytest.mark.parametrize(
    ("phase", "start", "end", "mark", "remark"),
    [
        ("running", -1, 1, "ok", None),
        ("running", None, None, "ok", None),
        ("running", -3, -1, "warn", "is still running after its end at 11:00"),
        ("pending", -1, 1, "alert", "was to begin at 11:00 and is not running"),
        ("unknown", -1, 1, "alert", "was to begin at 11:00 and is not running"),
        ("pending", -1, None, "alert", "was to begin at 11:00 and is not running"),
        ("pending", -25, None, "alert", "was to begin at 2026-11-21 11:00 and is not running"),
        ("running", -99, -25, "warn", "is still running after its end at 2026-11-21 11:00"),
        ("pending", None, 1, "busy", None),
        ("stopped", -1, None, "quiet", None),
        ("pending", 1, None, "busy", None),
        ("pending", 1, 2, "busy", None),
        ("pending", -2, -1, "quiet", None),
        ("stopped", -1, 1, "quiet", None),
        ("cancelled", -1, 1, "quiet", None),
        ("failed", 1, 2, "alert", "failed"),
    ],
)
def test_whether_an_event_is_as_scheduled(phase, start, end, mark, remark):
    times = {"start": start, "end": end}
    written = {
        f"live_encode_{side}_at": None if hours is None else (NOW + dt.timedelta(hours=hours)).isoformat()
        for side, hours in times.items()
    }
    told = event(phase=phase, **written)
    assert (told["live_events"][0]["mark"], told["live_events"][0]["remark"]) == (mark, remark)
    assert len(told["attention"]) == (remark is not None)


@pytest.mark.parametrize(
    ("provisioning", "mark", "noted"),
    [("PROVISIONED", "ok", 0), ("PENDING", "busy", 0), ("NOT_STARTED", "busy", 0), ("FAILED", "alert", 1)],
)
def test_how_a_stream_is_marked(provisioning, mark, noted):
    stream = {"id": 1, "name": "s", "format": "HLS", "provision_detail": {"status": provisioning, "message": "why"}}
    told = status({"msl": {"streams": [stream]}})
    assert (told["streams"][0]["mark"], len(told["attention"])) == (mark, noted)
    assert told["streams"][0]["publishing_urls"]["primary"].endswith("/1/EVENT/master.m3u8")


def test_a_format_that_is_not_known_shows_what_the_service_shows():
    stream = {"id": 1, "name": "s", "format": "NEW", "primary_publishing_url": "p.example.net"}
    assert status({"msl": {"streams": [stream]}})["streams"][0]["publishing_urls"] == {
        "primary": "p.example.net", "backup": None,
    }  # fmt: skip


def test_what_was_left_out_is_null_and_what_is_empty_is_not():
    assert [status({})[part] for part in ("origins", "streams", "live_events", "timeline")] == [None] * 4
    told = status({"msl": {}, "live_events": []})
    assert (told["origins"], told["streams"], told["live_events"]) == ([], [], [])


def test_only_what_is_named_reaches_the_page():
    secrets = dict.fromkeys(("key", "previous_key", "password", "input_sources", "stream_auth", "preview"), SECRET)
    facts = {
        "origins": [{"host_name": "news", **secrets, "shared_keys": [{"name": "k", **secrets}]}],
        "streams": [{"id": 1, "name": "s", "format": "HLS", **secrets}],
    }
    told = status({"msl": facts, "live_events": [{"id": "1", "name": "e", **secrets}]})
    assert SECRET not in json.dumps(told)


def test_the_most_urgent_comes_first():
    keys = [{"name": str(days), "expiry_date": (NOW + dt.timedelta(days=days)).isoformat()} for days in (20, 3, 10, -1)]
    told = status({"msl": {"origins": [{"host_name": "o", "shared_keys": keys}]}})
    assert [note["mark"] for note in told["attention"]] == ["alert", "alert", "warn", "warn"]
    assert told["counts"]["attention"] == 4
    assert told["counts"]["alerts"] == 2


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"utc_offset": "JST"}, "utc_offset 'JST' is no offset from UTC"),
        ({"utc_offset": ""}, "utc_offset '' is no offset from UTC"),
        ({"due_within": "soon"}, "'soon' is not a length of time"),
        ({"days_after": 400}, "days_after 400 is not between 0 and 366"),
        ({"days_before": "x"}, "days_before 'x' is not between 0 and 366"),
        ({"days_before": None}, "days_before None is not between 0 and 366"),
        ({"days_before": 1.5}, "days_before 1.5 is not between 0 and 366"),
    ],
)
def test_options_that_cannot_be_right(options, expected):
    with pytest.raises(AnsibleFilterError, match="Cannot make a status") as caught:
        FilterModule().filters()["live_status"]({}, **options)
    assert expected in str(caught.value)


REGISTERED = {"live_events": [], "changed": False, "failed": False}


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        (None, "what is given is null and no dictionary"),
        ([], "what is given is a list and no dictionary"),
        ("x", "what is given is text and no dictionary"),
        ({"live_events": REGISTERED}, "live_events is a dictionary and no list"),
        ({"live_events": [1]}, "an entry of live_events is a number and no dictionary"),
        ({"live_events": [None]}, "an entry of live_events is null and no dictionary"),
        ({"msl": []}, "msl is a list and no dictionary"),
        ({"msl": {"streams": {"a": 1}}}, "streams is a dictionary and no list"),
        ({"msl": {"origins": [True]}}, "an entry of origins is a truth value and no dictionary"),
        ({"msl": {"origins": [{"shared_keys": "x"}]}}, "shared_keys is text and no list"),
    ],
)
def test_what_is_given_in_another_shape(services, expected):
    with pytest.raises(AnsibleFilterError, match="Cannot make a status") as caught:
        FilterModule().filters()["live_status"](services)
    assert expected in str(caught.value)
    assert "smartstream_live_event_info" in str(caught.value)


_NAMES = st.sampled_from([
    "msl", "live_events", "origins", "streams", "cdns", "shared_keys", "cdn_code", "code", "id", "name", "host_name",
    "expiry_date", "format", "primary_publishing_url", "provision_detail", "origin", "status", "phase",
    "live_encode_start_at", "live_encode_end_at",
])  # fmt: skip
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(["", "HLS", "http://[x", "2026-11-22T00:00Z"]),
    lambda values: st.lists(values, max_size=2) | st.dictionaries(_NAMES, values, max_size=4),
)


@given(st.dictionaries(_NAMES, _VALUES))
def test_whatever_is_given_ends_in_a_status_or_in_words(services):
    with contextlib.suppress(InvalidInput):
        status(services)


# The timeline: 22 November in Japan, from the 21st to the 29th.


def placed(**event_members):
    members = {"phase": "pending", "start": None, "end": None, **event_members}
    return timeline([members], NOW, dt.timezone(dt.timedelta(hours=9)), 1, 7)


def test_where_now_and_the_days_are():
    line = placed()
    assert line["now"] == pytest.approx(100 * 1.5 / 9, abs=0.001)
    assert [day["label"] for day in line["days"]][:3] == ["Sat 21", "Sun 22", "Mon 23"]
    assert [day["today"] for day in line["days"]] == [False, True, *[False] * 7]


def test_a_bar_is_as_long_as_its_event():
    row = placed(start="2026-11-23T00:00+09:00", end="2026-11-24T12:00+09:00")["rows"][0]
    assert row["bar"] == {"left": pytest.approx(200 / 9, abs=0.001), "width": pytest.approx(150 / 9, abs=0.002)}
    assert (row["day"], row["time"]) == ("Mon 23 Nov", "00:00 \u2013 Tue 24, 12:00")


def test_words_for_the_time_of_an_event():
    assert placed(start="2026-11-23T22:00+09:00", end="2026-11-24T01:30+09:00")["rows"][0]["time"] == "22:00\u201301:30"
    assert placed(start="2026-11-23T22:00+09:00")["rows"][0]["time"] == "from 22:00"


@pytest.mark.parametrize(
    ("members", "counted"),
    [
        ({"start": "2026-11-30T00:00+09:00"}, "later"),
        ({"start": "2026-11-20T00:00+09:00", "end": "2026-11-21T00:00+09:00"}, "earlier"),
        ({}, "without_time"),
    ],
)
def test_what_is_not_shown_is_counted_unless_it_runs(members, counted):
    assert placed(**members)["hidden"][counted] == 1
    assert placed(**members)["rows"] == []
    running = placed(**members, phase="running")
    assert (sum(running["hidden"].values()), running["rows"][0]["bar"]) == (0, None)


_INSTANTS = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2032, 1, 1), timezones=st.just(dt.timezone.utc))


@given(_INSTANTS, st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=400)), _INSTANTS, st.integers(0, 60))
def test_no_bar_sticks_out(start, length, now, after):
    members = {"phase": "pending", "start": start.isoformat(), "end": (start + length).isoformat()}
    line = timeline([members], now, dt.timezone.utc, 0, after)
    bars = [row["bar"] for row in line["rows"]]
    assert all(0 <= one["left"] <= one["left"] + one["width"] <= 100.001 for one in bars)
    assert len(bars) + sum(line["hidden"].values()) == 1
