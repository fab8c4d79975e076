# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: live_status
short_description: The state of origins, streams and live events for a status page
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Puts together what an operations team wants to see of Media Services Live and SmartSTREAM, and what of it needs
    attention, which are keys that end soon, what failed, and live events that do not run when they should.
  - A live event that has a start and no end should run from its start on. Where the service shows a stopped event as a
    pending one, as it may, such an event is noted until it has an end or is gone.
  - Takes only members that are no secrets. There are no keys, no ingest URLs of SmartSTREAM and no accounts in it.
  - The role P(streamops.live.status_report#role) makes a page of it.
options:
  _input:
    description:
      - C(msl), the facts of M(streamops.live.msl_facts) with O(streamops.live.msl_facts#module:details=true) and the subsets
        V(origins), V(streams) and V(cdns), and C(live_events), the C(live_events) of the result of
        M(streamops.live.smartstream_live_event_info).
        Either may be left out.
    type: dict
    required: true
  due_within:
    description:
      - A shared key that ends within this time is due.
    type: str
    default: 30d
  urgent_within:
    description:
      - A shared key that ends within this time is urgent.
    type: str
    default: 7d
  utc_offset:
    description:
      - The offset from UTC in which times are shown.
    type: str
    default: "+00:00"
  days_before:
    description:
      - How many days before today the timeline shows.
    type: int
    default: 1
  days_after:
    description:
      - How many days after today the timeline shows.
    type: int
    default: 7
  event:
    description:
      - The event name in publishing URLs.
    type: str
    default: EVENT
seealso:
  - module: streamops.live.msl_facts
  - module: streamops.live.smartstream_live_event_info
"""

EXAMPLES = r"""
- name: Read the account
  streamops.live.msl_facts:
    gather_subset: [origins, streams, cdns]
    details: true

- name: Fail where something needs attention now
  ansible.builtin.assert:
    that: status.counts.alerts == 0
    fail_msg: "{{ status.attention | map(attribute='text') | join('; ') }}"
  vars:
    status: "{{ {'msl': ansible_facts.msl} | streamops.live.live_status(due_within='14d', utc_offset='+09:00') }}"
"""

RETURN = r"""
_value:
  description: The state. Times are ISO 8601, to the minute, with the offset that was asked for.
  type: dict
  contains:
    generated_at:
      description: When it was put together.
      type: str
      sample: 2026-11-22T18:00+09:00
    counts:
      description: Figures about the rest.
      type: dict
    attention:
      description: What needs attention, the most urgent first, each with C(mark), C(kind), C(name) and C(text).
      type: list
      elements: dict
    origins:
      description: Origins with their C(shared_keys). Null where the service was left out.
      type: list
      elements: dict
    streams:
      description: Streams with status and C(publishing_urls). Null where the service was left out.
      type: list
      elements: dict
    live_events:
      description: Live events in the order of their start. Null where the service was left out.
      type: list
      elements: dict
    timeline:
      description: Where live events stand on a timeline, in hundredths of its width.
      type: dict
"""

import datetime as dt

from ansible.errors import AnsibleFilterError

from ansible_collections.streamops.live.plugins.module_utils._core.errors import StreamOpsError
from ansible_collections.streamops.live.plugins.plugin_utils._live_status import View, live_status
from ansible_collections.streamops.live.plugins.plugin_utils.plain import plain


def _filter(
    services, due_within="30d", urgent_within="7d", utc_offset="+00:00", days_before=1, days_after=7, event="EVENT"
):
    options = {
        "due_within": due_within,
        "urgent_within": urgent_within,
        "utc_offset": utc_offset,
        "days_before": days_before,
        "days_after": days_after,
        "event": event,
    }
    try:
        view = View.from_options(dt.datetime.now(dt.timezone.utc), options)
        return live_status(plain(services), view)
    except StreamOpsError as error:
        error.while_doing("make a status")
        raise AnsibleFilterError(error.text()) from None  # Ansible would append the text of a cause: the same again.


class FilterModule:
    def filters(self):
        return {"live_status": _filter}
