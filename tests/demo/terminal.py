# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Readable output, with colours where they are shown, and plain text elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

COLOURS = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
_STYLES = {"bold": "1", "dim": "2", "green": "32", "red": "31", "cyan": "36"}


def styled(text: str, *styles: str) -> str:
    """The text in these styles."""
    return f"\033[{';'.join(_STYLES[style] for style in styles)}m{text}\033[0m" if COLOURS and text else text


def heading(title: str, words: str) -> None:
    """A line that begins something, and a sentence about it."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    print(f"\n{styled('=' * width, 'cyan')}\n{styled(title, 'bold', 'cyan')}", flush=True)
    print("\n".join(textwrap.wrap(words, width)) + "\n", flush=True)


def listing(lines: Iterable[str]) -> None:
    """Lines of a file or of a diff, indented."""
    tints = {"+": "green", "-": "red"}
    for line in lines:
        tint = tints.get(line[:1], "dim")
        print("    " + styled(line.rstrip("\n"), tint))
    print(flush=True)


def table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A table; its first column is text, the others are numbers."""
    texts = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in texts) for column in range(len(head))]
    for number, row in enumerate(texts):
        first = row[0].ljust(widths[0])
        line = "  ".join([first, *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))])
        print(styled(line, "bold") if number == 0 else line)
    print(flush=True)


def check_list(checks: Sequence[tuple[str, bool]]) -> bool:
    """Each claim and whether it held; returns whether all did."""
    for claim, held in checks:
        print(f"{styled('  ok    ', 'green') if held else styled('  FAILED', 'bold', 'red')}  {claim}")
    failed = sum(not held for _claim, held in checks)
    print(f"\n{len(checks) - failed} of {len(checks)} claims held", flush=True)
    return not failed
