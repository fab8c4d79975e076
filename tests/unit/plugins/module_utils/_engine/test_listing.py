# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import Conflict
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import Field
from ansible_collections.streamops.live.plugins.module_utils._engine.listing import Listing
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import Desired, Step
from ansible_collections.streamops.live.plugins.module_utils._engine.resource import Resource
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock


class Shelves(Resource):
    """A kind of resource that lives in a dict."""

    noun = "shelf"
    fields = (Field("name", listed="name"), Field("widthInCm", type="int", listed="width"))

    def __init__(self, context: Context, keyed: bool = True) -> None:
        super().__init__(context)
        self.there: dict[int, dict[str, Any]] = {1: {"name": "a", "width": 80}, 2: {"name": "b", "width": 90}}
        self.listings = 0
        self._keyed = keyed

    def identity(self, desired: Desired) -> str | None:
        return desired.members.get("name")

    def key(self, desired: Desired) -> str | None:
        return desired.members.get("name") if self._keyed else None

    def keys_of(self, entry: dict[str, Any]) -> tuple[str, ...]:
        return (entry["name"],) if "name" in entry else ()

    def entries(self) -> list[tuple[int, dict[str, Any]]]:
        self.listings += 1
        return list(self.there.items())

    def read(self, resource_id: int) -> dict[str, Any] | None:
        return self.there.get(resource_id)

    def matches(self, desired: Desired, entry: dict[str, Any]) -> bool:
        return entry.get("name") == desired.members.get("name")

    def carry_out(self, step: Step, resource_id: int, desired: Desired) -> None:
        raise AssertionError("nothing is written here")


def named(name: str) -> Desired:
    return Desired("present", {"name": name})


@pytest.fixture(params=[True, False], ids=["by key", "one by one"])
def shelves(request: pytest.FixtureRequest) -> Shelves:
    return Shelves(Context(clock=SkippingClock()), request.param)


@pytest.fixture
def listing(shelves: Shelves) -> Listing:
    return Listing(shelves, shelves.context)


def later(shelves: Shelves, seconds: float) -> None:
    shelves.context.clock.skip(dt.timedelta(seconds=seconds))


def test_any_number_of_look_ups_is_one_listing(shelves: Shelves, listing: Listing) -> None:
    assert not listing.was_read
    assert listing(named("a")) == (1, {"name": "a", "width": 80})
    assert listing(named("b")) == (2, {"name": "b", "width": 90})
    assert listing(named("c")) is None
    assert [entry_id for entry_id, _entry in listing.entries()] == [1, 2]
    assert (shelves.listings, listing.was_read) == (1, True)


def test_a_listing_lives_for_a_minute_and_a_few_seconds_before_a_create(shelves: Shelves, listing: Listing) -> None:
    listing(named("a"))
    later(shelves, 4)
    assert listing.now(named("c")) is None
    assert shelves.listings == 1
    later(shelves, 5)
    shelves.there[3] = {"name": "c"}
    assert listing.now(named("c")) == (3, {"name": "c"})
    later(shelves, 59)
    listing.expect(1)
    listing(named("a"))
    assert shelves.listings == 2
    later(shelves, 2)
    listing.expect(1)
    listing(named("a"))
    assert shelves.listings == 3


def test_a_plan_whose_look_ups_take_long_reads_the_list_once(shelves: Shelves, listing: Listing) -> None:
    listing(named("a"))
    later(shelves, 500)
    assert listing(named("b")) == (2, {"name": "b", "width": 90})
    assert listing.entry(1) == {"name": "a", "width": 80}
    assert shelves.listings == 1
    listing.entries()
    assert shelves.listings == 2


def test_it_keeps_up_with_the_tasks_own_writes(shelves: Shelves, listing: Listing) -> None:
    listing.note(9, {"name": "early"})
    listing(named("a"))
    listing.note(1, {"name": "renamed", "widthInCm": 70})
    assert listing(named("a")) is None
    assert listing(named("renamed")) == (1, {"name": "renamed", "width": 70})
    listing.note(2, None)
    assert listing(named("b")) is None
    assert shelves.listings == 1


def test_after_a_failure_it_is_read_anew(shelves: Shelves, listing: Listing) -> None:
    listing(named("a"))
    listing.forget()
    listing(named("a"))
    assert shelves.listings == 2


def test_after_a_failure_what_is_to_be_created_is_looked_for_anew(shelves: Shelves, listing: Listing) -> None:
    listing(named("a"))
    listing.forget()
    assert listing.was_read
    shelves.there[3] = {"name": "c"}
    assert listing.now(named("c")) == (3, {"name": "c"})


def test_two_of_one_name_are_a_conflict(shelves: Shelves, listing: Listing) -> None:
    shelves.there[3] = {"name": "a"}
    with pytest.raises(Conflict, match=r"ids 1, 3"):
        listing(named("a"))


def test_it_is_worthwhile_from_the_third_look_up_on(listing: Listing) -> None:
    listing.expect(2)
    assert not listing.worthwhile
    listing.expect(1)
    assert listing.worthwhile


def test_the_tasks_of_a_loop_share_one(shelves: Shelves) -> None:
    first = Listing.shared(shelves, shelves.context)
    assert Listing.shared(shelves, shelves.context) is first
    assert Listing.shared(shelves, Context()) is not first


def test_what_another_task_created_since_is_looked_for_right_before_a_create(
    shelves: Shelves, listing: Listing
) -> None:
    listing(named("c"))
    assert (listing.now(named("c")), shelves.listings, listing.contested) == (None, 1, False)
    shelves.there[3] = {"name": "c", "width": 70}
    listing.contest()
    assert (listing.now(named("c")), shelves.listings) == ((3, {"name": "c", "width": 70}), 2)
    assert listing.contested
