# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._engine import compare

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("a1 \u00e9", max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=3), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("comparison", "wanted", "shown", "equal"),
    [
        ("same", 3, "3", True),
        ("same", "3", 3, True),
        ("same", 3, 4, False),
        ("same", True, 1, False),
        ("same", 1, True, False),
        ("same", False, False, True),
        ("same", "a", "A", False),
        ("same", None, "None", False),
        ("same", [1], [1], True),
        ("same_ignoring_case", "europe", "EUROPE", True),
        ("same_ignoring_case", "europe", "ASIA", False),
        ("same_set", ["a", "b", "a"], ["b", "a"], True),
        ("same_set", ["a"], ["b", "a"], False),
        ("same_set", [], None, True),
        ("same_set", None, [], True),
        ("same_set", [1], ["1"], True),
        ("same_addresses", ["192.0.2.1", "2001:DB8::1"], ["2001:db8:0::1", "192.0.2.1 "], True),
        ("same_addresses", ["192.0.2.1"], [], False),
        ("same_addresses", [], (), True),
        ("same_addresses", ["any"], ["any"], True),
        ("same_addresses", ["any"], ["other"], False),
        ("same_time", "2026-12-31T12:00:00Z", "2026-12-31T21:00:00+09:00", True),
        ("same_time", "2026-12-31T12:00:00Z", "2026-12-31T12:00:01Z", False),
        ("same_time", "", None, True),
        ("same_time", "2026-12-31T12:00:00Z", None, False),
        ("same_json", {"a": 1}, {"a": "1", "b": 2}, True),
        ("same_json", {"a": 1, "c": 1}, {"a": 1}, False),
        ("same_json", [{"a": 1}, {"a": 2}], [{"a": 2}, {"a": 1, "b": 3}], True),
        ("same_json", [{"a": 1}], [{"a": 1}, {"a": 2}], False),
        ("same_json", [1, 2], [2, 3], False),
        ("same_json", [{"a": 1}, {"a": 1}], [{"a": 1}], True),
        ("same_json", [{"a": 1}], [{"a": 1}, {"a": 1}], True),
        ("same_json", [{"a": 1}, {"a": 1}], [{"a": 1}, {"a": 2}], False),
        ("same_json", {"a": 1}, [1], False),
    ],
)
def test_how_values_compare(comparison: str, wanted: Any, shown: Any, equal: bool) -> None:
    assert getattr(compare, comparison)(wanted, shown) is equal


@given(json_values)
def test_every_value_is_the_same_as_itself(value: Any) -> None:
    assert compare.same(value, value)
    assert compare.same_json(value, value)


@given(st.ip_addresses(), st.ip_addresses())
def test_addresses_compare_by_what_they_mean(one: Any, other: Any) -> None:
    assert compare.same_addresses([one.exploded, str(other)], [str(other), one.compressed])
    assert compare.same_addresses([str(one)], [str(other)]) is (one == other)
