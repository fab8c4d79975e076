# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_stream
short_description: Manage a stream of Akamai Media Services Live
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Creates, changes or deletes a stream.
  - An option that is left out is left as it is on the service. An option that is given, even as an empty list, is enforced.
  - Of an existing stream the service changes O(name), O(ingest_accelerated), O(password), O(dvr_window), O(allowed_ips),
    O(additional_email_ids) and O(stream_auth) only. A task that wants something else changed fails with the kind
    V(immutable) before anything is written, and names each such option.
  - An update repeats what the service shows of the stream, since the service takes an update as the whole.
  - A task that names the stream by O(id) sends one request less than one that names it by O(name).
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl_stream
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
      - With O(update_unreadable=always) every run that declares a password writes it.
options:
  wait:
    description:
      - The service provisions a stream after its creation and after every update, which takes from 25 minutes to 3 hours
        by its documents. With V(true) the task ends when the stream is PROVISIONED, and fails with the kind
        V(provisioning_failed) and the service's message when it is FAILED.
      - A stream that needs no change is waited for as well.
seealso:
  - module: streamops.live.msl_origin
  - module: streamops.live.msl_facts
  - plugin: streamops.live.msl_publishing_urls
    plugin_type: filter
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: An origin for the stream
  streamops.live.msl_origin:
    host_name: news
    cpcode: 400001
    encoder_zone: EUROPE
    backup_encoder_zone: NORDICS

- name: A stream with a backup that two encoders may send to
  streamops.live.msl_stream:
    name: news-hls
    format: HLS
    cpcode: 400001
    encoder_zone: EUROPE
    backup_encoder_zone: NORDICS
    origin:
      host_name: news
    allowed_ips:
      - 192.0.2.10
      - 192.0.2.11
    dvr_window: 30
    wait: true
    wait_timeout: 14400
  register: news

- name: Where the encoders send to
  ansible.builtin.debug:
    msg: "{{ news.stream | streamops.live.msl_publishing_urls('evening') }}"

- name: Another encoder takes over
  streamops.live.msl_stream:
    name: news-hls
    allowed_ips: [192.0.2.12]
    wait: true

- name: Encoders identify themselves by a password, which this task does not change once it is set
  streamops.live.msl_stream:
    name: news-hls
    stream_auth:
      username: encoder
      password: "{{ encoder_password }}"
      algorithm: SHA256
    wait: true
  no_log: true

- name: The password is replaced, and the old one accepted until the end of the year
  streamops.live.msl_stream:
    name: news-hls
    stream_auth:
      username: encoder
      password: "{{ new_encoder_password }}"
    stream_auth_previous_expiry: "2034-12-31T23:59:00Z"
    update_unreadable: always
    wait: true
  no_log: true

- name: A stream that archives everything and removes it after a month
  streamops.live.msl_stream:
    name: news-archive
    format: DASH
    cpcode: 400002
    encoder_zone: EUROPE
    origin:
      host_name: news
    dvr_window: -1
    stream_level_purge_days: 30

- name: The stream gets another name
  streamops.live.msl_stream:
    id: "{{ news.stream.id }}"
    name: news-hls-2

- name: The stream and its archived content are gone
  streamops.live.msl_stream:
    name: news-archive
    state: absent
    purge_content: true
