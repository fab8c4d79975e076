# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Member names: snake_case for users, camelCase for the Media Services Live API; converted mechanically."""

from __future__ import annotations

import functools
import re
import typing as t

_BEFORE_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


# A list of a thousand resources has the same few names in each of them.
@functools.lru_cache(maxsize=1024)
def snake(name: str) -> str:
    """``thirdPartyCdnCpcode`` -> ``third_party_cdn_cpcode``; a name that is snake_case already stays."""
    return _BEFORE_CAPITAL.sub("_", name).lower()


def snake_members(value: t.Any, without: t.Container[str] = ()) -> t.Any:
    """The same JSON value with every member name in snake_case, at every depth.

    :param without: The members to leave out, by the API's names.
    """
    if isinstance(value, dict):
        return {
            snake(str(name)): snake_members(member, without) for name, member in value.items() if name not in without
        }
    if isinstance(value, (list, tuple)):
        return [snake_members(member, without) for member in value]
    return value
