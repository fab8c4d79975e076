# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`make pace`: a loop of 60 tasks against a limit of 50 requests a minute. It takes about five minutes.

Once in one process, once with a process for each task, where the count is kept in a file. Exits with 1 when the service
had to refuse a request, or a task failed. Not a part of `make test`, whose unit tests hold the same with a clock of their own.
"""

from __future__ import annotations

import sys
import time

from terminal import check_list, heading, table

from playbooks import Stage

_PLAYBOOK = "loop_of_60.yml"
_IN_PROCESS = "streamops_in_process"
_LIMIT = 50


def main() -> int:
    """Run the loop in both ways and say what the service saw."""
    heading("streamops.live", f"60 tasks in a loop, and a service that takes {_LIMIT} requests a minute.")
    rows, checks = [], []
    with Stage() as stage:
        stage.paced = True
        stage.sim.settings.smartstream.budget.limit = _LIMIT
        # An event runs as soon as it is started, so that the second loop finds all of them running.
        stage.sim.settings.smartstream.start.reads = 0
        for number in range(60):
            stage.sim.smartstream.add_live_event({"ref_id": f"show-{number}", "name": f"Show {number}"})
        for title, words, options in (
            ("In the controller", "All events are started: two requests each.", ()),
            (
                "As modules",
                "They run, so each is looked at: a process for each, which logs in.",
                ("-e", f"{_IN_PROCESS}=false"),
            ),
        ):
            begun = time.monotonic()
            ran = stage.run(title, words, _PLAYBOOK, *options)
            requests = ran.reads + ran.writes + ran.log_ins
            rows.append((ran.title, requests, ran.writes, ran.log_ins, ran.throttled, round(time.monotonic() - begun)))
            checks += [
                (f"{ran.title}: no task fails", ran.succeeded),
                (f"{ran.title}: the service refuses no request", ran.throttled == 0),
                (f"{ran.title}: more than one minute's budget was needed", requests > _LIMIT),
            ]
        heading("What the service saw", "Requests of each loop, those that it refused with 429, and seconds.")
        table(("loop", "requests", "writes", "log-ins", "429", "seconds"), rows)
    return 0 if check_list(checks) else 1


if __name__ == "__main__":
    sys.exit(main())
