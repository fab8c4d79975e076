# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Schedules: what is read from CSV text and lists, and what is said about what cannot be right."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_live_event import LIVE_EVENT
from ansible_collections.streamops.live.plugins.module_utils._smartstream.schedule import COLUMNS, read_schedule

HEAD = "ref_id,name,live_event_profile,live_encode_start_at,live_encode_end_at\n"
ROUND = "r1,Round 1,hd,2026-04-04T18:00:00+09:00,2026-04-04T20:00:00+09:00\n"
EVENT = {
    "ref_id": "r1",
    "name": "Round 1",
    "live_event_profile": "hd",
    "live_encode_start_at": "2026-04-04T18:00:00+09:00",
    "live_encode_end_at": "2026-04-04T20:00:00+09:00",
}


def problems(source, defaults=None):
    return read_schedule(source, defaults).problems


def test_a_line_is_an_event():
    assert read_schedule(HEAD + ROUND) == ([EVENT], [])


def test_a_list_means_the_same():
    assert read_schedule([EVENT]) == read_schedule(HEAD + ROUND)


def test_every_column_is_an_option_of_the_module():
    assert set(COLUMNS) <= LIVE_EVENT.keys()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + HEAD + ROUND,
        (HEAD + ROUND).replace("\n", "\r\n"),
        (HEAD + ROUND).replace(",", ";"),
        (HEAD + ROUND).replace(",", "\t"),
        "\n" + HEAD + "\n" + ROUND + ",,,,\n",
        HEAD.replace("ref_id", "Ref ID").replace("name", "Name", 1) + ROUND,
        HEAD.replace("\n", ",# remarks\n") + ROUND.replace("\n", ",bring a spare encoder\n"),
        HEAD.replace("\n", ",\n") + ROUND.replace("\n", ",\n"),
        HEAD + ROUND.replace("Round 1", " Round 1 "),
    ],
    ids=["bom", "crlf", "semicolon", "tab", "blank lines", "spelling", "remarks", "nameless column", "blanks"],
)
def test_what_spreadsheets_make_of_it(text):
    assert read_schedule(text) == ([EVENT], [])


def test_an_empty_cell_leaves_its_column_out_and_an_empty_text_in_a_list_does_not():
    assert read_schedule("ref_id,name,live_event_profile,description\na,A,hd,\n").live_events == [
        {"ref_id": "a", "name": "A", "live_event_profile": "hd"}
    ]
    listed = {"ref_id": "a", "name": "A", "live_event_profile": "hd", "live_encode_start_at": "", "description": None}
    assert read_schedule([listed]) == ([{name: listed[name] for name in listed if name != "description"}], [])


@pytest.mark.parametrize(("word", "flag"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("off", False)])
def test_flags_in_words(word, flag):
    read = read_schedule(f"ref_id,name,live_event_profile,enable_live_to_file_flag\na,A,hd,{word}\n")
    assert (read.live_events[0]["enable_live_to_file_flag"], read.problems) == (flag, [])


def test_defaults_fill_what_a_line_leaves_out():
    text = "ref_id,name,live_event_profile,live_event_profile_id\na,A,,\nb,B,sd,\nc,C,,123\n"
    read = read_schedule(text, {"live_event_profile": "hd"})
    assert read.problems == []
    assert [(one.get("live_event_profile"), one.get("live_event_profile_id")) for one in read.live_events] == [
        ("hd", None), ("sd", None), (None, "123"),
    ]  # fmt: skip


def test_a_default_that_is_null_is_left_out():
    read = read_schedule("ref_id,name\na,A\n", {"live_event_profile": None, "description": None})
    assert read.live_events == [{"ref_id": "a", "name": "A"}]
    assert read.problems == [
        "line 2: no profile is given, neither here by live_event_profile or live_event_profile_id nor for all"
    ]


