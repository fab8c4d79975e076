# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where things lie, and nothing else."""

from __future__ import annotations

from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
BUILD = PROJECT / ".build"
TOOLS_VENV = PROJECT / ".venv"
#: Names of the browser that pages are looked at with.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
LOGS = BUILD / "logs"
COLLECTION = Path("ansible_collections", "streamops", "live")


def slug(name: str) -> str:
    """A step's name as a file name."""
    return name.replace(" ", "-").replace("/", "-")
