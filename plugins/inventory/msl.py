# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: msl
short_description: Streams of Akamai Media Services Live as hosts
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Makes a host of each stream of an account, called as the stream is.
  - The variables of a host are the stream's members, as M(streamops.live.msl_stream) returns them. C(name) is a word that
    Ansible uses itself, so that member is the variable C(msl_name).
  - All hosts are in the group C(msl_streams), and in a group for each of their format (C(format_hls)), encoder zone
    (C(zone_us_east)), provisioning status (C(status_provisioned)) and origin (C(origin_demohost)).
  - Where several streams have one name, the one with the lowest id keeps it, and the id is added to the names of the others,
    with a warning. A stream that has no name, or one that means something else to Ansible, such as C(localhost) or the name of
    a group, is called C(stream_) and its id.
  - The file that says so is called C(msl.yml), C(msl.yaml) or ends in C(.msl.yml) or C(.msl.yaml). Any other name with one of
    these extensions will do as well, provided that O(plugin) stands at the beginning of a line.
extends_documentation_fragment:
  - streamops.live.inventory
  - streamops.live.msl
  - streamops.live.msl.plugins
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - Says that a file is for this plugin.
    type: str
    required: true
    choices: [streamops.live.msl]
  details:
    description:
      - Read each stream in full, which takes a request for each.
      - The list, which takes one request in all, shows no publishing URLs, contract, mail addresses, allowed addresses, archive
        or backup zone.
    type: bool
    default: false
    env:
      - name: STREAMOPS_INVENTORY_DETAILS
seealso:
  - module: streamops.live.msl_facts
  - module: streamops.live.msl_stream
  - plugin: streamops.live.smartstream
    plugin_type: inventory
"""

EXAMPLES = r"""
# live.msl.yml. The first line is enough: credentials then come from the environment or from ~/.edgerc.
plugin: streamops.live.msl
edgerc: ~/.edgerc
edgerc_section: live

# All members of the news streams that are ready in Europe, grouped by CP code too.
details: true
name_match: ^news-
filters:
  - include: provision_detail.status == 'PROVISIONED' and encoder_zone in ['EUROPE', 'GERMANY']
  - exclude: true
keyed_groups:
  - key: cpcode | string
    prefix: cpcode

# Tasks run in the controller, and the service is asked every ten minutes at most.
compose:
  ansible_connection: "'local'"
  encoder: inventory_hostname ~ '.encoders.example.com'
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.cache/streams
cache_timeout: 600
"""

from ansible_collections.streamops.live.plugins.module_utils._engine.fields import members_from_entry
from ansible_collections.streamops.live.plugins.module_utils._engine.show import shown
from ansible_collections.streamops.live.plugins.module_utils._module.specs import MSL_CONNECTION
from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi
from ansible_collections.streamops.live.plugins.module_utils._msl.auth import ENVIRONMENT, find_credentials
from ansible_collections.streamops.live.plugins.module_utils._msl.facts import gather
from ansible_collections.streamops.live.plugins.module_utils._msl.hosts import identifier
from ansible_collections.streamops.live.plugins.module_utils._msl.stream import FIELDS
from ansible_collections.streamops.live.plugins.plugin_utils._inventory import ServiceInventory
from ansible_collections.streamops.live.plugins.plugin_utils._inventory_hosts import Found


class InventoryModule(ServiceInventory):
    NAME = "streamops.live.msl"
    short_name = "msl"
    noun = "stream"
    group_of_all = "msl_streams"
    connection = MSL_CONNECTION
    environment = ENVIRONMENT

    def identity(self, options, context):
        found = find_credentials(options, context)
        return [found.url, found.client_token, found.account_switch_key, self.get_option("details")]

    def read(self, options, context):
        api = MslApi.from_options(options, context)
        if self.get_option("details"):
            return gather(api, {"gather_subset": ["streams"], "details": True}, context)
        # The list in the form of a stream: its own has other names for some members.
        return {
            "streams": [
                {"id": entry.get("id"), **shown(FIELDS, members_from_entry(FIELDS, entry))}
                for entry in api.list_streams()
            ]
        }

    def found(self, snapshot):
        return [_found(stream) for stream in sorted(snapshot["streams"], key=lambda stream: stream["id"])]


def _found(stream):
    origin = (stream.get("origin") or {}).get("host_name")
    return Found(
        str(stream["id"]),
        (stream.get("name") or "", f"stream_{stream['id']}"),
        stream,
        (
            ("format", stream.get("format")),
            ("zone", stream.get("encoder_zone")),
            ("status", (stream.get("provision_detail") or {}).get("status")),
            ("origin", identifier(origin) if origin else None),
        ),
    )
