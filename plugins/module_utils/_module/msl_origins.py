# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_origins``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._msl.api import MslApi
from .._msl.origin import Origins
from .desired_state import converge_many
from .msl_origin import ORIGIN, REVEAL
from .specs import MSL_CONNECTION, MSL_PACKAGES, list_spec, waiting_spec
from .task import Task, Values


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    origins = Origins(api, context, reveal_secrets=bool(options["reveal_secrets"]))
    return converge_many(origins, "origins", "origin", options, context)


TASK = Task(
    {**list_spec("origins", ORIGIN), **REVEAL, **waiting_spec(10800, 60), **MSL_CONNECTION},
    MslApi.from_options,
    _carry_out,
    packages=MSL_PACKAGES,
    awaited_key="origins",
)
