# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds of every list and every state of a service, on a resource that lives in a dict."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._engine.outcome import Outcome
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._engine.shelves import (
    Shelves,
    converged,
    shelves,
    wanted,
)

NAMES = "abcd"
VALUES = {"width": st.integers(1, 3), "colour": st.sampled_from(["red", "blue"])}
there_before = st.dictionaries(
    st.sampled_from(NAMES), st.fixed_dictionaries({}, optional={**VALUES, "note": st.just("theirs")})
)
declared = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(st.none(), st.fixed_dictionaries({}, optional={**VALUES, "width": st.sampled_from([1, 2, "3"])})),
)


def world(before: dict[str, dict[str, Any]], *, check: bool = False) -> Shelves:
    there = {number: {"name": name, **members} for number, (name, members) in enumerate(before.items(), 1)}
    return shelves(copy.deepcopy(there), check=check)


def brought_about(resource: Shelves, entries: dict[str, dict[str, Any] | None]) -> list[Outcome]:
    """Converge the list; None stands for a shelf that shall not be there. A new one is one wide at least."""
    known = {members["name"] for members in resource.there.values()}
    desired = [
        wanted(name=name, state="absent")
        if members is None
        else wanted(name=name, **(members if name in known else {"width": 1, **members}))
        for name, members in entries.items()
    ]
    return converged(resource, *desired)


def by_name(resource: Shelves) -> dict[str, dict[str, Any]]:
    return {members["name"]: members for members in resource.there.values()}


@given(there_before, declared)
def test_what_is_declared_is_so_and_what_is_not_stays(
    before: dict[str, dict[str, Any]], entries: dict[str, dict[str, Any] | None]
) -> None:
    resource = world(before)
    brought_about(resource, entries)
    after = by_name(resource)
    gone = {name for name, members in entries.items() if members is None}
    assert after.keys() == (before.keys() | entries.keys()) - gone
    for name, members in after.items():
        wished = entries.get(name) or {}
        for member in members.keys() - {"name"} - wished.keys():
            assert name not in before or members[member] == before[name].get(member)
        # What the service does not show of a shelf is not known to differ.
        shown = {member for member in wished if name not in before or member in before[name]}
        assert all(str(members[member]) == str(wished[member]) for member in shown)


@given(there_before, declared)
def test_check_mode_foretells_it_and_writes_nothing(
    before: dict[str, dict[str, Any]], entries: dict[str, dict[str, Any] | None]
) -> None:
    dry, real = world(before, check=True), world(before)
    foretold, done = brought_about(dry, entries), brought_about(real, entries)
    assert [outcome.actions for outcome in foretold] == [outcome.actions for outcome in done]
    assert [(one.plan.before, one.plan.after) for one in foretold] == [
        (one.plan.before, one.plan.after) for one in done
    ]
    assert by_name(dry) == by_name(world(before))
    assert not [call for call in dry.calls if call.split(maxsplit=1)[0] not in ("list", "read")]


@given(there_before, declared)
def test_the_next_run_writes_nothing(
    before: dict[str, dict[str, Any]], entries: dict[str, dict[str, Any] | None]
) -> None:
    resource = world(before)
    brought_about(resource, entries)
    again = shelves(resource.there)
    assert all(outcome.actions == [] for outcome in brought_about(again, entries))
    assert not [call for call in again.calls if call.split(maxsplit=1)[0] not in ("list", "read")]
