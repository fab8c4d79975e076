# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Part two: a live event from its schedule to its stop, and once more, with a second run in the middle of the broadcast."""

from __future__ import annotations

from terminal import heading, listing

from playbooks import Ran, Stage, lines_of

Checks = list[tuple[str, bool]]
PLAYBOOK = "live_event_run"
SHOW, REMOVAL = "show.yml", "remove_show.yml"
_STATE, _RESET_PENDING = "live_event_run_state", "live_event_run_reset_pending"
_RUNNING = "encode_status_running"


def show(stage: Stage) -> Checks:
    """Run the show from nothing to nothing and say what must be so."""
    heading(SHOW, "What is wanted: an event of SmartSTREAM, which is started and stopped by the same playbook.")
    listing(lines_of(SHOW))
    number = len(stage.ran) + 1
    created = _run(stage, "Schedule", "There is no such event yet. It is created, and does not run.", "present")
    waiting = _statuses(stage)
    started = _run(stage, "Start", "It starts, and the task waits until it runs. The encoder crew gets the ingest URL.")
    (address,) = next(iter(stage.sim.smartstream.live_events.values()))["input_sources"]
    running = _statuses(stage)
    again = _run(stage, "Start again", "The same in the middle of the broadcast: nothing happens to it.")
    stopped = _run(stage, "Stop", "The show is over. The service shows a stopped event as pending.", "stopped")
    ended = _statuses(stage)
    refused = _run(stage, "Restart", "A stopped event must be reset first; the service refuses, and the task says how.")
    reset = _run(stage, "Reset", "It is known that it was stopped, so it may be reset.", "reset", True)
    restarted = _run(stage, "Start", "Now it starts.")
    once_more = _statuses(stage)
    over = _run(stage, "Stop", "And stops.", "stopped")
    listing(lines_of(REMOVAL))
    removed = stage.run("Remove", "A playbook of one's own: no more than one task.", REMOVAL)
    return [
        (f"{number}. creates the event with one write and leaves it pending",
         created.succeeded and created.writes == 1 and waiting == ["encode_status_pending"]),
        (f"{number + 1}. starts it with one write and waits until it runs",
         _wrote_once(started) and running == [_RUNNING]),
        (f"{number + 1}. prints where the encoder sends to", address in started.output),
        (f"{number + 2}. reports no change and writes nothing while it runs",
         again.succeeded and (again.changed, again.writes) == (0, 0)),
        (f"{number + 2}. looks at the event and at its profile, and no further", again.reads == 2),
        (f"{number + 3}. stops it with one write", _wrote_once(stopped) and ended == ["encode_status_pending"]),
        (f"{number + 4}. fails, names reset_stopped, and reports no change",
         not refused.succeeded and "live_event_run_reset_stopped=true" in refused.output and refused.changed == 0),
        (f"{number + 5}. resets it with one write", _wrote_once(reset)),
        (f"{number + 6}. starts it once more", _wrote_once(restarted) and once_more == [_RUNNING]),
        (f"{number + 7}. stops it once more", _wrote_once(over)),
        (f"{number + 8}. leaves nothing behind", _wrote_once(removed) and _statuses(stage) == []),
    ]  # fmt: skip


def _run(stage: Stage, title: str, words: str, state: str = "", reset_pending: bool = False) -> Ran:
    options = ["-e", f"{_STATE}={state}"] if state else []
    options += ["-e", f"{_RESET_PENDING}=true"] if reset_pending else []
    return stage.run(title, words, PLAYBOOK, "-e", f"@{SHOW}", *options)


def _statuses(stage: Stage) -> list[str]:
    return [event["encode_status"] for event in stage.sim.smartstream.live_events.values()]


def _wrote_once(ran: Ran) -> bool:
    return ran.succeeded and (ran.changed, ran.writes) == (1, 1)
