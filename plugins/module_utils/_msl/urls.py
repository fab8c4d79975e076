# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where encoders send a stream to (msl.md, section 3.4). Pure."""

from __future__ import annotations

import typing as t
import urllib.parse

from .._core.errors import InvalidInput
from .._core.numbers import whole_number
from .._core.words import kind_of

# Format -> what stands before the stream's number, and the file that stands behind the event.
_PATHS = {
    "HLS": ("", "master.m3u8"),
    "HDS": ("hds/", "{event}master.f4m"),
    "DASH": ("dash/", "dash.mpd"),
    "CMAF": ("cmaf/", ""),
}
_ENTRY_POINT = "http://{side}-ep{id}.i.akamaientrypoint.net"
_ADVICE = "Give a stream as msl_stream returns it"


def publishing_urls(stream: t.Any, event: t.Any) -> dict[str, str | None]:
    """The URLs to which the encoder and the backup encoder of a stream send an event.

    Hosts are the ones that the service shows for the stream, since they change with the service's generations; where
    it shows none, as in lists, the documented ones.

    :param stream: A stream under its snake_case names: id, format and, where they are known, primary_publishing_url,
        backup_publishing_url (either a bare host name or a URL) and backup_encoder_zone.
    :returns: ``primary`` and ``backup``; the backup is None where the stream is known to have none.
    :raises InvalidInput: The stream has no id or no known format, or the event cannot be a part of a path.
    """
    if not isinstance(stream, t.Mapping):
        raise InvalidInput(f"a stream is a dictionary, and this is {kind_of(stream)}", advice=_ADVICE)
    number = _number(stream.get("id"))
    prefix, file_name = _path(stream.get("format"))
    name = _event(event)
    shown = {side: stream.get(f"{side}_publishing_url") for side in ("primary", "backup")}

    def url(side: str, directory: str) -> str:
        base = _base(shown[side] or _ENTRY_POINT.format(side=side[0], id=number), f"{side}_publishing_url")
        return f"{base}/{prefix}{directory}/{name}/{file_name.format(event=name)}"

    has_none = shown["primary"] and not shown["backup"] and not stream.get("backup_encoder_zone")
    return {"primary": url("primary", str(number)), "backup": None if has_none else url("backup", f"{number}-b")}


def _number(value: t.Any) -> int:
    number = None if isinstance(value, bool) else whole_number(str(value))
    if number is None:
        what = "the stream has no id" if value is None else f"the stream's id {str(value).strip()!r} is not a number"
        raise InvalidInput(what, advice=_ADVICE)
    return number


def _path(stream_format: t.Any) -> tuple[str, str]:
    known = _PATHS.get(str(stream_format).upper())
    if known is None:
        raise InvalidInput(
            f"the stream's format is {stream_format!r}, and it can be {', '.join(_PATHS)}", advice=_ADVICE
        )
    return known


def _event(event: t.Any) -> str:
    name = str(event).strip() if isinstance(event, (str, int)) and not isinstance(event, bool) else ""
    if not name:
        raise InvalidInput("the event has no name", advice="Give the name that the encoder uses")
    if "/" in name or name in (".", ".."):
        raise InvalidInput(
            f"the event's name {name!r} would change the path of the URL", advice="Give a name without a slash"
        )
    return urllib.parse.quote(name, safe="")


def _base(shown: t.Any, option: str) -> str:
    """Scheme and host of what the service shows, be it a URL or a bare host name, with or without a path."""
    text = str(shown).strip()
    try:
        parts = urllib.parse.urlsplit(text if "://" in text else f"http://{text}")
    except ValueError:  # Python's words are about brackets and IPv6, of which nobody has thought here.
        parts = None
    if parts is None or not parts.hostname:
        raise InvalidInput(f"{option} {text!r} is neither a host name nor a URL", advice=_ADVICE)
    return f"{parts.scheme}://{parts.netloc}"
