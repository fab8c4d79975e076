# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make demo`: playbooks against a simulator, with what they did counted and checked. No account is needed.

Exits with 1 when anything that the demonstration claims is not so.
"""

from __future__ import annotations

import sys

import live_event
import multi_cdn_origin
from terminal import check_list, heading, table

from playbooks import Stage

PARTS = (multi_cdn_origin.show, live_event.show)


def main() -> int:
    """Show every part, then what each run did and whether it is what was claimed."""
    heading("streamops.live", "Nothing leaves this machine: a simulator stands in for the services.")
    with Stage() as stage:
        checks = [check for part in PARTS for check in part(stage)]
        rows = [(ran.title, ran.reads, ran.writes, ran.key_generations, ran.log_ins, ran.changed) for ran in stage.ran]
        checks.append(("No playbook ever shows a key or a credential", not stage.shown_secrets()))
        heading("What the service saw", "Requests of each run, and how many tasks the playbook reports as changed.")
        table(("run", "GET", "writes", "key generations", "log-ins", "changed"), rows)
    return 0 if check_list(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
