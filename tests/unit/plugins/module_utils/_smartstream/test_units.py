# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The small pure parts."""

from __future__ import annotations

import datetime as dt

import pytest
from requests.structures import CaseInsensitiveDict

from ansible_collections.streamops.live.plugins.module_utils._core.errors import UnexpectedResponse
from ansible_collections.streamops.live.plugins.module_utils._core.reply import Reply
from ansible_collections.streamops.live.plugins.module_utils._smartstream.addresses import (
    by_id,
    by_ref,
    ref_id_warnings,
    refusals,
)
from ansible_collections.streamops.live.plugins.module_utils._smartstream.auth import Credentials, read_token
from ansible_collections.streamops.live.plugins.module_utils._smartstream.event_fields import (
    changed_schedule_refusals,
    schedule_refusals,
    sent_instant,
    source_type,
)
from ansible_collections.streamops.live.plugins.module_utils._smartstream.refusals import read_refusal

NOW = dt.datetime(2030, 1, 1, tzinfo=dt.timezone.utc)


def reply(body: str, content_type: str = "application/json", status: int = 400) -> Reply:
    return Reply(status, CaseInsensitiveDict({"Content-Type": content_type}), body.encode(), NOW)


@pytest.mark.parametrize(
    ("body", "code", "details"),
    [
        ('{"code": "A_B", "message": "m"}', "A_B", ("m",)),
        ('{"error": {"code": "A_B", "message": "m"}}', "A_B", ("m",)),
        ('{"error": "A_B", "message": "m"}', "A_B", ("m",)),
        ('{"error": "A_B"}', "A_B", ()),
        ('{"errors": [{"code": "A_B", "message": "m"}, {"code": "C_D"}]}', "A_B", ("m",)),
        ('{"errors": ["A_B"]}', "A_B", ()),
        ('{"errors": []}', None, ()),
        ('{"errors": {"code": "A_B"}}', "A_B", ()),
        ('{"error": "A_B: m"}', "A_B", ("m",)),
        ('{"error": "Not found"}', None, ("Not found",)),
        ('{"error": "A_B", "message": "ERROR"}', "A_B", ("ERROR",)),
        ('{"code": "A_B", "error": "Not found"}', "A_B", ("Not found",)),
        ('{"code": "A_B", "error": "A_B"}', "A_B", ()),
        ('{"code": 404, "message": "A_B"}', "A_B", ()),
        ('{"code": "404", "message": "A_B - m"}', "A_B", ("m",)),
        ('{"code": 404, "error": {"code": "A_B", "message": "m"}}', "A_B", ("m",)),
        ('{"code": "not_found", "message": "m"}', None, ("m",)),
        ('{"code": "FORBIDDEN"}', "FORBIDDEN", ()),
        ('{"code": 17, "message": ["m"]}', None, ()),
        ('{"code": true}', None, ()),
        ('[{"code": "A_B", "message": "m"}]', "A_B", ("m",)),
        ('["A_B", "m"]', "A_B", ()),
        ("[1, 2]", None, ("[1, 2]",)),
        ('"A_B"', "A_B", ()),
        ('"A_B: m"', "A_B", ("m",)),
        ('"HTTP error"', None, ("HTTP error",)),
        ('"' + "x" * 600 + '"', None, ("x" * 500,)),
        ("{}", None, ()),
        ("[]", None, ()),
        ("null", None, ()),
        ("A_B: m", "A_B", ("m",)),
        ("something else", None, ("something else",)),
        ("", None, ()),
        ("[" * 100000, None, ("[" * 500,)),
    ],
)
def test_refusals_are_read_in_every_shape(body, code, details):
    refusal = read_refusal(reply(body))
    assert (refusal.code, refusal.details) == (code, details)


def test_a_page_for_people_is_not_quoted():
    assert read_refusal(reply("<html>A_B</html>", "text/html; charset=utf-8")).sentence() == ""


@pytest.mark.parametrize(
    ("ref_id", "path"),
    [
        ("show-1", "ref:show-1"),
        ("a b", "ref:a%20b"),
        ("a%2Fb", "ref:a%252Fb"),
        ("é", "ref:%C3%A9"),
        ("a:b", "ref:a%3Ab"),
    ],
)
def test_a_reference_id_is_quoted_behind_a_literal_colon(ref_id, path):
    assert by_ref(ref_id) == path


def test_an_id_cannot_look_like_a_reference_id():
    assert by_id("ref:show") == "ref%3Ashow"


@pytest.mark.parametrize("value", ["", "/", "a?b", "a#b", "\x00", "a\tb", " a", "a\u00a0", "a\u2028b", ".", ".."])
def test_what_cannot_stand_in_a_path_is_refused(value):
    assert refusals("ref_id", value)


