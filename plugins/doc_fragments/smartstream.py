# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """How to reach SmartSTREAM, and which words it has for the life of a live event."""

    DOCUMENTATION = r"""
options:
  merchant_id:
    description:
      - The merchant whose live events are meant. Required, here or in the environment.
      - Environment variable E(SMARTSTREAM_MERCHANT_ID).
    type: str
  mail_address:
    description:
      - The mail address of a user of the management console. With O(password) it is exchanged for a token, once per task.
      - Environment variable E(SMARTSTREAM_MAIL_ADDRESS).
    type: str
  password:
    description:
      - The user's password.
      - Environment variable E(SMARTSTREAM_PASSWORD).
    type: str
  access_token:
    description:
      - A token that M(streamops.live.smartstream_token) returned. With it no token is requested, which saves a request per
        task.
      - When the service refuses it, a new one is requested once, provided that O(mail_address) and O(password) are known too.
      - Environment variable E(SMARTSTREAM_ACCESS_TOKEN), which has no effect on a task that itself gives O(mail_address) and
        O(password).
    type: str
  api_key:
    description:
      - Sent as C(X-Streaks-Api-Key) with every request, where the merchant was given one.
      - Environment variable E(SMARTSTREAM_API_KEY).
    type: str
  api_url:
    description:
      - Where the API is; C(https://ovp-s-api.smartstream.ne.jp) when neither this option nor the environment says otherwise.
      - Plain C(http) is refused unless the host is a loopback address.
      - Environment variable E(SMARTSTREAM_API_URL).
    type: str
  requests_per_minute:
    description:
      - How many requests a minute the tasks of this host send to this merchant in all. A request that would be one too many
        waits for its turn. V(0) switches this off.
      - The service's default plan allows 50, which is what counts when neither this option nor the environment says otherwise.
        Other hosts and the console may use up the same allowance.
      - Environment variable E(SMARTSTREAM_REQUESTS_PER_MINUTE).
    type: int
  timeout:
    description:
      - Seconds to wait for a connection, and for each part of an answer.
    type: int
    default: 30
  retries:
    description:
      - How many more times a request is tried after its first try.
      - Connections that break and the statuses 502, 503 and 504 are answered by another try where a request may be carried
        out twice without harm. A request that creates, starts, stops, resets or cancels is not sent again blindly.
      - The status 429 is answered by at most three further tries, after the time that the service names or else a minute.
    type: int
    default: 8
  validate_certs:
    description:
      - Check the TLS certificate of O(api_url).
    type: bool
    default: true
  ca_path:
    description:
      - A file or folder with certificates of authorities, to check O(api_url) against.
      - Left out, E(REQUESTS_CA_BUNDLE) or E(CURL_CA_BUNDLE) is used, else the authorities that come with the Python
        package C(requests).
    type: path
requirements:
  - python >= 3.10
  - requests >= 2.28.0
notes:
  - An environment variable that is empty counts as not set.
  - Redirects are not followed. Proxies are taken from E(https_proxy), E(http_proxy), E(all_proxy) and E(no_proxy).
  - The tasks of a host share their count of requests through a file in a private folder below E(TMPDIR).
"""

    STATUSES = r"""
options:
  running_statuses:
    description:
      - Values of C(encode_status) that mean that an event runs. A list replaces the default one.
      - The service documents two values only. A value that none of these lists has counts as unknown; it is returned and named
        in messages, so that it can be put into the list where it belongs. Case matters, and a value can be in one list only.
    type: list
    elements: str
    default: [encode_status_running]
  pending_statuses:
    description:
      - Values that mean that an event does not run yet. The documented one may stand for an event that never started, is
        starting, is stopping or was reset.
    type: list
    elements: str
    default: [encode_status_pending]
  stopped_statuses:
    description:
      - Values that mean that an event was stopped. None is documented.
    type: list
    elements: str
    default: []
  cancelled_statuses:
    description:
      - Values that mean that an event was cancelled. None is documented.
    type: list
    elements: str
    default: []
  failed_statuses:
    description:
      - Values that mean that an event has failed. None is documented.
    type: list
    elements: str
    default: []
"""

    READING = r"""
options:
  id:
    description:
      - Read this one only, by the id that the service gave to it. The result has no entry when there is none.
    type: str
  ref_id:
    description:
      - Read this one only, by its reference id. The result has no entry when there is none.
    type: str
  limit:
    description:
      - How many entries a page of the list has. The service's maximum is not documented.
    type: int
    default: 30
  page:
    description:
      - The page to read, from 1. Left out, all pages are read.
    type: int
  sort:
    description:
      - The member that the list is sorted by.
    type: str
    default: updated_at
  order:
    description:
      - The order of the list. The service documents V(ASC).
    type: str
    default: ASC
"""
