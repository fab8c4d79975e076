# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import (
    Ambiguous,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    StreamOpsError,
    Throttled,
    TimedOut,
    Unavailable,
)
from ansible_collections.streamops.live.plugins.module_utils._engine.listing import Listing
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import Replanned, Step
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._engine.shelves import (
    Shelves,
    converged,
    shelves,
    wanted,
)

PASSING = [Unavailable, Throttled, TimedOut]
LATER = "It could not be seen to have been carried out; run the task again, it looks before it writes."
UNREAD = "Whether it was carried out could not be read: run the task again, it looks before it writes."
NEW = {"name": "c", "width": 1}


def failure(resource: Shelves, **desired: Any) -> StreamOpsError:
    """The error of a write."""
    (outcome,) = converged(resource, wanted(**desired))
    assert outcome.error is not None
    return outcome.error


def test_what_the_service_took_is_told_in_words_for_a_task_that_is_cut_short() -> None:
    there = shelves()
    converged(there, wanted(name="a", width=81), wanted(**NEW), wanted(name="b", state="absent"))
    assert there.context.done == ["update shelf 'a'", "create shelf 'c'", "delete shelf 'b'"]


@pytest.mark.parametrize("gone", [InvalidInput("refused", status=400), NotFound("gone")])
def test_what_somebody_else_deleted_is_gone_as_wanted(gone: StreamOpsError) -> None:
    there = shelves()
    there.raises["delete"], there.lost = [gone], True
    (outcome,) = converged(there, wanted(name="a", state="absent"))
    assert (outcome.error, outcome.actions, outcome.members) == (None, ["delete"], {})


@pytest.mark.parametrize("trouble", PASSING)
def test_a_refused_deletion_stands_where_nobody_can_look(trouble: type[StreamOpsError]) -> None:
    there = shelves()
    there.raises = {"delete": [InvalidInput("in use", status=400)], "read": [trouble("down")]}
    error = failure(there, name="a", state="absent")
    assert error.text() == "Cannot delete shelf 'a': in use."
    assert there.calls[-1] == "explain"


def test_a_refused_deletion_stands_where_the_resource_does() -> None:
    there = shelves()
    there.raises = {"delete": [InvalidInput("in use", status=400)]}
    assert failure(there, name="a", state="absent").text() == "Cannot delete shelf 'a': in use."


def test_an_update_of_what_vanished_says_what_to_do() -> None:
    there = shelves()
    there.raises = {"update": [NotFound("gone"), NotFound("gone", advice="Ask them")]}
    assert failure(there, name="a", width=81).text() == (
        "Cannot update shelf 'a': gone. It vanished while the task ran: run the task again."
    )
    assert failure(there, name="a", width=81).text() == "Cannot update shelf 'a': gone. Ask them."


def test_a_refusal_is_explained_by_what_the_service_has() -> None:
    there = shelves()
    there.raises = {"update": [InvalidInput("refused", status=400, details=["x"])]}
    there.reasons = ["no such colour", "no such wood"]
    error = failure(there, name="a", width=81)
    assert error.text() == "Cannot update shelf 'a': refused; no such colour; no such wood."
    assert error.details == ["x", "no such colour", "no such wood"]


def test_what_no_service_refused_is_not_explained() -> None:
    there = shelves()
    there.raises = {"update": [InvalidInput("refused")]}
    assert failure(there, name="a", width=81).text() == "Cannot update shelf 'a': refused."
    assert "explain" not in there.calls


@pytest.mark.parametrize("trouble", PASSING)
def test_a_refusal_stands_where_it_cannot_be_explained(trouble: type[StreamOpsError]) -> None:
    there = shelves()
    there.raises = {"update": [InvalidInput("refused", status=400)], "explain": [trouble("down")]}
    assert failure(there, name="a", width=81).text() == "Cannot update shelf 'a': refused."


def test_a_refusal_stands_where_nobody_may_look_for_an_explanation() -> None:
    there = shelves()
    there.raises = {"update": [InvalidInput("refused", status=400)], "explain": [Forbidden("no")]}
    assert failure(there, name="a", width=81).text() == "Cannot update shelf 'a': refused."


@pytest.mark.parametrize("trouble", [*PASSING, InvalidInput, Conflict])
def test_a_refused_create_stands_where_the_list_cannot_be_read(trouble: type[StreamOpsError]) -> None:
    there = shelves()
    there.raises = {"create": [InvalidInput("refused", status=400)]}
    listed = there.entries

    def entries() -> list[tuple[int, dict[str, Any]]]:
        if "create" in there.calls:
            raise trouble("the list is too long")
        return listed()

    there.entries = entries  # type: ignore[method-assign]
    error = failure(there, **NEW)
    assert (error.kind, error.text()) == ("invalid", "Cannot create shelf 'c': refused.")


def test_a_create_that_came_too_late_says_so() -> None:
    there = shelves()
    there.raises = {"create": [InvalidInput("refused", status=400)]}
    there._write = lambda step, resource_id: None  # type: ignore[method-assign, assignment]
    theirs = {3: dict(NEW)}
    listed = there.entries

    def entries() -> list[tuple[int, dict[str, Any]]]:
        if "create" in there.calls:
            there.there.update(theirs)
        return listed()

    there.entries = entries  # type: ignore[method-assign]
    error = failure(there, **NEW)
    assert isinstance(error, Conflict)
    assert error.text() == (
        "Cannot create shelf 'c': somebody else created shelf 'c' while the task ran."
        " Run the task again, it will look at it."
    )
    assert "explain" not in there.calls


