# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: smartstream_schedule
short_description: Live events of SmartSTREAM from a spreadsheet
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Turns a schedule, the text of a CSV file or a list, into the list that M(streamops.live.smartstream_live_events) takes,
    and says everything that cannot be right about it with the line that it stands in.
  - The first line of CSV text names the columns. They are the options C(ref_id), C(name) (both required), C(description),
    C(live_event_profile) or C(live_event_profile_id), C(live_encode_start_at), C(live_encode_end_at), C(source_type),
    C(enable_ad_insertion_flag), C(enable_live_to_file_flag) and C(state), in any order; V(Ref ID) is read as C(ref_id).
    A column whose name begins with C(#) is for remarks.
  - Cells are separated by commas, semicolons or tabs, whichever the first line has most of. One that holds a separator, a
    quotation mark or a line break is quoted as usual. An empty cell leaves its option out.
  - Times are ISO 8601 with an offset from UTC, such as V(2026-04-04T18:00:00+09:00).
  - Nothing is read from a file and no request is made.
positional: defaults
options:
  _input:
    description:
      - CSV text, or a list of dictionaries with the same names.
    type: raw
    required: true
  defaults:
    description:
      - Options for the events that leave them out.
    type: dict
    default: {}
seealso:
  - module: streamops.live.smartstream_live_events
"""

EXAMPLES = r"""
- name: Read a spreadsheet, here as text; lookup('ansible.builtin.file', 'season.csv') reads a file
  ansible.builtin.set_fact:
    season: "{{ text | streamops.live.smartstream_schedule({'live_event_profile': 'hd'}) }}"
  vars:
    text: |
      ref_id,name,live_encode_start_at,live_encode_end_at
      round-01,Round 1,2026-04-04T18:00:00+09:00,2026-04-04T20:00:00+09:00
      round-02,"Round 2, away",2026-04-11T18:00:00+09:00,2026-04-11T20:00:00+09:00

- name: Go on only where all of it can be right
  ansible.builtin.assert:
    that: season.problems == []
    fail_msg: "{{ season.problems | join('; ') }}"

- name: The live events are as scheduled
  streamops.live.smartstream_live_events:
    live_events: "{{ season.live_events }}"
"""

RETURN = r"""
_value:
  description: What the schedule says.
  type: dict
  contains:
    live_events:
      description:
        - The events in the order of the schedule, as O(streamops.live.smartstream_live_events#module:live_events) takes them.
        - Of use only where RV(_value.problems) is empty.
      type: list
      elements: dict
      sample:
        - ref_id: round-01
          name: Round 1
          live_event_profile: hd
          live_encode_start_at: "2026-04-04T18:00:00+09:00"
          live_encode_end_at: "2026-04-04T20:00:00+09:00"
    problems:
      description: What cannot be right, each a sentence that begins with the line, or with the entry of a list.
      type: list
      elements: str
      sample:
        - "line 4: ref_id 'round-01' is that of line 2 as well, and it names one live event"
"""

from collections.abc import Mapping, Sequence

from ansible.errors import AnsibleFilterError

from ansible_collections.streamops.live.plugins.module_utils._smartstream.schedule import read_schedule


def _filter(source, defaults=None):
    if not _is_source(source):
        raise AnsibleFilterError("A schedule is the text of a CSV file or a list of dictionaries.")
    if defaults is not None and not isinstance(defaults, Mapping):
        raise AnsibleFilterError("The defaults of a schedule are a dictionary.")
    return read_schedule(source, defaults)._asdict()


def _is_source(source):
    return isinstance(source, str) or (
        isinstance(source, Sequence) and all(isinstance(entry, Mapping) for entry in source)
    )


class FilterModule:
    def filters(self):
        return {"smartstream_schedule": _filter}
