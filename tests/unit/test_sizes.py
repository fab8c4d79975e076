# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small files: a module is documentation and a few lines, and nothing under plugins/ grows beyond reading."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
MOST_LINES_OF_A_FILE = 400
MOST_LINES_OF_A_MODULE = 60
DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}


def lines_without_documentation(source: str) -> list[str]:
    """The lines of a plugin besides its documentation strings."""
    documented = {
        number
        for node in ast.parse(source).body
        if isinstance(node, ast.Assign) and DOCUMENTATION & {getattr(target, "id", "") for target in node.targets}
        for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    return [line for number, line in enumerate(source.splitlines(), start=1) if number not in documented]


def code(source: str) -> list[str]:
    """The lines that do something: neither documentation, nor blank, nor a comment."""
    return [line for line in lines_without_documentation(source) if line.strip() and not line.strip().startswith("#")]


def named(paths):
    return [pytest.param(path, id=str(path.relative_to(PLUGINS))) for path in sorted(paths)]


@pytest.mark.parametrize("path", named((PLUGINS / "modules").glob("*.py")))
def test_a_module_is_short(path):
    assert len(code(path.read_text())) <= MOST_LINES_OF_A_MODULE


@pytest.mark.parametrize("path", named(set(PLUGINS.rglob("*.py")) - set((PLUGINS / "doc_fragments").glob("*.py"))))
def test_a_file_is_readable(path):
    assert len(lines_without_documentation(path.read_text())) <= MOST_LINES_OF_A_FILE


def test_only_documentation_is_left_out():
    source = (
        '# licence\n\nDOCUMENTATION = r"""\n---\nmodule: x\n"""\nRETURN = ""\n\nimport re\nOTHER = """\ntext\n"""\n'
    )
    assert lines_without_documentation(source) == ["# licence", "", "", "import re", 'OTHER = """', "text", '"""']
    assert code(source) == ["import re", 'OTHER = """', "text", '"""']
