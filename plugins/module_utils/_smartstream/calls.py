# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start, stop, reset and cancel: what a refused and what a lost answer means for an event that may be on air."""

from __future__ import annotations

import contextlib

from .._core.context import Context
from .._core.errors import Ambiguous, Conflict, StreamOpsError
from .._engine.fields import Members
from .._engine.plan import Desired, Replanned, Step
from .api import SmartstreamApi
from .lifecycle import RUNNING, Vocabulary

# Seconds before each look at an event after an answer was lost: the call may still be on its way.
_LOOKS = (1.0, 2.0, 4.0)
# What to do about a refusal while the event runs.
_WHILE_RUNNING = {
    "stop": "Run the task again; if the service goes on refusing, stop the event in the console",
    "reset": "Stop the event first, wait until it does not run, then reset it",
    "cancel": "Stop the event instead",
}


class Calls:
    """The lifecycle calls of one task.

    :param latest: What was last seen of each event, by id; a call keeps it up to date, and takes out an event that
        the service has changed without showing it.
    """

    def __init__(
        self, api: SmartstreamApi, vocabulary: Vocabulary, latest: dict[str, Members], context: Context
    ) -> None:
        self._api = api
        self._vocabulary = vocabulary
        self._latest = latest
        self._context = context
        # Event -> the call that it was last sent and that did not show it, and how it looked before that.
        self._unshown: dict[str, tuple[str, Members | None]] = {}
        self._reset: set[str] = set()
        self._start_refused: set[str] = set()
        self._lost: set[tuple[str, str]] = set()

    def carry_out(self, step: Step, event_id: str, desired: Desired, label: str) -> None:
        """Send one call.

        :raises Replanned: The service refused it, and the event tells what to do instead.
        :raises Conflict: The service refused it, and nothing can be done about it here.
        """
        before = self._before(event_id)
        try:
            answer = self._api.step_live_event(event_id, step.action)
        except Conflict as refused:
            if refused.code != f"FAILED_TO_{step.action.upper()}":
                raise
            seen = self._look(event_id)
            if seen is None:
                raise
            if step.action == "stop" and self._first_stop_counts(event_id, desired, label, before, seen):
                return
            if step.action == "start":
                raise self._after_refused_start(event_id, desired, label, seen, refused) from refused
            raise self._after_refusal(step.action, event_id, desired, label, seen, refused) from refused
        self._accepted(step.action, event_id, answer)

    def delete(self, event_id: str, desired: Desired, label: str) -> None:
        """Delete an event; the second deletion of one on air may be refused, while the first one waits for its stop.

        :raises Replanned: It was refused, and a wait will tell.
        """
        on_air = self._vocabulary.phase(self._latest.get(event_id, {}).get("encode_status")) == RUNNING
        try:
            self._api.delete_live_event(event_id, repeatable=not on_air)
        except Conflict:
            if on_air and desired.settings.get("wait"):
                found = f"The service refused to delete {label}: an earlier deletion may be under way, waiting for it."
                raise Replanned([], found) from None
            raise

    def settle(self, step: Step, event_id: str, desired: Desired, label: str, lost: Ambiguous) -> None:
        """Find out whether a call was carried out whose answer was lost; return if it was.

        Evidence is another phase, or another time of the event's last change; see _arrived. Without any, the call is
        sent once more: by then it is known that the event stands where it stood when the call was decided.

        :raises Replanned: The call is to be sent again.
        :raises Ambiguous: It was sent again already.
        """
        before = self._latest.get(event_id)
        for seconds in _LOOKS:
            self._context.sleep(seconds)
            seen = self._api.get_live_event(event_id)
            if seen is not None and self._arrived(step.action, before, seen):
                self._accepted(step.action, event_id, seen)
                return
        if self._was_lost(step.action, event_id):
            lost.advice = "It was sent twice and can be seen in neither case; look at the event before you go on"
            raise lost
        self._lost.add((event_id, step.action))
        raise Replanned(
            [step, *self._following(step.action, desired)],
            f"The answer to the {step.action} of {label} was lost. The event shows no trace of it, so it is sent again.",
        )

    def _before(self, event_id: str) -> Members | None:
        """The event as it is before a call; None where that cannot be told.

        After a call that did not show the event it is read. Where the reading shows no trace of that call it is old, and
        a trace that comes later must not be taken for one of the next call.
        """
        if event_id in self._unshown:
            action, earlier = self._unshown.pop(event_id)
            seen = self._look(event_id)
            self._context.go_on()
            if seen is not None and not self._arrived(action, earlier, seen):
                del self._latest[event_id]
        return self._latest.get(event_id)

    def _arrived(self, action: str, before: Members | None, seen: Members) -> bool:
        """Whether an event shows that a call arrived which was sent when it looked as before.

        A stop shows in the status alone: any change of the event moves ``updated_at``, and while it seems to be on air
        a stop that was lost may not be taken for one that was carried out.
        """
        status, phase = seen.get("encode_status"), self._vocabulary.phase(seen.get("encode_status"))
        if action == "start" and phase == RUNNING:
            return True
        if before is None:
            return False
        if action == "stop":
            return phase != RUNNING and status != before.get("encode_status")
        moved = seen.get("updated_at") != before.get("updated_at")
        return moved or phase != self._vocabulary.phase(before.get("encode_status"))

    def _was_lost(self, action: str, event_id: str) -> bool:
        """Whether the answer to an earlier call of this kind was lost, so that the call may be under way."""
        return (event_id, action) in self._lost

    def _first_stop_counts(
        self, event_id: str, desired: Desired, label: str, before: Members | None, seen: Members
    ) -> bool:
        """Whether a refused second stop leaves no more to do than what the first one, whose answer was lost, began.

        It does where the first one took longer than the looks after it, and where a wait will tell.
        """
        if not self._was_lost("stop", event_id):
            return False
        if self._vocabulary.phase(seen.get("encode_status")) == RUNNING and desired.settings.get("wait"):
            self._context.report.warn(
                f"The service refused a second stop of {label}. The first one, whose answer was lost, may be under way:"
                " waiting for it."
            )
            return True
        return self._arrived("stop", before, seen)

    def _accepted(self, action: str, event_id: str, seen: Members | None) -> None:
        if action == "reset":
            self._reset.add(event_id)
        if seen is None:
            self._unshown[event_id] = action, self._latest.pop(event_id, None)
        else:
            self._latest[event_id] = seen

    def _after_refused_start(
        self, event_id: str, desired: Desired, label: str, seen: Members, refused: Conflict
    ) -> Exception:
        self._start_refused.add(event_id)
        status = self._vocabulary.described(seen.get("encode_status"))
        if self._vocabulary.phase(seen.get("encode_status")) == RUNNING:
            return Replanned([], f"The service refused to start {label}, which runs already.")
        what = f"{refused.message}, and the event does not run: its encode_status is {status}"
        if self._was_lost("start", event_id):
            return _again(
                Ambiguous, refused, what, "An earlier start, whose answer was lost, may be under way: look again"
            )
        if event_id in self._reset:
            return _again(Conflict, refused, what, "It was reset just now: run the task again in a while")
        if desired.settings.get("reset_stopped"):
            self._context.report.tell(f"The service refused to start {label}: resetting it first.")
            return Replanned([Step("reset"), Step("start")])
        return _again(Conflict, refused, what, f"It may be starting by itself. {refused.advice}")

    def _after_refusal(
        self, action: str, event_id: str, desired: Desired, label: str, seen: Members, refused: Conflict
    ) -> Exception:
        status = self._vocabulary.described(seen.get("encode_status"))
        if self._vocabulary.phase(seen.get("encode_status")) == RUNNING:
            if desired.state == "started":
                return Replanned([], f"The service refused to {action} {label}, which runs by now.")
            what = f"{refused.message}, and the event runs"
            if not self._was_lost(action, event_id):
                return _again(Conflict, refused, what, _WHILE_RUNNING[action])
            return _again(
                Ambiguous, refused, what, f"An earlier {action}, whose answer was lost, may be under way: look again"
            )
        both = desired.state == "started" and event_id in self._start_refused
        if both and not desired.settings.get("wait"):
            what = f"the service refuses both to start and to reset it, and its encode_status is {status}"
            return _again(Conflict, refused, what, "It may be starting: run the task again with wait=true")
        return Replanned(
            [] if both else self._following(action, desired),
            f"The service refused to {action} {label} ({refused.code}). It does not run and was left as it is; its"
            f" encode_status is {status}.",
        )

    def _following(self, action: str, desired: Desired) -> list[Step]:
        """What comes after a call in every plan."""
        return [Step("start")] if action == "reset" and desired.state == "started" else []

    def _look(self, event_id: str) -> Members | None:
        """The event as it is now; None where that cannot be told, so that a refusal stands as it is."""
        with contextlib.suppress(StreamOpsError):
            seen = self._api.get_live_event(event_id)
            if seen is not None:
                self._latest[event_id] = seen
            return seen
        return None


def _again(kind: type[StreamOpsError], refused: StreamOpsError, message: str, advice: str) -> StreamOpsError:
    """The service's refusal with more to say."""
    return kind(message, advice=advice, status=refused.status, code=refused.code, details=refused.details)
