# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator.msl.account import Digest
from ansible_collections.streamops.live.tests.simulator.msl.problems import Problem
from ansible_collections.streamops.live.tests.simulator.msl.stream_auth import changed

NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)
LATER = datetime(2026, 2, 1, tzinfo=timezone.utc)
T = {"expiryDate": "2026-02-01T00:00:00Z"}
PAST = {"expiryDate": "2025-02-01T00:00:00Z"}
OLD = Digest("old", "old-password", "MD5")
OLDER = Digest("older", "older-password", "SHA256", NOW + timedelta(days=1))
NEW = {"username": "new", "password": "new-password", "algorithm": "SHA512"}
SAME = {"username": "old", "algorithm": "MD5"}
NEW_DIGEST = Digest("new", "new-password", "SHA512")


def expiring(digest: Digest, moment: datetime) -> Digest:
    return Digest(digest.username, digest.password, digest.algorithm, moment)


@pytest.mark.parametrize(
    ("current", "previous", "body", "expected"),
    [
        pytest.param(None, None, {}, (None, None), id="nothing"),
        pytest.param(None, None, {"streamAuth": NEW}, (NEW_DIGEST, None), id="enable"),
        pytest.param(
            OLD,
            None,
            {"streamAuth": NEW, "streamAuthPrevious": T},
            (NEW_DIGEST, expiring(OLD, LATER)),
            id="rotate until",
        ),
        pytest.param(
            OLD, None, {"streamAuth": NEW}, (NEW_DIGEST, expiring(OLD, NOW + timedelta(days=2))), id="rotate with grace"
        ),
        pytest.param(
            OLD,
            OLDER,
            {"streamAuth": NEW},
            (NEW_DIGEST, expiring(OLD, NOW + timedelta(days=2))),
            id="never more than two",
        ),
        pytest.param(
            OLD, OLDER, {"streamAuth": NEW, "streamAuthPrevious": {"retain": True}}, (NEW_DIGEST, OLDER), id="retain"
        ),
        pytest.param(
            OLD, OLDER, {"streamAuth": SAME, "streamAuthPrevious": T}, (OLD, expiring(OLDER, LATER)), id="move expiry"
        ),
        pytest.param(
            OLD, OLDER, {"streamAuth": SAME, "streamAuthPrevious": {"delete": True}}, (OLD, None), id="drop previous"
        ),
        pytest.param(OLD, OLDER, {"streamAuth": {"delete": True}}, (None, None), id="remove all"),
        pytest.param(OLD, OLDER, {"streamAuth": SAME}, (OLD, OLDER), id="echo changes nothing"),
    ],
)
def test_documented_changes(
    current: Digest | None, previous: Digest | None, body: dict[str, Any], expected: tuple[Any, Any]
) -> None:
    assert changed(current, previous, body, NOW) == expected


@pytest.mark.parametrize(
    ("current", "previous", "body"),
    [
        pytest.param(OLD, None, {}, id="protected stream without streamAuth"),
        pytest.param(None, None, {"streamAuthPrevious": T}, id="previous alone"),
        pytest.param(None, None, {"streamAuth": NEW, "streamAuthPrevious": T}, id="enable with previous"),
        pytest.param(None, None, {"streamAuth": SAME}, id="enable without password"),
        pytest.param(None, None, {"streamAuth": {"delete": True}}, id="remove nothing"),
        pytest.param(OLD, None, {"streamAuth": {"delete": False}}, id="delete false"),
        pytest.param(OLD, None, {"streamAuth": {"delete": True, **NEW}}, id="delete and set"),
        pytest.param(OLD, None, {"streamAuth": {"delete": True}, "streamAuthPrevious": T}, id="delete with previous"),
        pytest.param(OLD, None, {"streamAuth": {"username": "new", "password": "x"}}, id="rotate without algorithm"),
        pytest.param(OLD, None, {"streamAuth": {**NEW, "password": ""}}, id="empty password"),
        pytest.param(OLD, None, {"streamAuth": {**SAME, "username": "new"}}, id="new name without password"),
        pytest.param(OLD, None, {"streamAuth": {**SAME, "algorithm": "SHA512"}}, id="new algorithm without password"),
        pytest.param(OLD, None, {"streamAuth": NEW, "streamAuthPrevious": PAST}, id="rotate until the past"),
        pytest.param(OLD, None, {"streamAuth": NEW, "streamAuthPrevious": {"retain": True}}, id="retain nothing"),
        pytest.param(OLD, OLDER, {"streamAuth": NEW, "streamAuthPrevious": {"delete": True}}, id="rotate and delete"),
        pytest.param(OLD, OLDER, {"streamAuth": NEW, "streamAuthPrevious": {**T, "retain": True}}, id="two wishes"),
        pytest.param(OLD, OLDER, {"streamAuth": NEW, "streamAuthPrevious": {}}, id="no wish"),
        pytest.param(OLD, None, {"streamAuth": SAME, "streamAuthPrevious": T}, id="move expiry of nothing"),
        pytest.param(OLD, None, {"streamAuth": SAME, "streamAuthPrevious": {"delete": True}}, id="drop nothing"),
        pytest.param(OLD, OLDER, {"streamAuth": SAME, "streamAuthPrevious": PAST}, id="move expiry to the past"),
        pytest.param(
            OLD, OLDER, {"streamAuth": SAME, "streamAuthPrevious": {"retain": True}}, id="retain undocumented"
        ),
    ],
)
def test_everything_else_is_refused(current: Digest | None, previous: Digest | None, body: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        changed(current, previous, body, NOW)
    assert refusal.value.status == 400
    assert refusal.value.errors
