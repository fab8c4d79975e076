# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: smartstream_live_event_info
short_description: Read live events of SmartSTREAM
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Reads one live event by its id or reference id, or the list of live events.
  - An event that does not exist is no failure. The result then has no entry.
  - The service documents no filter, so a list is read as a whole and filtered in the playbook.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_smartstream
  - streamops.live.smartstream.reading
  - streamops.live.smartstream.statuses
  - streamops.live.smartstream
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
  idempotent:
    support: full
seealso:
  - module: streamops.live.smartstream_live_event
"""

EXAMPLES = r"""
- name: One event
  streamops.live.smartstream_live_event_info:
    ref_id: evening-show
  register: show

- name: Whether it runs
  ansible.builtin.debug:
    msg: "{{ show.live_events | map(attribute='phase') | list }}"

- name: Every event
  streamops.live.smartstream_live_event_info:
  register: all

- name: The events that run
  ansible.builtin.debug:
    msg: "{{ all.live_events | selectattr('phase', 'equalto', 'running') | map(attribute='name') | list }}"

- name: The first ten of the list
  streamops.live.smartstream_live_event_info:
    limit: 10
    page: 1
"""

RETURN = r"""
live_events:
  description: The events.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id that the service gave to it.
      returned: always
      type: str
      sample: ea74ba39162f49d89221daebd02c215a
    merchant_id:
      description: The merchant that it belongs to.
      returned: always
      type: str
      sample: example
    ref_id:
      description: The user's own id of it. Empty when it has none.
      returned: always
      type: str
      sample: evening-show
    name:
      description: Its title.
      returned: always
      type: str
      sample: Evening show
    description:
      description: Its description.
      returned: always
      type: str
      sample: ""
    source_type:
      description: How the encoder sends, as the ingest URL tells it.
      returned: when it can be told
      type: str
      sample: rtmp
    live_event_profile_id:
      description: The id of the profile that it is encoded with.
      returned: always
      type: str
      sample: c2e31a9d22d9487dae8d837c38231f81
    enable_ad_insertion_flag:
      description: Whether advertisements can be inserted.
      returned: always
      type: bool
      sample: false
    enable_live_to_file_flag:
      description: Whether it is recorded.
      returned: always
      type: bool
      sample: false
    live_encode_start_at:
      description: When encoding starts. Empty when that is not scheduled.
      returned: always
      type: str
      sample: "2030-12-31T20:00:00.000+09:00"
    live_encode_end_at:
      description: When encoding ends. Empty when that is not scheduled.
      returned: always
      type: str
      sample: "2030-12-31T22:00:00.000+09:00"
    input_sources:
      description:
        - Where the encoder sends to. Who knows it can send too, so do not show it around.
        - It may change when an event is reset.
      returned: always
      type: list
      elements: raw
      sample: [rtmp://192.0.2.10:1935/live/ea74ba39162f49d89221daebd02c215a]
    media_id:
      description: The medium that viewers play.
      returned: always
      type: str
      sample: 6dd29e197f0f4a2ab7161db94b44b8c6
    encode_status:
      description: How far encoding is, in the service's own word.
      returned: always
      type: str
      sample: encode_status_pending
    phase:
      description:
        - What O(running_statuses) and the other lists make of it, one of V(running), V(pending), V(stopped), V(cancelled),
          V(failed) and V(unknown).
      returned: always
      type: str
      sample: pending
    preview:
      description: A preview image.
      returned: always
      type: dict
      contains:
        src:
          description: Its URL.
          returned: always
          type: str
          sample: https://vod.example.com/live/preview_ea74ba39162f49d89221daebd02c215a_image.jpg
    created_at:
      description: When it was created.
      returned: always
      type: str
      sample: "2030-03-14T14:42:04.632+09:00"
    updated_at:
      description: When it was changed last.
      returned: always
      type: str
      sample: "2030-03-14T21:47:54.607+09:00"
actions:
  description: The writes that were carried out, which are none.
  returned: always
  type: list
  elements: str
  sample: []
api_calls:
  description: How many HTTP requests were sent, that of a token and further tries included.
  returned: always
  type: int
  sample: 1
error:
  description: What went wrong, for tasks that decide by it. The message says the same in words, with what can be done.
  returned: failure
  type: dict
  contains:
    kind:
      description:
        - What kind of failure it is, one of V(invalid), V(unauthorized), V(forbidden), V(not_found), V(conflict),
          V(throttled), V(unavailable), V(timeout), V(ambiguous), V(immutable), V(provisioning_failed) and
          V(unexpected_response).
        - The page on errors in the collection's documentation says what to do about each.
      returned: always
      type: str
      sample: conflict
    status:
      description: The HTTP status with which the service refused. Empty when it was not asked or did not answer.
      returned: always
      type: int
      sample: 400
    code:
      description: The service's code for the error, where it gives one.
      returned: always
      type: str
      sample: FAILED_TO_START
    title:
      description: A title for the error. This service gives none.
      returned: always
      type: str
      sample: null
    details:
      description: Every single reason.
      returned: always
      type: list
      elements: str
      sample: [Failed to start]
    request_id:
      description: What the vendor's support asks for. This service gives none.
      returned: always
      type: str
      sample: null
"""

from ansible_collections.streamops.live.plugins.module_utils._module.entry import run_module
from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_live_event_info import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
