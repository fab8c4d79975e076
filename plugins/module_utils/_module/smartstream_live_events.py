# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``smartstream_live_events``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._smartstream.api import SmartstreamApi
from .._smartstream.lifecycle import Vocabulary
from .._smartstream.live_event import LiveEvents
from .desired_state import converge_many
from .smartstream_live_event import LIVE_EVENT, STATUSES
from .specs import SMARTSTREAM_CONNECTION, list_spec, waiting_spec
from .task import Task, Values


def _carry_out(api: SmartstreamApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    events = LiveEvents(api, context, Vocabulary.from_options(options))
    return converge_many(events, "live_events", "live_event", options, context)


TASK = Task(
    {**list_spec("live_events", LIVE_EVENT), **STATUSES, **waiting_spec(900, 10), **SMARTSTREAM_CONNECTION},
    SmartstreamApi.from_options,
    _carry_out,
    awaited_key="live_events",
)
