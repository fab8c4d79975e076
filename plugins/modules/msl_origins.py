# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_origins
short_description: Manage many origins of Akamai Media Services Live in one task
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Brings a list of origins into the state that each entry asks for, and can delete those that the list lacks.
  - It does what M(streamops.live.msl_origin) does for one origin, with one look at the service's list for all of them. An
    origin is read by itself only where the list does not show what its entry is about, and written only where it differs.
  - Of what an entry may say, the list shows O(origins[].host_name), O(origins[].cpcode), O(origins[].encoder_zone),
    O(origins[].backup_encoder_zone) and O(origins[].third_party_cdn_cpcode).
  - What is wrong with an entry is found before anything is written, and the message names the entry by its index, counted
    from 0.
  - The same origin twice in the list, be it under its number and its name, is refused before anything is written.
  - An option of an entry that is left out is left as it is on the service. One that is given, even as an empty list, is
    enforced.
  - The service can change nothing of an existing origin but O(origins[].email_ids) and O(origins[].shared_keys). What else
    differs makes the entry fail with the kind V(immutable).
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl_origin.list
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
      - With O(origins[].shared_keys[].rotate=always) every run makes a new key.
      - With O(origins[].update_unreadable=always) every run that declares O(origins[].email_ids) writes them.
options:
  origins:
    description:
      - The origins, each with the options of M(streamops.live.msl_origin).
    type: list
    elements: dict
    required: true
  reveal_secrets:
    description:
      - Return the keys themselves in addition to their fingerprints, for tasks that hand them over to a CDN.
      - Use it with C(no_log), and mind that a registered result holds the keys.
      - Ansible masks in the result whatever the same task was given as a secret. So a key that stands in
        O(origins[].shared_keys[].key) comes back as V(VALUE_SPECIFIED_IN_NO_LOG_PARAMETER); read it with another task.
    type: bool
    default: false
  wait:
    description:
      - The service provisions an origin after its creation and after every update. With V(true) the task ends when all have
        succeeded. One that has not makes its entry fail with the kind V(provisioning_failed), and the others are waited
        for all the same.
      - Origins that are to be absent are waited for until they are gone. A deletion that takes longer than
        O(wait_timeout) is a warning only.
      - One request for the list each O(wait_interval) serves all origins that are waited for.
seealso:
  - module: streamops.live.msl_origin
  - module: streamops.live.msl_streams
  - module: streamops.live.msl_facts
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: Two origins that another CDN delivers as well, and no other ones whose name begins like theirs
  streamops.live.msl_origins:
    origins:
      - host_name: tv-news
        cpcode: 400001
        encoder_zone: EUROPE
        third_party_cdn_cpcode: 700001
        shared_keys:
          - name: fastly
            cdn: Fastly
            validity: 365d
      - host_name: tv-sport
        cpcode: 400001
        encoder_zone: EUROPE
        third_party_cdn_cpcode: 700001
        shared_keys:
          - name: fastly
            cdn: Fastly
            validity: 365d
    prune: true
    prune_match: ^tv-
    prune_limit: 2
    wait: true

- name: Keys that end within six weeks are replaced on both
  streamops.live.msl_origins:
    origins:
      - host_name: tv-news
        shared_keys: "{{ keys }}"
      - host_name: tv-sport
        shared_keys: "{{ keys }}"
    wait: true
  vars:
    keys:
      - name: fastly
        rotate: expiring
        rotate_within: 6w
        grace_period: 2w
        validity: 365d

- name: One of them is gone
  streamops.live.msl_origins:
    origins:
      - host_name: tv-sport
        state: absent
"""

RETURN = r"""
origins:
  description:
    - What became of each entry, in the order of O(origins); then what was pruned, by id and name.
    - After a failure too, unless it was found before anything was written.
  returned: success, and failure after a write
  type: list
  elements: dict
  contains:
    changed:
      description: Whether this origin was changed, or in check mode would be.
      returned: always
      type: bool
      sample: true
    actions:
      description: The writes that were carried out for it, or in check mode would be, in order.
      returned: always
      type: list
      elements: str
      sample: [create]
    origin:
      description:
        - The origin with the members of RV(streamops.live.msl_origin#module:origin), in check mode as it would be. An empty
          dictionary when there is none.
        - Where nothing was to be done and the service's list told so, only what the list shows. See
          O(origins[].details).
      returned: always
      type: dict
      sample: {id: 7001, host_name: 001-dn001-tv-news.akamaiorigin.net}
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
      sample: "Cannot read origin 'sport': a sentence says why, and another one what to do."
    error:
      description: The same for tasks that decide by it, with the members of RV(error).
      returned: when it failed
      type: dict
      sample: {kind: immutable, status: null, code: null, title: null, details: [], request_id: null}
actions:
  description: The writes that were carried out, or in check mode would be, in the order of RV(origins). After a failure, those before it.
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
  description: What can be written of each origin that changes, before and after the task. Secrets are masked the same on both sides.
  returned: in diff mode, unless the task failed before anything was written
  type: dict
  contains:
    before:
      description: Before, by what each is called. One that is created is missing.
      returned: always
      type: dict
      sample: {"origin 'tv-news'": {host_name: 001-dn001-tv-news.akamaiorigin.net, shared_keys: []}}
    after:
      description: After. One that is deleted is missing.
      returned: always
      type: dict
      sample: {"origin 'tv-news'": {host_name: 001-dn001-tv-news.akamaiorigin.net, shared_keys: [{name: fastly}]}}
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
from ansible_collections.streamops.live.plugins.module_utils._module.msl_origins import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
