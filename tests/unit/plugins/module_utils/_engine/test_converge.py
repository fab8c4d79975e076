# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import threading
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import (
    Conflict,
    Forbidden,
    Immutable,
    InvalidInput,
    NotFound,
    StreamOpsError,
)
from ansible_collections.streamops.live.plugins.module_utils._core.secrets import MASK
from ansible_collections.streamops.live.plugins.module_utils._engine.listing import Listing
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import Desired, Observed, Step
from ansible_collections.streamops.live.plugins.module_utils._engine.resource import Resource
from ansible_collections.streamops.live.plugins.module_utils._engine.wait import Progress, Stage
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._engine.shelves import (
    Shelves,
    converged,
    refusal,
    shelves,
    wanted,
)


def test_a_list_is_brought_about_with_as_few_reads_as_it_needs() -> None:
    there = shelves()
    outcomes = converged(there, wanted(name="a", width=80), wanted(name="b", width=95), wanted(name="c", width=1))
    assert [outcome.actions for outcome in outcomes] == [[], ["update"], ["create"]]
    assert [outcome.id for outcome in outcomes] == [1, 2, 3]
    assert [outcome.members for outcome in outcomes] == [there.there[number] for number in (1, 2, 3)]
    assert there.calls == ["list", "read 2", "update 2", "read 2", "list", "create", "read 3"]


def test_check_mode_stops_at_the_plan() -> None:
    there = shelves(check=True)
    outcomes = converged(there, wanted(name="a", state="absent"), wanted(name="c", width=1))
    assert [outcome.actions for outcome in outcomes] == [["delete"], ["create"]]
    assert [outcome.members for outcome in outcomes] == [{}, {"name": "c", "width": 1}]
    assert there.calls == ["list"]


def test_what_is_gone_has_no_members_any_more() -> None:
    there = shelves()
    (outcome,) = converged(there, wanted(name="a", state="absent"))
    assert (outcome.actions, outcome.members, outcome.id) == (["delete"], {}, 1)
    assert there.there.keys() == {2}
    (again,) = converged(there, wanted(name="a", state="absent"))
    assert (again.actions, again.members, again.id) == ([], {}, None)


def test_one_identity_stands_in_a_list_once() -> None:
    error = refusal(shelves(), wanted(0, name="a"), wanted(1, name="b"), wanted(2, name="a"))
    assert error.text() == "Entries 0 and 2 of the list both are shelf 'a'. Name each resource once."
    assert error.kind == "invalid"


def test_one_resource_is_named_once_in_whatever_way() -> None:
    error = refusal(shelves(), wanted(0, name="a"), wanted(1, id=1))
    assert error.text() == (
        "Shelf 'a' (entry 0 of the list) and shelf 1 (entry 1 of the list) are the same resource."
        " Name each resource once."
    )


def test_one_id_stands_in_a_list_once() -> None:
    error = refusal(shelves(), wanted(0, id=1), wanted(1, id=1, width=3))
    assert error.text() == "Entries 0 and 1 of the list both are shelf 1. Name each resource once."


def test_what_is_named_by_its_id_is_not_to_be_called_as_another_one() -> None:
    error = refusal(shelves(), wanted(0, name="c", width=1), wanted(1, id=1, name="c"))
    assert error.text() == "Entries 0 and 1 of the list both are shelf 1. Name each resource once."


def test_the_name_of_what_goes_by_its_id_may_be_given_to_another_one() -> None:
    there = shelves()
    outcomes = converged(there, wanted(0, name="c", width=1), wanted(1, id=1, name="c", state="absent"))
    assert [outcome.actions for outcome in outcomes] == [["create"], ["delete"]]


def test_two_that_are_not_there_are_not_the_same() -> None:
    outcomes = converged(shelves(), wanted(name="x", state="absent"), wanted(name="y", state="absent"))
    assert [outcome.actions for outcome in outcomes] == [[], []]


def test_what_cannot_be_right_is_refused_before_any_request() -> None:
    there = shelves()
    error = refusal(there, wanted(0, name="a"), wanted(1, name="b", width=0))
    assert error.text() == "Cannot manage shelf 'b' (entry 1 of the list): a shelf needs a width above 0."
    assert (error.details, there.calls) == (["a shelf needs a width above 0"], [])


