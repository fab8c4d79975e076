# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who made and changed a resource and when: shown by list and detail of streams and origins alike."""

from __future__ import annotations

from .._engine.fields import Field, Members, Table, Write

AUTHORSHIP: Table = tuple(
    Field(name, write=Write.NEVER, listed=name) for name in ("createdBy", "createdDate", "modifiedBy", "modifiedDate")
)


def was_modified(before: Members, after: Members) -> bool:
    """Whether the service shows that a resource was modified in between; where it does not say, it may have been."""
    earlier, later = before.get("modifiedDate"), after.get("modifiedDate")
    return earlier is None or later is None or earlier != later
