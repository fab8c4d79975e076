# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """What both inventory plugins take. To be named before the fragments whose options it adds to."""

    DOCUMENTATION = r"""
options:
  name_match:
    description:
      - A regular expression that is searched for in a host's name. Only hosts where it is found are in the inventory.
    type: str
    env:
      - name: STREAMOPS_INVENTORY_NAME_MATCH
  filters:
    description:
      - Rules that say which hosts are in the inventory. The first rule whose condition holds decides about a host; a host for
        which none holds is in it.
      - A condition sees the variables of the host, before O(compose), and C(inventory_hostname).
      - A condition that cannot be evaluated is an error, whatever O(strict) says.
    type: list
    elements: dict
    default: []
    suboptions:
      include:
        description:
          - A Jinja2 condition. A host for which it holds is in the inventory.
        type: raw
      exclude:
        description:
          - A Jinja2 condition. A host for which it holds is not in the inventory.
          - V(true) leaves out every host that no rule before has let in.
        type: raw
  vars_prefix:
    description:
      - Put before the name of each variable.
      - Ansible uses some names itself, such as C(name). A variable that would have such a name gets the plugin's short name
        and an underscore before its own in any case.
    type: str
    default: ""
    env:
      - name: STREAMOPS_INVENTORY_VARS_PREFIX
  strict:
    env:
      - name: STREAMOPS_INVENTORY_STRICT
  # What stands here takes the place of Ansible's own list, so its names are repeated. The last one that is set counts.
  leading_separator:
    env:
      - name: STREAMOPS_INVENTORY_LEADING_SEPARATOR
  use_extra_vars:
    env:
      - name: ANSIBLE_INVENTORY_USE_EXTRA_VARS
      - name: STREAMOPS_INVENTORY_USE_EXTRA_VARS
  cache:
    env:
      - name: ANSIBLE_INVENTORY_CACHE
      - name: STREAMOPS_INVENTORY_CACHE
  cache_plugin:
    env:
      - name: ANSIBLE_CACHE_PLUGIN
      - name: ANSIBLE_INVENTORY_CACHE_PLUGIN
      - name: STREAMOPS_INVENTORY_CACHE_PLUGIN
  cache_timeout:
    env:
      - name: ANSIBLE_CACHE_PLUGIN_TIMEOUT
      - name: ANSIBLE_INVENTORY_CACHE_TIMEOUT
      - name: STREAMOPS_INVENTORY_CACHE_TIMEOUT
  cache_connection:
    env:
      - name: ANSIBLE_CACHE_PLUGIN_CONNECTION
      - name: ANSIBLE_INVENTORY_CACHE_CONNECTION
      - name: STREAMOPS_INVENTORY_CACHE_CONNECTION
  cache_prefix:
    env:
      - name: ANSIBLE_CACHE_PLUGIN_PREFIX
      - name: ANSIBLE_INVENTORY_CACHE_PLUGIN_PREFIX
      - name: STREAMOPS_INVENTORY_CACHE_PREFIX
  timeout:
    env:
      - name: STREAMOPS_TIMEOUT
  retries:
    env:
      - name: STREAMOPS_RETRIES
  validate_certs:
    env:
      - name: STREAMOPS_VALIDATE_CERTS
  ca_path:
    env:
      - name: STREAMOPS_CA_PATH
notes:
  - An inventory is read in the controller. The packages must be installed for the Python that runs Ansible.
  - An option in the file comes before the environment. Options for the connection may be templates in the file, such as
    C({{ lookup('ansible.builtin.file', '/run/secrets/token') }}).
  - Values from the service are not evaluated as templates.
  - What is cached has neither credentials nor passwords in it. A cache is used for the account that it was read from only.
  - In an inventory that has this plugin only, C(ansible_connection) is to be set, in the play or by O(compose), for tasks that
    run in the controller.
"""

    # Not SMARTSTREAM: Ansible would look for a fragment of that name first.
    FOR_SMARTSTREAM = r"""
options:
  merchant_id:
    env:
      - name: SMARTSTREAM_MERCHANT_ID
  mail_address:
    env:
      - name: SMARTSTREAM_MAIL_ADDRESS
  password:
    env:
      - name: SMARTSTREAM_PASSWORD
  access_token:
    env:
      - name: SMARTSTREAM_ACCESS_TOKEN
  api_key:
    env:
      - name: SMARTSTREAM_API_KEY
  api_url:
    env:
      - name: SMARTSTREAM_API_URL
  requests_per_minute:
    env:
      - name: SMARTSTREAM_REQUESTS_PER_MINUTE
  running_statuses:
    env:
      - name: SMARTSTREAM_RUNNING_STATUSES
  pending_statuses:
    env:
      - name: SMARTSTREAM_PENDING_STATUSES
  stopped_statuses:
    env:
      - name: SMARTSTREAM_STOPPED_STATUSES
  cancelled_statuses:
    env:
      - name: SMARTSTREAM_CANCELLED_STATUSES
  failed_statuses:
    env:
      - name: SMARTSTREAM_FAILED_STATUSES
"""
