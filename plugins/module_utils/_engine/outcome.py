# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of one wanted resource."""

from __future__ import annotations

import dataclasses
import re
import typing as t

from .._core.errors import StreamOpsError
from .fields import Members
from .plan import Desired, Observed, Plan


@dataclasses.dataclass
class Outcome:
    """One wanted resource on its way through a task.

    ``actions``: the writes that were carried out, or in check mode would be. ``before``: the resource as it was;
    ``members``: as it is, or in check mode would be; empty where there is none. ``planned_at``: when it was looked at,
    in seconds of the monotonic clock. ``deletion_pending``: the service accepted to delete it and still shows it.
    ``gone``: a wait saw that it is there no more. ``pruned_by``: the list lacks it, and this was found in its name.
    ``begun``: its writes were begun.
    """

    desired: Desired
    label: str
    observed: Observed | None = None
    plan: Plan = dataclasses.field(default_factory=lambda: Plan([]))
    actions: list[str] = dataclasses.field(default_factory=list)
    members: Members = dataclasses.field(default_factory=dict)
    id: t.Any = None
    error: StreamOpsError | None = None
    planned_at: float = 0.0
    deletion_pending: bool = False
    gone: bool = False
    pruned_by: re.Pattern[str] | None = None
    begun: bool = False

    @property
    def before(self) -> Members:
        """The resource as it was."""
        return self.observed.members if self.observed else {}

    @property
    def where(self) -> str:
        """The place in the task's list, for messages."""
        return "" if self.desired.index is None else f" (entry {self.desired.index} of the list)"

    def seen(self, observed: Observed | None) -> None:
        """Remember what was seen, whatever comes of it."""
        self.observed = observed
        self.id, self.members = (observed.id, observed.members) if observed else (None, {})

    def planned(self, observed: Observed | None, plan: Plan, now: float) -> None:
        """Take over a plan that was made at this moment."""
        self.seen(observed)
        self.plan, self.planned_at = plan, now
        self.actions, self.members = plan.actions, plan.predicted
