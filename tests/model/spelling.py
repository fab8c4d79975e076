# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways to write one value: what a service takes for the same must never look like a change."""

from __future__ import annotations

import datetime as dt
import ipaddress

from .drawing import Draw, maybe, one_of

_OFFSETS = (0.0, 9.0, -3.5, 5.75, -12.0)


def number(draw: Draw, value: int) -> int | str:
    """A number, or its text."""
    return one_of(draw, value, str(value), f" {value} ")


def flag(draw: Draw, value: bool) -> bool | str | int:
    """A truth value in Ansible's words."""
    return one_of(draw, *((True, "yes", "true", "True", 1) if value else (False, "no", "false", "False", 0)))


def zone(draw: Draw, value: str) -> str:
    """A location whatever its case."""
    return one_of(draw, value, value.lower(), value.title(), f" {value} ")


def host_name(draw: Draw, identifier: str, full: str) -> str:
    """An origin by its identifier or its full name, whatever the case."""
    written = one_of(draw, identifier, full)
    return one_of(draw, written, written.upper(), written.title())


def address(draw: Draw, value: str) -> str:
    """An IP address in its short or its long form."""
    return one_of(draw, value, ipaddress.ip_address(value).exploded, value.upper())


def instant(draw: Draw, moment: dt.datetime) -> str:
    """A point in time with any offset."""
    hours = one_of(draw, *_OFFSETS)
    local = moment.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    written = local.isoformat(timespec=one_of(draw, "seconds", "milliseconds"))
    if hours == 0.0:
        return written.replace("+00:00", one_of(draw, "Z", "+00:00", "+0000"))
    return written[:-3] + written[-2:] if maybe(draw) else written
