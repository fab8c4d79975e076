# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_stream``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.fields import argument_spec
from .._msl.api import MslApi
from .._msl.stream import FIELDS, Streams
from .desired_state import converge_one
from .specs import MSL_CONNECTION, MSL_PACKAGES, UPDATE_UNREADABLE, Spec, state_spec, waiting_spec
from .task import Task, Values

STREAM: Spec = {
    **state_spec("present", "absent"),
    "id": {"type": "int"},
    **argument_spec(FIELDS),
    "stream_auth_previous_expiry": {"type": "str"},
    "clone_internal_settings_from_stream_id": {"type": "int"},
    "purge_content": {"type": "bool", "default": False},
    "update_pending": {"type": "bool", "default": False},
    **UPDATE_UNREADABLE,
    "details": {"type": "bool", "default": False},
}


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    return converge_one(Streams(api, context), "stream", options, context)


TASK = Task(
    {**STREAM, **waiting_spec(10800, 60), **MSL_CONNECTION},
    MslApi.from_options,
    _carry_out,
    packages=MSL_PACKAGES,
    awaited_key="stream",
)
