# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._engine.compare import same_set
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import (
    UNKNOWN,
    Field,
    Write,
    argument_spec,
    entry_from_members,
    entry_shows,
    listed_members,
    members_from_entry,
    members_from_options,
)

TABLE = (
    Field("name", listed="name", required=True, aliases=("title",)),
    Field("dvrWindow", type="int", listed="dvrWindowInMin"),
    Field("emailIds", type="list", elements="str", same=same_set, default=[], returned=False),
    Field("zone", convert=str.upper, choices=("EUROPE",), listed="place.location"),
    Field("origin", type="dict", members=(Field("hostName", listed="originHostName"), Field("pin", secret=True))),
    Field("events", type="list", elements="dict", members=(Field("event"), Field("age", type="int"))),
    Field("cpcode", type="int", option_type="str", write=Write.CREATE),
    Field("sharedKeyName"),
    Field("status", write=Write.NEVER, listed="status"),
)


def test_options_become_members_and_what_is_left_out_stays_out() -> None:
    options = {
        "name": "news",
        "dvr_window": None,
        "email_ids": [],
        "zone": "europe",
        "origin": {"host_name": "demohost", "pin": None},
        "events": [{"event": "a", "age": None}],
        "status": "READY",
    }
    assert members_from_options(TABLE, options) == {
        "name": "news",
        "emailIds": [],
        "zone": "EUROPE",
        "origin": {"hostName": "demohost"},
        "events": [{"event": "a"}],
    }


def test_a_members_list_is_not_the_options_list() -> None:
    given = ["a"]
    members_from_options(TABLE, {"email_ids": given})["emailIds"].append("b")
    assert given == ["a"]


def test_a_lists_entry_is_read_under_the_names_of_the_detail() -> None:
    entry = {
        "name": "news",
        "dvrWindowInMin": 30,
        "place": {"location": "EUROPE"},
        "originHostName": "demohost",
        "status": None,
    }
    members = members_from_entry(TABLE, entry)
    assert members == {"name": "news", "dvrWindow": 30, "zone": "EUROPE", "origin": {"hostName": "demohost"}}
    assert entry_from_members(TABLE, members) == {name: value for name, value in entry.items() if value is not None}


def test_an_entry_without_the_nested_place_shows_no_member() -> None:
    assert members_from_entry(TABLE, {"place": None}) == {}
    assert members_from_entry(TABLE, {"place": {}}) == {}


def test_whether_a_list_shows_what_is_declared() -> None:
    assert listed_members(TABLE, {"name": "news", "dvrWindow": 3})
    assert listed_members(TABLE, {"name": "news", "emailIds": ["never shown, so no detail helps"]})
    assert listed_members(TABLE, {"origin": {"hostName": "demohost"}})
    assert not listed_members(TABLE, {"origin": {"pin": "1"}})
    assert not listed_members(TABLE, {"origin": {}})
    assert not listed_members(TABLE, {"cpcode": 1})


# Of these, a list shows what it means that the second is missing, and not what it means that the others are.
LISTED = (
    Field("hidden", returned=False),
    Field("note", absent=""),
    Field("zone"),
    Field("flag", absent=None),
    Field("origin", type="dict", absent={}, members=(Field("hostName"), Field("note", absent=""))),
    Field("last"),
)


@pytest.mark.parametrize(
    ("wanted", "members", "shown"),
    [
        ({"zone": "A"}, {"zone": "B"}, True),
        ({"zone": "A"}, {"zone": None}, False),
        ({"zone": "A"}, {}, False),
        ({"flag": True}, {"flag": False}, True),
        ({"flag": True}, {}, False),
        ({"note": "A"}, {}, True),
        ({"hidden": "A"}, {}, True),
        ({"hidden": "A", "zone": "A"}, {}, False),
        # Whatever comes first in the table, the rest is looked at.
        ({"note": "A", "last": "A"}, {}, False),
        ({"hidden": "A", "last": "A"}, {"last": "B"}, True),
        ({"last": "A"}, {}, False),
        ({"origin": {"hostName": "A"}}, {"origin": {"hostName": "B"}}, True),
        ({"origin": {"hostName": "A"}}, {"origin": {}}, False),
        ({"origin": {"hostName": "A"}}, {"origin": {"note": "B"}}, False),
        ({"origin": {"note": "A"}}, {"origin": {}}, True),
        ({"origin": {"hostName": "A"}}, {}, True),
        ({"origin": {"hostName": "A"}, "last": "A"}, {"origin": {"hostName": "B"}}, False),
        # What is no object has no members to be missing.
        ({"origin": {"hostName": "A"}}, {"origin": "B"}, True),
        ({"origin": "A"}, {"origin": {}}, True),
        ({"zone": {"hostName": "A"}}, {"zone": {}}, True),
    ],
)
def test_whether_an_entry_shows_what_is_declared(wanted: dict[str, Any], members: dict[str, Any], shown: bool) -> None:
    assert entry_shows(LISTED, wanted, members) is shown


def test_the_argument_specification_comes_from_the_table() -> None:
    spec = argument_spec(TABLE)
    assert list(spec) == [
        "name", "dvr_window", "email_ids", "zone", "origin", "events", "cpcode", "shared_key_name",
    ]  # fmt: skip
    assert spec["name"] == {"type": "str", "required": True, "aliases": ["title"]}
    assert spec["email_ids"] == {"type": "list", "elements": "str", "default": []}
    assert spec["zone"] == {"type": "str", "choices": ["EUROPE"]}
    assert spec["cpcode"] == {"type": "str"}
    assert spec["origin"]["options"]["pin"] == {"type": "str", "no_log": True}
    # Ansible would guess from the name that this is a secret.
    assert spec["shared_key_name"] == {"type": "str", "no_log": False}


def test_of_an_object_only_the_declared_members_count() -> None:
    origin = next(field for field in TABLE if field.name == "origin")
    assert origin.equal({"hostName": "a"}, {"hostName": "a", "pin": "1"})
    assert origin.equal({"hostName": "a", "pin": "1"}, {"hostName": "a"})
    assert not origin.equal({"hostName": "a"}, {"hostName": "b"})
    assert not origin.equal({"hostName": "a"}, None)
    assert origin.equal({}, None)


def test_lists_of_objects_agree_whatever_their_order() -> None:
    events = next(field for field in TABLE if field.name == "events")
    assert events.equal([{"event": "a"}, {"event": "b"}], [{"event": "b", "age": 1}, {"event": "a", "age": 2}])
    assert not events.equal([{"event": "a"}], [])


def test_what_is_not_shown_says_so() -> None:
    assert repr(UNKNOWN) == "<not shown by the service>"


def test_an_option_whose_name_sounds_secret_and_is_not_says_so() -> None:
    for name in ("sharedKeyName", "passwordRule", "secretKind", "tokenLife"):
        assert argument_spec((Field(name),)) == {Field(name).option: {"type": "str", "no_log": False}}
    assert argument_spec((Field("width"),)) == {"width": {"type": "str"}}


def test_a_list_of_objects_is_converted_as_a_whole() -> None:
    table = (Field("events", type="list", elements="dict", convert=lambda ones: ones[:1], members=(Field("event"),)),)
    assert members_from_options(table, {"events": [{"event": "a"}, {"event": "b"}]}) == {"events": [{"event": "a"}]}
