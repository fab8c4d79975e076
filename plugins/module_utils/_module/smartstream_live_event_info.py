# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``smartstream_live_event_info``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.errors import InvalidInput
from .._smartstream.api import SmartstreamApi
from .._smartstream.event_fields import with_source_type
from .._smartstream.lifecycle import Vocabulary
from .._smartstream.live_event import LiveEvents
from .._smartstream.reading import read_resources
from .smartstream_info import READING
from .smartstream_live_event import STATUSES
from .specs import SMARTSTREAM_CONNECTION
from .task import Task, Values


def _carry_out(api: SmartstreamApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    vocabulary = Vocabulary.from_options(options)
    found = vocabulary.refusals()
    if found:
        raise InvalidInput("; ".join(found), details=found)
    events = LiveEvents(api, context, vocabulary)
    read = read_resources(
        events.noun, options, by_id=api.get_live_event, by_ref=api.get_live_event_by_ref, listed=api.list_live_events
    )
    return {
        "changed": False,
        "actions": [],
        "live_events": [events.show(with_source_type(event)) for event in read],
    }


TASK = Task({**READING, **STATUSES, **SMARTSTREAM_CONNECTION}, SmartstreamApi.from_options, _carry_out)
