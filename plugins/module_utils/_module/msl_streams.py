# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_streams``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._msl.api import MslApi
from .._msl.stream import Streams
from .desired_state import converge_many
from .msl_stream import STREAM
from .specs import MSL_CONNECTION, MSL_PACKAGES, list_spec, waiting_spec
from .task import Task, Values


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    return converge_many(Streams(api, context), "streams", "stream", options, context)


TASK = Task(
    {**list_spec("streams", STREAM), **waiting_spec(10800, 60), **MSL_CONNECTION},
    MslApi.from_options,
    _carry_out,
    packages=MSL_PACKAGES,
    awaited_key="streams",
)
