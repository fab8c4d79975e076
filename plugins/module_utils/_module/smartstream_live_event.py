# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``smartstream_live_event``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.fields import argument_spec
from .._smartstream.api import SmartstreamApi
from .._smartstream.event_fields import FIELDS
from .._smartstream.lifecycle import VOCABULARY, Vocabulary
from .._smartstream.live_event import STATES, LiveEvents
from .desired_state import converge_one
from .specs import SMARTSTREAM_CONNECTION, Spec, state_spec, waiting_spec
from .task import Task, Values

LIVE_EVENT: Spec = {
    **state_spec(*STATES),
    "id": {"type": "str"},
    **argument_spec(FIELDS),
    "live_event_profile": {"type": "str"},
    **{
        option: {"type": "bool", "default": False}
        for option in ("update_running", "reset_stopped", "stop_pending", "reset_pending", "force")
    },
}
STATUSES: Spec = {
    option: {"type": "list", "elements": "str", "default": list(documented)}
    for option, (_phase, documented) in VOCABULARY.items()
}


def _carry_out(api: SmartstreamApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    events = LiveEvents(api, context, Vocabulary.from_options(options))
    return converge_one(events, "live_event", options, context)


TASK = Task(
    {**LIVE_EVENT, **STATUSES, **waiting_spec(900, 10), **SMARTSTREAM_CONNECTION},
    SmartstreamApi.from_options,
    _carry_out,
    awaited_key="live_event",
)
