# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The search for secrets: in every form in which a text may hold one."""

from __future__ import annotations

import base64
import json
import urllib.parse
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_SECRET_MEMBERS = {"key", "previousKey", "password", "token"}


def forms(secret: str) -> set[str]:
    """A secret as it is, inside JSON of either kind, in a URL, and in base64 at any of its three offsets."""
    raw = secret.encode()
    written = {secret, urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret)}
    written |= {json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)}
    written |= {json.dumps(one)[1:-1] for one in list(written)}
    for offset in range(3):
        # The characters at either end also stand for what is beside the secret.
        encoded = base64.b64encode(b"\0" * offset + raw).decode().rstrip("=")
        written.add(encoded[(offset * 8 + 5) // 6 : -1])
    return written


def found(secrets: Iterable[str], texts: Mapping[str, str]) -> list[str]:
    """Where a secret stands: "secret in text", each once."""
    return [
        f"{secret!r} in {name}: ...{_around(text, form)}..."
        for secret in sorted(secrets)
        for name, text in texts.items()
        for form in sorted(forms(secret))
        if form in text
    ]


def _around(text: str, form: str) -> str:
    place = text.index(form)
    return text[max(0, place - 80) : place + len(form) + 20]


def texts_below(folder: Path) -> dict[str, str]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): path.read_bytes().decode("utf-8", "replace") for path in files}


def secrets_in(value: Any) -> set[str]:
    """The secrets that a request or a resource holds, by the names of its members."""
    if isinstance(value, Mapping):
        own = {one for name, one in value.items() if name in _SECRET_MEMBERS and isinstance(one, str) and one}
        return own.union(*map(secrets_in, value.values()))
    if isinstance(value, list):
        return set().union(*map(secrets_in, value))
    return set()
