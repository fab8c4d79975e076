# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: smartstream_token
short_description: Log in to SmartSTREAM
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Exchanges a mail address and a password for a token, for use by later tasks. Each of them then sends one request less.
  - It does so in check mode as well, since a token changes nothing and later tasks need it.
  - A token that is given by O(access_token) is not looked at.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_smartstream
  - streamops.live.smartstream
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
  idempotent:
    support: full
    details:
      - It changes nothing. Each run returns another token.
seealso:
  - module: streamops.live.smartstream_live_event
"""

EXAMPLES = r"""
- name: Log in once
  streamops.live.smartstream_token:
  register: login
  no_log: true

- name: Every event, with the token
  streamops.live.smartstream_live_event_info:
    access_token: "{{ login.access_token }}"
"""

RETURN = r"""
access_token:
  description: The token. Who has it can do what the user may do, so set C(no_log) on the task.
  returned: success
  type: str
  sample: an opaque text
expiration:
  description: When it ends, as the service writes it. Empty when the service does not say.
  returned: success
  type: str
  sample: "2030-10-01T00:00:00.000Z"
actions:
  description: The writes that were carried out, which are none.
  returned: always
  type: list
  elements: str
  sample: []
api_calls:
  description: How many HTTP requests were sent, that of a token and further tries included.
  returned: always
  type: int
  sample: 1
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
from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_token import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
