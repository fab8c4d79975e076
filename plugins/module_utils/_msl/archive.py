# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which archive members go together (msl.md, section 3.1). Pure."""

from __future__ import annotations

import typing as t

from .._core.names import snake

_FOREVER = -1
_DAYS = range(1, 32)
_ADVANCED_FORMATS = ("HLS", "DASH")
_FIXED = ("streamLevelPurgeDays", "activeArchiveDurationInDays", "events")


def refusals(members: t.Mapping[str, t.Any]) -> list[str]:
    """Why the service would refuse what is declared of the archive, whatever the rest is."""
    window, events = members.get("dvrWindow"), members.get("events")
    purge, advanced = members.get("streamLevelPurgeDays"), members.get("activeArchiveDurationInDays")
    stream_format = members.get("format")
    found = []
    if window is not None and window != _FOREVER and events:
        found.append("events needs dvr_window -1, since without an archive there is nothing to purge")
    if window is not None and window != _FOREVER and purge is not None:
        found.append("stream_level_purge_days needs dvr_window -1, since without an archive there is nothing to purge")
    if purge is not None and events:
        found.append("stream_level_purge_days and events exclude each other")
    if advanced is not None and events:
        found.append("active_archive_duration_in_days and events exclude each other")
    if advanced is not None and purge is not None:
        found.append("active_archive_duration_in_days and stream_level_purge_days exclude each other")
    if advanced is not None and advanced not in _DAYS:
        found.append(f"active_archive_duration_in_days {advanced} is not from {_DAYS[0]} to {_DAYS[-1]}")
    if advanced is not None and stream_format is not None and stream_format not in _ADVANCED_FORMATS:
        found.append(
            f"active_archive_duration_in_days is for {' and '.join(_ADVANCED_FORMATS)} streams, not {stream_format}"
        )
    return found


def create_refusals(members: t.Mapping[str, t.Any]) -> list[str]:
    """The same for a new stream, of which nothing else is known."""
    needs = [
        ("streamLevelPurgeDays", "dvrWindow", "dvr_window -1"),
        ("events", "dvrWindow", "dvr_window -1"),
        ("vodOrigin", "activeArchiveDurationInDays", "active_archive_duration_in_days"),
    ]
    return [
        f"{snake(name)} needs {wanted}"
        for name, needed, wanted in needs
        if members.get(name) not in (None, [], {}) and members.get(needed) is None
    ]


def update_refusals(declared: t.Mapping[str, t.Any], shown: t.Mapping[str, t.Any]) -> list[str]:
    """The same for an update, which repeats what the stream has and the task leaves out.

    What the stream has already is the service's affair.
    """
    kept = {name: value for name, value in shown.items() if value}
    known = refusals(kept)
    found = [reason for reason in refusals({**kept, **declared}) if reason not in known]
    clashing = [f"{snake(name)} {kept[name]}" for name in _FIXED if name in kept and name not in declared]
    if found and clashing:
        found.append(f"the stream has {' and '.join(clashing)}, which cannot be changed: leave dvr_window as it is")
    return found


def warnings(members: t.Mapping[str, t.Any]) -> list[str]:
    """What is odd but left to the service, whose documents disagree (section 7, row 6)."""
    window = members.get("dvrWindow")
    if window is None or window == _FOREVER or 5 <= window <= 30:
        return []
    return [f"dvr_window {window} is outside what is documented: 5 to 30 minutes, or -1 for an archive without limit."]
