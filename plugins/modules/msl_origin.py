# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_origin
short_description: Manage an origin of Akamai Media Services Live with its shared keys
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Creates, changes or deletes an origin, and the keys with which other CDNs (multi-CDN) and other Akamai accounts
    (multi-account) fetch content from it.
  - An option that is left out is left as it is on the service. An option that is given, even as an empty list, is enforced.
  - The service can change nothing of an existing origin but O(email_ids) and O(shared_keys). A task that wants something
    else changed fails with the kind V(immutable) before anything is written, and names each such option.
  - The service replaces the whole list of shared keys with every update. This module reads the list first and sends every
    key again that shall stay, so keys that a task does not mention are kept.
  - A task that names the origin by O(id) sends one request less than one that names it by O(host_name).
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl_origin
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
      - With O(shared_keys[].rotate=always) every run makes a new key.
      - With O(update_unreadable=always) every run that declares O(email_ids) writes them.
options:
  reveal_secrets:
    description:
      - Return the keys themselves in addition to their fingerprints, for tasks that hand them over to a CDN.
      - Use it with C(no_log), and mind that a registered result holds the keys.
      - Ansible masks in the result whatever the same task was given as a secret. So a key that stands in
        O(shared_keys[].key) comes back as V(VALUE_SPECIFIED_IN_NO_LOG_PARAMETER); read it with another task.
    type: bool
    default: false
  wait:
    description:
      - The service provisions an origin after its creation and after every update, and calls it PENDING meanwhile. With
        V(true) the task ends when it has succeeded, and fails with the kind V(provisioning_failed) and the service's
        message when it has not.
      - With O(state=absent) it ends when the origin is gone. A deletion that takes longer than O(wait_timeout) is a
        warning only.
seealso:
  - module: streamops.live.msl_stream
  - module: streamops.live.msl_facts
  - plugin: streamops.live.msl_key
    plugin_type: lookup
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: An origin that three CDNs deliver, with keys that the service generates
  streamops.live.msl_origin:
    host_name: news
    contract_id: C-0N7RAC7
    cpcode: 400001
    encoder_zone: EUROPE
    backup_encoder_zone: NORDICS
    third_party_cdn_cpcode: 700001
    email_ids: [live@example.com]
    shared_keys:
      - name: fastly
        cdn: Fastly
        validity: 365d
      - name: cloudfront
        cdn: Cloudfront
        validity: 365d
      - name: cdnetworks
        cdn: CDNetworks
        expiry_date: "2035-12-31T23:59:00+09:00"
    wait: true

- name: A partner's Akamai account may use it as well, and the other keys stay
  streamops.live.msl_origin:
    host_name: news
    email_ids: [live@example.com]
    shared_keys:
      - name: partner
        type: AKAMAI

- name: Keys that end within six weeks are replaced, and the old ones accepted for another two
  streamops.live.msl_origin:
    host_name: news
    email_ids: [live@example.com]
    shared_keys:
      - name: fastly
        rotate: expiring
        rotate_within: 6w
        grace_period: 2w
        validity: 365d
      - name: cloudfront
        rotate: expiring
        rotate_within: 6w
        grace_period: 2w
        validity: 365d

- name: The partner gets a second key now, and the first one goes after a month
  streamops.live.msl_origin:
    host_name: news
    email_ids: [live@example.com]
    shared_keys:
      - name: partner
        type: AKAMAI
        rotate: always
        grace_period: 30d

- name: Read the keys in order to hand them over
  streamops.live.msl_origin:
    host_name: news
    reveal_secrets: true
  no_log: true
  register: origin

- name: One CDN is switched off for a while, and another one leaves
  streamops.live.msl_origin:
    host_name: news
    email_ids: [live@example.com]
    shared_keys:
      - name: cloudfront
        type: THIRD_PARTY
        enabled: false
      - name: cdnetworks
        type: THIRD_PARTY
        state: absent

- name: Nobody else may use the origin any more
  streamops.live.msl_origin:
    host_name: news
    shared_keys: []
    purge_shared_keys: true

- name: The origin is gone
  streamops.live.msl_origin:
    host_name: news
    state: absent
    edgerc: ~/.edgerc
    edgerc_section: live
