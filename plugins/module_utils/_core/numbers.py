# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Numbers in texts that anybody may have written: options, headers, addresses."""

from __future__ import annotations

# No id and no count of the services is longer, and Python refuses to read a number of thousands of digits.
_MOST_DIGITS = 18


def whole_number(text: str) -> int | None:
    """A whole number without a sign; None where the text is no such thing."""
    digits = text.strip()
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else None
