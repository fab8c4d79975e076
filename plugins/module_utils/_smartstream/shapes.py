# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What this collection relies on in the service's answers (smartstream.md, section 3); what it only hands on may be anything."""

from __future__ import annotations

from .._core.shape import Kind, Kinds

KINDS: Kinds = {
    **dict.fromkeys(("id", "ref_id", "name"), Kind.TEXT),
    **dict.fromkeys(
        (
            "description", "live_event_profile_id", "enable_ad_insertion_flag", "enable_live_to_file_flag",
            "live_encode_start_at", "live_encode_end_at", "media_id", "merchant_id", "encode_status", "created_at",
            "updated_at",
        ),
        Kind.SCALAR,
    ),
    "preview": Kind.OBJECT,
}  # fmt: skip
