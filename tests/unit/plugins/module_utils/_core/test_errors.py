# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core import errors

CONTRACT = {
    "invalid",
    "unauthorized",
    "forbidden",
    "not_found",
    "conflict",
    "throttled",
    "unavailable",
    "timeout",
    "ambiguous",
    "immutable",
    "provisioning_failed",
    "unexpected_response",
}


def _classes(base: type[errors.StreamOpsError]) -> set[type[errors.StreamOpsError]]:
    return {base}.union(*(_classes(one) for one in base.__subclasses__()))


def test_the_kinds_are_those_of_the_contract() -> None:
    assert {one.kind for one in _classes(errors.StreamOpsError)} == CONTRACT


@pytest.mark.parametrize(
    ("doing", "message", "advice", "text"),
    [
        ("", "it broke", "", "It broke."),
        ("read it", "it broke", "", "Cannot read it: it broke."),
        ("read it", "it broke!", "Mend it", "Cannot read it: it broke! Mend it."),
        ("", "Why?", "Ask.", "Why? Ask."),
    ],
)
def test_a_message_is_made_of_whole_sentences(doing: str, message: str, advice: str, text: str) -> None:
    assert errors.InvalidInput(message, advice=advice).while_doing(doing).text() == text


def test_what_was_being_done_is_said_by_the_innermost() -> None:
    error = errors.Conflict("it is in use").while_doing("delete it").while_doing("manage all")
    assert error.text() == "Cannot delete it: it is in use."


def test_an_error_as_users_get_it() -> None:
    error = errors.NotFound(
        "gone", status=404, code="C", title="Not found", details=("one", "two"), request_id="r-1"
    ).as_dict()
    assert error == {
        "kind": "not_found",
        "status": 404,
        "code": "C",
        "title": "Not found",
        "details": ["one", "two"],
        "request_id": "r-1",
    }
