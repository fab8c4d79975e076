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
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.msl
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
  state:
    description:
      - V(present) creates the stream or changes it, V(absent) deletes it.
    type: str
    choices: [present, absent]
    default: present
  id:
    description:
      - The number that the service gave to the stream. It names an existing stream and comes before O(name), so that
        a stream can be given another name.
      - Looking up a stream by its number takes one request less than by its name.
    type: int
  name:
    description:
      - The stream's name, at most 90 letters, digits, dashes and underscores.
      - The service does not keep names unique. A name that several streams have fails with the kind V(conflict) and
        their numbers.
      - Required unless O(id) is given.
    type: str
  format:
    description:
      - The format that the encoder sends.
      - Taken at creation only, where it is required.
    type: str
    choices: [HLS, HDS, DASH, CMAF]
  cpcode:
    description:
      - The ingest CP code, as its number or its name.
      - Taken at creation only, where it is required.
    type: str
  contract_id:
    description:
      - The contract that the stream belongs to. Left out, the service takes the first valid one.
      - Taken at creation only.
    type: str
  group_id:
    description:
      - The group of the contract.
      - Taken at creation only and never shown by the service, so a difference cannot be seen.
    type: int
  encoder_zone:
    description:
      - Where the encoder stands, as one of the service's publishing locations, such as V(EUROPE) or V(US_EAST). It must
        be that of the origin.
      - Case does not matter. RV(streamops.live.msl_facts#module:ansible_facts.msl.publishing_locations) has the list.
      - Taken at creation only, where it is required.
    type: str
  backup_encoder_zone:
    description:
      - Where the backup encoder stands. The service then gives the stream a backup publishing URL as well.
      - Taken at creation only.
    type: str
  origin:
    description:
      - The origin of the stream.
      - Taken at creation only, where it is required.
    type: dict
    suboptions:
      host_name:
        description:
          - The origin's short identifier or its full host name.
          - An identifier that no origin has makes the service create the origin together with the stream.
        type: str
      cpcode:
        description:
          - The CP code of an origin that is created together with the stream, as its number or its name.
        type: str
  is_dedicated_origin:
    description:
      - Give the origin a part of the shield network of its own.
      - Taken at creation only.
    type: bool
  ingest_accelerated:
    description:
      - Use ingest acceleration between the encoder and Akamai. It needs O(password); the user name is the CP code.
    type: bool
  password:
    description:
      - The password of ingest acceleration.
      - The service never shows it. See O(update_unreadable) for when it is sent.
    type: str
  allowed_ips:
    description:
      - The IP addresses from which encoders may send, at most 50. Order and spelling do not matter. An empty list allows
        any encoder.
      - Networks are not documented for this service and are refused.
    type: list
    elements: str
  additional_email_ids:
    description:
      - Who else gets a mail about the stream. Order does not matter.
    type: list
    elements: str
  dvr_window:
    description:
      - How many minutes a viewer can go back, from 5 to 30. V(-1) archives the content without a limit.
      - Other values are sent with a warning, since the service's documents disagree on them.
    type: int
  active_archive_duration_in_days:
    description:
      - For how many days content is archived for use on demand, from 1 to 31. For V(HLS) and V(DASH) with a contract that
        holds Live to VOD.
      - It goes neither with O(events) nor with O(stream_level_purge_days).
      - Taken at creation only.
    type: int
  stream_level_purge_days:
    description:
      - After how many days archived content of all events is removed.
      - It needs O(dvr_window=-1) and does not go with O(events).
      - Taken at creation only.
    type: int
  events:
    description:
      - After how many days archived content of single events is removed.
      - It needs O(dvr_window=-1).
      - Taken at creation only.
    type: list
    elements: dict
    suboptions:
      event:
        description:
          - The name of the event.
        type: str
      age:
        description:
          - Days after which its content is removed.
        type: int
  storage_group:
    description:
      - Where content is stored. Left out, the service decides.
      - Taken at creation only.
    type: dict
    suboptions: &storage
      cpcode:
        description:
          - The number of the storage CP code.
        type: int
      name:
        description:
          - The name of the storage CP code. The service does not show it again, so a difference cannot be seen.
        type: str
      is_new:
        description:
          - Have the service create the storage CP code together with the stream.
        type: bool
  backup_storage_group:
    description:
      - Where content of the backup is stored. Left out, the service decides.
      - Taken at creation only.
    type: dict
    suboptions: *storage
  vod_origin:
    description:
      - The origin for content on demand, together with O(active_archive_duration_in_days).
      - Taken at creation only.
    type: dict
    suboptions:
      cpcode:
        description:
          - The number of its CP code.
        type: int
      name:
        description:
          - Its name, which a new one needs.
        type: str
  primary_ingest_locations:
    description:
      - The place in the encoder zone from which the encoder sends.
      - Taken at creation only.
    type: dict
    suboptions: &places
      country_name:
        description:
          - The country.
        type: str
      states:
        description:
          - States of the country.
        type: list
        elements: dict
        suboptions:
          name:
            description:
              - The state.
            type: str
          cities:
            description:
              - Cities of the state.
            type: list
            elements: dict
            suboptions:
              name:
                description:
                  - The city.
                type: str
  backup_ingest_locations:
    description:
      - The place in the backup encoder zone from which the backup encoder sends.
      - Taken at creation only.
    type: dict
    suboptions: *places
  stream_auth:
    description:
      - HTTP digest authentication of encoders. An empty dictionary switches it off.
      - The service never shows the password, and sending one replaces the credentials. So they are sent when the
        authentication is switched on, when user name or algorithm differ, or with O(update_unreadable=always).
      - Switching it on and changing it need user name and password.
      - The credentials that are replaced are accepted until O(stream_auth_previous_expiry).
    type: dict
    suboptions:
      username:
        description:
          - The user name.
        type: str
      password:
        description:
          - The password.
        type: str
      algorithm:
        description:
          - The digest algorithm.
        type: str
        choices: [SHA256, SHA512, SHA512_256, MD5]
  stream_auth_previous_expiry:
    description:
      - Until when credentials that this task replaces go on to be accepted, as an ISO 8601 date and time with an offset,
        such as V(2030-12-31T23:59:00+09:00). Left out, the service ends them after two days.
      - The service does not show this date. It moves the end of credentials that were replaced before only together with
        O(update_unreadable=always).
    type: str
  clone_internal_settings_from_stream_id:
    description:
      - The number of a stream whose internal settings a new stream gets. It has no effect on a stream that exists.
    type: int
  purge_content:
    description:
      - With O(state=absent), also remove the archived content of the stream. It cannot be had back.
      - Without it archived content stays in storage and goes on to be billed.
    type: bool
    default: false
  update_pending:
    description:
      - Send a change even while the service still provisions the stream. What the service does then is not documented.
      - Without it such a task waits with O(wait=true), else it fails with the kind V(conflict).
    type: bool
    default: false
  update_unreadable:
    description:
      - When to send what the service never shows, which for a stream is O(password) and O(stream_auth.password).
      - V(on_create) sends them when the stream is created and never makes an update for them alone. An update that is made
        anyway carries O(password) along, but not O(stream_auth.password), which would replace the credentials.
      - V(always) sends them in every run, which is then always changed.
    type: str
    choices: [on_create, always]
    default: on_create
    aliases: [update_password]
  details:
    description:
      - Return the stream in full in any case. Only a loop makes a difference.
      - The items of a loop in the controller share one list. From three items on, an item for which the list shows that
        nothing is to be done is not read by itself, and only what the list shows of it is returned.
    type: bool
    default: false
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
