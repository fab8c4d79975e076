# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who made and changed a resource and when: shown by list and detail of streams and origins alike."""

from __future__ import annotations

from .._engine.fields import Field, Table, Write

AUTHORSHIP: Table = tuple(
    Field(name, write=Write.NEVER, listed=name) for name in ("createdBy", "createdDate", "modifiedBy", "modifiedDate")
)
