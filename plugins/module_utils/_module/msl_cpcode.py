# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_cpcode``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.fields import argument_spec
from .._msl.api import MslApi
from .._msl.cpcode import FIELDS, Cpcodes
from .desired_state import converge_one
from .specs import MSL_CONNECTION, MSL_PACKAGES
from .task import Task, Values


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    # The service has no status for a CP code: there is nothing to wait for.
    return converge_one(Cpcodes(api, context), "cpcode", options, context)


TASK = Task({**argument_spec(FIELDS), **MSL_CONNECTION}, MslApi.from_options, _carry_out, packages=MSL_PACKAGES)
