# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``msl_facts``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._msl.api import MslApi
from .._msl.facts import gather
from .specs import MSL_CONNECTION, MSL_PACKAGES, Spec
from .task import Task, Values

_SORT_KEYS = [
    "name",
    "format",
    "cpcode",
    "zone",
    "originHostName",
    "status",
    "dvrWindowInMin",
    "createdDate",
    "modifiedDate",
]
_FACTS: Spec = {
    "gather_subset": {"type": "list", "elements": "str", "default": ["all"]},
    "details": {"type": "bool", "default": False},
    "stream_ids": {"type": "list", "elements": "int"},
    "origin_ids": {"type": "list", "elements": "int"},
    "encoder_location": {"type": "str"},
    "cpcode": {"type": "int"},
    "cpcode_type": {"type": "str", "choices": ["INGEST", "DELIVERY", "STORAGE"], "default": "INGEST"},
    "unused": {"type": "bool"},
    "page": {"type": "int"},
    "page_size": {"type": "int"},
    # The service's own list of names (msl.md, section 2).
    "sort_key": {"type": "str", "choices": _SORT_KEYS, "no_log": False},
    "sort_order": {"type": "str", "choices": ["ASC", "DESC"]},
}


def _carry_out(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    return {"changed": False, "actions": [], "ansible_facts": {"msl": gather(api, options, context)}}


TASK = Task({**_FACTS, **MSL_CONNECTION}, MslApi.from_options, _carry_out, packages=MSL_PACKAGES)
