# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One task of a host at a time creates resources of one kind in one account: the services would take a name twice."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import math
import os
import time
import typing as t

from .context import Context
from .pacing import open_private, private_folder

# So many files at most, whatever the number of accounts; two accounts may have to share one.
_FILES = 256
# Seconds after which nobody looks at a list from before; and seconds to wait for one's turn.
_LIFETIME = 120.0
_LONGEST = 900.0
_OFTEN = 0.05
_TELL_AFTER = 1.0
_LARGEST = 64 * 1024


@contextlib.contextmanager
def turn(scope: str, context: Context) -> t.Iterator[float]:
    """Be the only task of this host that creates within a scope; the block gets when another one did so last.

    That is in seconds of the context's clock, minus infinity where no other process has. Where the host's folder for it
    cannot be used, the task says so and goes on.

    :param scope: Names the account and the kind; it is not kept in clear.
    :raises Interrupted: It had to wait, and the task was told to stop.
    """
    name = hashlib.sha256(scope.encode("utf-8")).hexdigest()[:32]
    path = os.path.join(private_folder(context), f"turn-{int(name, 16) % _FILES}.json")
    try:
        descriptor = open_private(path)
    except OSError as error:
        context.report.warn(_unguarded(path, error.strerror or str(error)))
        yield -math.inf
        return
    with os.fdopen(descriptor, "r+", encoding="utf-8", errors="replace") as file:
        if not _locked(file.fileno(), context):
            context.report.warn(_unguarded(path, f"another task holds it for longer than {_LONGEST:.0f} s"))
        ends = _read(file.read(_LARGEST))
        theirs = [ended for process, ended in ends.get(name, {}).items() if process != str(os.getpid())]
        try:
            yield max(theirs, default=-math.inf)
        finally:
            _note(file, ends, name, context.clock.monotonic())


def _unguarded(path: str, why: str) -> str:
    return f"Should another task create the same at this moment, it may be there twice, since {path} cannot be used ({why})."


def _locked(descriptor: int, context: Context) -> bool:
    begun, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waited = time.monotonic() - begun
            if waited > _LONGEST:
                return False
            if waited > _TELL_AFTER and not told:
                context.report.tell("Waiting for another task of this host that is creating resources.")
                told = True
            context.stop.wait(_OFTEN)
            context.go_on()
        else:
            return True


def _note(file: t.TextIO, ends: dict[str, dict[str, float]], name: str, now: float) -> None:
    """Keep when this process created last; what nobody asks for any more goes."""
    ends.setdefault(name, {})[str(os.getpid())] = now
    recent = {
        scope: {process: ended for process, ended in processes.items() if abs(now - ended) < _LIFETIME}
        for scope, processes in ends.items()
    }
    with contextlib.suppress(OSError):
        file.seek(0)
        file.truncate()
        json.dump({scope: processes for scope, processes in recent.items() if processes}, file)
        file.flush()


def _read(text: str) -> dict[str, dict[str, float]]:
    """What a file says; nothing where it is damaged."""
    try:
        return {
            str(scope): {str(process): float(ended) for process, ended in processes.items()}
            for scope, processes in json.loads(text or "{}").items()
        }
    except (ValueError, TypeError, AttributeError, RecursionError):
        return {}
