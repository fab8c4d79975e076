# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Points in time and lengths of time as users and the services write them."""

from __future__ import annotations

import datetime as dt
import email.utils
import re

from .errors import InvalidInput

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
_LENGTH = re.compile(r"(\d{1,12})\s*([smhdw])")
LONGEST = dt.timedelta(days=36525)
_FRACTION = re.compile(r"\.(\d+)")
_SHORT_OFFSET = re.compile(r"([+-]\d{2})(\d{2})?$")


def parse_instant(text: str) -> dt.datetime:
    """Read an ISO 8601 date and time with an offset (``Z``, ``+09:00``, ``+0900``).

    :raises InvalidInput: The text is no such thing, or has no offset.
    """
    written = text.strip()
    if written[-1:] in "Zz":
        written = written[:-1] + "+00:00"
    elif "T" in written or " " in written:
        written = _SHORT_OFFSET.sub(lambda match: f"{match[1]}:{match[2] or '00'}", written)
    # Python 3.10 reads fractions of exactly three or six digits only.
    written = _FRACTION.sub(lambda match: "." + match[1][:6].ljust(6, "0"), written, count=1)
    try:
        instant = dt.datetime.fromisoformat(written)
        if instant.tzinfo is not None:
            instant.astimezone(dt.timezone.utc)  # An offset may lead out of the calendar.
    except (ValueError, OverflowError):
        raise InvalidInput(
            f"{text!r} is not an ISO 8601 date and time", advice="Write it like 2026-12-31T23:59:00+09:00"
        ) from None
    if instant.tzinfo is None:
        raise InvalidInput(
            f"{text!r} has no offset from UTC", advice="Add one, as in 2026-12-31T23:59:00+09:00 or ...Z"
        )
    return instant


def same_instant(one: str, other: str) -> bool:
    """Whether two texts name the same point in time, to the millisecond that the services keep."""
    try:
        return abs((parse_instant(one) - parse_instant(other)).total_seconds()) < 0.001
    except InvalidInput:
        return one == other


def in_zone(instant: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """The same point in time in another zone; unchanged where that leads out of the calendar, as 9999-12-31 may."""
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant


def format_utc(instant: dt.datetime) -> str:
    """RFC 3339 in UTC with milliseconds, the form that both services show: ``2026-12-31T23:59:00.000Z``."""
    return instant.astimezone(dt.timezone.utc).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def parse_length(text: str) -> dt.timedelta:
    """Read a length of time such as ``30d``, ``12h`` or ``1d12h``; a bare number is seconds.

    :raises InvalidInput: The text is no such thing, or more than 100 years.
    """
    written = text.strip().lower()
    if written.isdecimal():
        written += "s"
    if not written or _LENGTH.sub("", written).strip():
        raise InvalidInput(f"{text!r} is not a length of time", advice="Write it like 30d, 12h or 1d12h")
    seconds = sum(int(count) * _UNITS[unit] for count, unit in _LENGTH.findall(written))
    if seconds > LONGEST.total_seconds():
        raise InvalidInput(f"{text!r} is longer than 100 years", advice="Write it like 30d, 12h or 1d12h")
    return dt.timedelta(seconds=seconds)


def parse_http_date(text: str | None) -> dt.datetime | None:
    """Read the value of a ``Date`` or ``Retry-After`` header; None where it is no date."""
    if not text:
        return None
    try:
        instant = email.utils.parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=dt.timezone.utc)
