# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: smartstream
short_description: Live events of SmartSTREAM as hosts
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Makes a host of each live event of a merchant, called by the event's reference id or, where it has none, by its id.
  - The variables of a host are the event's members, as M(streamops.live.smartstream_live_event) returns them, C(phase) among
    them. C(name) is a word that Ansible uses itself, so that member is the variable C(smartstream_name).
  - All hosts are in the group C(smartstream_live_events), and in a group for each of their status
    (C(encode_status_running)), phase (C(phase_running)) and profile (C(profile_hd)).
  - Where several events have one reference id, the one that was made first keeps it, and the id is added to the names of the
    others, with a warning. An event whose reference id has other characters than letters, digits, dot, dash, underscore,
    C(+) and C(@), or means something else to Ansible, such as C(localhost) or the name of a group, is called by its id.
  - The file that says so is called C(smartstream.yml), C(smartstream.yaml) or ends in C(.smartstream.yml) or
    C(.smartstream.yaml). Any other name with one of these extensions will do as well, provided that O(plugin) stands at the
    beginning of a line.
extends_documentation_fragment:
  - streamops.live.inventory
  - streamops.live.inventory.for_smartstream
  - streamops.live.smartstream
  - streamops.live.smartstream.statuses
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Says that a file is for this plugin.
    type: str
    required: true
    choices: [streamops.live.smartstream]
  profile_names:
    description:
      - Look up what the profiles of the events are called, which takes two requests or more. A group of a profile is then
        called by the profile's reference id, else by its name, and the variable C(live_event_profile) has the same text.
      - Without it, and for a profile that the service does not list, the group is called by the profile's id.
    type: bool
    default: true
    env:
      - name: SMARTSTREAM_PROFILE_NAMES
seealso:
  - module: streamops.live.smartstream_live_event_info
  - module: streamops.live.smartstream_live_event
  - plugin: streamops.live.msl
    plugin_type: inventory
"""

EXAMPLES = r"""
# evening.smartstream.yml. The first line is enough: credentials then come from the environment, SMARTSTREAM_MERCHANT_ID and
# so on.
plugin: streamops.live.smartstream
merchant_id: merchant-1
mail_address: operator@example.com
password: "{{ lookup('ansible.builtin.file', '/run/secrets/smartstream') }}"

# The evening's events, without those that have failed; a group for each kind of source.
failed_statuses: [encode_status_failed]
name_match: ^evening-
filters:
  - exclude: phase == 'failed'
keyed_groups:
  - key: source_type
    prefix: source

# Tasks run in the controller, and the service is asked once a minute at most, and not for the profiles.
compose:
  ansible_connection: "'local'"
profile_names: false
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/live_events
cache_timeout: 60
"""

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._engine.show import shown
from ansible_collections.streamops.live.plugins.module_utils._module.specs import SMARTSTREAM_CONNECTION
from ansible_collections.streamops.live.plugins.module_utils._smartstream.api import SmartstreamApi
from ansible_collections.streamops.live.plugins.module_utils._smartstream.auth import ENVIRONMENT, find_credentials
from ansible_collections.streamops.live.plugins.module_utils._smartstream.event_fields import FIELDS, with_source_type
from ansible_collections.streamops.live.plugins.module_utils._smartstream.lifecycle import VOCABULARY, Vocabulary
from ansible_collections.streamops.live.plugins.plugin_utils._inventory import ServiceInventory
from ansible_collections.streamops.live.plugins.plugin_utils._inventory_hosts import Found
from ansible_collections.streamops.live.plugins.plugin_utils.plain import plain


class InventoryModule(ServiceInventory):
    NAME = "streamops.live.smartstream"
    short_name = "smartstream"
    noun = "live event"
    group_of_all = "smartstream_live_events"
    connection = SMARTSTREAM_CONNECTION
    environment = ENVIRONMENT

    def identity(self, options, context):
        found_refusals = self._vocabulary().refusals()
        if found_refusals:
            raise InvalidInput("; ".join(found_refusals), details=found_refusals)
        return [find_credentials(options, context).url, self.get_option("profile_names")]

    def read(self, options, context):
        api = SmartstreamApi.from_options(options, context)
        events = [shown(FIELDS, with_source_type(event)) for event in api.list_live_events()]
        profiles = api.list_profiles() if events and self.get_option("profile_names") else []
        names = {profile.get("id"): profile.get("ref_id") or profile.get("name") for profile in profiles}
        return {"live_events": events, "profiles": names}

    def found(self, snapshot):
        phase, profiles = self._vocabulary().phase, snapshot["profiles"]
        # The time of creation never changes; events of one second are told apart by their ids.
        events = sorted(snapshot["live_events"], key=lambda event: (str(event.get("created_at")), event["id"]))
        return [_found(event, phase(event.get("encode_status")), profiles) for event in events]

    def _vocabulary(self):
        return Vocabulary.from_options({option: plain(self.get_option(option)) for option in VOCABULARY})


def _found(event, phase, profiles):
    profile_id = event.get("live_event_profile_id")
    profile = profiles.get(profile_id)
    members = {**event, "phase": phase, **({"live_event_profile": profile} if profile else {})}
    return Found(
        event["id"],
        tuple(name for name in (event.get("ref_id"), event["id"]) if name),
        members,
        (("encode_status", event.get("encode_status")), ("phase", phase), ("profile", profile or profile_id)),
    )
