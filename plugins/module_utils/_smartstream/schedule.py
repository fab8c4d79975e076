# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A schedule of live events as people keep it, a spreadsheet or a list, turned into what is wanted. Pure."""

from __future__ import annotations

import csv
import io
import typing as t

from .._engine.fields import Members
from .addresses import refusals
from .event_fields import END, FIELDS, SOURCE_TYPES, START, schedule_refusals

REF_ID, NAME, STATE, SOURCE_TYPE = "ref_id", "name", "state", "source_type"
PROFILE, PROFILE_ID = "live_event_profile", "live_event_profile_id"
REQUIRED = (REF_ID, NAME)
FLAGS = tuple(field.name for field in FIELDS if field.type == "bool")
#: The columns of a schedule: options of the modules for live events, under their own names.
COLUMNS = (*REQUIRED, "description", PROFILE, PROFILE_ID, START, END, SOURCE_TYPE, *FLAGS, STATE)

_STATES = ("present", "absent")
_FLAG_WORDS = {
    **dict.fromkeys(("true", "yes", "on", "1"), True),
    **dict.fromkeys(("false", "no", "off", "0"), False),
}
_SEPARATORS = ",;\t"
_REMARK = "#"
# What undecodable bytes become when Ansible reads a file, by its version.
_NOT_UTF8 = frozenset(["\ufffd", *map(chr, range(0xDC80, 0xDD00))])

# A place in the source ("line 3") and the members that stand there.
_Row = tuple[str, Members]


class Schedule(t.NamedTuple):
    """What a source says.

    :ivar live_events: Options of ``smartstream_live_events``, in the order of the source; as good as they could be
        read where there are problems.
    :ivar problems: Everything that cannot be right, each a sentence that begins with its place in the source.
    """

    live_events: list[Members]
    problems: list[str]


def read_schedule(
    source: str | t.Sequence[t.Mapping[str, t.Any]], defaults: t.Mapping[str, t.Any] | None = None
) -> Schedule:
    """Read a schedule from the text of a CSV file, or from a list.

    :param source: CSV text whose first line names the columns, or one mapping of columns for each event. A cell
        without text leaves its column out; in a list an empty text is a value.
    :param defaults: Columns for the events that leave them out.
    """
    rows, problems = _csv_rows(source) if isinstance(source, str) else _list_rows(source)
    seen: dict[str, str] = {}
    events = []
    for place, row in rows:
        members = _with_defaults(row, defaults or {})
        event, found = _event(members)
        ref_id = str(event.get(REF_ID, ""))
        if ref_id in seen:
            found.append(f"ref_id {ref_id!r} is that of {seen[ref_id]} as well, and it names one live event")
        if ref_id:
            seen.setdefault(ref_id, place)
        events.append(event)
        problems += [f"{place}: {sentence.rstrip('.')}" for sentence in found]
    return Schedule(events, problems)


def _with_defaults(row: Members, defaults: t.Mapping[str, t.Any]) -> Members:
    """A profile of the row's own, by whichever of its two names, replaces the default one."""
    left_out = (PROFILE, PROFILE_ID) if row.keys() & {PROFILE, PROFILE_ID} else ()
    given = {name: value for name, value in defaults.items() if value is not None and name not in left_out}
    return {**given, **row}


# One event.


def _event(members: Members) -> tuple[Members, list[str]]:
    """The options that one row means, and what cannot be right about them."""
    event: Members = {}
    found = [f"there is no column {name!r}" for name in sorted(members.keys() - set(COLUMNS))]
    for name in (column for column in COLUMNS if column in members):
        value, problem = _value(name, members[name])
        event[name] = value
        found += [problem] if problem else []
    found += [f"{name} is missing" for name in REQUIRED if not event.get(name)]
    found += refusals(REF_ID, event[REF_ID]) if event.get(REF_ID) else []
    found += _profile_problems(event)
    found += schedule_refusals(event)
    return event, found


