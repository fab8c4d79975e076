# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.errors import Immutable
from ansible_collections.streamops.live.plugins.module_utils._core.secrets import MASK
from ansible_collections.streamops.live.plugins.module_utils._engine.compare import same_set
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import Field, Write
from ansible_collections.streamops.live.plugins.module_utils._engine.plan import (
    Plan,
    Step,
    changes,
    create_body,
    refuse_immutable,
    update_body,
)
from ansible_collections.streamops.live.plugins.module_utils._engine.show import (
    compared,
    diff_of_many,
    diff_of_one,
    shown,
)

TABLE = (
    Field("name", resent=True),
    Field("tags", type="list", elements="str", same=same_set, resent=True, absent=()),
    Field("window", type="int"),
    Field("format", write=Write.CREATE, resent=True),
    Field("password", secret=True, returned=False),
    Field("pin", secret=True, write=Write.CREATE),
    Field("origin", type="dict", write=Write.CREATE, resent=True, members=(
        Field("hostName", resent=True), Field("number", type="int"),
    )),
    Field("events", type="list", elements="dict", resent=True, members=(
        Field("event", resent=True), Field("age", type="int"),
    )),
    Field("status", write=Write.NEVER),
)  # fmt: skip

wanted_members = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["a", "b"]),
        "tags": st.lists(st.sampled_from(["x", "y"]), max_size=3),
        "window": st.integers(0, 2),
        "password": st.just("s3cret"),
        "events": st.lists(st.fixed_dictionaries({"event": st.sampled_from(["a", "b"])}), max_size=2),
    },
)


def differing(wanted: dict[str, Any], observed: dict[str, Any]) -> list[str]:
    return [change.field.name for change in changes(TABLE, wanted, observed)]


@pytest.mark.parametrize(
    ("wanted", "observed", "names"),
    [
        ({}, {"name": "a"}, []),
        ({"name": "a"}, {"name": "b"}, ["name"]),
        ({"tags": []}, {"tags": ["x"]}, ["tags"]),
        ({"tags": ["x"]}, {}, ["tags"]),
        ({"tags": []}, {}, []),
        ({"window": 5}, {}, []),
        ({"password": "p"}, {}, []),
        ({"window": 0}, {"window": 1}, ["window"]),
    ],
)
def test_only_what_is_declared_and_shown_can_differ(
    wanted: dict[str, Any], observed: dict[str, Any], names: list[str]
) -> None:
    assert differing(wanted, observed) == names


@given(wanted_members, wanted_members)
def test_what_a_plan_foretells_needs_no_further_plan(wanted: dict[str, Any], observed: dict[str, Any]) -> None:
    found = changes(TABLE, wanted, observed)
    predicted = {**observed, **{change.field.name: change.after for change in found}}
    assert changes(TABLE, wanted, predicted) == []


@given(wanted_members, wanted_members)
def test_an_update_says_everything_that_is_wanted_and_loses_nothing_that_must_be_repeated(
    wanted: dict[str, Any], observed: dict[str, Any]
) -> None:
    body = update_body(TABLE, wanted, {"format": "HLS", "status": "READY", **observed})
    assert {name: body[name] for name in wanted} == wanted
    assert body["format"] == "HLS"
    assert "status" not in body
    assert all(
        body[name] == value for name, value in observed.items() if name in ("name", "tags") and name not in wanted
    )


def test_every_immutable_member_is_named_and_no_secret_shown() -> None:
    wanted = {"format": "DASH", "pin": "new-pin", "name": "b"}
    found = changes(TABLE, wanted, {"format": "HLS", "pin": "old-pin", "name": "a"})
    with pytest.raises(Immutable) as refused:
        refuse_immutable(found)
    assert refused.value.details == ["format", "pin"]
    assert "format (is 'HLS', wanted 'DASH')" in refused.value.message
    assert "pin (is a secret, wanted a secret)" in refused.value.message
    refuse_immutable([change for change in found if change.field.name == "name"])


def test_of_objects_an_update_repeats_only_what_it_takes() -> None:
    observed = {
        "origin": {"hostName": "a", "number": 3, "extra": 1},
        "events": [{"event": "a", "age": 1}, {"event": None}],
    }
    assert update_body(TABLE, {}, observed) == {"origin": {"hostName": "a"}, "events": [{"event": "a"}, {}]}


def test_a_create_says_all_that_is_declared_and_writable() -> None:
    assert create_body(TABLE, {"format": "HLS", "name": "a", "status": "x"}) == {"name": "a", "format": "HLS"}


def test_a_resource_is_returned_without_its_secrets() -> None:
    members = {"name": "a", "password": "p", "origin": {"hostName": "h", "extraPart": 1}, "newThing": {"subPart": 1}}
    table = (*TABLE[:6], Field("origin", type="dict", members=(Field("hostName", secret=True),)))
    assert shown(table, members) == {"name": "a", "origin": {}, "new_thing": {"sub_part": 1}}


def test_a_diff_shows_writable_members_and_masks_secrets_alike_on_both_sides() -> None:
    for password in ("one", "other"):
        members = {"name": "a", "password": password, "status": "READY", "window": None, "extra": 1}
        assert compared(TABLE, members) == {"name": "a", "password": MASK}


def test_nested_members_stand_in_a_diff_under_their_option_names() -> None:
    members = {"origin": {"hostName": "h", "extra": 1}, "events": [{"event": "e", "x": 1}, "odd"]}
    assert compared(TABLE, members) == {"origin": {"host_name": "h"}, "events": [{"event": "e"}, "odd"]}


def test_of_an_object_that_is_an_option_only_options_are_returned() -> None:
    members = {"origin": {"hostName": "h", "extra": 1}, "events": [{"event": "e", "x": 1}, "odd"]}
    assert shown(TABLE, members) == {"origin": {"host_name": "h"}, "events": [{"event": "e"}, "odd"]}
    assert compared(TABLE, {"origin": "odd"}) == shown(TABLE, {"origin": "odd"}) == {"origin": "odd"}


def test_one_resource_is_a_diff_under_its_name() -> None:
    plan = Plan([Step("update")], before={"a": 1}, after={"a": 2})
    assert diff_of_one("stream 'a'", plan) == {
        "before": {"a": 1},
        "after": {"a": 2},
        "before_header": "stream 'a'",
        "after_header": "stream 'a'",
    }


def test_of_many_resources_only_the_changed_ones_stand_in_the_diff() -> None:
    diff = diff_of_many(
        [
            ("new", Plan([Step("create")], after={"a": 1})),
            ("same", Plan([], before={"a": 1}, after={"a": 1})),
            ("gone", Plan([Step("delete")], before={"a": 1})),
        ]
    )
    assert (diff["before"], diff["after"]) == ({"gone": {"a": 1}}, {"new": {"a": 1}})


def test_what_the_service_sets_itself_is_never_sent() -> None:
    table = (Field("status", write=Write.NEVER, resent=True), Field("name"), Field("wood", write=Write.CREATE))
    everything = {"status": "READY", "name": "a", "wood": "oak"}
    assert update_body(table, everything, everything) == {"name": "a"}
