# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import hashlib
import json
import urllib.parse

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.secrets import MASK, Scrubber, fingerprint

# An alphabet of one's own spares Hypothesis its table of all characters, which takes seconds to make.
PRINTABLE = "".join(chr(code) for code in range(33, 127))
texts = st.text(PRINTABLE + " \n\u00e9\u3042")
secrets = st.text(PRINTABLE, min_size=4, max_size=40).filter(lambda one: one not in MASK)


@given(secrets, texts, texts)
def test_a_secret_is_in_no_text_that_was_scrubbed(secret: str, before: str, after: str) -> None:
    scrubbed = Scrubber([secret]).scrub(f"{before}{secret}{after}")
    # The mask itself may, by its neighbours, spell nothing but stars.
    assert secret not in scrubbed or set(secret) == {"*"}


@given(secrets)
def test_a_secret_is_found_inside_urls_and_json(secret: str) -> None:
    scrubber = Scrubber([secret])
    for written in (urllib.parse.quote(secret, safe=""), json.dumps(secret)[1:-1]):
        assert scrubber.scrub(f"<{written}>") == f"<{MASK}>"


@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_secret_beyond_ascii_is_found_in_either_kind_of_json(ascii_only: bool) -> None:
    secret = 'h\u00e4"\\ \u3042'
    assert Scrubber([secret]).scrub(json.dumps(secret, ensure_ascii=ascii_only)) == f'"{MASK}"'


def test_every_depth_is_scrubbed_and_other_values_stay() -> None:
    value = {"s3cret": ["s3cret", ("a s3cret b",), {"deep": "s3cret"}], "n": 1, "none": None, "yes": True}
    assert Scrubber(["s3cret"]).scrub(value) == {
        MASK: [MASK, [f"a {MASK} b"], {"deep": MASK}],
        "n": 1,
        "none": None,
        "yes": True,
    }


def test_the_longer_of_two_secrets_goes_first() -> None:
    assert Scrubber(["abcd", "abcdefgh"]).scrub("abcdefgh abcd") == f"{MASK} {MASK}"


@pytest.mark.parametrize("value", [None, "", "abc", 12345])
def test_what_cannot_be_a_secret_is_not_learned(value: str | None) -> None:
    scrubber = Scrubber()
    scrubber.learn(value)
    assert scrubber.scrub("abc 12345 None") == "abc 12345 None"


def test_the_secrets_of_an_item_are_known_until_the_next() -> None:
    scrubber = Scrubber(["always"])
    scrubber.learn_for_item(["fi\u00e9st", "abc", None])
    assert scrubber.scrub(r"always fi\u00e9st second abc") == f"{MASK} {MASK} second abc"
    scrubber.learn_for_item(["second"])
    assert scrubber.scrub("always fi\u00e9st second") == f"{MASK} fi\u00e9st {MASK}"
    scrubber.learn_for_item([])
    assert scrubber.scrub("always second") == f"{MASK} second"


def test_a_fingerprint_is_the_beginning_of_the_sha_256() -> None:
    assert fingerprint("key") == hashlib.sha256(b"key").hexdigest()[:12]
