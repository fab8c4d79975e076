# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ids, reference ids and the paths that are made of them (smartstream.md, section 9). Pure."""

from __future__ import annotations

import re
import urllib.parse

# The service does not say which characters it takes; these would change the meaning of the path.
_SEPARATORS = "/?#"
_USUAL_REF_ID = re.compile(r"[A-Za-z0-9._-]{1,255}")


def by_id(event_id: str) -> str:
    """The last segment of a path that names a resource by its id."""
    return urllib.parse.quote(event_id, safe="")


def by_ref(ref_id: str) -> str:
    """The last segment of a path that names a resource by its reference id: a literal ``ref:`` and the id."""
    return "ref:" + urllib.parse.quote(ref_id, safe="")


def refusals(option: str, value: str) -> list[str]:
    """Why a value cannot stand in a path, each a sentence.

    :param option: What the value is called.
    """
    if not value:
        return [f"{option} is empty"]
    found = []
    separators = [character for character in _SEPARATORS if character in value]
    if separators:
        found.append(f"{option} {value!r} may not hold {' '.join(separators)}, which would change the request's path")
    if any(not character.isprintable() for character in value):
        found.append(f"{option} {value!r} may not hold control characters")
    if value != value.strip():
        found.append(f"{option} {value!r} may not begin or end with a blank")
    if value in (".", ".."):
        found.append(f"{option} {value!r} would change the request's path")
    return found


def id_refusals(option: str, value: str) -> list[str]:
    """The same for an id, which may not look like a reference id either."""
    found = refusals(option, value)
    if value.lower().startswith("ref:"):
        found.append(f"{option} {value!r} looks like a reference id; give it as ref_id, without 'ref:'")
    return found


def ref_id_warnings(ref_id: str) -> list[str]:
    """What is unusual about a reference id that is about to be written: the service's rules are not documented."""
    if _USUAL_REF_ID.fullmatch(ref_id):
        return []
    return [
        f"ref_id {ref_id!r} is longer than 255 characters or holds others than letters, digits, dot, dash and underscore;"
        " the service does not document which it takes."
    ]
