# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of docs/smartstream.md, made from the lifecycle's."""

from __future__ import annotations

from ansible_collections.streamops.live.plugins.module_utils._smartstream.lifecycle import PHASES, TABLE, VENDOR, Rule

NAMES = {"update": "`present`, members differ"}


def state_table() -> list[str]:
    """The lines of the Markdown table: a row for each wanted state, a column for each phase."""
    lines = [_row(["wanted", *(f"`{phase}`" for phase in PHASES)]), _row(["---"] * (len(PHASES) + 1))]
    for state, rules in TABLE.items():
        lines.append(_row([NAMES.get(state, f"`{state}`"), *(cell(rules[phase]) for phase in PHASES)]))
    return lines


def cell(rule: Rule) -> str:
    """What one rule does, in the words of the documentation."""
    usual = "refused" if rule.refusal else ", ".join(rule.actions) or "unchanged"
    usual += " with a warning" if rule.warning else ""
    allowed = f"; `{rule.option}`: {', '.join(rule.allowed)}" if rule.option else ""
    return usual + allowed + (" ¹" if rule.source == VENDOR else "")


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"
