# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import Conflict, Unavailable
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import Desired, Observed
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._engine.shelves import (
    converged,
    refusal,
    shelves,
    wanted,
)


def test_pruning_deletes_what_the_list_lacks_and_the_expression_finds() -> None:
    there = shelves({1: {"name": "a"}, 2: {"name": "box"}, 3: {"name": "b"}, 4: {"width": 1}})
    kept, gone = converged(there, wanted(name="b"), prune="b")
    assert (kept.actions, gone.actions) == ([], ["delete"])
    assert (gone.label, gone.id, gone.desired.settings, gone.desired.members) == ("shelf 'box'", 2, {"id": 2}, {})
    assert gone.plan.before == {"name": "box"}
    assert there.there.keys() == {1, 3, 4}
    assert [call for call in there.calls if call.startswith("read")] == []


def test_pruning_reads_in_full_where_a_deletion_must() -> None:
    there = shelves({1: {"name": "a", "width": 80, "colour": "red"}})
    there.reads_before_delete = True  # type: ignore[misc]
    whole = there.read
    there.read = lambda number: {**(whole(number) or {}), "width": None}  # type: ignore[method-assign]
    (gone,) = converged(there, prune=".")
    assert gone.plan.before == {"name": "a", "width": 80, "colour": "red"}
    assert there.calls[:3] == ["list", "read 1", "delete 1"]


def test_no_more_is_pruned_than_the_limit_allows() -> None:
    error = refusal(shelves(), prune=".", limit=1)
    assert error.text() == (
        "Pruning would delete 2 shelfs, more than prune_limit allows (1): a, b."
        " Check the list and prune_match, then raise prune_limit if they are to go."
    )
    assert error.details == ["a", "b"]
    assert len(converged(shelves(), prune=".", limit=2)) == 2


def test_nothing_is_pruned_where_an_entry_could_not_be_looked_at() -> None:
    there = shelves()
    bad, good = converged(there, wanted(name="z", width=0), wanted(name="a"), prune=".", continue_on_error=True)
    assert (bad.error is None, good.error) == (False, None)
    assert there.there.keys() == {1, 2}
    assert there.context.report.warnings == ["Nothing is pruned, since some entries of the list failed."]


def test_what_was_created_meanwhile_under_a_name_of_the_list_is_not_pruned() -> None:
    there = shelves({1: {"name": "a"}})

    def happens(_desired: Desired, _observed: Observed | None) -> None:
        there.context.clock.skip(dt.timedelta(seconds=61))
        there.there[9] = {"name": "new"}

    there.resolve = happens  # type: ignore[method-assign]
    with pytest.raises(Conflict, match="somebody else created shelf 'new' while the task ran"):
        converged(there, wanted(name="new", width=1), prune=".")
    assert there.there.keys() == {1, 9}


def test_what_cannot_be_pruned_fails_the_list_before_anything_is_written() -> None:
    there = shelves()
    there.reads_before_delete = True  # type: ignore[misc]
    there.raises["read"] = [Unavailable("down")]
    error = refusal(there, wanted(name="b", width=91, id=2), prune=".")
    assert error.text() == "Cannot read shelf 2: down."
    there.raises["read"] = [Unavailable("down")]
    assert refusal(there, wanted(name="b"), prune=".").text() == "Cannot prune shelf 'a': down."
