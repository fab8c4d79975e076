# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's clock, which can be set off from the machine's, and the services' ways to write a time."""

import re
import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from .settings import Settings

_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)")


class Clock:
    """Time as the simulated services see it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._last = datetime.fromtimestamp(0, timezone.utc)

    def now(self) -> datetime:
        """Current time, aware, UTC."""
        return datetime.fromtimestamp(time.time() + self._settings.clock_offset, timezone.utc)

    def stamp(self) -> datetime:
        """Time for a modification: never the same twice, so that two writes within a millisecond differ."""
        now = self.now()
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        self._last = max(now, self._last + timedelta(milliseconds=1))
        return self._last


def iso(moment: datetime) -> str:
    """UTC with milliseconds and Z, as MSL writes it."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def japan(moment: datetime) -> str:
    """Japanese time with milliseconds and offset, as SmartSTREAM writes it."""
    local = moment.astimezone(timezone(timedelta(hours=9)))
    return local.strftime("%Y-%m-%dT%H:%M:%S.") + f"{local.microsecond // 1000:03d}+09:00"


def http_date(moment: datetime) -> str:
    """The form of the Date header (RFC 9110, section 5.6.7)."""
    return format_datetime(moment.astimezone(timezone.utc).replace(microsecond=0), usegmt=True)


def parse_date_time(text: str) -> datetime | None:
    """Read an RFC 3339 date-time; None when it is not one. The offset is not optional."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    day, clock, fraction, offset = match.groups()
    microseconds = (fraction or ".0")[1:7].ljust(6, "0")
    try:
        return datetime.fromisoformat(f"{day}T{clock}.{microseconds}{'+00:00' if offset in 'Zz' else offset}")
    except ValueError:
        return None
