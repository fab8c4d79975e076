# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import itertools
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.errors import Conflict, InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._core.instants import format_utc
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import members_from_options
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_key_fields import AUTH_METHODS, KEY_FIELDS
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_keys import KeysPlan, NewKey, merge
from ansible_collections.streamops.live.plugins.module_utils._msl.shown_keys import sent_keys

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.timezone.utc)
DEFAULTS = {"state": "present", "enabled": True, "rotate": "never", "rotate_within": "30d", "grace_period": "7d"}
READ_ONLY = {"data": "x=secret", "previousData": "y", "amdProperties": [{"propertyName": "p"}]}


def wanted(name: str, **options: Any) -> dict[str, Any]:
    """A declared key, with the defaults that the option's specification gives."""
    return members_from_options(KEY_FIELDS, {**DEFAULTS, "name": name, **options})


def third(name: str, key: str = "k-1", **members: Any) -> dict[str, Any]:
    """A key for another CDN, as the service shows it."""
    return {
        "authMethod": AUTH_METHODS["THIRD_PARTY"],
        "cdnCode": "dn003",
        "enabled": True,
        "guid": f"guid-{name}",
        "hostName": "001-dn003-demohost.akamaiorigin.net",
        "key": key,
        "name": name,
        "type": "THIRD_PARTY",
        **members,
    }


def partner(name: str, key: str = "k-1", **members: Any) -> dict[str, Any]:
    """A key for a partner account, as the service shows it."""
    return {
        "authMethod": AUTH_METHODS["AKAMAI"], "enabled": True, "key": key, "name": name, "type": "AKAMAI", **members,
    }  # fmt: skip


def merged(declared: list[dict[str, Any]], shown: list[dict[str, Any]], **settings: Any) -> KeysPlan:
    return merge(declared, shown, **{"purge": False, "now": NOW, **settings})


def days(count: float) -> str:
    return format_utc(NOW + dt.timedelta(days=count))


def applied(plan: KeysPlan) -> list[dict[str, Any]]:
    """What the service shows after the plan was carried out."""
    count = itertools.count(1)
    return sent_keys(plan.keys, lambda kind: f"generated-{kind}-{next(count)}")


names = st.sampled_from(["a", "b", "partner", "partner-20260101", "c"])
shown_lists = st.lists(
    st.builds(
        lambda name, kind, key, members: (third if kind else partner)(name, key, **(members if kind else {})),
        names,
        st.booleans(),
        st.text("xyz", min_size=4, max_size=6),
        st.fixed_dictionaries(
            {}, optional={"expiryDate": st.sampled_from([days(10), days(100)]), "previousKey": st.just("old-key")}
        ),
    ),
    max_size=6,
    unique_by=lambda key: (key["name"], key["type"]),
)
wanted_lists = st.lists(
    st.builds(
        lambda name, kind, rotate, more: wanted(
            name,
            type="THIRD_PARTY" if kind else "AKAMAI",
            rotate=rotate,
            **(more if kind else {}),
            cdn="dn003" if kind else None,
        ),
        names,
        st.booleans(),
        st.sampled_from(["never", "expiring"]),
        st.fixed_dictionaries({}, optional={"validity": st.just("365d"), "enabled": st.booleans()}),
    ),
    max_size=3,
    unique_by=lambda key: (key["name"], key["type"]),
)


def identities(keys: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(key["name"], key["type"]) for key in keys}


