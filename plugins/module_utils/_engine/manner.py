# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a list of resources is brought about."""

from __future__ import annotations

import re
import typing as t

from .._core.errors import InvalidInput
from .wait import Waiting


class Prune(t.NamedTuple):
    """Delete what the service has and the list lacks.

    :param match: A resource goes only if this is found in its name.
    :param limit: No more than so many go.
    """

    match: re.Pattern[str]
    limit: int = 10

    @classmethod
    def from_text(cls, match: str | None, limit: int) -> Prune:
        """Read the options.

        :raises InvalidInput: There is no expression, or it does not compile.
        """
        if not match:
            raise InvalidInput(
                "prune needs prune_match", advice="Give an expression that only the names to manage match"
            )
        try:
            return cls(re.compile(match), limit)
        except (re.error, OverflowError, RecursionError) as error:
            raise InvalidInput(f"prune_match {match!r} is not a regular expression ({error})") from None


class Manner(t.NamedTuple):
    """The options of a task that are about the whole list.

    :param concurrency: How many requests may be under way at the same time.
    """

    waiting: Waiting = Waiting()
    continue_on_error: bool = False
    prune: Prune | None = None
    concurrency: int = 8
