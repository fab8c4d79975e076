# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.names import snake, snake_members

words = st.lists(st.text("abcxyz", min_size=2, max_size=6), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("api", "user"),
    [
        ("dvrWindow", "dvr_window"),
        ("hostName", "host_name"),
        ("thirdPartyCdnCpcode", "third_party_cdn_cpcode"),
        ("streamLevelPurgeDays", "stream_level_purge_days"),
        ("id", "id"),
        ("encode_status", "encode_status"),
    ],
)
def test_members_are_named_as_the_contract_says(api: str, user: str) -> None:
    assert snake(api) == user


@given(words)
def test_every_camel_case_name_becomes_its_words(parts: list[str]) -> None:
    camel = parts[0] + "".join(part.capitalize() for part in parts[1:])
    assert snake(camel) == "_".join(parts)
    assert snake(snake(camel)) == snake(camel)


def test_names_change_at_every_depth_and_values_never() -> None:
    value = {"originHost": {"hostName": "aB"}, "theKeys": [{"cdnCode": "dN"}, ("xY",), 1, None, True]}
    assert snake_members(value) == {
        "origin_host": {"host_name": "aB"},
        "the_keys": [{"cdn_code": "dN"}, ["xY"], 1, None, True],
    }
