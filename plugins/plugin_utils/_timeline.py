# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where live events stand on a timeline of whole days, in hundredths of its width. Pure."""

from __future__ import annotations

import datetime as dt
import typing as t

_DAY = dt.timedelta(days=1)
# How long an event without an end is drawn.
_OPEN_ENDED = dt.timedelta(hours=1)
# Not strftime's, which are those of the controller's language.
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def timeline(
    events: t.Iterable[t.Mapping[str, t.Any]], now: dt.datetime, zone: dt.tzinfo, before: int, after: int
) -> dict[str, t.Any]:
    """The days and the events that a timeline shows, and how many it does not.

    :param events: With ``start`` and ``end`` in ISO 8601 or None, and ``phase``; one that is running is always shown.
    :param before: How many days before today, and ``after``: after it.
    :returns: The place of ``now``, the ``days``, ``rows`` with the number of the event in the list, its day and time in
        words and the place of its bar (None where it has no time), and the counts of what is not shown.
    """
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    first, last = midnight - before * _DAY, midnight + (after + 1) * _DAY
    length = last - first

    def place(instant: dt.datetime) -> float:
        return round(100 * min(max((instant - first) / length, 0.0), 1.0), 3)

    rows: list[dict[str, t.Any]] = []
    hidden = {"earlier": 0, "later": 0, "without_time": 0}
    for number, event in enumerate(events):
        start, end = (dt.datetime.fromisoformat(event[side]) if event[side] else None for side in ("start", "end"))
        where = _where(start, end, first, last)
        if where and event["phase"] != "running":
            hidden[where] += 1
            continue
        span = None
        if not where and start:
            left, right = place(start), place(end or start + _OPEN_ENDED)
            span = {"left": left, "width": round(right - left, 3)}
        rows.append({"event": number, "bar": span, **_when(start, end)})
    days = [first + number * _DAY for number in range(before + after + 1)]
    return {
        "now": place(now),
        "days": [
            {"date": day.date().isoformat(), "label": _day(day), "left": place(day), "today": day == midnight}
            for day in days
        ],
        "rows": rows,
        "hidden": hidden,
    }


def _where(start: dt.datetime | None, end: dt.datetime | None, first: dt.datetime, last: dt.datetime) -> str:
    """Why an event has no place between the first and the last day; empty where it has one."""
    if start is None:
        return "without_time"
    if start >= last:
        return "later"
    return "earlier" if (end or start + _OPEN_ENDED) <= first else ""


def _when(start: dt.datetime | None, end: dt.datetime | None) -> dict[str, str]:
    """When an event is, for people: its day, and the times of that day."""
    if start is None:
        return {"day": "No time", "time": ""}
    day = f"{_day(start)} {_MONTHS[start.month - 1]}"
    if end is None:
        return {"day": day, "time": f"from {start:%H:%M}"}
    same = start.date() == end.date() or end - start < dt.timedelta(hours=12)
    return {
        "day": day,
        "time": f"{start:%H:%M}\u2013{end:%H:%M}" if same else f"{start:%H:%M} \u2013 {_day(end)}, {end:%H:%M}",
    }


def _day(instant: dt.datetime) -> str:
    return f"{_WEEKDAYS[instant.weekday()]} {instant.day}"
