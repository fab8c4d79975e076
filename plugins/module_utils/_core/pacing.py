# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pacing: tasks of one host share a budget of requests a minute, whatever process they run in."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import math
import os
import stat
import tempfile
import threading
import time
import typing as t

from .context import Clock, Context

# A minute, and what a request may be late by: the service counts when a request arrives, not when it leaves here.
WINDOW = 62.0
# The wall clock less the monotonic clock changes when the machine starts anew or its clock is set; slots from before
# that mean nothing.
_CLOCK_SLACK = 30.0
_LONGEST_LOCK = 10.0
_LARGEST_STATE = 1024 * 1024
# The difference: seconds of the wall clock less those of the monotonic clock.
_SLOTS, _DIFFERENCE = "slots", "clock_difference"


def reserve(slots: t.Iterable[float], now: float, per_minute: int) -> tuple[float, list[float]]:
    """The moment at which one more request may be sent, and the slots to remember.

    Slots are handed out in the order in which they are asked for, so whoever waits longest goes first. In any
    ``WINDOW`` there are at most ``per_minute`` of them.

    :param slots: Those that were handed out before, in seconds of the monotonic clock.
    """
    kept = sorted(slot for slot in slots if math.isfinite(slot) and slot > now - WINDOW)
    if kept and kept[-1] > now + WINDOW * len(kept):
        kept = []  # No order of requests leads so far ahead: these slots are of another clock.
    slot = now if len(kept) < per_minute else max(now, kept[-per_minute] + WINDOW)
    return slot, [*kept, slot]


class SlotFile:
    """Slots in a file that belongs to one user, locked while they are read and written."""

    def __init__(self, directory: str, name: str) -> None:
        self.path = os.path.join(directory, f"{name}.json")

    def reserve(self, clock: Clock, per_minute: int) -> float:
        """Take the next free slot, in seconds of the monotonic clock.

        :raises OSError: The file cannot be used, or its lock was held for too long.
        """
        with os.fdopen(open_private(self.path), "r+", encoding="utf-8", errors="replace") as file:
            _lock(file.fileno())
            # Only under the lock: who waited for it and counts from before would be given a slot of the past, which
            # those who were faster did not count with.
            now = clock.monotonic()
            difference = clock.now().timestamp() - now
            slot, slots = reserve(_read(file.read(_LARGEST_STATE), difference), now, per_minute)
            file.seek(0)
            file.truncate()
            json.dump({_DIFFERENCE: difference, _SLOTS: slots}, file)
        return slot


class Pacer:
    """Lets a request wait for its slot.

    :param per_minute: The budget, at least 1.
    :param slot_file: Where the tasks of this host meet; while it cannot be used, this task counts by itself.
    """

    def __init__(self, per_minute: int, slot_file: SlotFile, context: Context) -> None:
        self._per_minute = per_minute
        self._file = slot_file
        self._context = context
        self._own: list[float] = []
        self._lock = threading.Lock()
        self.seconds_waited = 0.0

    def wait(self) -> None:
        """Return when a request may be sent."""
        seconds = self._slot() - self._context.clock.monotonic()
        if seconds <= 0:
            return
        with self._lock:
            self.seconds_waited += seconds
        self._context.report.tell(
            f"Waiting {seconds:.0f} s: this host's tasks have used up {self._per_minute} requests a minute."
        )
        self._context.sleep(seconds)

    def _slot(self) -> float:
        try:
            return self._file.reserve(self._context.clock, self._per_minute)
        except OSError as error:
            self._context.report.warn(
                f"Requests are paced within this task only, since {self._file.path} cannot be used"
                f" ({error.strerror or error})."
            )
        with self._lock:
            slot, self._own = reserve(self._own, self._context.clock.monotonic(), self._per_minute)
        return slot


def open_pacer(per_minute: int, budget: t.Sequence[str], context: Context) -> Pacer:
    """The pacer of a budget.

    :param budget: What names the budget, such as the service's URL and the account; it is not kept in clear.
    """
    name = hashlib.sha256("\n".join(budget).encode("utf-8")).hexdigest()[:32]
    return Pacer(per_minute, SlotFile(private_folder(context), name), context)


def private_folder(context: Context) -> str:
    """Where the tasks of one user on this host meet."""
    return os.path.join(context.environment.get("TMPDIR") or tempfile.gettempdir(), f"streamops-live-{os.getuid()}")


def open_private(path: str) -> int:
    """Open a file that nobody else can read or write, in a folder of the same kind; either is made where it is missing.

    :raises OSError: It is somebody else's, or a link.
    """
    _private_directory(os.path.dirname(path))
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)


def _private_directory(path: str) -> None:
    """Make sure that nobody else can write there.

    :raises OSError: The folder is somebody else's, or no folder.
    """
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise PermissionError(f"{path} is not a folder of this user")
    if stat.S_IMODE(found.st_mode) & 0o077:
        os.chmod(path, 0o700)


def _lock(descriptor: int) -> None:
    """Lock a file until it is closed.

    :raises OSError: Somebody holds the lock for longer than the work under it can take.
    """
    deadline = time.monotonic() + _LONGEST_LOCK
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def _read(text: str, difference: float) -> list[float]:
    """The slots of a file; none where it is damaged or was written under another clock."""
    try:
        state = json.loads(text)
        written, slots = float(state[_DIFFERENCE]), [float(slot) for slot in state[_SLOTS]]
    except (ValueError, TypeError, KeyError, RecursionError):
        return []
    return slots if abs(written - difference) < _CLOCK_SLACK else []
