# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: msl_cpcode
short_description: Create a CP code for Akamai Media Services Live
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Makes sure that a contract has an ingest CP code of a certain name.
  - The service can neither change nor delete a CP code, so there is no such state. What is created stays.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_msl
  - streamops.live.msl
attributes:
  check_mode:
    support: full
  diff_mode:
    support: full
  idempotent:
    support: full
options:
  name:
    description:
      - The name of the CP code. Upper and lower case count.
      - A name that several CP codes of the contract have fails with the kind V(conflict) and their numbers.
    type: str
    required: true
  contract_id:
    description:
      - The contract that it belongs to. RV(streamops.live.msl_facts#module:ansible_facts.msl.contracts) has the list.
    type: str
    required: true
seealso:
  - module: streamops.live.msl_origin
  - module: streamops.live.msl_stream
  - module: streamops.live.msl_facts
  - name: Media Services Live
    description: The vendor's documentation.
    link: https://techdocs.akamai.com/msl/reference/api
"""

EXAMPLES = r"""
- name: A CP code for the news channel
  streamops.live.msl_cpcode:
    name: news
    contract_id: C-0N7RAC7
  register: news

- name: An origin that is billed under it
  streamops.live.msl_origin:
    host_name: news
    contract_id: C-0N7RAC7
    cpcode: "{{ news.cpcode.id }}"
    encoder_zone: EUROPE
"""

RETURN = r"""
cpcode:
  description:
    - The CP code as the service shows it, in check mode of a creation as it would be.
    - Members that the service shows beyond those below are returned too.
  returned: success
  type: dict
  contains:
    id:
      description: Its number.
      returned: when it exists
      type: int
      sample: 400021
    name:
      description: Its name.
      returned: always
      type: str
      sample: news
    contract_id:
      description: The contract that it belongs to.
      returned: when this task created it or would create it
      type: str
      sample: C-0N7RAC7
    contracts:
      description: The contracts that it belongs to.
      returned: when it existed before
      type: list
      elements: dict
      sample: [{contract_id: C-0N7RAC7}]
    is_used:
      description: Whether a stream or an origin uses it.
      returned: when it existed before and the service shows it
      type: bool
      sample: false
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
      sample: {name: news, contract_id: C-0N7RAC7}
    before_header:
      description: What the resource is called.
      returned: always
      type: str
      sample: CP code 'news'
    after_header:
      description: The same.
      returned: always
      type: str
      sample: CP code 'news'
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
from ansible_collections.streamops.live.plugins.module_utils._module.msl_cpcode import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