"""

RETURN = r"""
stream:
  description:
    - The stream as the service shows it, in check mode as it would be. An empty dictionary when there is none.
    - After a failure, such as the end of a wait, as far as it is known.
    - Members that the service shows beyond those below are returned too. Passwords are not.
  returned: success, and failure after a write
  type: dict
  contains:
    id:
      description: The number that the service gave to it.
      returned: when it exists
      type: int
      sample: 50001
    name:
      description: Its name.
      returned: always
      type: str
      sample: news-hls
    format:
      description: The format that the encoder sends.
      returned: always
      type: str
      sample: HLS
    cpcode:
      description: The number of the ingest CP code.
      returned: always
      type: int
      sample: 400001
    contract_id:
      description: The contract that it belongs to.
      returned: when the service shows it
      type: str
      sample: C-0N7RAC7
    encoder_zone:
      description: Where the encoder stands.
      returned: always
      type: str
      sample: EUROPE
    backup_encoder_zone:
      description: Where the backup encoder stands.
      returned: when there is one
      type: str
      sample: NORDICS
    origin:
      description: Its origin. The service shows the full host name, and may show more.
      returned: always
      type: dict
      sample: {host_name: 001-dn001-news.akamaiorigin.net}
    backup_origin:
      description: The backup of its origin.
      returned: when there is one
      type: dict
      sample: {host_name: 005-dn001-news.akamaiorigin.net}
    primary_publishing_url:
      description: Where the encoder sends to, as a URL or a bare host name, whichever the service shows.
      returned: when it exists
      type: str
      sample: p-ep50001.i.akamaientrypoint.net
    backup_publishing_url:
      description: Where the backup encoder sends to.
      returned: when there is one
      type: str
      sample: b-ep50001.i.akamaientrypoint.net
    provision_detail:
      description: How far provisioning is.
      returned: when it exists
      type: dict
      contains:
        status:
          description: V(NOT_STARTED), V(PENDING), V(PROVISIONED) or V(FAILED).
          returned: always
          type: str
          sample: PROVISIONED
        message:
          description: The service's explanation.
          returned: when it gives one
          type: str
          sample: Provisioned
        stream_id:
          description: The stream's number.
          returned: when the service shows it
          type: int
          sample: 50001
    is_dedicated_origin:
      description: Whether the origin has a part of the shield network of its own.
      returned: when the service shows it
      type: bool
      sample: false
    ingest_accelerated:
      description: Whether ingest acceleration is used.
      returned: when the service shows it
      type: bool
      sample: false
    allowed_ips:
      description: The addresses from which encoders may send. Empty for any.
      returned: when the service shows it
      type: list
      elements: str
      sample: [192.0.2.10, 192.0.2.11]
    additional_email_ids:
      description: Who else gets a mail about the stream.
      returned: when the service shows it
      type: list
      elements: str
      sample: []
    dvr_window:
      description: How many minutes a viewer can go back. V(-1) for an archive without a limit.
      returned: when the service shows it
      type: int
      sample: 30
    active_archive_duration_in_days:
      description: For how many days content is archived for use on demand.
      returned: when it is
      type: int
      sample: 14
    stream_level_purge_days:
      description: After how many days archived content is removed.
      returned: when it is
      type: int
      sample: 30
    events:
      description: After how many days archived content of single events is removed.
      returned: when the service shows it
      type: list
      elements: dict
      sample: [{event: evening, age: 7}]
    storage_group:
      description: Where content is stored.
      returned: when the service shows it
      type: dict
      sample: {cpcode: 600001}
    backup_storage_group:
      description: Where content of the backup is stored.
      returned: when there is one
      type: dict
      sample: {cpcode: 600002}
    vod_origin:
      description: The origin for content on demand.
      returned: when there is one
      type: dict
      sample: {cpcode: 600001, name: vod-1}
    primary_ingest_locations:
      description: The place from which the encoder sends.
      returned: when it was given
      type: dict
      sample: {country_name: Germany}
    backup_ingest_locations:
      description: The place from which the backup encoder sends.
      returned: when it was given
      type: dict
      sample: {country_name: Sweden}
    stream_auth:
      description: HTTP digest authentication of encoders, without its password.
      returned: when it is switched on
      type: dict
      sample: {username: encoder, algorithm: SHA256}
    created_by:
      description: Who created it.
      returned: when it exists
      type: str
      sample: api-client
    created_date:
      description: When it was created.
      returned: when it exists
      type: str
      sample: "2026-11-22T01:23:29.451Z"
    modified_by:
      description: Who changed it last.
      returned: when it exists
      type: str
      sample: api-client
    modified_date:
      description: When it was changed last.
      returned: when it exists
      type: str
      sample: "2026-11-22T01:23:29.451Z"
deletion_pending:
  description: That the deletion was accepted and the service still showed the stream when the wait ended.
  returned: when it is so
  type: bool
  sample: true
unsent:
  description: The writes that were not sent, since the wait for what the service was still provisioning failed.
  returned: when it is so
  type: list
  elements: str
  sample: [update]
actions:
  description: The writes that were carried out, or in check mode would be, in order. After a failure, those before it.
  returned: always
  type: list
  elements: str
  sample: [create]
api_calls:
  description: How many HTTP requests were sent, further tries included.
  returned: always
  type: int
  sample: 2
diff:
  description: What can be written of the resource, before and after the task. Secrets are masked the same on both sides.
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
      sample: {name: news-hls, format: HLS, allowed_ips: [192.0.2.10]}
    before_header:
      description: What the resource is called.
      returned: always
      type: str
      sample: stream 'news-hls'
    after_header:
      description: The same.
      returned: always
      type: str
      sample: stream 'news-hls'
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
from ansible_collections.streamops.live.plugins.module_utils._module.msl_stream import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
