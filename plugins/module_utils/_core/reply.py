# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What came back from one request, and what a service's refusal says."""

from __future__ import annotations

import datetime as dt
import json
import typing as t

# Levels of lists and objects in an answer; the services' own have six.
_DEEPEST = 50


class Reply(t.NamedTuple):
    """One HTTP reply, read to its end.

    ``headers`` ignore case. ``received_at`` is the local time in UTC, to hold against the ``Date`` header.
    """

    status: int
    headers: t.Mapping[str, str]
    content: bytes
    received_at: dt.datetime

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    @property
    def redirects(self) -> bool:
        """Whether the service points elsewhere."""
        return 300 <= self.status < 400

    def json(self) -> t.Any:
        """The body as JSON.

        :raises ValueError: It is not JSON, or such JSON as nobody can hand on: nested too deeply, NaN, half a character.
        """
        text = self.content.decode("utf-8")
        try:
            value = json.loads(text, parse_constant=_refuse_constant)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        _refuse_depth(value)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value

    def text(self, longest: int = 500) -> str:
        """The beginning of the body as text, on one line."""
        return " ".join(self.content[: longest * 4].decode("utf-8", "replace").split())[:longest]


def _refuse_constant(name: str) -> t.Any:
    raise ValueError(f"{name} is no JSON")


def _refuse_depth(value: t.Any) -> None:
    """What Python reads may still be too deep for whatever looks at it later."""
    layer, depth = [value], 0
    while layer:
        depth += 1
        if depth > _DEEPEST:
            raise ValueError("nested too deeply")
        layer = [
            member
            for one in layer
            if isinstance(one, (dict, list))
            for member in (one.values() if isinstance(one, dict) else one)
        ]


class Refusal(t.NamedTuple):
    """What a service says when it refuses, whatever the shape of its body."""

    title: str | None = None
    code: str | None = None
    details: tuple[str, ...] = ()
    request_id: str | None = None

    def sentence(self) -> str:
        """The service's words: its details, else its title."""
        words = "; ".join(dict.fromkeys(self.details)) or self.title or ""
        return f"{self.code}: {words}" if self.code and words else words or self.code or ""
