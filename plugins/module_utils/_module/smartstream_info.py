# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the two modules that only read have in common."""

from __future__ import annotations

from .specs import Spec

# The order's other spelling is not documented, so there is no list of choices.
READING: Spec = {
    "id": {"type": "str"},
    "ref_id": {"type": "str"},
    "limit": {"type": "int", "default": 30},
    "page": {"type": "int"},
    "sort": {"type": "str", "default": "updated_at"},
    "order": {"type": "str", "default": "ASC"},
}
