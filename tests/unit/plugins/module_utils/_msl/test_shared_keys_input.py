# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.secrets import fingerprint
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import members_from_options
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_key_fields import KEY_FIELDS
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_key_refusals import refusals
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_keys import After, NewKey
from ansible_collections.streamops.live.plugins.module_utils._msl.shown_keys import compared_keys, sent_keys, shown_keys

NOW = dt.datetime(2026, 6, 15, 12, 0, tzinfo=dt.timezone.utc)


def refused(*keys: dict[str, Any]) -> str:
    return "; ".join(refusals([members_from_options(KEY_FIELDS, key) for key in keys], NOW))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": " "}, "the name is empty"),
        ({"type": "AKAMAI", "auth_method": "SIMPLE_AKAMAI_HEADER_VERIFICATION"}, "is MSL_MULTI_ACCOUNT"),
        ({"type": "THIRD_PARTY", "auth_method": "MSL_MULTI_ACCOUNT"}, "is SIMPLE_AKAMAI_HEADER_VERIFICATION"),
        ({"type": "AKAMAI", "cdn": "dn003"}, "cdn is for keys of type THIRD_PARTY only"),
        ({"type": "AKAMAI", "expiry_date": "2027-01-01T00:00:00Z"}, "expiry_date is for keys of type THIRD_PARTY"),
        ({"type": "AKAMAI", "guid": "g"}, "guid is for keys of type THIRD_PARTY"),
        ({"type": "AKAMAI", "validity": "90d"}, "validity is for keys of type THIRD_PARTY"),
        ({"key": " "}, "the key is empty"),
        ({"key": "given", "rotate": "always"}, "leave out key"),
        ({"rotate_within": "soon"}, "rotate_within: 'soon' is not a length"),
        ({"grace_period": "soon"}, "grace_period: 'soon' is not a length"),
        ({"grace_period": ""}, "grace_period: '' is not a length"),
        ({"rotate_within": ""}, "rotate_within: '' is not a length"),
        ({"validity": "soon"}, "validity: 'soon' is not a length"),
        ({"expiry_date": "2026-06-15T11:59:59Z"}, "expiry_date 2026-06-15T11:59:59Z has passed"),
        ({"expiry_date": "2026-06-15T13:00:00+02:00"}, "has passed"),
        ({"expiry_date": "2026-12-31"}, "expiry_date: '2026-12-31'"),
        ({"validity": "0d"}, "validity 0d is no time at all"),
        ({"validity": "0"}, "validity 0 is no time at all"),
        ({"expiry_date": "", "validity": "90d"}, "takes the end away, and validity sets one"),
        ({"guid": ""}, "guid is empty; leave it out to keep the service's"),
        ({"cdn": " "}, "cdn is empty; leave it out to keep the service's"),
        ({"key": "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"}, "the key is a mask"),
        ({"key": "********"}, "the key is a mask"),
        ({"auth_method": "MSL_MULTI_ACCOUNT", "cdn": "Fastly"}, "cdn is for keys of type THIRD_PARTY only"),
        ({"expiry_date": "2026-07-01T00:00:00Z", "rotate": "expiring", "rotate_within": "30d"}, "give validity"),
    ],
)
def test_a_key_that_cannot_be_right(options: dict[str, Any], words: str) -> None:
    assert words in refused({"name": "x", **options})


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"type": "THIRD_PARTY", "auth_method": "SIMPLE_AKAMAI_HEADER_VERIFICATION", "cdn": "Fastly", "validity": "90d"},
        {"type": "AKAMAI", "rotate": "expiring"},
        {"expiry_date": "2026-06-15T12:00:01Z"},
        {"expiry_date": "2027-06-15T12:00:00Z", "rotate": "expiring", "rotate_within": "30d"},
        {"expiry_date": "2020-01-01T00:00:00Z", "state": "absent"},
        {"expiry_date": "2020-01-01T00:00:00Z", "key_fingerprint": "97f888a10626"},
        {"validity": "0d", "state": "absent"},
        {"expiry_date": ""},
        {"type": "AKAMAI", "expiry_date": ""},
    ],
)
def test_a_key_that_may_be_right(options: dict[str, Any]) -> None:
    assert refused({"name": "x", **options}) == ""