def test_the_rest_of_a_list_goes_on_where_it_may() -> None:
    there = shelves()
    bad, good = converged(there, wanted(0, name="b", width=0), wanted(1, name="a", width=85), continue_on_error=True)
    assert isinstance(bad.error, InvalidInput)
    assert (good.error, good.actions) == (None, ["update"])


def test_a_list_of_one_that_fails_is_an_outcome_where_it_may_go_on() -> None:
    (outcome,) = converged(shelves(), wanted(name="b", width=0), continue_on_error=True)
    assert outcome.error is not None
    assert outcome.error.kind == "invalid"


def test_what_is_read_in_vain_says_which_entry_it_was() -> None:
    there = shelves()
    there.raises["read"] = [Forbidden("no")]
    assert (
        refusal(there, wanted(4, name="a", colour="red")).text() == "Cannot read shelf 'a' (entry 4 of the list): no."
    )


def test_what_must_be_given_to_create_is_named() -> None:
    error = refusal(shelves(), wanted(0, name="c"))
    assert isinstance(error, InvalidInput)
    assert error.text() == (
        "Cannot manage shelf 'c' (entry 0 of the list): shelf 'c' does not exist, and to create it width must be given."
    )
    assert error.details == ["width is missing"]


def test_an_id_that_nobody_has_is_not_created() -> None:
    error = refusal(shelves(), wanted(id=7, name="c", width=1))
    assert isinstance(error, NotFound)
    assert error.text() == "Cannot manage shelf 7: there is no shelf 7. Leave out id to create a shelf."


def test_what_cannot_change_is_named_with_both_values() -> None:
    error = refusal(shelves({1: {"name": "a", "wood": "oak"}}), wanted(name="a", wood="ash"))
    assert isinstance(error, Immutable)
    assert error.text() == (
        "Cannot manage shelf 'a': the service cannot change wood (is 'oak', wanted 'ash')."
        " Leave these options as they are, or delete and create the resource anew."
    )


def test_nothing_is_written_once_something_failed() -> None:
    there = shelves()
    there.raises["update"] = [Forbidden("no")]
    first, second = converged(there, wanted(name="a", width=81), wanted(name="b", width=91))
    assert isinstance(first.error, Forbidden)
    assert first.error.text() == "Cannot update shelf 'a': no."
    assert (second.error, second.actions, second.members["width"]) == (None, [], 90)
    assert first.members["width"] == 80
    assert there.calls.count("update 2") == 0


class WritableLate(Shelves):
    """Shelves that cannot be changed while they are pending."""

    writable_while_pending = False


def pending(statuses: list[str], *, check: bool = False) -> WritableLate:
    base = shelves(check=check)
    there = WritableLate(base.context, {1: {"name": "a", "width": 80, "status": "PENDING"}})
    there.statuses = statuses
    return there


def test_a_change_waits_for_what_is_pending_or_says_so() -> None:
    error = refusal(pending(["PENDING"]), wanted(name="a", width=81))
    assert isinstance(error, Conflict)
    assert error.text() == (
        "Cannot manage shelf 'a': the service is still provisioning it (PENDING), and what a change does meanwhile"
        " is not documented. Run the task later, let it wait with wait=true, or send the change now with"
        " update_pending=true."
    )


def test_a_change_is_sent_at_once_where_the_task_says_so() -> None:
    (outcome,) = converged(pending(["PENDING"]), wanted(name="a", width=81, update_pending=True))
    assert outcome.actions == ["update"]


def test_a_change_that_waits_is_planned_anew_for_what_is_there_then() -> None:
    there = pending(["PENDING", "READY"])
    (outcome,) = converged(there, wanted(name="a", width=81), wait=True)
    assert (outcome.actions, outcome.members["status"]) == (["update"], "READY")
    assert there.context.clock.slept == [10.0]
    assert outcome.observed is not None
    assert outcome.observed.whole is True
    assert outcome.plan.before["width"] == 80


def test_check_mode_does_not_wait_for_what_is_pending() -> None:
    there = pending(["PENDING"], check=True)
    (outcome,) = converged(there, wanted(name="a", width=81), wait=True)
    assert (outcome.actions, there.context.clock.slept) == (["update"], [])


