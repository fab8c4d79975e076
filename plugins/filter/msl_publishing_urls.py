# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

DOCUMENTATION = r"""
name: msl_publishing_urls
short_description: Where encoders send a stream of Akamai Media Services Live to
version_added: 0.1.0
author:
  - streamops.live contributors (@streamops-live)
description:
  - Makes the URLs to which the encoder and the backup encoder of a stream send an event.
  - Scheme and host are those in the stream's C(primary_publishing_url) and C(backup_publishing_url). Where it lacks them,
    as in the service's list of streams, they are the documented ones, with plain C(http).
  - A URL ends with a file name as in the service's documents, or for V(CMAF), where these name none, with a slash. For
    V(HDS) they know several names, and the URL has the one that begins with the event's.
  - No request is made.
positional: event
options:
  _input:
    description:
      - A stream as M(streamops.live.msl_stream) or M(streamops.live.msl_facts) return it, of which C(id) and C(format) are
        needed.
    type: dict
    required: true
  event:
    description:
      - The name of the event, which encoders make part of the path. What a URL may not hold is quoted.
    type: str
    required: true
seealso:
  - module: streamops.live.msl_stream
"""

EXAMPLES = r"""
- name: A stream with a backup
  streamops.live.msl_stream:
    name: news-hls
    format: HLS
    cpcode: 400001
    encoder_zone: EUROPE
    backup_encoder_zone: NORDICS
    origin:
      host_name: news
  register: news

- name: Hand over to the encoders of tonight's show
  ansible.builtin.debug:
    msg:
      - "Encoder: {{ urls.primary }}"
      - "Backup encoder: {{ urls.backup | default('none', true) }}"
  vars:
    urls: "{{ news.stream | streamops.live.msl_publishing_urls('evening') }}"
"""

RETURN = r"""
_value:
  description: The URLs.
  type: dict
  contains:
    primary:
      description: Where the encoder sends to.
      type: str
      sample: http://p-ep50001.i.akamaientrypoint.net/50001/evening/master.m3u8
    backup:
      description: Where the backup encoder sends to. Null where the stream has no backup.
      type: str
      sample: http://b-ep50001.i.akamaientrypoint.net/50001-b/evening/master.m3u8
"""

from ansible.errors import AnsibleFilterError

from ansible_collections.streamops.live.plugins.module_utils._core.errors import StreamOpsError
from ansible_collections.streamops.live.plugins.module_utils._msl.urls import publishing_urls


def _filter(stream, event):
    try:
        return publishing_urls(stream, event)
    except StreamOpsError as error:
        error.while_doing("make publishing URLs")
        raise AnsibleFilterError(error.text()) from None  # Ansible would append the text of a cause: the same again.


class FilterModule:
    def filters(self):
        return {"msl_publishing_urls": _filter}
