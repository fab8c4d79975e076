# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection's version, as sent in the ``User-Agent`` header; a test holds it against ``galaxy.yml``."""

from __future__ import annotations

VERSION = "0.1.0"