BAD = {
    "no columns": ("", "line 1: there is no line that names the columns"),
    "no events": (HEAD, "line 1: no live event follows it"),
    "missing column": (HEAD.replace("ref_id,", "") + ROUND[3:], "line 1: the column ref_id is missing"),
    "misspelt column": (HEAD.replace("live_encode_end_at", "end") + ROUND, "line 1: there is no column 'end'; there are"),
    "column twice": ("ref_id,name,name\na,b,c\n", "line 1: the column name stands there 2 times"),
    "cells missing": (HEAD + ROUND + "r2,Round 2\n", "line 3: it has 2 cells, and line 1 names 5 columns"),
    "date": (HEAD + ROUND.replace("-04-04T18", "-13-04T18"), "line 2: live_encode_start_at: '2026-13-04T18:00"),
    "no offset": (HEAD + ROUND.replace("18:00:00+09:00", "18:00:00"), "line 2: live_encode_start_at: '2026-04-04T18:00:00' has"),
    "ends before": (HEAD + ROUND.replace("T20", "T17"), "line 2: live_encode_end_at 2026-04-04T17:00:00+09:00 is not after"),
    "doubled": (HEAD + ROUND + "\n" + ROUND, "line 4: ref_id 'r1' is that of line 2 as well"),
    "no ref_id": (HEAD + ROUND[2:], "line 2: ref_id is missing"),
    "no name": (HEAD + ROUND.replace("Round 1", ""), "line 2: name is missing"),
    "path": (HEAD + ROUND.replace("r1", "a/b"), "line 2: ref_id 'a/b' may not hold /"),
    "no profile": (HEAD + ROUND.replace("hd", ""), "line 2: no profile is given"),
    "two profiles": (
        "ref_id,name,live_event_profile,live_event_profile_id\na,A,hd,1\n",
        "line 2: live_event_profile and live_event_profile_id both name the profile",
    ),
    "flag": ("ref_id,name,live_event_profile,enable_live_to_file_flag\na,A,hd,maybe\n", "line 2: enable_live_to_file_flag is 'maybe'"),
    "state": ("ref_id,name,live_event_profile,state\na,A,hd,started\n", "line 2: state is 'started', and it can be present, absent"),
    "source": ("ref_id,name,live_event_profile,source_type\na,A,hd,srt\n", "line 2: source_type is 'srt', and it can be rtmp"),
    "quotation": (HEAD + ROUND + 'r2,"Round 2,hd,,\n', "line 3: it cannot be read as CSV"),
    "bytes": (HEAD + ROUND.replace("Round", "\udce3"), "line 2: it is not UTF-8"),
    "replaced": (HEAD + ROUND.replace("Round", "\ufffd"), "line 2: it is not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_what_cannot_be_right_names_its_line(text, expected):
    found = problems(text)
    assert len(found) == 1
    assert found[0].startswith(expected)


def test_a_problem_ends_without_a_stop_since_it_stands_in_a_list():
    assert [sentence for text, _expected in BAD.values() for sentence in problems(text) if sentence.endswith(".")] == []


def test_everything_is_said_at_once():
    text = HEAD + ROUND.replace("T18", "T25") + ROUND.replace("hd", "")
    assert [sentence.split(":")[0] for sentence in problems(text)] == ["line 2", "line 3", "line 3"]


def test_a_quoted_cell_may_span_lines():
    text = "ref_id,name,live_event_profile,description\n" + 'a,A,hd,"one\ntwo, ""three"""\n' + "b,,hd,\n"
    read = read_schedule(text)
    assert read.live_events[0]["description"] == 'one\ntwo, "three"'
    assert read.problems == ["line 4: name is missing"]


def test_an_entry_of_a_list_is_named_by_its_number():
    assert problems([EVENT, {**EVENT, "start": "now"}]) == [
        "entry 2: there is no column 'start'",
        "entry 2: ref_id 'r1' is that of entry 1 as well, and it names one live event",
    ]
    assert problems([]) == ["there is no live event in the list"]


def test_what_is_deleted_needs_no_profile():
    assert problems([{"ref_id": "a", "name": "A", "state": "absent"}]) == []


_CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffd\ufeff"), min_size=1)
_REF_IDS = st.from_regex(r"[A-Za-z0-9._-]{3,20}", fullmatch=True)


@given(st.dictionaries(_REF_IDS, st.tuples(_CELLS, _CELLS).filter(lambda two: all(map(str.strip, two))), min_size=1))
def test_whatever_a_spreadsheet_holds_comes_back(rows):
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(["ref_id", "name", "description"])
    table.writerows([ref_id, *texts] for ref_id, texts in rows.items())
    read = read_schedule(written.getvalue(), {"live_event_profile": "hd"})
    assert read.problems == []
    assert [tuple(one.values()) for one in read.live_events] == [
        (ref_id, name.strip(), description.strip(), "hd") for ref_id, (name, description) in rows.items()
    ]


@given(st.text())
def test_any_text_is_read_or_refused(text):
    read = read_schedule(text)
    assert read.problems or read.live_events
