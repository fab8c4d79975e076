# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import UnexpectedResponse
from ansible_collections.streamops.live.plugins.module_utils._core.reply import Reply
from ansible_collections.streamops.live.plugins.module_utils._core.shape import Kind, refuse_without, take_in

FITTING: dict[Kind, list[Any]] = {
    Kind.TEXT: ["", "x"],
    Kind.SCALAR: ["x", 1, 1.5, True],
    Kind.NUMBER: [0, 7, "7"],
    Kind.OBJECT: [{}],
    Kind.SWITCH: [{}, False],
    Kind.OBJECTS: [[], [{}]],
    Kind.SCALARS: [[], ["x", 1]],
}
STRANGE: dict[Kind, list[Any]] = {
    Kind.TEXT: [1, True, [], {}],
    Kind.SCALAR: [[], {}],
    Kind.NUMBER: [True, 1.5, "x", "-1", "", "\u0663", []],
    Kind.OBJECT: ["x", [], 1],
    Kind.SWITCH: ["x", 1, []],
    Kind.OBJECTS: [{}, [None], ["x"], "x"],
    Kind.SCALARS: [{}, [None], [[]], "x", 1],
}


@pytest.mark.parametrize("kind", Kind)
def test_what_fits_passes_at_every_depth(kind: Kind) -> None:
    for value in (*FITTING[kind], None):
        take_in({"other": [{"member": value}]}, {"member": kind}, "The service")


@pytest.mark.parametrize("kind", Kind)
def test_what_does_not_fit_is_refused_at_every_depth_and_not_shown(kind: Kind) -> None:
    for value in STRANGE[kind]:
        for body in ({"member": value}, [{"other": [{"member": value}]}]):
            with pytest.raises(UnexpectedResponse, match=f"a member member that is not {kind.value}"):
                take_in(body, {"member": kind}, "The service")


def test_members_that_nobody_relies_on_may_be_anything() -> None:
    take_in({"new": [[{"deep": None}]]}, {"member": Kind.TEXT}, "The service")


@pytest.mark.parametrize("entry", [{}, {"id": None}])
def test_an_entry_without_its_identity_is_refused(entry: dict[str, Any]) -> None:
    refuse_without([{"id": 0}], "id", "GET /x")
    with pytest.raises(UnexpectedResponse, match="GET /x with an entry that has no id"):
        refuse_without([{"id": 1}, entry], "id", "GET /x")


@pytest.mark.parametrize(
    "body", [b"[NaN]", b"[-Infinity]", b'["\\ud800"]', b'{"\\uDC00": 1}', b"[" * 51 + b"]" * 51, b"\xff"]
)
def test_json_that_cannot_be_handed_on_is_none(body: bytes) -> None:
    with pytest.raises(ValueError, match=r"no JSON|nested too deeply|codec"):
        Reply(200, {}, body, dt.datetime.now(dt.timezone.utc)).json()


def test_whole_characters_beyond_the_first_plane_are_json() -> None:
    assert Reply(200, {}, b'"\\ud83d\\ude00"', dt.datetime.now(dt.timezone.utc)).json() == "\U0001f600"
