# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import itertools
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._msl import archive
from ansible_collections.streamops.live.tests.simulator.msl.stream_rules import archive_mistakes

EVENTS = [{"event": "a", "age": 1}]


# dvr_window, stream_level_purge_days, active_archive_duration_in_days, events (msl.md, section 3.1).
ACCEPTED = [
    (None, None, None, None),
    (5, None, None, None),
    (-1, None, None, None),
    (-1, None, None, EVENTS),
    (-1, 3, None, None),
    (None, None, 3, None),
]
REFUSED = [
    (5, None, None, EVENTS),
    (5, 3, None, None),
    (-1, 3, None, EVENTS),
    (5, None, 3, EVENTS),
    (-1, None, 3, EVENTS),
    (None, None, 3, EVENTS),
    (None, 3, 3, None),
]
ALL = list(itertools.product((None, 5, -1), (None, 3), (None, 3), (None, EVENTS)))


def stream(window: int | None, purge: int | None, advanced: int | None, events: Any) -> dict[str, Any]:
    members = {
        "format": "HLS",
        "dvrWindow": window,
        "streamLevelPurgeDays": purge,
        "activeArchiveDurationInDays": advanced,
        "events": events,
    }
    return {name: value for name, value in members.items() if value is not None}


def refused(members: dict[str, Any]) -> bool:
    return bool(archive.refusals(members) + archive.create_refusals(members))


@pytest.mark.parametrize("combination", ACCEPTED)
def test_what_the_documents_accept_is_sent(combination: Any) -> None:
    assert not refused(stream(*combination))


@pytest.mark.parametrize("combination", REFUSED)
def test_what_the_documents_refuse_is_not_sent(combination: Any) -> None:
    assert refused(stream(*combination))


@pytest.mark.parametrize("combination", ALL)
def test_nothing_is_refused_here_that_the_service_would_take(combination: Any) -> None:
    members = stream(*combination)
    assert not refused(members) or list(archive_mistakes(members))


@pytest.mark.parametrize(
    ("members", "option"),
    [
        ({"dvrWindow": 5, "events": EVENTS}, "events needs dvr_window -1"),
        ({"dvrWindow": 5, "streamLevelPurgeDays": 3}, "stream_level_purge_days needs dvr_window -1"),
        ({"dvrWindow": -1, "streamLevelPurgeDays": 3, "events": EVENTS}, "exclude each other"),
        ({"activeArchiveDurationInDays": 3, "events": EVENTS}, "exclude each other"),
        ({"activeArchiveDurationInDays": 3, "streamLevelPurgeDays": 3}, "exclude each other"),
        ({"activeArchiveDurationInDays": 0}, "not from 1 to 31"),
        ({"activeArchiveDurationInDays": 32}, "not from 1 to 31"),
        ({"activeArchiveDurationInDays": 3, "format": "CMAF"}, "for HLS and DASH streams, not CMAF"),
    ],
)
def test_the_reason_names_the_options(members: dict[str, Any], option: str) -> None:
    assert any(option in reason for reason in archive.refusals(members))


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"events": EVENTS}, "events needs dvr_window -1"),
        ({"streamLevelPurgeDays": 3}, "stream_level_purge_days needs dvr_window -1"),
        ({"vodOrigin": {"cpcode": 1}, "dvrWindow": -1}, "vod_origin needs active_archive_duration_in_days"),
    ],
)
def test_a_new_stream_has_nothing_that_a_declared_member_could_rest_on(members: dict[str, Any], reason: str) -> None:
    assert archive.create_refusals(members) == [reason]
    assert archive.refusals(members) == []


@pytest.mark.parametrize("members", [{}, {"events": []}, {"vodOrigin": {}}, {"dvrWindow": -1, "events": EVENTS}])
def test_a_new_stream_without_them_needs_nothing(members: dict[str, Any]) -> None:
    assert archive.create_refusals(members) == []


@pytest.mark.parametrize(
    ("shown", "clashing"),
    [
        ({"dvrWindow": -1, "streamLevelPurgeDays": 30}, "stream_level_purge_days 30"),
        ({"dvrWindow": -1, "events": EVENTS}, "events [{'event': 'a', 'age': 1}]"),
    ],
)
def test_what_the_stream_has_and_an_update_clashes_with_is_named(shown: dict[str, Any], clashing: str) -> None:
    needs, has = archive.update_refusals({"dvrWindow": 30}, shown)
    assert "needs dvr_window -1" in needs
    assert has == f"the stream has {clashing}, which cannot be changed: leave dvr_window as it is"


@pytest.mark.parametrize(
    ("declared", "shown"),
    [
        ({"dvrWindow": 30}, {"dvrWindow": -1}),
        ({"dvrWindow": 30}, {"dvrWindow": -1, "streamLevelPurgeDays": 0, "events": []}),
        ({"dvrWindow": -1}, {"dvrWindow": 30, "streamLevelPurgeDays": 30}),
        # What it has already, against the documents, is repeated as it is.
        ({"name": "x"}, {"dvrWindow": 30, "streamLevelPurgeDays": 30}),
        ({"dvrWindow": 20}, {"dvrWindow": 30, "events": EVENTS}),
    ],
)
def test_an_update_that_brings_no_clash_about_is_sent(declared: dict[str, Any], shown: dict[str, Any]) -> None:
    assert archive.update_refusals(declared, shown) == []


@pytest.mark.parametrize(
    ("window", "warned"), [(None, False), (-1, False), (5, False), (30, False), (4, True), (31, True)]
)
def test_a_window_outside_the_documents_is_warned_about_only(window: int | None, warned: bool) -> None:
    assert bool(archive.warnings({"dvrWindow": window})) is warned
    assert archive.refusals({"dvrWindow": window}) == []
