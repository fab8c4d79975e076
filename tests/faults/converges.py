# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a converge of the fault test is; the tables of them are beside this file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ansible_collections.streamops.live.tests.simulator import Simulator

# The member that no two resources of a kind may share.
_IDENTITIES = {"origins": "hostName", "streams": "name", "live_events": "ref_id"}


def _nothing(sim: Simulator) -> None:
    """The simulator is empty."""


@dataclass(frozen=True)
class Converge:
    """One task and what it must bring about.

    :ivar task: The name of the task on the service's test bench.
    :ivar seed: Puts resources there.
    :ivar reached: Whether the simulator is in the desired state.
    :ivar kept: Names of the shared keys that the task leaves alone.
    """

    name: str
    service: str
    task: str
    options: Mapping[str, Any]
    reached: Callable[[Simulator], bool]
    seed: Callable[[Simulator], Any] = _nothing
    kept: tuple[str, ...] = field(default=())

    def untouched_keys(self, sim: Simulator) -> dict[str, tuple[str, str | None]]:
        """The keys that the task leaves alone, by name: the key and the one before."""
        keys = (key for origin in sim.msl.origins.values() for key in origin["sharedKeys"])
        return {key["name"]: (key["key"], key.get("previousKey")) for key in keys if key["name"] in self.kept}


def duplicates(sim: Simulator) -> list[str]:
    """The names that two resources of a kind have."""
    kinds = {"origins": sim.msl.origins, "streams": sim.msl.streams, "live_events": sim.smartstream.live_events}
    found = []
    for kind, resources in kinds.items():
        counts = Counter(str(resource[_IDENTITIES[kind]]) for resource in resources.values())
        found += [f"{kind} {name}" for name, count in counts.items() if count > 1]
    return found