def test_a_change_whose_wait_fails_is_not_sent() -> None:
    there = pending(["PENDING", "FAILED"])
    with pytest.raises(StreamOpsError) as refused:
        converged(there, wanted(name="a", width=81), wait=True)
    assert refused.value.text() == (
        "Cannot wait for shelf 'a': the service reports FAILED, and the change was not sent."
        " Mend what the message names, then update the resource or delete and create it anew."
    )
    assert "update 1" not in there.calls


def test_what_failed_at_the_service_is_a_warning_where_nobody_waits() -> None:
    there = shelves({1: {"name": "a", "status": "FAILED"}, 2: {"name": "b", "status": "FAILED", "why": "full"}})
    converged(there, wanted(name="a"), wanted(id=2))
    assert there.context.report.warnings == [
        "The service reports FAILED for shelf 'a'.",
        "The service reports FAILED for shelf 2: full.",
    ]


def test_several_are_waited_for_by_the_list() -> None:
    there = shelves({number: {"name": name, "status": "PENDING"} for number, name in ((1, "a"), (2, "b"), (3, "c"))})
    listed, reads = there.entries, list[str]()

    def entries() -> list[tuple[int, dict[str, Any]]]:
        reads.append("list")
        if len(reads) == 3:
            there.there[1]["status"], there.there[2]["status"] = "READY", "FAILED"
            del there.there[3]
        return listed()

    there.entries = entries  # type: ignore[method-assign]
    outcomes = converged(there, *(wanted(name=name) for name in "abc"), wait=True)
    assert [outcome.members.get("status") for outcome in outcomes] == ["READY", "FAILED", None]
    assert [outcome.error and outcome.error.kind for outcome in outcomes] == [None, "provisioning_failed", "not_found"]
    assert "read 1" not in there.calls


def test_a_wait_that_ends_too_late_is_the_error_of_its_resource() -> None:
    there = shelves({1: {"name": "a", "status": "PENDING"}})
    (outcome,) = converged(there, wanted(name="a"), wait=True)
    assert outcome.error is not None
    assert outcome.error.text() == (
        "Cannot wait for shelf 'a': it is still PENDING after 100 s."
        " The service goes on by itself: run the task again later, or raise wait_timeout."
    )
    assert outcome.members == {"name": "a", "status": "PENDING"}


def test_a_deletion_that_stays_in_sight_is_a_warning() -> None:
    there = shelves()
    there._write = lambda step, resource_id: None  # type: ignore[method-assign, assignment]
    (outcome,) = converged(there, wanted(name="a", state="absent"), wait=True)
    assert (outcome.error, outcome.actions) == (None, ["delete"])
    assert there.context.report.warnings == ["The deletion of shelf 'a' was accepted, and the service still shows it."]


def test_what_a_list_does_not_show_is_kept_through_a_wait_for_several() -> None:
    there = shelves({1: {"name": "a", "colour": "red"}, 2: {"name": "b", "colour": "blue"}})
    for members in there.there.values():
        members["status"] = "PENDING"
    listed = there.entries

    def entries() -> list[tuple[int, dict[str, Any]]]:
        if there.context.clock.slept:
            for members in there.there.values():
                members["status"] = "READY"
        return listed()

    there.entries = entries  # type: ignore[method-assign]
    outcomes = converged(there, wanted(name="a", colour="green"), wanted(name="b", colour="blue"), wait=True)
    assert [outcome.members["colour"] for outcome in outcomes] == ["green", "blue"]
    assert [outcome.members["status"] for outcome in outcomes] == ["READY", "READY"]
    assert there.context.clock.slept == [10.0]


@pytest.mark.parametrize(("width", "looks"), [(80, 0), (81, 1)])
def test_what_was_left_alone_needs_no_second_look(width: int, looks: int) -> None:
    there = shelves()
    there.confirmations = 2  # type: ignore[misc]
    (outcome,) = converged(there, wanted(name="a", width=width), wait=True)
    assert outcome.error is None
    assert len(there.context.clock.slept) == looks


def test_every_confirmation_that_is_asked_for_is_waited_for() -> None:
    there = shelves()
    there.confirmations = 4  # type: ignore[misc]
    converged(there, wanted(name="a", width=81), wait=True)
    assert len(there.context.clock.slept) == 3


