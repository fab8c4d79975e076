# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.reply import Refusal, Reply


def reply(content: bytes = b"", status: int = 200) -> Reply:
    return Reply(status, {}, content, dt.datetime.now(dt.timezone.utc))


@pytest.mark.parametrize(("status", "ok", "redirects"), [(200, True, False), (204, True, False), (302, False, True)])
def test_what_a_status_means(status: int, ok: bool, redirects: bool) -> None:
    assert (reply(status=status).ok, reply(status=status).redirects) == (ok, redirects)


@pytest.mark.parametrize("content", [b"<html>", b"\xff\xfe", b"[" * 100_000], ids=["html", "not UTF-8", "too deep"])
def test_what_is_not_json_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        reply(content).json()


def test_text_is_one_bounded_line() -> None:
    assert reply(b"  a\n\n b\xff" + b"x" * 10_000).text(6) == "a b\ufffdxx"


@pytest.mark.parametrize(
    ("refusal", "sentence"),
    [
        (Refusal(), ""),
        (Refusal(title="Bad"), "Bad"),
        (Refusal(code="E1"), "E1"),
        (Refusal(title="Bad", code="E1"), "E1: Bad"),
        (Refusal(title="Bad", details=("one", "two", "one")), "one; two"),
    ],
)
def test_a_refusal_speaks_by_its_details_else_its_title(refusal: Refusal, sentence: str) -> None:
    assert refusal.sentence() == sentence
