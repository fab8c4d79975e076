# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._msl.hosts import (
    entry_is_origin,
    identifier,
    identifier_refusals,
    same_origin,
)

identifiers = st.text("abcxyz019-", min_size=1, max_size=14).map(lambda middle: f"h{middle}9")


@pytest.mark.parametrize(
    "name",
    [
        "demohost",
        " demohost ",
        "demohost.akamaiorigin.net",
        "001-dn001-demohost.akamaiorigin.net",
        "018-dn00x-demohost.akamaiorigin.net",
        "018-DN004-demohost.example",
    ],
)
def test_every_form_of_a_host_name_holds_the_identifier(name: str) -> None:
    assert identifier(name) == "demohost"


@given(identifiers, st.integers(0, 999), st.integers(0, 999))
def test_the_full_name_is_the_origin_of_its_identifier(short: str, place: int, cdn: int) -> None:
    full = f"{place:03d}-dn{cdn:03d}-{short}.akamaiorigin.net"
    assert same_origin(short.upper(), full)
    assert entry_is_origin(full, {"hostNameIdentifier": short})
    assert identifier_refusals(full, "host_name") == []


@pytest.mark.parametrize(
    ("wanted", "entry", "found"),
    [
        ("demohost", {"hostNameIdentifier": "DemoHost", "hostName": "other.example"}, True),
        ("demohost", {"hostName": "001-dn001-demohost.akamaiorigin.net"}, True),
        ("demohost", {"hostName": "001-dn001-demohost2.akamaiorigin.net"}, False),
        ("demohost", {"hostNameIdentifier": None}, False),
    ],
)
def test_an_origin_is_found_in_the_list(wanted: str, entry: dict[str, Any], found: bool) -> None:
    assert entry_is_origin(wanted, entry) is found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "is empty"),
        ("a" * 17, "has 17 characters, and an origin identifier may have 16"),
        ("bad name", "letters, digits"),
        ("höst", "letters, digits"),
    ],
)
def test_an_identifier_that_the_service_would_not_take(name: str, words: str) -> None:
    assert words in identifier_refusals(name, "host_name")[0]


def test_sixteen_characters_are_not_too_many() -> None:
    assert identifier_refusals("a" * 16, "host_name") == []
