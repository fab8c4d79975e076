# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``smartstream_live_event_profile_info``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.names import snake_members
from .._smartstream.api import SmartstreamApi
from .._smartstream.reading import read_resources
from .smartstream_info import READING
from .specs import SMARTSTREAM_CONNECTION
from .task import Task, Values


def _carry_out(api: SmartstreamApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    read = read_resources(
        "live event profile",
        options,
        by_id=api.get_profile,
        by_ref=api.get_profile_by_ref,
        listed=api.list_profiles,
    )
    return {"changed": False, "actions": [], "live_event_profiles": [snake_members(profile) for profile in read]}


TASK = Task({**READING, **SMARTSTREAM_CONNECTION}, SmartstreamApi.from_options, _carry_out)
