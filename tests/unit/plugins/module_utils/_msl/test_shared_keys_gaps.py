# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared keys that the service shows with less, or writes otherwise, than its documents say."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_keys import NewKey, same_keys
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._msl.test_shared_keys_merge import (
    days,
    merged,
    partner,
    third,
    wanted,
)


def without(key: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in key.items() if name not in names}


GAPS = [
    ("enabled",),
    ("authMethod",),
    ("cdnCode",),
    ("type",),
    ("enabled", "authMethod", "cdnCode"),
    ("type", "enabled"),
]


@pytest.mark.parametrize("gaps", GAPS)
def test_what_is_not_shown_of_a_key_causes_no_update(gaps: tuple[str, ...]) -> None:
    shown = without(third("x"), *gaps)
    assert not merged([wanted("x", type="THIRD_PARTY", cdn="dn003")], [shown]).changed


@pytest.mark.parametrize("gaps", GAPS)
def test_what_was_not_shown_of_a_key_is_said_by_an_update_that_is_made_anyway(gaps: tuple[str, ...]) -> None:
    shown = without(third("x"), *gaps)
    declared = [wanted("x", type="THIRD_PARTY", cdn="dn003"), wanted("partner", type="AKAMAI", enabled=False)]
    plan = merged(declared, [shown, without(partner("partner"), *gaps)])
    assert plan.changed
    assert plan.keys == [third("x"), partner("partner", enabled=False)]


def test_a_key_that_is_not_declared_is_sent_as_enabled_where_nothing_is_shown() -> None:
    assert merged([wanted("y", cdn="dn003")], [without(third("x"), "enabled", "authMethod")]).keys[0] == third("x")


def test_a_key_of_unknown_state_is_switched_off_when_that_is_declared() -> None:
    (key,) = merged([wanted("x", enabled=False)], [without(third("x"), "enabled")]).keys
    assert key["enabled"] is False


@pytest.mark.parametrize(
    ("shown", "kind"),
    [
        (without(third("x"), "type"), "THIRD_PARTY"),
        (without(partner("x"), "type"), "AKAMAI"),
        ({"name": "x", "key": "k-1", "guid": "g"}, "THIRD_PARTY"),
    ],
)
def test_a_type_that_is_not_shown_follows_from_the_rest_of_the_key(shown: dict[str, Any], kind: str) -> None:
    plan = merged([wanted("x")], [shown])
    assert (plan.changed, [key["type"] for key in plan.keys]) == (False, [kind])


def test_a_type_that_follows_from_nothing_shown_is_the_declared_one() -> None:
    bare = {"name": "x", "key": "k-1"}
    assert not merged([wanted("x", type="AKAMAI")], [bare]).changed
    assert not merged([wanted("x", type="AKAMAI", state="absent")], [bare]).keys
    for state in ("present", "absent"):
        with pytest.raises(InvalidInput, match="'x' needs its type"):
            merged([wanted("x", state=state)], [bare])


@pytest.mark.parametrize("gaps", GAPS)
def test_keys_that_are_shown_with_less_are_still_those_that_were_sent(gaps: tuple[str, ...]) -> None:
    assert same_keys([third("x"), partner("p")], [without(third("x"), *gaps), without(partner("p"), *gaps)])
    assert not same_keys([third("x")], [without(third("x", "k-2"), *gaps)])
    assert not same_keys([third("x")], [without(third("y"), *gaps)])


def bare_date(count: float) -> str:
    """A date as some services write it: without an offset."""
    return days(count).removesuffix("Z")


@pytest.mark.parametrize(("expires_in", "rotated"), [(29, True), (31, False)])
def test_an_end_without_an_offset_is_in_utc(expires_in: int, rotated: bool) -> None:
    plan = merged([wanted("x", rotate="expiring")], [third("x", expiryDate=bare_date(expires_in))])
    assert isinstance(plan.keys[0]["key"], NewKey) is rotated


def test_an_end_without_an_offset_is_the_declared_one() -> None:
    assert not merged([wanted("x", expiry_date=days(100))], [third("x", expiryDate=bare_date(100))]).changed
    assert same_keys([third("x", expiryDate=days(100))], [third("x", expiryDate=bare_date(100))])
    assert not same_keys([third("x", expiryDate=days(100))], [third("x", expiryDate=bare_date(101))])


@pytest.mark.parametrize(("count", "warned"), [(1, True), (-1, False)])
def test_the_end_of_an_earlier_key_without_an_offset_is_in_utc(count: int, warned: bool) -> None:
    shown = third("x", previousKey="k-0", previousKeyExpiryDate=bare_date(count))
    assert bool(merged([wanted("x", rotate="always")], [shown]).warnings) is warned


def test_an_earlier_key_whose_end_cannot_be_read_is_warned_about() -> None:
    shown = third("x", previousKey="k-0", previousKeyExpiryDate="soon")
    assert "until soon" in merged([wanted("x", rotate="always")], [shown]).warnings[0]


def test_an_end_that_cannot_be_read_rotates_nothing_and_is_warned_about_once() -> None:
    declared = wanted("x", rotate="expiring", rotate_within="1d", expiry_date=days(100))
    plan = merged([declared], [third("x", expiryDate="at Easter")])
    assert (plan.changed, len(plan.warnings)) == (False, 1)
    assert "'at Easter' as the end of shared key 'x'" in plan.warnings[0]


def test_points_in_time_are_sent_back_with_their_offset() -> None:
    shown = third(
        "x", expiryDate="2031-01-01T00:00:00", previousKey="k-0", previousKeyExpiryDate="2030-01-01T09:00:00+09:00"
    )
    (key, _new) = merged([wanted("new", type="AKAMAI")], [shown]).keys
    assert (key["expiryDate"], key["previousKey"]) == ("2031-01-01T00:00:00.000Z", "k-0")
    assert key["previousKeyExpiryDate"] == "2030-01-01T00:00:00.000Z"


def test_an_earlier_key_whose_time_is_over_is_not_sent_back() -> None:
    shown = third("x", previousKey="k-0", previousKeyExpiryDate=days(-1))
    assert not merged([wanted("x")], [shown]).changed
    (key, _new) = merged([wanted("new", type="AKAMAI")], [shown]).keys
    assert key == third("x")