def families(keys: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Identities, where the successor that rotation gave a partner's key is that key."""
    return {(name.removesuffix("-20260101") if kind == "AKAMAI" else name, kind) for name, kind in identities(keys)}


@given(shown_lists)
def test_an_update_that_concerns_something_else_repeats_every_key(shown: list[dict[str, Any]]) -> None:
    plan = merged([], [{**key, **READ_ONLY} for key in shown])
    assert (plan.keys, plan.changed) == (shown, False)


@given(wanted_lists, shown_lists)
def test_merging_loses_no_key(declared: list[dict[str, Any]], shown: list[dict[str, Any]]) -> None:
    plan = merged([{**key, "rotate": "never"} for key in declared], shown)
    assert identities(shown) <= identities(plan.keys)
    assert families(shown) | families(declared) == families(plan.keys)
    by_identity = {(key["name"], key["type"]): key for key in plan.keys}
    assert all(by_identity[key["name"], key["type"]]["key"] == key["key"] for key in shown)


@given(wanted_lists, shown_lists)
def test_a_rotation_keeps_the_old_key_for_the_grace_period(
    declared: list[dict[str, Any]], shown: list[dict[str, Any]]
) -> None:
    plan = merged([key for key in declared if key["type"] == "THIRD_PARTY"], shown)
    after = {value for key in plan.keys for value in (key["key"], key.get("previousKey")) if isinstance(value, str)}
    assert {key["key"] for key in shown} <= after


@given(wanted_lists, shown_lists, st.booleans())
def test_what_was_carried_out_needs_no_further_change(
    declared: list[dict[str, Any]], shown: list[dict[str, Any]], purge: bool
) -> None:
    done = applied(merged(declared, shown, purge=purge))
    again = merged(declared, done, purge=purge)
    assert (again.keys, again.changed) == (done, False)


@given(wanted_lists, shown_lists)
def test_purging_leaves_what_is_declared(declared: list[dict[str, Any]], shown: list[dict[str, Any]]) -> None:
    declared = [{**key, "rotate": "never"} for key in declared]
    assert families(merged(declared, shown, purge=True).keys) == families(declared)


def test_keys_of_one_name_and_two_types_are_two_keys() -> None:
    shown = [third("same"), partner("same")]
    plan = merged([wanted("same", type="AKAMAI", enabled=False)], shown)
    assert [key["enabled"] for key in plan.keys] == [True, False]
    assert merged([wanted("same", type="AKAMAI", state="absent")], shown).keys == [third("same")]


def test_a_new_key_is_generated_and_its_method_follows_from_its_type() -> None:
    plan = merged([wanted("cdn", type="THIRD_PARTY", cdn="dn003"), wanted("partner", type="AKAMAI")], [])
    assert plan.keys == [
        {
            "authMethod": "SIMPLE_AKAMAI_HEADER_VERIFICATION",
            "cdnCode": "dn003",
            "enabled": True,
            "key": NewKey("THIRD_PARTY"),
            "name": "cdn",
            "type": "THIRD_PARTY",
        },
        {
            "authMethod": "MSL_MULTI_ACCOUNT",
            "enabled": True,
            "key": NewKey("AKAMAI"),
            "name": "partner",
            "type": "AKAMAI",
        },
    ]


def test_a_new_key_may_be_given_with_its_end_and_its_guid() -> None:
    options = {"cdn": "dn003", "key": "mine", "guid": "g", "enabled": False, "expiry_date": "2027-01-01T00:00:00+01:00"}
    (key,) = merged([wanted("cdn", type="THIRD_PARTY", **options)], []).keys
    assert (key["key"], key["guid"], key["enabled"]) == ("mine", "g", False)
    assert key["expiryDate"] == "2026-12-31T23:00:00.000Z"


@pytest.mark.parametrize(
    ("options", "shown", "kind"),
    [
        ({"cdn": "dn003"}, [], "THIRD_PARTY"),
        ({"validity": "90d", "cdn": "dn003"}, [], "THIRD_PARTY"),
        ({"auth_method": "MSL_MULTI_ACCOUNT"}, [], "AKAMAI"),
        ({"auth_method": "MSL_MULTI_ACCOUNT"}, [partner("x")], "AKAMAI"),
        ({"auth_method": "SIMPLE_AKAMAI_HEADER_VERIFICATION"}, [third("x")], "THIRD_PARTY"),
        ({}, [partner("x")], "AKAMAI"),
        ({}, [third("x")], "THIRD_PARTY"),
    ],
)
def test_a_type_that_is_not_declared_follows_from_the_rest(
    options: dict[str, Any], shown: list[dict[str, Any]], kind: str
) -> None:
    assert [key["type"] for key in merged([wanted("x", **options)], shown).keys] == [kind]


@pytest.mark.parametrize("shown", [[], [partner("x"), third("x")]])
def test_a_type_that_follows_from_nothing_must_be_declared(shown: list[dict[str, Any]]) -> None:
    with pytest.raises(InvalidInput, match="'x' needs its type"):
        merged([wanted("x")], shown)


def test_what_is_not_there_is_absent_whatever_its_type() -> None:
    plan = merged([wanted("x", state="absent")], [third("y")])
    assert (plan.keys, plan.changed) == ([third("y")], False)


def test_a_new_key_for_another_cdn_needs_the_cdn() -> None:
    with pytest.raises(InvalidInput, match="'x' is new and needs cdn"):
        merged([wanted("x", type="THIRD_PARTY")], [])


def test_a_key_that_the_service_hides_cannot_be_repeated() -> None:
    with pytest.raises(Conflict, match="does not show the key of shared key 'x'"):
        merged([], [third("x", key="")])


def test_members_that_differ_are_changed_in_place() -> None:
    shown = third("x", expiryDate=days(10), backupHostName="b", **READ_ONLY)
    declared = wanted("x", type="THIRD_PARTY", cdn="dn004", enabled=False, guid="g-2", expiry_date=days(100))
    plan = merged([declared], [shown])
    assert plan.changed
    assert plan.keys == [
        {
            "authMethod": AUTH_METHODS["THIRD_PARTY"],
            "cdnCode": "dn004",
            "enabled": False,
            "expiryDate": days(100),
            "guid": "g-2",
            "key": "k-1",
            "name": "x",
            "type": "THIRD_PARTY",
        }
    ]


def test_the_same_instant_in_another_offset_is_no_change() -> None:
    shown = third("x", expiryDate="2026-12-31T23:00:00.000Z")
    assert not merged([wanted("x", cdn="dn003", expiry_date="2027-01-01T00:00:00+01:00")], [shown]).changed


def test_a_key_that_is_given_anew_replaces_the_old_one_with_a_grace_period() -> None:
    (key,) = merged([wanted("x", key="k-2", grace_period="2d")], [third("x")]).keys
    assert (key["key"], key["previousKey"]) == ("k-2", "k-1")
    assert key["previousKeyExpiryDate"].at == days(2)


def test_without_a_grace_period_the_old_key_ends_at_once() -> None:
    shown = third("x", previousKey="k-0", previousKeyExpiryDate=days(-1))
    (key,) = merged([wanted("x", key="k-2", grace_period="0")], [shown]).keys
    assert "previousKey" not in key
    assert "previousKeyExpiryDate" not in key


@pytest.mark.parametrize(
    ("rotate", "expires_in", "rotated"),
    [
        ("never", 1, False),
        ("expiring", 1, True),
        ("expiring", 30, True),
        ("expiring", 31, False),
        ("always", 300, True),
    ],
)
def test_when_a_key_is_rotated(rotate: str, expires_in: int, rotated: bool) -> None:
    plan = merged([wanted("x", rotate=rotate, validity="90d")], [third("x", expiryDate=days(expires_in))])
    assert plan.changed is rotated
    (key,) = plan.keys
    assert isinstance(key["key"], NewKey) is rotated
    if rotated:
        assert key["previousKey"] == "k-1"
        assert key["previousKeyExpiryDate"].at == days(7)
        assert key["expiryDate"].at == days(90)
        assert (key["guid"], key["hostName"]) == ("guid-x", "001-dn003-demohost.akamaiorigin.net")


def test_a_key_without_an_end_does_not_expire() -> None:
    assert not merged([wanted("x", rotate="expiring")], [third("x")]).changed


def test_an_end_that_was_there_is_moved_on_even_when_no_validity_is_declared() -> None:
    (key,) = merged([wanted("x", rotate="expiring")], [third("x", expiryDate=days(1))]).keys
    assert key["expiryDate"].at == days(365)


@pytest.mark.parametrize(("within", "validity"), [("364d", 365), ("365d", 730), ("400d", 800), ("36000d", 36525)])
def test_a_new_key_is_not_due_at_once(within: str, validity: int) -> None:
    (key,) = merged([wanted("x", rotate="expiring", rotate_within=within)], [third("x", expiryDate=days(1))]).keys
    assert key["expiryDate"].at == days(validity)


def test_an_earlier_key_that_would_be_lost_before_its_time_is_warned_about() -> None:
    shown = third("x", previousKey="k-0", previousKeyExpiryDate=days(3))
    plan = merged([wanted("x", rotate="always")], [shown])
    assert plan.keys[0]["previousKey"] == "k-1"
    assert "'x'" in plan.warnings[0]
    assert days(3) in plan.warnings[0]
    assert not merged([wanted("x", rotate="always")], [third("x")]).warnings


def test_a_partners_key_is_rotated_by_a_second_one() -> None:
    plan = merged([wanted("partner", rotate="always")], [partner("partner")])
    assert plan.keys == [partner("partner"), {**partner("partner-20260615"), "key": NewKey("AKAMAI")}]


def test_two_rotations_on_one_day_have_two_names() -> None:
    shown = [partner("partner"), partner("partner-20260615", "k-2")]
    assert [key["name"] for key in merged([wanted("partner", rotate="always")], shown).keys] == [
        "partner", "partner-20260615", "partner-20260615-2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("made", "kept"), [("20260615", True), ("20260608", True), ("20260607", False), ("20260101", False)]
)
def test_the_old_partner_key_goes_after_the_grace_period(made: str, kept: bool) -> None:
    shown = [partner("partner"), partner(f"partner-{made}", "k-2")]
    plan = merged([wanted("partner", rotate="expiring")], shown)
    assert (partner("partner") in plan.keys) is kept
    assert partner(f"partner-{made}", "k-2") in plan.keys


@pytest.mark.parametrize("name", ["partner-12345678", "partner-20261301", "partner-20260101-100"])
def test_a_key_that_only_ends_in_a_number_is_no_successor(name: str) -> None:
    shown = [partner("partner"), partner(name, "k-2")]
    assert merged([wanted("partner", rotate="expiring")], shown).keys == shown
    assert merged([wanted("partner", state="absent")], shown).keys == shown[1:]


def test_a_partners_key_and_its_successors_are_switched_and_removed_together() -> None:
    shown = [partner("partner"), partner("partner-20260101", "k-2"), partner("partner-20260101-b", "k-3")]
    switched = merged([wanted("partner", enabled=False)], shown).keys
    assert [key["enabled"] for key in switched] == [False, False, True]
    assert merged([wanted("partner", state="absent")], shown).keys == [shown[2]]
    assert merged([wanted("partner")], shown, purge=True).keys == shown[:2]


def test_a_partners_key_is_known_by_its_successor_when_the_first_one_has_gone() -> None:
    successor = partner("partner-20260601")
    assert merged([wanted("partner", state="absent")], [successor]).keys == []
    assert not merged([wanted("partner")], [successor]).changed
    assert merged([wanted("partner", type="THIRD_PARTY", state="absent")], [successor]).keys == [successor]


def test_a_successor_that_is_declared_by_itself_is_a_key_of_its_own() -> None:
    shown = [partner("partner"), partner("partner-20260101", "k-2")]
    declared = [wanted("partner", state="absent"), wanted("partner-20260101", type="AKAMAI")]
    assert merged(declared, shown).keys == [shown[1]]


@pytest.mark.parametrize("given", ["k-1", "k-2", "k-3"])
def test_a_key_that_the_family_has_already_changes_nothing_for_its_partner(given: str) -> None:
    shown = [partner("partner"), partner("partner-20260101", "k-2"), partner("partner-20260102", "k-3")]
    plan = merged([wanted("partner", key=given)], shown)
    assert (plan.changed, plan.keys) == (False, shown)


def test_a_key_for_a_partner_never_takes_the_place_of_a_successors() -> None:
    successor = partner("partner-20260101", "k-2")
    for shown in ([partner("partner"), successor], [successor]):
        plan = merged([wanted("partner", type="AKAMAI", key="k-9")], shown, purge=True)
        assert sorted(plan.keys, key=lambda key: key["name"]) == [partner("partner", "k-9"), successor]
        assert not merged([wanted("partner", key="k-9")], plan.keys).changed


def test_a_partners_key_may_be_given() -> None:
    assert merged([wanted("partner", key="k-9")], [partner("partner")]).keys == [partner("partner", "k-9")]


def test_an_eleventh_key_is_refused_and_ten_or_fewer_are_not() -> None:
    shown = [third(f"x{number}") for number in range(9)]
    new = wanted("y", cdn="dn003")
    assert len(merged([new], shown).keys) == 10
    with pytest.raises(InvalidInput, match="would have 11 shared keys") as refused:
        merged([wanted("partner", rotate="always")], [*shown, partner("partner")])
    assert "free place" in refused.value.advice


def test_more_keys_than_are_allowed_may_become_fewer() -> None:
    shown = [third(f"x{number}") for number in range(12)]
    assert len(merged([wanted("x0", state="absent")], shown).keys) == 11


def test_one_key_that_is_declared_with_and_without_its_type_is_declared_twice() -> None:
    for kind, shown in (("THIRD_PARTY", third("x")), ("AKAMAI", partner("x"))):
        with pytest.raises(InvalidInput, match="declared twice"):
            merged([wanted("x", type=kind), wanted("x", enabled=False)], [shown])


def test_two_keys_of_one_name_are_told_apart_by_what_follows_of_their_types() -> None:
    keys = merged([wanted("x", type="AKAMAI"), wanted("x", cdn="dn003", enabled=False)], [third("x"), partner("x")])
    assert [(key["type"], key["enabled"]) for key in keys.keys] == [("THIRD_PARTY", False), ("AKAMAI", True)]


@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_method_that_does_not_go_with_the_key_that_is_there_is_refused(state: str) -> None:
    declared = wanted("x", auth_method="MSL_MULTI_ACCOUNT", state=state)
    with pytest.raises(InvalidInput, match="'x' is of type THIRD_PARTY, and auth_method MSL_MULTI_ACCOUNT goes"):
        merged([declared], [third("x")])
    assert not merged([wanted("x", auth_method="MSL_MULTI_ACCOUNT")], [third("x"), partner("x")]).changed
    assert len(merged([wanted("x", auth_method="MSL_MULTI_ACCOUNT", type="AKAMAI")], [third("x")]).keys) == 2


def test_an_empty_end_takes_the_end_away_once() -> None:
    done = applied(merged([wanted("x", expiry_date="")], [third("x", expiryDate=days(100))]))
    assert done == [third("x")]
    assert not merged([wanted("x", expiry_date="")], done).changed
    assert "expiryDate" not in merged([wanted("x", cdn="dn003", expiry_date="")], []).keys[0]


def test_a_key_whose_end_is_taken_away_does_not_expire() -> None:
    plan = merged([wanted("x", expiry_date="", rotate="expiring")], [third("x", expiryDate=days(1))])
    assert plan.keys == [third("x")]


def test_an_end_that_has_passed_is_kept_and_not_set() -> None:
    fed_back = {"key_fingerprint": "97f888a10626", "expiry_date": days(-1)}
    assert not merged([wanted("x", **fed_back)], [third("x", expiryDate=days(-1))]).changed
    with pytest.raises(InvalidInput, match="of shared key 'x' has passed"):
        merged([wanted("x", **fed_back)], [third("x", expiryDate=days(1))])
