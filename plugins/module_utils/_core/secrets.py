# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets: known values are taken out of every text, and a fingerprint stands in for a key."""

from __future__ import annotations

import hashlib
import json
import typing as t
import urllib.parse

MASK = "********"
# Shorter values would be found inside ordinary words, and no service gives out secrets that short.
_SHORTEST = 4


def fingerprint(secret: str) -> str:
    """The first 12 hex digits of the SHA-256 of a key: tells keys apart without showing them."""
    return hashlib.sha256(secret.encode("utf-8")).hexdigest()[:12]


class Scrubber:
    """Knows every secret of a task and removes it from texts that leave the task."""

    def __init__(self, secrets: t.Iterable[str | None] = ()) -> None:
        self._secrets: set[str] = set()
        self._of_item: set[str] = set()
        self.learn_all(secrets)

    def learn(self, secret: str | None) -> None:
        """Remember a secret, also as it looks inside a URL or a JSON text."""
        self._secrets |= _ways_to_write(secret)

    def learn_all(self, secrets: t.Iterable[str | None]) -> None:
        """Remember several secrets."""
        for secret in secrets:
            self.learn(secret)

    def learn_for_item(self, secrets: t.Iterable[str | None]) -> None:
        """Remember the secrets of a loop's item, and those of the item before no longer."""
        self._of_item = set().union(*map(_ways_to_write, secrets))

    def scrub(self, value: t.Any) -> t.Any:
        """The same text, list or dict without the secrets."""
        return _without(value, sorted(self._secrets | self._of_item, key=len, reverse=True))


def _ways_to_write(secret: str | None) -> set[str]:
    if not isinstance(secret, str) or len(secret) < _SHORTEST:
        return set()
    # Two ways to write JSON: beyond ASCII as it is, or escaped.
    in_json = {json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (False, True)}
    return {secret, urllib.parse.quote(secret, safe="")} | in_json


def _without(value: t.Any, secrets: t.Sequence[str]) -> t.Any:
    if isinstance(value, str):
        for secret in secrets:
            value = value.replace(secret, MASK)
        return value
    if isinstance(value, dict):
        return {_without(name, secrets): _without(member, secrets) for name, member in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without(member, secrets) for member in value]
    return value