def test_a_lost_create_that_is_seen_was_carried_out() -> None:
    there = shelves()
    there.raises, there.lost = {"create": [Ambiguous("lost")]}, True
    (outcome,) = converged(there, wanted(**NEW))
    assert (outcome.error, outcome.id, outcome.actions, outcome.members) == (None, 3, ["create"], NEW)


@pytest.mark.parametrize(
    ("action", "desired"),
    [("create", NEW), ("update", {"name": "a", "width": 81}), ("delete", {"name": "a", "state": "absent"})],
)
def test_a_lost_write_that_is_not_seen_is_not_repeated(action: str, desired: dict[str, Any]) -> None:
    there = shelves()
    there.raises = {action: [Ambiguous("lost")]}
    error = failure(there, **desired)
    name = desired["name"]
    assert (error.kind, error.text()) == ("ambiguous", f"Cannot {action} shelf '{name}': lost. {LATER}")
    assert [call.split()[0] for call in there.calls].count(action) == 1


@pytest.mark.parametrize("trouble", PASSING)
def test_a_lost_write_stays_open_where_nobody_can_look(trouble: type[StreamOpsError]) -> None:
    there = shelves()
    there.raises = {"delete": [Ambiguous("lost")], "read": [trouble("down")]}
    error = failure(there, name="a", state="absent")
    assert (error.kind, error.text()) == ("ambiguous", f"Cannot delete shelf 'a': lost. {UNREAD}")


@pytest.mark.parametrize(("action", "members"), [("update", {"width": 81}), ("delete", {"state": "absent"})])
def test_a_lost_write_that_is_seen_was_carried_out(action: str, members: dict[str, Any]) -> None:
    there = shelves()
    there.raises, there.lost = {action: [Ambiguous("lost")]}, True
    (outcome,) = converged(there, wanted(name="a", **members))
    assert (outcome.error, outcome.actions, outcome.id) == (None, [action], 1)


def test_a_new_resource_that_the_service_does_not_show_yet_is_a_warning() -> None:
    there = shelves()
    there._write = lambda step, resource_id: None  # type: ignore[method-assign, assignment]
    (outcome,) = converged(there, wanted(**NEW))
    assert (outcome.error, outcome.id, outcome.actions) == (None, None, ["create"])
    assert there.context.report.warnings == ["The service accepted shelf 'c' but does not show it yet."]
    assert there.context.clock.slept == [1.0, 2.0, 4.0]


def test_a_read_that_fails_after_a_write_says_after_which() -> None:
    there = shelves()
    before = there.read

    def read(resource_id: int) -> dict[str, Any] | None:
        if "update 1" in there.calls:
            raise Forbidden("no")
        return before(resource_id)

    there.read = read  # type: ignore[method-assign]
    (outcome,) = converged(there, wanted(name="a", width=81))
    assert outcome.error is not None
    assert outcome.error.text() == "Cannot read shelf 'a' after the update: no."
    assert outcome.actions == ["update"]


def test_a_write_may_be_replaced_by_others() -> None:
    there = shelves()
    there.raises = {"update": [Replanned([Step("update", {"width": 83})], "It was another width.")]}  # type: ignore[list-item]
    (outcome,) = converged(there, wanted(name="a", width=81))
    assert (outcome.actions, there.there[1]["width"]) == (["update"], 83)
    assert there.context.report.warnings == ["It was another width."]


def test_a_write_that_turns_out_unneeded_needs_no_warning() -> None:
    there = shelves()
    there.raises = {"update": [Replanned([])]}  # type: ignore[list-item]
    (outcome,) = converged(there, wanted(name="a", width=81))
    assert (outcome.actions, there.context.report.warnings) == ([], [])
    assert str(Replanned([], "why")) == "why"


def test_an_interrupted_task_begins_no_write() -> None:
    there = shelves()
    listed = there.entries

    def entries() -> list[tuple[int, dict[str, Any]]]:
        there.context.stop.set()
        return listed()

    there.entries = entries  # type: ignore[method-assign]
    error = failure(there, name="a", state="absent")
    assert error.kind == "timeout"
    assert there.there.keys() == {1, 2}


def test_the_list_keeps_up_with_what_was_written() -> None:
    there = shelves()
    listing = Listing.shared(there, there.context)
    converged(there, wanted(name="a", width=81), wanted(**NEW), wanted(name="b", state="absent"))
    listed = len([call for call in there.calls if call == "list"])
    assert {number: entry["width"] for number, entry in listing.entries()} == {1: 81, 3: 1}
    assert listing.entry(1) == {"name": "a", "width": 81}
    assert len([call for call in there.calls if call == "list"]) == listed


def test_after_a_failure_the_list_is_read_again() -> None:
    there = shelves()
    there.raises = {"update": [Forbidden("no")]}
    converged(there, wanted(name="a", width=81))
    listings = there.calls.count("list")
    Listing.shared(there, there.context).entries()
    assert there.calls.count("list") == listings + 1


def test_a_write_that_is_shown_late_is_looked_for_again() -> None:
    there = shelves()
    shown, late = there.read, [True, True]
    there.read = lambda number: None if "create" in there.calls and late and late.pop() else shown(number)  # type: ignore[method-assign]
    (outcome,) = converged(there, wanted(**NEW))
    assert (outcome.members, there.context.clock.slept) == (NEW, [1.0, 2.0])
    assert there.context.report.warnings == []
