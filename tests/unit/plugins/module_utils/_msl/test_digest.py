# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._msl.digest import DigestUpdate, plan_digest

T = "2027-01-01T00:00:00.000Z"
NEW = {"username": "enc", "password": "p", "algorithm": "SHA256"}
SHOWN = {"username": "enc", "algorithm": "SHA256"}
OTHER = {"username": "old", "algorithm": "MD5"}
NOTHING = DigestUpdate(False)


@pytest.mark.parametrize(
    ("wanted", "shown", "settings", "update"),
    [
        # Not declared: what there is goes along, or nothing is said.
        (None, None, {}, NOTHING),
        (None, SHOWN, {}, DigestUpdate(False, SHOWN)),
        (None, None, {"previous_expiry": T}, NOTHING),
        # Switched on.
        (NEW, None, {}, DigestUpdate(True, NEW)),
        (NEW, None, {"previous_expiry": T}, DigestUpdate(True, NEW)),
        # There already: a password alone is no difference.
        (NEW, SHOWN, {}, DigestUpdate(False, SHOWN)),
        ({"username": "enc"}, SHOWN, {}, DigestUpdate(False, SHOWN)),
        # What is not shown cannot differ.
        (NEW, {"username": "enc"}, {}, DigestUpdate(False, {"username": "enc"})),
        (NEW, {"username": "enc", "algorithm": None}, {}, DigestUpdate(False, {"username": "enc"})),
        # A user name of digits may be shown as a number.
        (
            {**NEW, "username": "12345"},
            {**SHOWN, "username": 12345},
            {},
            DigestUpdate(False, {**SHOWN, "username": 12345}),
        ),
        # Rotated: asked for, or user name or algorithm differ.
        (NEW, SHOWN, {"resend_unreadable": True}, DigestUpdate(True, NEW)),
        (NEW, SHOWN, {"resend_unreadable": True, "previous_expiry": T}, DigestUpdate(True, NEW, {"expiryDate": T})),
        (NEW, OTHER, {}, DigestUpdate(True, NEW)),
        (NEW, OTHER, {"previous_expiry": T}, DigestUpdate(True, NEW, {"expiryDate": T})),
        ({"username": "enc", "password": "p"}, OTHER, {}, DigestUpdate(True, {**NEW, "algorithm": "MD5"})),
        # Only the end of the earlier credentials moves.
        (SHOWN, SHOWN, {"resend_unreadable": True, "previous_expiry": T}, DigestUpdate(True, SHOWN, {"expiryDate": T})),
        (None, SHOWN, {"resend_unreadable": True, "previous_expiry": T}, DigestUpdate(True, SHOWN, {"expiryDate": T})),
        (SHOWN, SHOWN, {"previous_expiry": T}, DigestUpdate(False, SHOWN)),
        # Switched off.
        ({}, SHOWN, {}, DigestUpdate(True, {"delete": True})),
        ({}, SHOWN, {"previous_expiry": T}, DigestUpdate(True, {"delete": True})),
        ({}, None, {}, NOTHING),
    ],
)
def test_what_an_update_says_of_digest_authentication(
    wanted: Any, shown: Any, settings: dict[str, Any], update: DigestUpdate
) -> None:
    settings = {"previous_expiry": None, "resend_unreadable": False, **settings}
    assert plan_digest(wanted, shown, **settings) == update


@pytest.mark.parametrize(
    ("wanted", "shown", "missing"),
    [
        ({"username": "enc", "algorithm": "MD5"}, None, "password"),
        ({"password": "p"}, None, "username and algorithm"),
        ({"algorithm": "MD5"}, SHOWN, "password"),
        ({"username": "enc", "password": "p"}, None, "algorithm"),
        ({"username": "enc", "password": "p"}, {"username": "old"}, "algorithm"),
    ],
)
def test_a_change_that_lacks_what_nobody_knows_is_refused(wanted: Any, shown: Any, missing: str) -> None:
    with pytest.raises(InvalidInput, match=f"cannot be set or changed without {missing}$"):
        plan_digest(wanted, shown, previous_expiry=None, resend_unreadable=False)
