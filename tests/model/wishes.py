# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one entry of a generated list asks for, in values that have one form only."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass
class Wish:
    """One entry.

    :ivar target: Id of the resource that it is about; None for one that is not there.
    :ivar state: As in the task.
    :ivar members: The declared members under the API's names.
    :ivar settings: Further options of the entry, as they are written.
    :ivar named_by: The option that names the resource.
    """

    target: Any
    state: str = "present"
    members: dict[str, Any] = dataclasses.field(default_factory=dict)
    settings: dict[str, Any] = dataclasses.field(default_factory=dict)
    named_by: str = "name"
