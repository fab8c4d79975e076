# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import textwrap

# The options of one stream. ``@`` stands for the way to it: nothing in the singular module, the list in the plural one.
_MEMBERS = r"""
  state:
    description:
      - V(present) creates the stream or changes it, V(absent) deletes it.
    type: str
    choices: [present, absent]
    default: present
  id:
    description:
      - The number that the service gave to the stream. It names an existing stream and comes before O(@name), so that
        a stream can be given another name.
    type: int
  name:
    description:
      - The stream's name, at most 90 letters, digits, dashes and underscores.
      - The service does not keep names unique. A name that several streams have fails with the kind V(conflict) and
        their numbers.
      - Required unless O(@id) is given.
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
      - An empty text is none. Taken at creation only.
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
      - Use ingest acceleration between the encoder and Akamai. It needs O(@password); the user name is the CP code.
    type: bool
  password:
    description:
      - The password of ingest acceleration.
      - The service never shows it. See O(@update_unreadable) for when it is sent.
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
      - It goes neither with O(@events) nor with O(@stream_level_purge_days).
      - Taken at creation only.
    type: int
  stream_level_purge_days:
    description:
      - After how many days archived content of all events is removed.
      - It needs O(@dvr_window=-1) and does not go with O(@events).
      - Taken at creation only.
    type: int
  events:
    description:
      - After how many days archived content of single events is removed.
      - It needs O(@dvr_window=-1).
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
      - The origin for content on demand, which needs O(@active_archive_duration_in_days).
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
        authentication is switched on, when user name or algorithm differ, or with O(@update_unreadable=always).
      - Switching it on needs user name, password and algorithm; changing it needs the password.
      - The credentials that are replaced are accepted until O(@stream_auth_previous_expiry).
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
        O(@update_unreadable=always).
    type: str
  clone_internal_settings_from_stream_id:
    description:
      - The number of a stream whose internal settings a new stream gets. It has no effect on a stream that exists.
    type: int
  purge_content:
    description:
      - With O(@state=absent), also remove the archived content of the stream. It cannot be had back.
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
      - When to send what the service never shows, which for a stream is O(@password) and O(@stream_auth.password).
      - V(on_create) sends them when the stream is created and never makes an update for them alone. An update that is made
        anyway carries O(@password) along, but not O(@stream_auth.password), which would replace the credentials.
      - V(always) sends them in every run, which is then always changed.
    type: str
    choices: [on_create, always]
    default: on_create
    aliases: [update_password]
  details:
    description:
      - Return the stream in full in any case.
      - Where a task has many streams, and in a loop in the controller from the third item on, a stream for which the
        service's list shows that nothing is to be done is not read by itself. Only what the list shows of it is returned.
    type: bool
    default: false
"""


class ModuleDocFragment:
    """What can be said about a stream, in a task of its own or in a list."""

    # Annotated, since ansible-test takes a plain assignment for a literal text.
    DOCUMENTATION: str = "options:" + _MEMBERS.replace("O(@", "O(")

    LIST: str = "options:\n  streams:\n    suboptions:" + textwrap.indent(
        _MEMBERS.replace("O(@", "O(streams[]."), "    "
    )
