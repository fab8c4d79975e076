# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_facts
short_description: Gather facts about Akamai Media Services Live
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Reads what an account has, streams, origins and the lists of what can be chosen, and nothing else. It never writes.
  - Each list takes one request. Streams and origins in full take one more each.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl
attributes:
  check_mode:
    support: full
    details:
      - This module only reads.
  diff_mode:
    support: N/A
    details:
      - This module only reads.
  facts:
    description: Puts what it reads into C(ansible_facts).
    support: full
  idempotent:
    support: full
options:
  gather_subset:
    description:
      - What to read, any of V(streams), V(origins), V(contracts), V(cdns), V(cpcodes), V(origin_cpcodes),
        V(publishing_locations), V(vod_origins) and V(all).
      - With V(!) before it a name is left out. A list of such names only means all but these.
      - With V(!all) only what is named besides is read, nothing where nothing is.
    type: list
    elements: str
    default: [all]
  details:
    description:
      - Read every stream and origin in full. Otherwise the members are those of the service's lists, whose names differ
        from those of the full view.
    type: bool
    default: false
  stream_ids:
    description:
      - Only the streams with these numbers, in full. A number that the service does not know fails with the kind
        V(not_found).
    type: list
    elements: int
  origin_ids:
    description:
      - Only the origins with these numbers, in full. A number that the service does not know fails with the kind
        V(not_found).
    type: list
    elements: int
  encoder_location:
    description:
      - Only origins and origins for content on demand with this encoder zone, such as V(EUROPE).
    type: str
  cpcode:
    description:
      - Only origins with this CP code.
    type: int
  cpcode_type:
    description:
      - The kind of CP codes in RV(ansible_facts.msl.cpcodes).
    type: str
    choices: [INGEST, DELIVERY, STORAGE]
    default: INGEST
  unused:
    description:
      - Whether only unused CP codes are wanted in RV(ansible_facts.msl.cpcodes).
    type: bool
  page:
    description:
      - Only this page of the list of streams, the first one being 1. Left out, all of them are read.
    type: int
  page_size:
    description:
      - How many streams make a page. Left out, the service puts all of them on one.
    type: int
  sort_key:
    description:
      - What to sort streams by. Left out, the service sorts by V(modifiedDate).
    type: str
    choices: [name, format, cpcode, zone, originHostName, status, dvrWindowInMin, createdDate, modifiedDate]
  sort_order:
    description:
      - In which order to sort streams. Left out, the service sorts in descending order.
    type: str
    choices: [ASC, DESC]
seealso:
  - module: streamops.live.msl_origin
  - module: streamops.live.msl_stream
  - module: streamops.live.msl_cpcode
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: Everything
  streamops.live.msl_facts:

- name: Which CDNs and encoder zones can be chosen
  ansible.builtin.debug:
    msg: "{{ ansible_facts.msl.cdns | map(attribute='name') }}, {{ ansible_facts.msl.publishing_locations | map(attribute='location') }}"

- name: Streams and origins in full
  streamops.live.msl_facts:
    gather_subset: [streams, origins]
    details: true

- name: Streams that are not provisioned
  ansible.builtin.debug:
    msg: "{{ ansible_facts.msl.streams | rejectattr('provision_detail.status', 'eq', 'PROVISIONED') | map(attribute='name') }}"

- name: The ten streams that were changed last, of another account
  streamops.live.msl_facts:
    gather_subset: [streams]
    sort_key: modifiedDate
    sort_order: DESC
    page: 1
    page_size: 10
    account_switch_key: 1-5C0YLB:1-8BYUX

- name: Ingest CP codes that nothing uses yet
  streamops.live.msl_facts:
    gather_subset: [cpcodes]
    unused: true

- name: All lists but the long ones
  streamops.live.msl_facts:
    gather_subset: ["!streams", "!origins"]
"""

RETURN = r"""
ansible_facts:
  description: What was read.
  returned: success
  type: dict
  contains:
    msl:
      description: One list for each subset that was asked for. Members have the service's names in snake case.
      returned: always
      type: dict
      contains:
        streams:
          description:
            - Streams, as the service's list shows them, or with O(details) and O(stream_ids) as M(streamops.live.msl_stream)
              returns them.
          returned: when asked for
          type: list
          elements: dict
          sample:
            - id: 50001
              name: news-hls
              format: HLS
              cpcode: 400001
              encoder_zone: EUROPE
              origin_host_name: 001-dn001-news.akamaiorigin.net
              dvr_window_in_min: 30
              stream_auth: false
              provision_detail: {status: PROVISIONED, message: Provisioned}
        origins:
          description:
            - Origins, as the service's list shows them, or with O(details) and O(origin_ids) as M(streamops.live.msl_origin)
              returns them, keys as fingerprints.
          returned: when asked for
          type: list
          elements: dict
          sample:
            - id: 7001
              host_name: 001-dn001-news.akamaiorigin.net
              host_name_identifier: news
              cpcode: 400001
              other_cdn_cpcode: 700001
              location: EUROPE
              status: PROVISIONED
        contracts:
          description: Contracts of the account.
          returned: when asked for
          type: list
          elements: dict
          sample:
            - contract_id: C-0N7RAC7
              account_id: A-CCT9012
              contract_type_id: R-T746
              expired: false
              groups: [{group_id: 1234, group_name: Live events}]
        cdns:
          description: CDNs that a shared key can be for.
          returned: when asked for
          type: list
          elements: dict
          sample: [{code: dn003, name: Fastly}]
        cpcodes:
          description: CP codes of the kind in O(cpcode_type).
          returned: when asked for
          type: list
          elements: dict
          sample: [{id: 400001, name: ingest-1, is_used: true, contracts: [{contract_id: C-0N7RAC7}]}]
        origin_cpcodes:
          description: CP codes that an origin can have.
          returned: when asked for
          type: list
          elements: dict
          sample: [{id: 400001, name: ingest-1, contract_ids: [C-0N7RAC7]}]
        publishing_locations:
          description: Encoder zones.
          returned: when asked for
          type: list
          elements: dict
          sample: [{location: EUROPE, code: "001", netstorage_zone: europe}]
        vod_origins:
          description: Origins for content on demand.
          returned: when asked for
          type: list
          elements: dict
          sample: [{cpcode: 600001, name: vod-1, stream_count: 2}]
actions:
  description: The writes that were carried out, which are none.
  returned: always
  type: list
  elements: str
  sample: []
api_calls:
  description: How many HTTP requests were sent, further tries included.
  returned: always
  type: int
  sample: 8
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
from ansible_collections.streamops.live.plugins.module_utils._module.msl_facts import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
