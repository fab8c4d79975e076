# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests ask about a run of ansible-playbook."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHANGED = re.compile(r"ok=\d+ +changed=(\d+)")


@dataclass(frozen=True)
class Ran:
    """How a run ended: the exit code, and what it said."""

    status: int
    output: str

    @property
    def changed(self) -> int:
        """Number of tasks that changed something, over all hosts."""
        return sum(map(int, _CHANGED.findall(self.output)))

    @property
    def said(self) -> str:
        """The output in one line, since messages are broken where a line of a role ends."""
        return " ".join(self.output.split())
