# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The worlds that are measured: what a service has before a run, what is wanted, and whether it came about."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..simulator import Simulator

Wanted = list[dict[str, Any]]
_TOKEN = "token-of-the-benchmark"
_ZONE, _HOST, _WINDOW, _OTHER_WINDOW = "EUROPE", "demohost", 10, 20


class Case(enum.Enum):
    """How much of the list is to be done."""

    UNCHANGED = "nothing to change"
    SOME = "10 % to change"
    CREATE = "all to create"

    def writes(self, size: int) -> int:
        """The writes that the case needs."""
        return {Case.UNCHANGED: 0, Case.SOME: -(-size // 10), Case.CREATE: size}[self]


@dataclass(frozen=True)
class World:
    """One service. ``singular`` and ``plural`` are its modules; ``key`` is the option with the list."""

    name: str
    singular: str
    plural: str
    key: str

    def prepare(
        self, sim: Simulator, case: Case, size: int, *, changed: int | None = None, details: bool = False
    ) -> Wanted:
        """Put the service into the state before a run; returns what the play asks for.

        :param changed: So many differ, instead of as many as the case says.
        :param details: Declare a member that the service's list does not show, where there is such a one.
        """
        sim.reset()
        stale = (case.writes(size) if case is Case.SOME else 0) if changed is None else changed
        step = max(1, size // stale) if stale else size + 1
        differing = set(list(range(0, size, step))[:stale])
        fill = _fill_streams if self is MSL else _fill_live_events
        wanted = fill(sim, size, set() if case is Case.CREATE else set(range(size)), differing, details)
        sim.clear_requests()
        return wanted

    def came_about(self, sim: Simulator, wanted: Wanted) -> bool:
        """Whether the service now has what was wanted, and nothing else."""
        if self is MSL:
            found = {stream["name"]: stream.get("dvrWindow") for stream in sim.msl.streams.values()}
            return found == {entry["name"]: entry["dvr_window"] for entry in wanted}
        events = sim.smartstream.live_events.values()
        found = {event["ref_id"]: event["description"] for event in events}
        return len(events) == len(wanted) and found == {entry["ref_id"]: entry["description"] for entry in wanted}

    def variables(self, sim: Simulator, folder: Path) -> Mapping[str, str]:
        """The environment variables that tell a run where the service is."""
        if self is MSL:
            return {"AKAMAI_EDGERC": str(sim.write_edgerc(folder / "edgerc"))}
        return {
            "SMARTSTREAM_API_URL": sim.url,
            "SMARTSTREAM_MERCHANT_ID": sim.smartstream.merchant_id,
            "SMARTSTREAM_ACCESS_TOKEN": _TOKEN,
        }


MSL = World("MSL", "msl_stream", "msl_streams", "streams")
SMARTSTREAM = World("SmartSTREAM", "smartstream_live_event", "smartstream_live_events", "live_events")
WORLDS = (MSL, SMARTSTREAM)


def _fill_streams(sim: Simulator, size: int, present: set[int], differing: set[int], details: bool) -> Wanted:
    origin = sim.msl.origins[sim.msl.add_origin({"hostName": _HOST, "encoderZone": _ZONE})]
    common = {"format": "HLS", "cpcode": origin["cpcode"], "allowedIps": ["192.0.2.1"]}
    for number in sorted(present):
        window = _OTHER_WINDOW if number in differing else _WINDOW
        sim.msl.add_stream({**common, "name": f"show-{number:04}", "dvrWindow": window, "origin": {"hostName": _HOST}})
    more = {"allowed_ips": common["allowedIps"]} if details else {}
    return [
        {
            "name": f"show-{number:04}",
            "format": "HLS",
            "cpcode": origin["cpcode"],
            "encoder_zone": _ZONE,
            "origin": {"host_name": _HOST},
            "dvr_window": _WINDOW,
            **more,
        }
        for number in range(size)
    ]


def _fill_live_events(sim: Simulator, size: int, present: set[int], differing: set[int], _details: bool) -> Wanted:
    """The list of live events shows all that a task can declare."""
    sim.smartstream.tokens[_TOKEN] = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=1)
    profile = next(iter(sim.smartstream.profiles))
    wanted = [
        {
            "ref_id": f"show-{number:04}",
            "name": f"Show {number}",
            "description": "as planned",
            "live_event_profile_id": profile,
        }
        for number in range(size)
    ]
    for number in sorted(present):
        description = "as it was" if number in differing else "as planned"
        sim.smartstream.add_live_event({**wanted[number], "description": description})
    return wanted