def _value(name: str, written: t.Any) -> tuple[t.Any, str]:
    """What is written for a column as the modules take it, and why it cannot be."""
    text = str(written).strip()
    word = text.lower()
    if name in FLAGS:
        flag = _FLAG_WORDS.get(word)
        return flag, "" if flag is not None else f"{name} is {text!r}, and it can be true or false"
    choices = {STATE: _STATES, SOURCE_TYPE: SOURCE_TYPES}.get(name)
    if choices is not None:
        return word, "" if word in choices else f"{name} is {text!r}, and it can be {', '.join(choices)}"
    return text, ""


def _profile_problems(event: Members) -> list[str]:
    given = [name for name in (PROFILE, PROFILE_ID) if event.get(name)]
    if len(given) == 2:
        return [f"{PROFILE} and {PROFILE_ID} both name the profile; give one of them"]
    if not given and event.get(STATE) != "absent":
        return [f"no profile is given, neither here by {PROFILE} or {PROFILE_ID} nor for all"]
    return []


# Where rows come from.


def _list_rows(source: t.Sequence[t.Mapping[str, t.Any]]) -> tuple[list[_Row], list[str]]:
    rows = [
        (f"entry {number}", {str(name): value for name, value in row.items() if value is not None})
        for number, row in enumerate(source, 1)
    ]
    return rows, [] if rows else ["there is no live event in the list"]


def _csv_rows(text: str) -> tuple[list[_Row], list[str]]:
    """The rows of CSV text, and what is wrong with its form."""
    if not _NOT_UTF8.isdisjoint(text):
        line = next(number for number, line in enumerate(text.splitlines(), 1) if not _NOT_UTF8.isdisjoint(line))
        return [], [f"line {line}: it is not UTF-8; a spreadsheet saves that as 'CSV UTF-8'"]
    records, problems = _records(text.removeprefix("\ufeff"))
    if not records:
        return [], problems or ["line 1: there is no line that names the columns"]
    (head_place, head), *rest = records
    names = [_column(cell) for cell in head]
    problems = [f"{head_place}: {sentence}" for sentence in _head_problems(names)] + problems
    rows = []
    for place, cells in rest:
        if len(cells) != len(names):
            problems.append(f"{place}: it has {len(cells)} cells, and {head_place} names {len(names)} columns")
            continue
        cell_of = dict(zip(names, cells, strict=True))
        rows.append((place, {name: cell for name, cell in cell_of.items() if name in COLUMNS and cell.strip()}))
    if not rest and not problems:
        problems.append(f"{head_place}: no live event follows it")
    # Rows say nothing more that is of use where columns are missing or misspelt.
    return ([], problems) if _head_problems(names) else (rows, problems)


def _records(text: str) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Records with the line that each begins in; blank ones are left out. A quoted cell may span lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    records: list[tuple[str, list[str]]] = []
    while True:
        place = f"line {reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return records, []
        except csv.Error as error:
            return records, [f"{place}: it cannot be read as CSV ({error})"]
        if any(cell.strip() for cell in cells):
            records.append((place, cells))


def _separator(text: str) -> str:
    """What separates the columns: a comma, or what spreadsheets of some countries write instead."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=head.count)


def _column(cell: str) -> str:
    """A column's name as a head writes it: ``Ref ID`` is ``ref_id``."""
    return "_".join(cell.strip().lower().replace("-", " ").split())


def _head_problems(names: t.Sequence[str]) -> list[str]:
    found = [f"the column {name} is missing" for name in REQUIRED if name not in names]
    found += [
        f"the column {name} stands there {names.count(name)} times"
        for name in dict.fromkeys(names)
        if name in COLUMNS and names.count(name) > 1
    ]
    unknown = [name for name in names if name and name not in COLUMNS and not name.startswith(_REMARK)]
    found += [
        f"there is no column {name!r}; there are {', '.join(COLUMNS)}, and those for remarks begin with {_REMARK}"
        for name in dict.fromkeys(unknown)
    ]
    return found
