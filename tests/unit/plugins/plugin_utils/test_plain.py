# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt

import pytest

from ansible_collections.streamops.live.plugins.plugin_utils.plain import plain


class Tagged(str):
    """A text that carries more than its letters."""

    __slots__ = ("tag",)


class Unlocked:
    """Becomes a text when it is asked for one, as a vaulted value does."""

    def __str__(self) -> str:
        return "opened"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        (1.5, 1.5),
        (Tagged("text"), "text"),
        (Unlocked(), "opened"),
        ({Tagged("name"): [Tagged("a"), (1, 2)]}, {"name": ["a", [1, 2]]}),
        (dt.date(2034, 12, 31), "2034-12-31"),
        (dt.datetime(2034, 12, 31, 23, 59, tzinfo=dt.timezone.utc), "2034-12-31T23:59:00+00:00"),
    ],
)
def test_values_are_what_a_module_would_receive(value, expected):
    found = plain(value)
    assert found == expected
    assert type(found) is type(expected)


def test_nothing_of_the_given_value_is_kept():
    given = {"list": [{"name": "x"}]}
    found = plain(given)
    found["list"][0]["name"] = "y"
    assert given == {"list": [{"name": "x"}]}
