# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this collection relies on in the service's answers (smartstream.md, section 3); what it only hands on may be anything."""

from __future__ import annotations

import typing as t

from .._core.errors import UnexpectedResponse
from .._core.reply import Reply
from .._core.shape import Kind, Kinds, take_in
from .refusals import SERVICE

JSON = dict[str, t.Any]

_IDS = ("id", "ref_id", "live_event_profile_id")
KINDS: Kinds = {
    **dict.fromkeys(("id", "ref_id", "name"), Kind.TEXT),
    **dict.fromkeys(
        (
            "description", "live_event_profile_id", "enable_ad_insertion_flag", "enable_live_to_file_flag",
            "live_encode_start_at", "live_encode_end_at", "encode_status", "created_at", "updated_at",
        ),
        Kind.SCALAR,
    ),
}  # fmt: skip


def take_in_resource(resource: JSON) -> None:
    """Make sure of the members of a live event or a profile that are relied on; an id that is a number becomes a text.

    What stands inside of members is only handed on: an ingest source may have a name or an id of any kind.

    :raises UnexpectedResponse: A member is something else.
    """
    for name in _IDS:
        if isinstance(resource.get(name), int) and not isinstance(resource[name], bool):
            resource[name] = str(resource[name])
    take_in({name: resource[name] for name in KINDS if name in resource}, KINDS, SERVICE.name)


def resource_of(reply: Reply) -> JSON:
    """The resource of an answer.

    :raises UnexpectedResponse: It is none.
    """
    body = reply.json() if reply.content.strip() else None
    if not isinstance(body, dict) or body.get("id") is None:
        raise UnexpectedResponse(f"{SERVICE.name} answered with something that has no id", advice="Check api_url")
    take_in_resource(body)
    return body