@pytest.mark.parametrize(
    ("options", "named"),
    [
        ({"validity": "14d", "rotate_within": "30d"}, "validity 14d is not longer than rotate_within 30d"),
        ({"validity": "30d", "rotate_within": "720h"}, "validity 30d is not longer than rotate_within 720h"),
    ],
)
def test_a_validity_by_which_every_run_would_rotate_is_refused(options: dict[str, Any], named: str) -> None:
    said = refused({"name": "x", "rotate": "expiring", **options})
    assert named in said
    assert "give a longer validity or a shorter rotate_within" in said


@pytest.mark.parametrize(
    "options",
    [
        {"validity": "31d", "rotate_within": "30d"},
        {"rotate_within": "364d"},
        {"rotate_within": "400d"},
        {"rotate_within": "400d", "validity": ""},
        {"validity": "14d", "rotate_within": "30d", "rotate": "never"},
        {"validity": "14d", "rotate_within": "30d", "rotate": "always"},
        {"validity": "14d", "rotate_within": "30d", "expiry_date": "2027-06-15T12:00:00Z"},
        {"validity": "14d", "rotate_within": "30d", "state": "absent"},
        {"rotate_within": "400d", "type": "AKAMAI"},
        {"rotate_within": "400d", "expiry_date": ""},
    ],
)
def test_a_validity_by_which_no_run_rotates_again_is_taken(options: dict[str, Any]) -> None:
    assert refused({"name": "x", "rotate": "expiring", **options}) == ""


def test_eleven_keys_are_too_many_unless_one_goes() -> None:
    keys = [{"name": f"x{number}"} for number in range(11)]
    assert "11 shared keys are declared, and an origin takes 10" in refused(*keys)
    assert refused(*keys[:10]) == ""
    assert refused(*keys[:10], {"name": "gone", "state": "absent"}) == ""


def test_the_same_name_and_type_twice_is_a_mistake() -> None:
    assert "'x' is declared twice" in refused({"name": "x"}, {"name": "x"})
    assert "'x' is declared twice" in refused(
        {"name": "x", "type": "AKAMAI"}, {"name": "x", "auth_method": "MSL_MULTI_ACCOUNT"}
    )
    assert refused({"name": "x", "type": "AKAMAI"}, {"name": "x", "type": "THIRD_PARTY"}) == ""


KEY = {
    "name": "x",
    "type": "THIRD_PARTY",
    "key": "the key",
    "previousKey": "the old key",
    "previousKeyExpiryDate": "2026-07-01T00:00:00.000Z",
    "cdnCode": "dn003",
    "hostName": "h",
    "data": "x=the key",
    "previousData": "x=the old key",
    "amdProperties": [{"propertyName": "p"}],
}


def test_keys_are_returned_by_their_fingerprints() -> None:
    (shown,) = shown_keys([KEY])
    assert shown == {
        "name": "x",
        "type": "THIRD_PARTY",
        "key_fingerprint": fingerprint("the key"),
        "previous_key_fingerprint": fingerprint("the old key"),
        "previous_key_expiry_date": "2026-07-01T00:00:00.000Z",
        "cdn_code": "dn003",
        "host_name": "h",
        "amd_properties": [{"property_name": "p"}],
    }


def test_keys_are_returned_in_clear_only_when_that_is_asked_for() -> None:
    (shown,) = shown_keys([KEY], reveal=True)
    assert (shown["key"], shown["previous_key"]) == ("the key", "the old key")
    assert shown["key_fingerprint"] == fingerprint("the key")
    assert "data" not in shown


def test_a_diff_shows_no_key_and_nothing_that_the_service_derives() -> None:
    (shown,) = compared_keys([{**KEY, "key": NewKey("THIRD_PARTY"), "expiryDate": After("90d", "2026-09-13")}])
    assert shown == {
        "name": "x",
        "type": "THIRD_PARTY",
        "key_fingerprint": "generated by the service",
        "previous_key_fingerprint": fingerprint("the old key"),
        "previous_key_expiry_date": "2026-07-01T00:00:00.000Z",
        "expiry_date": "90d after this task",
        "cdn_code": "dn003",
    }


def test_a_key_that_is_still_to_be_generated_is_revealed_by_nobody() -> None:
    assert "key" not in shown_keys([{"name": "x", "key": NewKey("AKAMAI")}], reveal=True)[0]


def test_placeholders_are_filled_when_the_list_is_sent() -> None:
    keys = [{"name": "x", "key": NewKey("AKAMAI"), "expiryDate": After("1d", "2026-06-16T12:00:00.000Z")}]
    assert sent_keys(keys, lambda kind: f"new {kind}") == [
        {"name": "x", "key": "new AKAMAI", "expiryDate": "2026-06-16T12:00:00.000Z"}
    ]
