# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: smartstream_live_event
short_description: Manage a live event of SmartSTREAM
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Creates, changes, starts, stops, resets, cancels or deletes a live event.
  - A playbook that uses it can be run again in the middle of a broadcast. An event that runs is not touched unless an option
    says so.
  - An option that is left out is left as it is on the service. An option that is given, even as an empty text, is enforced.
  - The service documents neither its words for the life of an event nor most of its rules. So the words are options, such
    as O(running_statuses), and every rule that is an assumption can be overruled.
  - An update repeats what the service shows of the event, since the service does not say whether it takes an update as the
    whole. The event is read afterwards, and the task fails if the service did not take over what was written.
  - After a start, stop, reset or cancel whose answer was lost, the event is read before anything else is done.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_smartstream
  - streamops.live.smartstream_live_event
  - streamops.live.smartstream.statuses
  - streamops.live.waiting
  - streamops.live.smartstream
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - As long as O(cancelled_statuses) is empty, a second run with O(state=cancelled) sends the cancel again. The service
        then refuses it, which is no change.
      - The same goes for O(state=stopped) with O(stop_pending=true), for O(state=reset) with O(reset_pending=true), and for
        a status that counts as unknown.
options:
  wait:
    description:
      - With O(state=started) the task ends when the event runs, with O(state=stopped) when it does not run any more, with
        O(state=reset) when it is pending, and with O(state=absent) when it is gone. Two looks in a row must agree. The
        other states have nothing to wait for.
      - An event that is found in its wanted state is not looked at again.
  wait_timeout:
    description:
      - How many seconds to wait at most. The task fails after that with the kind V(timeout) and the last C(encode_status),
        while the service goes on by itself. A deletion that is still under way is a warning.
      - A look that has begun is ended first, with its further tries where the service does not answer.
    default: 900
  wait_interval:
    description:
      - Seconds between two looks. Each is a request that counts against O(requests_per_minute).
    default: 10
seealso:
  - module: streamops.live.smartstream_live_event_info
  - module: streamops.live.smartstream_live_event_profile_info
  - module: streamops.live.smartstream_token
"""

EXAMPLES = r"""
- name: The show is on the schedule
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    name: Evening show
    live_event_profile: hd
    live_encode_start_at: "2034-12-31T20:00:00+09:00"
    live_encode_end_at: "2034-12-31T22:00:00+09:00"
    enable_live_to_file_flag: true

- name: The show moves by an hour
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    live_encode_start_at: "2034-12-31T21:00:00+09:00"
    live_encode_end_at: "2034-12-31T23:00:00+09:00"

- name: The show has no schedule any more
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    live_encode_start_at: ""
    live_encode_end_at: ""

- name: The show runs
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    state: started
    wait: true
  register: show

- name: Where the encoder sends to
  ansible.builtin.debug:
    msg: "{{ show.live_event.input_sources | first }}"

- name: The show has ended
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    state: stopped
    wait: true

- name: The show runs once more
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    state: started
    reset_stopped: true
    wait: true

- name: The show goes, although it is on air; the service deletes it when it has stopped
  streamops.live.smartstream_live_event:
    ref_id: evening-show
    state: absent
    force: true
"""

RETURN = r"""
live_event:
  description:
    - The event as the service shows it, in check mode as it would be. An empty dictionary when there is none.
    - After a failure, such as the end of a wait, as far as it is known.
  returned: success, and failure after a write
  type: dict
  contains:
    id:
      description: The id that the service gave to it.
      returned: when it exists
      type: str
      sample: ea74ba39162f49d89221daebd02c215a
    merchant_id:
      description: The merchant that it belongs to.
      returned: when it exists
      type: str
      sample: example
    ref_id:
      description: The user's own id of it. Empty when it has none.
      returned: when it exists or is declared
      type: str
      sample: evening-show
    name:
      description: Its title.
      returned: always
      type: str
      sample: Evening show
    description:
      description: Its description.
      returned: when it exists or is declared
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
      returned: when it exists or is declared
      type: bool
      sample: false
    enable_live_to_file_flag:
      description: Whether it is recorded.
      returned: when it exists or is declared
      type: bool
      sample: false
    live_encode_start_at:
      description: When encoding starts. Empty when that is not scheduled.
      returned: when it exists or is declared
      type: str
      sample: "2030-12-31T20:00:00.000+09:00"
    live_encode_end_at:
      description: When encoding ends. Empty when that is not scheduled.
      returned: when it exists or is declared
      type: str
      sample: "2030-12-31T22:00:00.000+09:00"
    input_sources:
      description:
        - Where the encoder sends to. Who knows it can send too, so do not show it around.
        - It may change when an event is reset.
      returned: when it exists
      type: list
      elements: raw
      sample: [rtmp://192.0.2.10:1935/live/ea74ba39162f49d89221daebd02c215a]
    media_id:
      description: The medium that viewers play.
      returned: when it exists
      type: str
      sample: 6dd29e197f0f4a2ab7161db94b44b8c6
    encode_status:
      description: How far encoding is, in the service's own word.
      returned: when it exists
      type: str
      sample: encode_status_pending
    phase:
      description:
        - What O(running_statuses) and the other lists make of it, one of V(running), V(pending), V(stopped), V(cancelled),
          V(failed) and V(unknown).
      returned: when it exists
      type: str
      sample: pending
    preview:
      description: A preview image.
      returned: when it exists
      type: dict
      contains:
        src:
          description: Its URL.
          returned: always
          type: str
          sample: https://vod.example.com/live/preview_ea74ba39162f49d89221daebd02c215a_image.jpg
    created_at:
      description: When it was created.
      returned: when it exists
      type: str
      sample: "2030-03-14T14:42:04.632+09:00"
    updated_at:
      description: When it was changed last.
      returned: when it exists
      type: str
      sample: "2030-03-14T21:47:54.607+09:00"
deletion_pending:
  description: That the deletion was accepted and the service still showed the event when the wait ended.
  returned: when it is so
  type: bool
  sample: true
actions:
  description:
    - The writes that the service accepted, or in check mode that would be sent, in order. After a failure, those before it.
  returned: always
  type: list
  elements: str
  sample: [create, start]
api_calls:
  description: How many HTTP requests were sent, that of a token and further tries included.
  returned: always
  type: int
  sample: 2
diff:
  description: What can be written of the event, and its phase, before and after the task.
  returned: success, in diff mode
  type: dict
  contains:
    before:
      description: Before. Empty when there was none.
      returned: always
      type: dict
      sample: {}
    after:
      description: After. Empty when there is none.
      returned: always
      type: dict
      sample: {ref_id: evening-show, name: Evening show, phase: running}
    before_header:
      description: What the event is called.
      returned: always
      type: str
      sample: live event 'evening-show'
    after_header:
      description: The same.
      returned: always
      type: str
      sample: live event 'evening-show'
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
from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_live_event import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
