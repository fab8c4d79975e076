# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_origin``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.fields import argument_spec
from .._msl.api import MslApi
from .._msl.origin import FIELDS, Origins
from .._msl.shared_key_fields import KEY_FIELDS
from .desired_state import converge_one
from .specs import MSL_CONNECTION, MSL_PACKAGES, UPDATE_UNREADABLE, Spec, state_spec, waiting_spec
from .task import Task, Values

ORIGIN: Spec = {
    **state_spec("present", "absent"),
    "id": {"type": "int"},
    **argument_spec(FIELDS),
    "shared_keys": {"type": "list", "elements": "dict", "no_log": False, "options": argument_spec(KEY_FIELDS)},
    # Both are switches.
    "purge_shared_keys": {"type": "bool", "default": False, "no_log": False},
    **UPDATE_UNREADABLE,
    "details": {"type": "bool", "default": False},
}


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    return converge_one(
        Origins(api, context, reveal_secrets=bool(options["reveal_secrets"])), "origin", options, context
    )


REVEAL: Spec = {"reveal_secrets": {"type": "bool", "default": False, "no_log": False}}
TASK = Task(
    {**ORIGIN, **REVEAL, **waiting_spec(10800, 60), **MSL_CONNECTION},
    MslApi.from_options,
    _carry_out,
    packages=MSL_PACKAGES,
    awaited_key="origin",
)
