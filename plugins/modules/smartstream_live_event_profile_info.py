# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
module: smartstream_live_event_profile_info
short_description: Read live event profiles of SmartSTREAM
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Reads one profile by its id or reference id, or the list of profiles. A profile says how a live event is encoded.
  - A profile that does not exist is no failure. The result then has no entry.
  - Profiles are made in the management console.
extends_documentation_fragment:
  - streamops.live.attributes
  - streamops.live.attributes.action_group_smartstream
  - streamops.live.smartstream.reading
  - streamops.live.smartstream
attributes:
  check_mode:
    support: full
  diff_mode:
    support: none
  idempotent:
    support: full
seealso:
  - module: streamops.live.smartstream_live_event
"""

EXAMPLES = r"""
- name: Every profile
  streamops.live.smartstream_live_event_profile_info:
  register: profiles

- name: What there is to choose from
  ansible.builtin.debug:
    msg: "{{ profiles.live_event_profiles | map(attribute='name') | list }}"

- name: One profile
  streamops.live.smartstream_live_event_profile_info:
    ref_id: hd
"""

RETURN = r"""
live_event_profiles:
  description: The profiles.
  returned: success
  type: list
  elements: dict
  contains:
    id:
      description: The id that the service gave to it.
      returned: always
      type: str
      sample: c2e31a9d22d9487dae8d837c38231f81
    merchant_id:
      description: The merchant that it belongs to.
      returned: when the service shows it
      type: str
      sample: example
    ref_id:
      description: The user's own id of it. Empty when it has none.
      returned: always
      type: str
      sample: hd
    name:
      description: Its name.
      returned: always
      type: str
      sample: HD 1080p
    description:
      description: Its description.
      returned: in a list
      type: str
      sample: 1080p, 5 Mbps
    created_at:
      description: When it was created.
      returned: always
      type: str
      sample: "2030-03-14T14:42:04.632+09:00"
    updated_at:
      description: When it was changed last.
      returned: always
      type: str
      sample: "2030-03-14T21:47:54.607+09:00"
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
from ansible_collections.streamops.live.plugins.module_utils._module.smartstream_live_event_profile_info import TASK


def main() -> None:
    run_module(TASK)


if __name__ == "__main__":
    main()
