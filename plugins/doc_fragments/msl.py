# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """How to reach Media Services Live."""

    DOCUMENTATION = r"""
options:
  edgerc:
    description:
      - A file with API credentials in the form that Akamai gives out.
      - Environment variable E(AKAMAI_EDGERC). Without either, C(~/.edgerc) is read if it exists and something is still missing.
      - An option of the task comes before the environment, and the environment before this file.
      - A member of the file may stand in quotes or have a comment behind it; both are left out, with a warning.
    type: path
  edgerc_section:
    description:
      - The section of O(edgerc) to read; C(default) when neither this option nor E(AKAMAI_EDGERC_SECTION) says otherwise.
      - A section holds C(host), C(client_token), C(client_secret), C(access_token), and C(account_key) where it is needed.
    type: str
  host:
    description:
      - The API host that belongs to the credentials, such as V(akab-xxxx.luna.akamaiapis.net), or a URL.
      - Plain C(http) is refused unless the host is a loopback address.
      - Environment variable E(AKAMAI_HOST).
    type: str
  client_token:
    description:
      - The client token of the credentials.
      - Environment variable E(AKAMAI_CLIENT_TOKEN).
    type: str
  client_secret:
    description:
      - The client secret of the credentials.
      - Environment variable E(AKAMAI_CLIENT_SECRET).
    type: str
  access_token:
    description:
      - The access token of the credentials.
      - Environment variable E(AKAMAI_ACCESS_TOKEN).
    type: str
  account_switch_key:
    description:
      - Another account than that of the credentials, for users who may manage several.
      - The service gets it with every request as C(accountSwitchKey).
      - Environment variable E(AKAMAI_ACCOUNT_KEY).
    type: str
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
    type: int
    default: 30
  retries:
    description:
      - How many more times a request is tried after its first try.
      - A request that meets the service's request limit is tried again after the time that the service names.
      - Connections that break and the statuses 502, 503 and 504 are answered by another try where a request may be
        carried out twice without harm; a request that creates something is not.
    type: int
    default: 8
  validate_certs:
    description:
      - Check the TLS certificate of O(host).
    type: bool
    default: true
  ca_path:
    description:
      - A file or folder with certificates of authorities, to check O(host) against.
      - Left out, E(REQUESTS_CA_BUNDLE) or E(CURL_CA_BUNDLE) is used, else the authorities that come with the Python
        package C(requests).
    type: path
requirements:
  - python >= 3.10
  - requests >= 2.28.0
  - edgegrid-python >= 2.0.0
notes:
  - An environment variable that is empty counts as not set.
  - The credentials need read and write access to the API service Media Streaming.
  - The signature of a request holds its time. The clock of the machine that runs the task may be off by 30 seconds at most.
  - Redirects are not followed. Proxies are taken from E(https_proxy), E(http_proxy), E(all_proxy) and E(no_proxy).
"""

    PLUGINS = r"""
options:
  edgerc:
    env:
      - name: AKAMAI_EDGERC
  edgerc_section:
    env:
      - name: AKAMAI_EDGERC_SECTION
  host:
    env:
      - name: AKAMAI_HOST
  client_token:
    env:
      - name: AKAMAI_CLIENT_TOKEN
  client_secret:
    env:
      - name: AKAMAI_CLIENT_SECRET
  access_token:
    env:
      - name: AKAMAI_ACCESS_TOKEN
  account_switch_key:
    env:
      - name: AKAMAI_ACCOUNT_KEY
"""
