# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The product of converges, faults and how often they hit; and the sample of it that a quick run takes."""

from __future__ import annotations

import random
from dataclasses import dataclass

from ansible_collections.streamops.live.tests.faults import msl_converges, smartstream_converges
from ansible_collections.streamops.live.tests.faults.converges import Converge
from ansible_collections.streamops.live.tests.faults.kinds import TROUBLES, Trouble

#: The option of pytest that runs every cell.
EVERYTHING = "--every-fault"
#: Names of the figures that a test reports.
TRIED, SURVIVED = "faults tried", "faults survived"
CONVERGES = (*msl_converges.CONVERGES, *smartstream_converges.CONVERGES)
TIMES = (1, 3)
_SAMPLE = 160
_SEED = 20260101


@dataclass(frozen=True)
class Cells:
    """The cells of one converge and one fault: one for each request position, or for one of them.

    :ivar at: Where in the converge, from 0 to 1; None: everywhere.
    """

    converge: Converge
    trouble: Trouble
    times: int
    at: float | None = None

    @property
    def name(self) -> str:
        """For the test's id."""
        often = "" if self.times == 1 else f" {self.times} times"
        where = "" if self.at is None else f", at {self.at:.2f}"
        return f"{self.converge.name}: {self.trouble.name}{often}{where}"

    def positions(self, count: int) -> list[int]:
        """Which of the requests are hit."""
        return list(range(count)) if self.at is None else [int(self.at * count)]


def picked(everything: bool) -> list[Cells]:
    """The whole product, or the same sample of it each time."""
    product = [
        Cells(converge, trouble, times)
        for converge in CONVERGES
        for trouble in TROUBLES
        if trouble.service in (None, converge.service)
        for times in TIMES
    ]
    if everything:
        return product
    generator = random.Random(_SEED)
    sample = generator.sample(product, _SAMPLE)
    return [Cells(one.converge, one.trouble, one.times, generator.random()) for one in sample]
