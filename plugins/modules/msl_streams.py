# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_streams
short_description: Manage many streams of Akamai Media Services Live in one task
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Brings a list of streams into the state that each entry asks for, and can delete those that the list lacks.
  - It does what M(streamops.live.msl_stream) does for one stream, with one look at the service's list for all of them. A stream
    is read by itself only where the list does not show what its entry is about, and written only where it differs.
  - Of what an entry may say, the list shows O(streams[].name), O(streams[].format), O(streams[].cpcode),
    O(streams[].encoder_zone), O(streams[].origin), O(streams[].dvr_window) and the storage CP codes.
  - What is wrong with an entry is found before anything is written, and the message names the entry by its index, counted
    from 0.
  - The same stream twice in the list, be it under its number and its name, is refused before anything is written.
  - An option of an entry that is left out is left as it is on the service. One that is given, even as an empty list, is
    enforced.
  - Of an existing stream the service changes O(streams[].name), O(streams[].ingest_accelerated), O(streams[].password),
    O(streams[].dvr_window), O(streams[].allowed_ips), O(streams[].additional_email_ids) and O(streams[].stream_auth) only.
    What else differs makes the entry fail with the kind V(immutable).
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl_stream.list
  - streamops.live.many
  - streamops.live.waiting
  - streamops.live.msl
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: partial
    details:
      - With O(streams[].update_unreadable=always) every run that declares a password writes it.
options:
  streams:
    description:
      - The streams, each with the options of M(streamops.live.msl_stream).
    type: list
    elements: dict
    required: true
  wait:
    description:
      - The service provisions a stream after its creation and after every update, which takes from 25 minutes to 3 hours
        by its documents. With V(true) the task ends when all are PROVISIONED. A stream that is FAILED makes its entry fail
        with the kind V(provisioning_failed) and the service's message, and the others are waited for all the same.
      - Streams that need no change are waited for as well.
      - One request for the list each O(wait_interval) serves all streams that are waited for.
seealso:
  - module: streamops.live.msl_stream
  - module: streamops.live.msl_origins
  - module: streamops.live.msl_facts
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: An origin for the streams
  streamops.live.msl_origin:
    host_name: season
    cpcode: 400001
    encoder_zone: EUROPE

- name: Every match day has a stream, and there are no others of the season
  streamops.live.msl_streams:
    streams:
      - name: season-day-1
        format: HLS
        cpcode: 400001
        encoder_zone: EUROPE
        origin:
          host_name: season
        allowed_ips: [192.0.2.10]
      - name: season-day-2
        format: HLS
        cpcode: 400001
        encoder_zone: EUROPE
        origin:
          host_name: season
        allowed_ips: [192.0.2.11]
    prune: true
    prune_match: ^season-
    wait: true
    wait_timeout: 14400

- name: Two streams from a table, of which one gets a longer window and one goes
  streamops.live.msl_streams:
    streams: "{{ table }}"
    continue_on_error: true
    wait: true
  vars:
    table:
      - name: season-day-1
        dvr_window: 30
      - name: season-day-2
        state: absent
        purge_content: true
"""

RETURN = r"""
streams:
  description:
    - What became of each entry, in the order of O(streams); then what was pruned, by id and name.
    - After a failure too, unless it was found before anything was written.
  returned: success, and failure after a write
  type: list
  elements: dict
  contains:
    changed:
      description: Whether this stream was changed, or in check mode would be.
      returned: always
      type: bool
      sample: true
    actions:
      description: The writes that were carried out for it, or in check mode would be, in order.
      returned: always
      type: list
      elements: str
      sample: [create]
    stream:
      description:
        - The stream with the members of RV(streamops.live.msl_stream#module:stream), in check mode as it would be. An empty
          dictionary when there is none.
        - Where nothing was to be done and the service's list told so, only what the list shows. See
          O(streams[].details).
      returned: always
      type: dict
      sample: {id: 50001, name: season-day-1}
    deletion_pending:
      description: That its deletion was accepted and the service still showed it when the wait ended.
      returned: when it is so
      type: bool
      sample: true
    unsent:
      description: The writes that were not sent, since the wait for what the service was still provisioning failed.
      returned: when it is so
      type: list
      elements: str
      sample: [update]
    failed:
      description: That this entry failed.
      returned: when it did
      type: bool
      sample: true
    msg:
      description: What went wrong with it.
      returned: when it failed
      type: str
      sample: "Cannot read stream 'sport': a sentence says why, and another one what to do."
    error:
      description: The same for tasks that decide by it, with the members of RV(error).
      returned: when it failed
      type: dict
      sample: {kind: immutable, status: null, code: null, title: null, details: [], request_id: null}
unsent:
  description: The writes that were not sent where a wait before them failed and no other write had been sent.
  returned: when it is so
  type: list
  elements: str
  sample: [update]
actions:
  description: The writes that were carried out, or in check mode would be, in the order of RV(streams). After a failure, those before it.
  returned: always
  type: list
  elements: str
  sample: [create, update]
api_calls:
  description: How many HTTP requests were sent, further tries included.
  returned: always
  type: int
  sample: 7
diff:
  description: What can be written of each stream that changes, before and after the task. Secrets are masked the same on both sides.
  returned: in diff mode, unless the task failed before anything was written
  type: dict
  contains:
    before:
      description: Before, by what each is called. One that is created is missing.
      returned: always
      type: dict
      sample: {"stream 'season-day-1'": {name: season-day-1, dvr_window: 10}}
    after:
      description: After. One that is deleted is missing.
      returned: always
      type: dict
      sample: {"stream 'season-day-1'": {name: season-day-1, dvr_window: 30}}
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
      sample: null
    title:
      description: The service's title for the error, where it gives one.
      returned: always
      type: str
      sample: Erroneous data input
    details:
      description: Every single reason.
      returned: always
      type: list
      elements: str
      sample: [Invalid contract]
    request_id:
      description: What the vendor's support asks for, where the service gives it.
      returned: always
      type: str
      sample: dc96d9be-4325-4ea7-883a-e4abc265d904
"""

from ansible_collections.streamops.live.plugins.module_utils._module.entry import run_module
from ansible_collections.streamops.live.plugins.module_utils._module.msl_streams import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
