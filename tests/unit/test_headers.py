# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every Python file says under which licence it comes, and every plugin postpones its annotations."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Read from this file, so that the text stands nowhere twice.
HEADER = Path(__file__).read_text().splitlines()[:3]
FILES = [
    pytest.param(path, id=path.relative_to(ROOT).as_posix())
    for folder in ("plugins", "roles", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if (ROOT / "tests" / "output") not in path.parents
]


@pytest.mark.parametrize("path", FILES)
def test_the_header_stands_first(path):
    lines = path.read_text().splitlines()
    start = 1 if lines[0].startswith("#!") else 0
    assert lines[start : start + 3] == HEADER
    assert HEADER[2].endswith("GPL-3.0-or-later")


@pytest.mark.parametrize("path", [case for case in FILES if case.id.startswith("plugins/")])
def test_plugins_postpone_annotations(path):
    assert "from __future__ import annotations" in path.read_text().splitlines()
