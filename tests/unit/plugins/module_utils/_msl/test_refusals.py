# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.reply import Refusal, Reply
from ansible_collections.streamops.live.plugins.module_utils._msl.refusals import (
    clock_difference,
    is_burst,
    read_refusal,
    refine,
)

NOW = dt.datetime(2026, 12, 31, 12, 0, 0, tzinfo=dt.timezone.utc)


def reply(body: Any = None, status: int = 400, date: str | None = None) -> Reply:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Reply(status, {"Date": date} if date else {}, content, NOW)


PROBLEM = {
    "type": "bad-request",
    "title": "Erroneous data input",
    "instance": "i-1",
    "status": 400,
    "detail": "Two mistakes",
    "errors": [{"title": "Bad", "detail": "name is required"}, {"title": "Only a title"}, "odd"],
}
EXCEPTION = {
    "code": "StreamUpdateException",
    "title": "Update failed",
    "incidentId": "x-1",
    "resolution": "Try less",
    "details": [{"field": "dvrWindow", "message": "too long"}, {"code": "E7"}, {"field": "name"}, 3],
}


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (
            PROBLEM,
            Refusal("Erroneous data input", None, ("Two mistakes", "name is required", "Only a title"), "i-1"),
        ),
        (
            EXCEPTION,
            Refusal("Update failed", "StreamUpdateException", ("dvrWindow: too long", "E7", "name", "Try less"), "x-1"),
        ),
        ({"title": None, "code": 7, "errors": "none", "details": {}}, Refusal(None, "7", (), None)),
        ([1], Refusal()),
        (b"<html>", Refusal()),
        (b"", Refusal()),
    ],
    ids=["problem", "exception", "odd", "list", "html", "empty"],
)
def test_every_documented_shape_of_an_error_is_read(body: Any, refusal: Refusal) -> None:
    assert read_refusal(reply(body)) == refusal


@pytest.mark.parametrize(
    ("status", "body", "burst"),
    [
        (400, {"detail": "WAF deny rule IPBLOCK-BURST4-54013"}, True),
        (403, b"Denied: IPBLOCK-BURST4-54013", True),
        (500, {"detail": "IPBLOCK-BURST4-54013"}, False),
        (400, {"detail": "name is required"}, False),
    ],
)
def test_a_burst_block_is_recognised(status: int, body: Any, burst: bool) -> None:
    assert is_burst(reply(body, status)) is burst


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, {"detail": "Requested Stream does not exist"}, "not_found"),
        (404, {"detail": "Requested stream does not exist"}, "not_found"),
        (400, {"detail": "There are active streams existing under this origin."}, "conflict"),
        (400, {"detail": "Invalid timestamp"}, "unauthorized"),
        (401, {"detail": "Invalid timestamp"}, "unauthorized"),
        (400, {"type": "https://problems.luna.akamaiapis.net/-/pep-authn/request-error", "title": "x"}, "unauthorized"),
        (400, {"detail": "name is required"}, None),
        (500, {"detail": "Requested Stream does not exist"}, None),
    ],
)
def test_the_words_of_a_refusal_say_more_than_its_status(status: int, body: Any, kind: str | None) -> None:
    answer = reply(body, status)
    refined = refine(answer, read_refusal(answer))
    assert (refined.kind if refined else None) == kind


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("Thu, 31 Dec 2026 11:58:00 GMT", "120 s ahead of"),
        ("Thu, 31 Dec 2026 12:01:30 GMT", "90 s behind"),
        ("Thu, 31 Dec 2026 12:00:10 GMT", "agrees with the service's"),
        (None, "not known"),
    ],
)
def test_how_far_the_clock_is_off(date: str | None, words: str) -> None:
    assert words in clock_difference(reply(date=date))
