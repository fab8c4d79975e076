# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: smartstream_live_events
short_description: Manage many live events of SmartSTREAM in one task
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Brings a list of live events into the state that each entry asks for, and can delete those that the list lacks.
  - It does what M(streamops.live.smartstream_live_event) does for one event. Where the list has three entries or more, those with
    O(live_events[].state=present) share one look at the service's list. An entry with another state has its event read by
    itself, since what is done to an event that may be on air must not be decided by a list.
  - A season whose entries are all as wanted costs one request per 30 events and one more, since only an empty page is surely
    the last one. Where the list tells that an event differs, that event is read before it is written.
  - What is wrong with an entry is found before anything is written, and the message names the entry by its index, counted
    from 0.
  - The same event twice in the list, be it under its id and its reference id, is refused before anything is written.
  - An option of an entry that is left out is left as it is on the service. One that is given, even as an empty text, is
    enforced.
  - If any event is to be started, stopped, reset or cancelled, all writes are made one after another in the order of the list.
    Else they are made side by side, as far as O(concurrency) lets them.
  - The service allows few requests a minute, 50 in its default plan. A long list may have to wait for its turn, and the task
    says so. See O(requests_per_minute).
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_smartstream
  - streamops.live.smartstream_live_event.list
  - streamops.live.smartstream.statuses
  - streamops.live.many
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
      - As long as O(cancelled_statuses) is empty, a second run of an entry with O(live_events[].state=cancelled) sends the
        cancel again. The service then refuses it, which is no change.
      - The same goes for O(live_events[].state=stopped) with O(live_events[].stop_pending=true), for
        O(live_events[].state=reset) with O(live_events[].reset_pending=true), and for a status that counts as unknown.
options:
  live_events:
    description:
      - The live events, each with the options of M(streamops.live.smartstream_live_event).
    type: list
    elements: dict
    required: true
  prune:
    description:
      - Delete what the service has and the list lacks, as far as O(prune_match) and O(prune_limit) let it.
      - An entry of the list that is to be absent is no pruning and does not count against O(prune_limit).
      - An event that runs is never pruned. The task fails with the kind V(conflict) instead. To delete it all the same, put it into
        the list with O(live_events[].state=absent) and O(live_events[].force=true).
  prune_match:
    description:
      - A regular expression in Python's syntax, which is searched for in the reference id, or in the name of an event that has
        none; V(^season-) finds those that begin so.
      - Nothing is pruned in which it is not found, so that it keeps what others manage out of reach.
      - Required with O(prune=true).
  wait:
    description:
      - The task ends when each event of the list is in the phase that its entry asks for. O(live_events[].state=started) is over
        when the event runs, V(stopped) when it does not run any more, V(reset) when it is pending, and V(absent) when it is gone.
        Two looks in a row must agree. The other states have nothing to wait for.
      - An event that is found in its wanted state is not looked at again.
      - As long as several are waited for, each look reads the service's list, else the one event.
  wait_timeout:
    description:
      - How many seconds to wait at most. An entry that is not there by then fails with the kind V(timeout) and the last
        C(encode_status), while the service goes on by itself. A deletion that is still under way is a warning.
      - A look that has begun is ended first, with its further tries where the service does not answer.
    default: 900
  wait_interval:
    description:
      - Seconds between two looks. Each is a request or more that counts against O(requests_per_minute).
    default: 10
seealso:
  - module: streamops.live.smartstream_live_event
  - module: streamops.live.smartstream_live_event_info
  - module: streamops.live.smartstream_live_event_profile_info
  - module: streamops.live.smartstream_token
"""

EXAMPLES = r"""
- name: Every match day has an event, and there are no others of the season
  streamops.live.smartstream_live_events:
    live_events:
      - ref_id: season-day-1
        name: Day 1
        live_event_profile: hd
        live_encode_start_at: "2034-12-01T20:00:00+09:00"
        live_encode_end_at: "2034-12-01T22:00:00+09:00"
      - ref_id: season-day-2
        name: Day 2
        live_event_profile: hd
        live_encode_start_at: "2034-12-08T20:00:00+09:00"
        live_encode_end_at: "2034-12-08T22:00:00+09:00"
    prune: true
    prune_match: ^season-
    prune_limit: 3

- name: The two fields of day 1 go on air, one after the other
  streamops.live.smartstream_live_events:
    live_events:
      - ref_id: season-day-1
        state: started
      - ref_id: season-day-1-field-2
        name: Day 1, field 2
        live_event_profile: sd
        state: started
    wait: true

- name: Two events from a table, of which one moves and one goes, although it is on air
  streamops.live.smartstream_live_events:
    live_events: "{{ table }}"
    continue_on_error: true
  vars:
    table:
      - ref_id: season-day-2
        live_encode_start_at: "2034-12-09T20:00:00+09:00"
        live_encode_end_at: "2034-12-09T22:00:00+09:00"
      - ref_id: season-day-1-field-2
        state: absent
        force: true
"""

RETURN = r"""
live_events:
  description:
    - What became of each entry, in the order of O(live_events); then what was pruned, by id and name.
    - After a failure too, unless it was found before anything was written.
  returned: success, and failure after a write
  type: list
  elements: dict
  contains:
    changed:
      description: Whether this event was changed, or in check mode would be.
      returned: always
      type: bool
      sample: true
    actions:
      description: The writes that the service accepted for it, or in check mode that would be sent, in order.
      returned: always
      type: list
      elements: str
      sample: [create, start]
    live_event:
      description:
        - The event with the members of RV(streamops.live.smartstream_live_event#module:live_event), in check mode as it would be.
          An empty dictionary when there is none.
      returned: always
      type: dict
      sample: {id: ea74ba39162f49d89221daebd02c215a, ref_id: season-day-1, name: Day 1, phase: pending}
    deletion_pending:
      description: That its deletion was accepted and the service still showed it when the wait ended.
      returned: when it is so
      type: bool
      sample: true
    failed:
      description: That this entry failed.
      returned: when it did
      type: bool
      sample: true
    msg:
      description: What went wrong with it.
      returned: when it failed
      type: str
      sample: "Cannot start live event 'season-day-1': a sentence says why, and another one what to do."
    error:
      description: The same for tasks that decide by it, with the members of RV(error).
      returned: when it failed
      type: dict
      sample: {kind: conflict, status: 400, code: FAILED_TO_START, title: null, details: [], request_id: null}
actions:
  description: The writes that were accepted, or in check mode would be sent, in the order of RV(live_events). After a failure, those before it.
  returned: always
  type: list
  elements: str
  sample: [create, start, update]
api_calls:
  description: How many HTTP requests were sent, that of a token and further tries included.
  returned: always
  type: int
  sample: 12
diff:
  description: What can be written of each event that changes, and its phase, before and after the task.
  returned: in diff mode, unless the task failed before anything was written
  type: dict
  contains:
    before:
      description: Before, by what each is called. One that is created is missing.
      returned: always
      type: dict
      sample: {"live event 'season-day-1'": {ref_id: season-day-1, name: Day 1}}
    after:
      description: After. One that is deleted is missing.
      returned: always
      type: dict
      sample: {"live event 'season-day-1'": {ref_id: season-day-1, name: Day one}}
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
from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_live_events import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
