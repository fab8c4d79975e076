# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One run: a process, its wall time, its memory, and what the service saw of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..simulator import Settings, Simulator
from .contenders import Contender
from .worlds import Case, World

# Above the collection lies the folder that Ansible looks in: ansible_collections/streamops/live/tests/benchmarks.
TREE = Path(__file__).parents[5]
_KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR")


@dataclass(frozen=True)
class Run:
    """What one run took. ``seconds``: by the wall clock. ``cpu``: seconds of processor time of all its processes.
    ``memory``: of its largest process, in MB (10**6 bytes).
    """

    seconds: float
    cpu: float
    memory: float
    requests: int
    writes: int
    tokens: int
    throttled: int


@dataclass(frozen=True)
class Measured:
    """The medians of several runs."""

    runs: tuple[Run, ...]

    @property
    def seconds(self) -> float:
        """Median of the wall times."""
        return statistics.median(run.seconds for run in self.runs)

    @property
    def cpu(self) -> float:
        """Median of the processor times, which other work on the machine changes less."""
        return statistics.median(run.cpu for run in self.runs)

    @property
    def requests(self) -> int:
        """Most requests of any run; without outside trouble all runs send the same."""
        return max(run.requests for run in self.runs)


class Track:
    """A simulator, and runs against it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.sim = Simulator(settings or Settings().without_budget())
        self._folder = tempfile.TemporaryDirectory(prefix="streamops-live-bench-")

    def __enter__(self) -> Track:
        self.sim.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self.sim.__exit__(None, None, None)
        self._folder.cleanup()

    def run(
        self,
        contender: Contender,
        world: World,
        case: Case,
        size: int,
        *,
        changed: int | None = None,
        details: bool = False,
        more: Mapping[str, str] | None = None,
    ) -> Run:
        """Prepare the service, run a contender, and make sure that it did its work.

        :param more: Further environment variables.
        :raises RuntimeError: The run failed, or the service is not as it was wanted afterwards.
        """
        folder = Path(self._folder.name)
        wanted = world.prepare(self.sim, case, size, changed=changed, details=details)
        command = contender.command(world, wanted, folder, details=details)
        unpaced = {} if self.sim.settings.smartstream.budget.limit else {"SMARTSTREAM_REQUESTS_PER_MINUTE": "0"}
        variables = {**_variables(folder), **world.variables(self.sim, folder), **unpaced, **(more or {})}
        took = _timed(command, variables, folder / "output")
        if contender.does_work and not world.came_about(self.sim, wanted):
            raise RuntimeError(f"{contender.name}: {world.name} is not as it was wanted after {case.value}, {size}")
        seen = self.sim.summary()
        return Run(*took, seen["requests"], seen["writes"], seen["token_requests"], seen["throttled"])

    def alternate(
        self, contenders: Iterable[Contender], world: World, case: Case, size: int, runs: int, *, details: bool = False
    ) -> dict[Contender, Measured]:
        """Run the contenders in turn, so that what else the machine does meets them all."""
        found: dict[Contender, list[Run]] = {contender: [] for contender in contenders}
        for turn in range(runs):
            for contender, done in found.items():
                if turn == 0 or not contender.once:
                    done.append(self.run(contender, world, case, size, details=details))
        return {contender: Measured(tuple(done)) for contender, done in found.items()}


def _variables(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    own = {
        "HOME": str(folder),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_COLLECTIONS_PATH": str(TREE),
        "ANSIBLE_LOCALHOST_WARNING": "0",
    }
    return {"LC_ALL": "C.UTF-8", **kept, **own}


def _timed(command: list[str], variables: Mapping[str, str], output: Path) -> tuple[float, float, float]:
    with output.open("wb") as file:
        begun = time.monotonic()
        process = subprocess.Popen(command, env=dict(variables), stdout=file, stderr=file, stdin=subprocess.DEVNULL)
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output.read_text()[-2000:]}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6