@pytest.mark.parametrize(
    ("state", "members", "progress"),
    [
        ("absent", None, Progress(Stage.READY, "gone")),
        ("absent", {"name": "a"}, Progress(Stage.PENDING, "present")),
        ("present", None, Progress(Stage.PENDING, "gone")),
        ("present", {"name": "a"}, Progress(Stage.READY, "present")),
    ],
)
def test_a_resource_without_a_status_is_there_or_gone(
    state: str, members: dict[str, Any] | None, progress: Progress
) -> None:
    assert Resource.progress(shelves(), wanted(state=state), members) == progress


def test_the_plan_of_a_new_resource_shows_it_without_its_secrets() -> None:
    plan = shelves().plan_create(wanted(name="c", width=1, lock="secret"))
    assert plan.after == {"name": "c", "width": 1, "lock": MASK}
    assert plan.before == {}


def test_all_that_is_missing_is_named() -> None:
    error = refusal(shelves(), wanted(id=None, lock="x"))
    assert "and to create it name, width must be given" in error.text()


def test_members_inside_others_are_looked_for_by_their_option_names() -> None:
    class Deep(Shelves):
        needed_to_create = ("board.upper_left_edge",)

    there = Deep(shelves().context)
    for board in ({}, {"upperLeftEdge": ""}, {"upperLeftEdge": None}, "odd"):
        with pytest.raises(InvalidInput, match=r"board\.upper_left_edge must be given"):
            there.plan_create(wanted(name="c", board=board))
    assert there.plan_create(wanted(name="c", board={"upperLeftEdge": 0})).actions == ["create"]


class Threaded(Shelves):
    """Notes which thread each write is made by; ``action`` is what an update is called."""

    action = "update"

    def update_step(self, desired: Desired, observed: Observed) -> Step:
        return Step(self.action, super().update_step(desired, observed).body)

    def carry_out(self, step: Step, resource_id: int | None, desired: Desired) -> int | None:
        self.calls.append("here" if threading.current_thread() is threading.main_thread() else "elsewhere")
        self._write(Step("update", step.body), resource_id)
        return None


@pytest.mark.parametrize(("action", "place"), [("update", "elsewhere"), ("stop", "here")])
def test_only_independent_writes_are_made_side_by_side(action: str, place: str) -> None:
    there = Threaded(shelves().context)
    there.action = action
    converged(there, wanted(name="a", width=81), wanted(name="b", width=91), concurrency=2)
    assert [call for call in there.calls if call in ("here", "elsewhere")] == [place, place]


@pytest.mark.parametrize(("goes_on", "slept"), [(True, 10), (False, 0)])
def test_after_a_failure_only_a_task_that_goes_on_waits_for_the_rest(goes_on: bool, slept: int) -> None:
    there = shelves({1: {"name": "a", "width": 80}, 2: {"name": "b", "width": 90, "status": "PENDING"}})
    there.raises["update"] = [Forbidden("no")]
    first, second = converged(there, wanted(name="a", width=81), wanted(name="b"), wait=True, continue_on_error=goes_on)
    assert isinstance(first.error, Forbidden)
    assert len(there.context.clock.slept) == slept
    assert (second.error is None) is not goes_on


def test_a_name_that_several_have_is_told_with_their_ids() -> None:
    error = refusal(shelves({1: {"name": "a"}, 2: {"name": "a"}}), wanted(0, name="a"))
    assert isinstance(error, Conflict)
    assert error.text() == (
        "Cannot read shelf 'a' (entry 0 of the list): the service has 2 resources that are shelf 'a' (ids 1, 2)."
        " Name the one that is meant by its id."
    )
    assert error.details == ["id 1", "id 2"]


def test_what_shall_go_is_not_read_for_members_that_do_not_matter_any_more() -> None:
    there = shelves()
    converged(there, wanted(name="a", colour="red", state="absent"))
    assert there.calls == ["list", "delete 1"]


def test_what_stays_looks_the_same_before_and_after() -> None:
    (outcome,) = converged(shelves(), wanted(name="a", width=80))
    assert outcome.plan.before == outcome.plan.after == {"name": "a", "width": 80}
    assert outcome.plan.predicted == outcome.members == {"name": "a", "width": 80}


def test_many_ids_are_looked_up_in_one_list() -> None:
    there = shelves({number: {"name": f"s{number}"} for number in (1, 2, 3)})
    Listing.shared(there, there.context).expect(3)
    outcomes = converged(there, *(wanted(id=number) for number in (1, 2, 3)))
    assert [outcome.id for outcome in outcomes] == [1, 2, 3]
    assert there.calls == ["list"]
