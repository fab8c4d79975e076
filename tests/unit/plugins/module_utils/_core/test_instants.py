# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._core.instants import (
    format_utc,
    in_zone,
    parse_http_date,
    parse_instant,
    parse_length,
    same_instant,
)

UTC = dt.timezone.utc
TOKYO = dt.timezone(dt.timedelta(hours=9))
NOON = dt.datetime(2026, 12, 31, 12, 0, tzinfo=UTC)

instants = st.datetimes(
    dt.datetime(1970, 1, 2), dt.datetime(2200, 1, 1), timezones=st.timezones() | st.just(UTC)
).filter(lambda one: one.utcoffset() is not None and one.utcoffset().seconds % 60 == 0)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-31T12:00:00Z",
        "2026-12-31t12:00:00z",
        " 2026-12-31T12:00:00Z ",
        "2026-12-31T12:00:00.0Z",
        "2026-12-31T12:00:00.000000000Z",
        "2026-12-31T21:00:00+09:00",
        "2026-12-31T21:00:00+0900",
        "2026-12-31T21:00:00+09",
        "2026-12-31 21:00:00+09:00",
        "2026-12-31T21:00+0900",
        "2026-12-31T00:00:00.000-12:00",
    ],
)
def test_every_usual_spelling_of_an_instant_is_read(text: str) -> None:
    assert parse_instant(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Z",
        "tomorrow",
        "2026-13-01T00:00:00Z",
        "2026-12-31",
        "12:00:00Z",
        "1767225600",
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+12:00",
    ],
)
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse_instant(text)
    assert repr(text) in refused.value.message
    assert "2026-12-31T23:59:00" in refused.value.advice


def test_a_time_without_an_offset_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no offset from UTC"):
        parse_instant("2026-12-31T12:00:00")


@given(instants)
def test_an_instant_survives_being_written_and_read(instant: dt.datetime) -> None:
    assert abs(parse_instant(format_utc(instant)) - instant) < dt.timedelta(milliseconds=1)
    assert same_instant(format_utc(instant), instant.isoformat())


def test_instants_are_written_as_the_services_show_them() -> None:
    assert format_utc(dt.datetime(2027, 1, 1, 0, 0, 0, 123999, TOKYO)) == "2026-12-31T15:00:00.123Z"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2026-12-31T12:00:00Z", "2026-12-31T21:00:00+09:00", True),
        ("2026-12-31T12:00:00Z", "2026-12-31T12:00:00.0004Z", True),
        ("2026-12-31T12:00:00Z", "2026-12-31T12:00:01Z", False),
        ("soon", "soon", True),
        ("soon", "2026-12-31T12:00:00Z", False),
    ],
)
def test_instants_are_the_same_to_the_millisecond(one: str, other: str, same: bool) -> None:
    assert same_instant(one, other) is same


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0", dt.timedelta()),
        ("90", dt.timedelta(seconds=90)),
        ("45s", dt.timedelta(seconds=45)),
        ("5m", dt.timedelta(minutes=5)),
        ("12h", dt.timedelta(hours=12)),
        ("30d", dt.timedelta(days=30)),
        ("2w", dt.timedelta(days=14)),
        ("1d12h", dt.timedelta(hours=36)),
        (" 1D 12H ", dt.timedelta(hours=36)),
    ],
)
def test_lengths_of_time(text: str, length: dt.timedelta) -> None:
    assert parse_length(text) == length


@pytest.mark.parametrize("text", ["", " ", "soon", "30 days", "-1d", "1.5d", "d", "1d2", "\u00b2", "9" * 400])
def test_what_is_no_length_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="is not a length of time"):
        parse_length(text)


@pytest.mark.parametrize("text", ["36525d1s", "99999999999d", "999999999999"])
def test_a_length_of_more_than_a_hundred_years_is_refused(text: str) -> None:
    assert parse_length("36525d") == dt.timedelta(days=36525)
    with pytest.raises(InvalidInput, match="longer than 100 years"):
        parse_length(text)


def test_the_first_and_the_last_second_of_the_calendar() -> None:
    for text in ("0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.000Z"):
        assert format_utc(parse_instant(text)) == text
    assert in_zone(parse_instant("9999-12-31T23:59:59Z"), TOKYO).year == 9999
    assert in_zone(NOON, TOKYO).hour == 21


@given(st.integers(0, 1000), st.integers(0, 23), st.integers(0, 59))
def test_a_length_is_the_sum_of_its_parts(days: int, hours: int, minutes: int) -> None:
    assert parse_length(f"{days}d{hours}h{minutes}m") == dt.timedelta(days=days, hours=hours, minutes=minutes)


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Thu, 31 Dec 2026 12:00:00 GMT", NOON),
        ("Thu, 31 Dec 2026 12:00:00 -0000", NOON),
        (None, None),
        ("", None),
        ("120", None),
        ("yesterday", None),
    ],
)
def test_dates_in_headers(text: str | None, instant: dt.datetime | None) -> None:
    assert parse_http_date(text) == instant