"""

RETURN = r"""
origin:
  description:
    - The origin as the service shows it, in check mode as it would be. An empty dictionary when there is none.
    - After a failure, such as the end of a wait, as far as it is known.
    - Members that the service shows beyond those below are returned too.
  returned: success, and failure after a write
  type: dict
  contains:
    id:
      description: The number that the service gave to it.
      returned: when it exists
      type: int
      sample: 7001
    host_name:
      description: The full host name, in check mode of a creation the identifier.
      returned: always
      type: str
      sample: 001-dn001-news.akamaiorigin.net
    backup_host_name:
      description: The full host name of the backup origin.
      returned: when there is one
      type: str
      sample: 005-dn001-news.akamaiorigin.net
    contract_id:
      description: The contract that it belongs to.
      returned: when the service shows it
      type: str
      sample: C-0N7RAC7
    cpcode:
      description: The number of the ingest CP code.
      returned: always
      type: int
      sample: 400001
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
    third_party_cdn_cpcode:
      description: The number of the CP code for other CDNs.
      returned: when there is one
      type: int
      sample: 700001
    is_dedicated_origin:
      description: Whether it has a part of the shield network of its own.
      returned: when the service shows it
      type: bool
      sample: false
    status:
      description:
        - How far provisioning is, in the service's words.
        - PENDING, SUCCEEDED or FAILED.
      returned: when the service shows it
      type: str
      sample: SUCCEEDED
    active_version:
      description: The version of the origin that is in force.
      returned: when the service shows it
      type: raw
      sample: "2"
    amd_properties:
      description: The delivery properties of this account that use the origin.
      returned: when the service shows them
      type: list
      elements: dict
      sample: []
    created_by:
      description: Who created it.
      returned: when it was looked up in the service's list
      type: str
      sample: api-client
    created_date:
      description: When it was created.
      returned: when it was looked up in the service's list
      type: str
      sample: "2026-11-22T01:23:29.417Z"
    modified_by:
      description: Who changed it last.
      returned: when it exists
      type: str
      sample: api-client
    modified_date:
      description: When it was changed last.
      returned: when it exists
      type: str
      sample: "2026-11-22T01:23:29.417Z"
    shared_keys:
      description: Its shared keys, in the service's order.
      returned: when the service shows them
      type: list
      elements: dict
      contains:
        name:
          description: The name of the key.
          returned: always
          type: str
          sample: fastly
        type:
          description: V(AKAMAI) or V(THIRD_PARTY).
          returned: always
          type: str
          sample: THIRD_PARTY
        auth_method:
          description: How the key is checked.
          returned: always
          type: str
          sample: SIMPLE_AKAMAI_HEADER_VERIFICATION
        enabled:
          description: Whether it is accepted.
          returned: always
          type: bool
          sample: true
        cdn_code:
          description: The code of the CDN that it is for.
          returned: type THIRD_PARTY
          type: str
          sample: dn003
        guid:
          description: The service's identifier of the entry.
          returned: type THIRD_PARTY
          type: str
          sample: fc7d5f2b-ed47-4828-853d-37f98ed08846
        host_name:
          description: The host name from which this CDN fetches.
          returned: type THIRD_PARTY
          type: str
          sample: 001-dn003-news.akamaiorigin.net
        backup_host_name:
          description: The backup host name from which this CDN fetches.
          returned: type THIRD_PARTY, when there is a backup encoder zone
          type: str
          sample: 005-dn003-news.akamaiorigin.net
        expiry_date:
          description: Until when the key is accepted. In check mode, words that say how long after the task.
          returned: when it has an end
          type: str
          sample: "2027-11-22T01:23:29.413Z"
        key_fingerprint:
          description:
            - The first 12 hexadecimal digits of the SHA-256 of the key, which tell keys apart without showing them.
            - In check mode V(generated by the service) stands for a key that does not exist yet.
          returned: always
          type: str
          sample: 23f3b566cafd
        key:
          description: The key itself.
          returned: O(reveal_secrets=true)
          type: str
          sample: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER
        previous_key_expiry_date:
          description: Until when the key before this one is accepted.
          returned: after a rotation
          type: str
          sample: "2026-11-29T01:23:29.437Z"
        previous_key_fingerprint:
          description: The fingerprint of the key before this one.
          returned: after a rotation
          type: str
          sample: 97f888a10626
        previous_key:
          description: The key before this one.
          returned: after a rotation, with O(reveal_secrets=true)
          type: str
          sample: VALUE_SPECIFIED_IN_NO_LOG_PARAMETER
        amd_properties:
          description: The delivery properties of partner accounts that use the key.
          returned: type AKAMAI
          type: list
          elements: dict
          sample: []
deletion_pending:
  description: That the deletion was accepted and the service still showed the origin when the wait ended.
  returned: when it is so
  type: bool
  sample: true
actions:
  description: The writes that were carried out, or in check mode would be, in order. After a failure, those before it.
  returned: always
  type: list
  elements: str
  sample: [update]
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
      sample: {host_name: news, cpcode: 400001, encoder_zone: EUROPE}
    before_header:
      description: What the resource is called.
      returned: always
      type: str
      sample: origin 'news'
    after_header:
      description: The same.
      returned: always
      type: str
      sample: origin 'news'
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
from ansible_collections.streamops.live.plugins.module_utils._module.msl_origin import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
