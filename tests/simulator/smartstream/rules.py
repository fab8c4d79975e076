# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a request may say about a live event (reference smartstream, section 3)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ..clock import japan, parse_date_time
from .merchant import INGEST, Merchant
from .problems import Problem

#: Member -> JSON type, whether null is taken, and what it is when a replacing request leaves it out.
MEMBERS: dict[str, tuple[type, bool, Any]] = {
    "name": (str, False, None),
    "description": (str, True, ""),
    "ref_id": (str, True, None),
    "live_event_profile_id": (str, False, None),
    "enable_ad_insertion_flag": (bool, False, False),
    "enable_live_to_file_flag": (bool, False, False),
    "live_encode_start_at": (str, True, None),
    "live_encode_end_at": (str, True, None),
}
DATES = ("live_encode_start_at", "live_encode_end_at")
REQUIRED = ("name", "live_event_profile_id")


def check_structure(body: Any, creating: bool) -> dict[str, Any]:
    """The body, when it is an object of known members with values of their types.

    :raises Problem: BAD_REQUEST.
    """
    if not isinstance(body, dict):
        raise Problem("BAD_REQUEST")
    for name, value in body.items():
        if name == "source_type" and creating:
            if value not in INGEST:
                raise Problem("BAD_REQUEST")
        elif name not in MEMBERS or not _fits(name, value):
            raise Problem("BAD_REQUEST")
    if creating and not all(body.get(name) for name in REQUIRED):
        raise Problem("BAD_REQUEST")
    return body


def _fits(name: str, value: Any) -> bool:
    kind, nullable, _default = MEMBERS[name]
    if value is None:
        return nullable
    if not isinstance(value, kind):
        return False
    if name in DATES:
        return parse_date_time(str(value)) is not None
    return bool(value != "" or name not in ("ref_id", *REQUIRED))


def written(members: dict[str, Any]) -> dict[str, Any]:
    """The members as the service writes them: dates in Japanese time."""
    kept = dict(members)
    for name in DATES:
        moment = _moment(kept.get(name))
        if moment is not None:
            kept[name] = japan(moment)
    return kept


def check_event(merchant: Merchant, event: dict[str, Any], code: str) -> None:
    """Refuse an event that cannot be: unknown profile, end before start, ref_id that another one has.

    :raises Problem: LIVE_EVENT_PROFILE_NOT_FOUND or the given code.
    """
    if event["live_event_profile_id"] not in merchant.profiles:
        raise Problem("LIVE_EVENT_PROFILE_NOT_FOUND")
    start, end = (_moment(event.get(name)) for name in DATES)
    if start is not None and end is not None and end <= start:
        raise Problem(code)
    others = (other for other in merchant.live_events.values() if other["id"] != event["id"])
    taken = event.get("ref_id") is not None and any(other.get("ref_id") == event["ref_id"] for other in others)
    if taken and merchant.settings.unique_ref_ids:
        raise Problem(code)


def _moment(text: str | None) -> datetime | None:
    return None if text is None else parse_date_time(text)