@pytest.mark.parametrize("value", ["a", "a b", "a%b", "ショー", "...", "a" * 1000])
def test_everything_else_may_be_tried(value):
    assert refusals("ref_id", value) == []


@pytest.mark.parametrize(
    ("value", "warned"), [("a" * 255, False), ("a" * 256, True), ("A.b_c-9", False), ("a b", True)]
)
def test_unusual_reference_ids_bring_a_warning(value, warned):
    assert bool(ref_id_warnings(value)) == warned


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ({"expiration": "2030-01-01T01:00:00.000Z"}, True),
        ({"expired_at": "2030-01-01T10:00:00.000+09:00"}, True),
        ({"expiration": None, "expired_at": "2030-01-01T01:00:00Z"}, True),
        ({"expiration": "2029-12-31T23:00:00Z"}, False),
        ({"expiration": "2030-01-01T00:00:30Z"}, False),
        ({"expiration": "0001-01-01T00:00:00Z"}, False),
        ({"expiration": "soon"}, False),
        ({"expiration": 3600}, False),
        ({}, False),
    ],
)
def test_the_end_of_a_token(written, ends):
    token = read_token({"token": "t", **written}, NOW)
    assert (token.ends is not None) == ends
    assert token.usable(NOW)
    if token.ends:
        assert token.ends == NOW + dt.timedelta(hours=1)
        assert token.usable(NOW + dt.timedelta(minutes=58, seconds=59))
        assert not token.usable(NOW + dt.timedelta(minutes=59))


@pytest.mark.parametrize("body", [None, [], "t", {"token": None}])
def test_an_answer_without_a_token(body):
    with pytest.raises(UnexpectedResponse):
        read_token(body, NOW)


def test_secrets_are_in_no_representation():
    credentials = Credentials("https://a", "m@example.com", "hidden-1", "hidden-2", "hidden-3")
    assert "hidden" not in repr(credentials) + repr(read_token({"token": "hidden-4"}, NOW))


@pytest.mark.parametrize(
    ("sources", "kind"),
    [
        (["rtmp://192.0.2.1/live/x"], "rtmp"),
        (["UDP://192.0.2.1"], "udp"),
        ([{"type": "push", "url": "rtp://192.0.2.1"}], "rtp"),
        (["rtmps://192.0.2.1"], None),
        (["192.0.2.1"], None),
        ([{}], None),
        ([None], None),
        ([], None),
        (None, None),
        ("rtmp://192.0.2.1", None),
    ],
)
def test_the_source_type_of_an_ingest_url(sources, kind):
    assert source_type(sources) == kind


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("2030-01-01T00:00:00Z", "2030-01-01T00:00:00.000+00:00"),
        ("2030-01-01 09:00:00.5+0900", "2030-01-01T09:00:00.500+09:00"),
        ("tomorrow", "tomorrow"),
        ("", ""),
    ],
)
def test_instants_as_they_are_sent(written, sent):
    assert sent_instant(written) == sent


def test_a_schedule_is_refused_for_every_reason():
    wrong = {"live_encode_start_at": "2030-01-01T00:00:00", "live_encode_end_at": "x"}
    assert [reason.partition(":")[0] for reason in schedule_refusals(wrong)] == list(wrong)
    assert schedule_refusals({"live_encode_start_at": "", "live_encode_end_at": None}) == []


SCHEDULED = {"live_encode_start_at": "2030-01-01T00:00:00Z", "live_encode_end_at": "2030-01-01T01:00:00Z"}


@pytest.mark.parametrize(
    ("shown", "wanted", "refused"),
    [
        ({"live_encode_start_at": "x", "live_encode_end_at": "y"}, {"description": "d"}, False),
        (SCHEDULED, {"live_encode_end_at": "2029-01-01T00:00:00Z"}, True),
        (SCHEDULED, {"live_encode_end_at": "2031-01-01T00:00:00Z"}, False),
        (SCHEDULED, {"live_encode_end_at": ""}, False),
        ({"live_encode_start_at": "soon"}, {"live_encode_end_at": "2029-01-01T00:00:00Z"}, False),
        ({"live_encode_start_at": 17}, {"live_encode_end_at": "2029-01-01T00:00:00Z"}, False),
        (dict.fromkeys(SCHEDULED, "2030-01-01T00:00:00Z"), {"live_encode_end_at": "2030-01-01T09:00:00+09:00"}, False),
    ],
)
def test_only_a_time_that_changes_is_held_against_the_one_that_stays(shown, wanted, refused):
    assert bool(changed_schedule_refusals(shown, wanted)) == refused
