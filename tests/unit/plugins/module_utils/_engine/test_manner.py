# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._engine.manner import Prune


@pytest.mark.parametrize("match", [None, ""])
def test_nothing_is_pruned_by_no_expression(match: str | None) -> None:
    with pytest.raises(InvalidInput) as refused:
        Prune.from_text(match, 3)
    assert refused.value.text() == ("Prune needs prune_match. Give an expression that only the names to manage match.")


@pytest.mark.parametrize("match", ["(", "a{99999999999999}", "(" * 10000])
def test_an_expression_that_does_not_compile_is_shown(match: str) -> None:
    with pytest.raises(InvalidInput, match=r"^prune_match '.* is not a regular expression \(.*\)$"):
        Prune.from_text(match, 3)


def test_an_expression_is_found_anywhere() -> None:
    prune = Prune.from_text("b+", 3)
    assert (prune.limit, bool(prune.match.search("abba")), bool(prune.match.search("aha"))) == (3, True, False)
