# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which part of a wait a call of a module is, as the action plugin tells it: a module can say nothing before it ends."""

from __future__ import annotations

import enum
import typing as t

WAIT_PART = "STREAMOPS_WAIT_PART"
# The result's member with options for the next call, which may be secrets: the action plugin takes it out.
FOR_NEXT_CALL = "_for_next_call"


class WaitPart(enum.Enum):
    """A task's only call; the first of several, which does the work; or one that only goes on waiting for it."""

    WHOLE = "whole"
    FIRST = "first"
    FURTHER = "further"


def wait_part(environment: t.Mapping[str, str]) -> WaitPart:
    """The part that is this call's."""
    told = environment.get(WAIT_PART)
    return next((part for part in WaitPart if part.value == told), WaitPart.WHOLE)
