# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Entries of ``smartstream_live_events``: what they ask for, and how they are written."""

from __future__ import annotations

from typing import Any

from ansible_collections.streamops.live.tests.simulator.smartstream.merchant import Merchant

from . import spelling
from .drawing import Draw, maybe, one_of, seldom, some_of
from .event_oracle import DATES, Resource, moment, phase, plain
from .wishes import Wish

REF_IDS = ("derby", "final-1", "クリップ", "show.4", "a+b")
_TITLES = ("Derby", "決勝", "Show 4", "x" * 40)


def members(draw: Draw, merchant: Merchant, *, clears: bool) -> dict[str, Any]:
    """Values for members that can be updated.

    :param clears: Times may be taken away.
    """
    wanted: dict[str, Any] = {
        "name": one_of(draw, *_TITLES),
        "description": one_of(draw, "", "live", "生中継"),
        "live_event_profile_id": one_of(draw, *merchant.profiles),
        "enable_ad_insertion_flag": maybe(draw),
        "enable_live_to_file_flag": maybe(draw),
    }
    start, end = DATES
    times = one_of(draw, {}, {start: moment(0), end: moment(1)}, {start: moment(2), end: moment(3)})
    if clears and seldom(draw):
        times = {start: None, end: None}
    return {**some_of(draw, wanted), **times}


def new_event(draw: Draw, merchant: Merchant, ref_id: str) -> Wish:
    """A wish for an event that is not there."""
    more = {"source_type": one_of(draw, "rtmp", "rtp", "udp")} if maybe(draw) else {}
    needed = {"name": one_of(draw, *_TITLES), "live_event_profile_id": one_of(draw, *merchant.profiles)}
    wanted = {**needed, **members(draw, merchant, clears=True), "ref_id": ref_id, **more}
    return Wish(None, one_of(draw, "present", "present", "started"), wanted, named_by="ref_id")


def known_event(draw: Draw, merchant: Merchant, event: Resource, free_ref: str | None) -> Wish:
    """A wish for an event that is there, in any state that the contract has."""
    state = one_of(draw, "present", "present", "started", "stopped", "reset", "cancelled", "absent")
    if state == "cancelled" and phase(event) in ("stopped", "failed"):
        state = "present"  # Whether the service takes such a cancel is not documented, so nobody can foretell it.
    replaces = merchant.settings.put != "drop_nulls"
    wanted = members(draw, merchant, clears=replaces)
    if seldom(draw):
        wanted["source_type"] = plain(event, "source_type")
    wish = Wish(event["id"], state)
    wish.named_by = one_of(draw, "ref_id", "id") if event.get("ref_id") else "id"
    if wish.named_by == "ref_id":
        wanted["ref_id"] = event["ref_id"]
    elif free_ref is not None and seldom(draw):
        wanted["ref_id"] = free_ref
    if wish.state == "absent":
        wanted = {"ref_id": event["ref_id"]} if wish.named_by == "ref_id" else {}
    wish.members = wanted
    # What is refused without an option gets it nearly always: a list with one refusal in it does nothing else.
    needed = {
        ("started", "stopped"): "reset_stopped",
        ("started", "cancelled"): "reset_stopped",
        ("started", "failed"): "reset_stopped",
        ("cancelled", "running"): "force",
        ("absent", "running"): "force",
    }.get((wish.state, phase(event)))
    if needed and not seldom(draw):
        wish.settings[needed] = True
    if phase(event) == "running" and not seldom(draw):
        wish.settings["update_running"] = True
    return wish


def written(draw: Draw, merchant: Merchant, wish: Wish) -> Resource:
    """The options of an entry, spelled anew each time."""
    entry: Resource = {}
    for name, value in wish.members.items():
        if name == "live_event_profile_id":
            entry.update(_profile(draw, merchant.profiles[value]))
        elif name in DATES:
            entry[name] = spelling.instant(draw, value) if value else ""
        else:
            entry[name] = spelling.flag(draw, value) if isinstance(value, bool) else value
    if wish.named_by == "id":
        entry["id"] = wish.target
    if wish.state != "present" or maybe(draw):
        entry["state"] = wish.state
    return {**entry, **wish.settings}


def _profile(draw: Draw, profile: Resource) -> Resource:
    """A profile by its id, or by whichever name it has."""
    names = [name for name in (profile["ref_id"], profile["name"], profile["id"]) if name]
    return one_of(draw, {"live_event_profile_id": profile["id"]}, *({"live_event_profile": name} for name in names))
