# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The figures that the collection promises, measured: each is met or not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..simulator import Settings
from .contenders import EMPTY_PLAY, FLOOR, LOOP, MODULE_LOOP, PLURAL, URI_LOOP, URI_TASKS, Contender
from .track import Measured, Run, Track
from .worlds import MSL, SMARTSTREAM, Case, World

SIZE = 200
# Entries of a page that the SmartSTREAM client asks for; the MSL service gives everything at once.
_PAGE = {MSL.name: 10**9, SMARTSTREAM.name: 30}
_LATENCY = 0.05
_MANY = (1250, 5000)


@dataclass(frozen=True)
class Figure:
    """One promise. ``met`` None: it is told and not judged."""

    what: str
    promised: str
    measured: str
    met: bool | None


Figures = Iterator[Figure]


def pages(world: World, size: int) -> int:
    """The requests of one listing."""
    return -(-size // _PAGE[world.name])


def loop_figures(track: Track, world: World, runs: int, size: int) -> Figures:
    """A loop in process, against itself with one item and against the loop of uri."""
    one = track.alternate((LOOP,), world, Case.UNCHANGED, 1, runs)[LOOP]
    contenders = (LOOP, URI_LOOP) if world in URI_LOOP.worlds else (LOOP,)
    many = track.alternate(contenders, world, Case.UNCHANGED, size, runs)
    most = pages(world, size) + 5
    what = f"{world.name}: loop in process, {size} unchanged"
    yield Figure(f"{what}: requests", f"at most {most}", str(many[LOOP].requests), many[LOOP].requests <= most)
    work = (many[LOOP].cpu - one.cpu) / (size - 1) * 1000
    each = (many[LOOP].seconds - one.seconds) / (size - 1) * 1000
    yield Figure(
        f"{what}: time of an item beyond the first",
        "at most 15 ms",
        f"{each:.1f} ms, {work:.1f} ms of a processor",
        each <= 15,
    )
    if URI_LOOP in many:
        times = many[URI_LOOP].seconds / many[LOOP].seconds
        measured = f"{times:.0f} times ({_times(many[URI_LOOP])}; {_times(many[LOOP])})"
        # Ansible's own start weighs more in a shorter list; the promise is about SIZE.
        met = times >= 25 if size >= SIZE else None
        yield Figure(f"{what}: faster than the loop of uri", f"at least 25 times at {SIZE}", measured, met)


def plural_figures(track: Track, world: World, runs: int, size: int) -> Figures:
    """The plural module against the floor, unchanged."""
    found = track.alternate((FLOOR, PLURAL, EMPTY_PLAY), world, Case.UNCHANGED, size, runs)
    most = pages(world, size) + (world is SMARTSTREAM)
    what = f"{world.name}: plural, {size} unchanged"
    yield Figure(f"{what}: requests", f"at most {most}", str(found[PLURAL].requests), found[PLURAL].requests <= most)
    yield _beside_floor(what, found, 1.0)


def detail_figures(track: Track, _world: World, runs: int, size: int) -> Figures:
    """Streams whose declared members the list does not show, at a service that takes 50 ms for each answer."""
    contenders = (FLOOR, PLURAL, EMPTY_PLAY)
    track.sim.settings.latency = _LATENCY
    try:
        found = track.alternate(contenders, MSL, Case.UNCHANGED, size, runs, details=True)
    finally:
        track.sim.settings.latency = 0.0
    most = pages(MSL, size) + size
    what = f"MSL: plural, {size} unchanged with detail members, latency 50 ms"
    yield Figure(f"{what}: requests", f"at most {most}", str(found[PLURAL].requests), found[PLURAL].requests <= most)
    yield _beside_floor(what, found, 1.5)


def _times(measured: Measured) -> str:
    return f"{measured.seconds:.2f} s, {measured.cpu:.2f} s of a processor"


def _beside_floor(what: str, found: dict[Contender, Measured], factor: float) -> Figure:
    """Whole commands are compared: Ansible's own start is in the plural module's time."""
    limit = factor * found[FLOOR].seconds + 1.0
    of_floor = "the floor" if factor == 1.0 else f"{factor} times the floor"
    measured = f"{_times(found[PLURAL])}; a play that does nothing: {_times(found[EMPTY_PLAY])}"
    promised = f"at most {of_floor} ({_times(found[FLOOR])}) + 1.0 s"
    return Figure(f"{what}: time", promised, measured, found[PLURAL].seconds <= limit)


def write_figures(track: Track, world: World, _runs: int, size: int) -> Figures:
    """Three entries differ."""
    for contender in (PLURAL, LOOP):
        run = track.run(contender, world, Case.SOME, size, changed=3)
        what = f"{world.name}: {contender.name}, 3 of {size} to change: writes"
        yield Figure(what, "exactly 3", str(run.writes), run.writes == 3)


def token_figures(track: Track, world: World, _runs: int, size: int) -> Figures:
    """Logging in with a mail address and a password."""
    merchant = track.sim.smartstream
    log_in = {
        "SMARTSTREAM_ACCESS_TOKEN": "",
        "SMARTSTREAM_MAIL_ADDRESS": merchant.mail_address,
        "SMARTSTREAM_PASSWORD": merchant.password,
    }
    for contender in (PLURAL, LOOP):
        run = track.run(contender, world, Case.SOME, size, more=log_in)
        yield Figure(f"{world.name}: {contender.name}, {size}: token requests", "1", str(run.tokens), run.tokens == 1)


def growth_figures(track: Track, world: World, runs: int, size: int) -> Figures:
    """Memory and time of long lists."""
    few, many = (count * size // SIZE for count in _MANY)
    short = track.alternate((PLURAL,), world, Case.UNCHANGED, few, runs)[PLURAL]
    long = track.alternate((PLURAL,), world, Case.UNCHANGED, many, runs)[PLURAL]
    memory = max(run.memory for run in long.runs)
    what = f"{world.name}: plural, {many}"
    yield Figure(f"{what}: memory of the largest process", "under 200 MB", f"{memory:.0f} MB", memory < 200)
    times = many // few
    # Ansible's own start is in both, so a line stays below; what grows faster than the list comes above sooner or later.
    promised = f"at most {times} times that of {few} ({_times(short)})"
    # Judged by processor time: a straight line bends by what else the machine does.
    yield Figure(f"{what}: processor time", promised, _times(long), long.cpu <= times * short.cpu)


def module_figures(track: Track, _world: World, runs: int, _size: int) -> Figures:
    """One resource as a module, against one task of uri that sends as many requests; starting is most of what they do."""
    taken: dict[tuple[Contender, World], list[Run]] = {}
    modules = ((MODULE_LOOP, SMARTSTREAM), (MODULE_LOOP, MSL))
    for _turn in range(2 * runs + 1):
        for contender, world in (*((uri, SMARTSTREAM) for uri in URI_TASKS.values()), *modules):
            taken.setdefault((contender, world), []).append(track.run(contender, world, Case.UNCHANGED, 1))
    for contender, world in modules:
        module = Measured(tuple(taken[(contender, world)]))
        uri = Measured(tuple(taken[(URI_TASKS[module.requests], SMARTSTREAM)]))
        yield Figure(
            f"{world.singular} as a module, one resource, requests: {module.requests}",
            f"not slower than one task of uri that sends as many ({_times(uri)}), within 3 %",
            _times(module),
            module.seconds <= uri.seconds * 1.03,
        )


def budget_figures(_track: Track, world: World, _runs: int, size: int) -> Figures:
    """With the service's request budget switched on: how many requests, and whether any is refused."""
    with Track(Settings()) as limited:
        for contender in (PLURAL, LOOP):
            yield _within_budget(world, contender, size, limited.run(contender, world, Case.UNCHANGED, size))
        if world is MSL:
            run = limited.run(PLURAL, world, Case.UNCHANGED, size, details=True)
            yield _within_budget(world, PLURAL, size, run, " with detail members")


def _within_budget(world: World, contender: Contender, size: int, run: Run, more: str = "") -> Figure:
    what = f"{world.name}, budget on: {contender.name}, {size} unchanged{more}: refused with 429"
    return Figure(what, "none", f"{run.throttled} of {run.requests} requests, {run.seconds:.1f} s", run.throttled == 0)


Measurement = Callable[[Track, World, int, int], Figures]
MEASUREMENTS: tuple[tuple[Measurement, tuple[World, ...]], ...] = (
    (loop_figures, (MSL, SMARTSTREAM)),
    (plural_figures, (MSL, SMARTSTREAM)),
    (detail_figures, (MSL,)),
    (write_figures, (MSL, SMARTSTREAM)),
    (token_figures, (SMARTSTREAM,)),
    (growth_figures, (MSL, SMARTSTREAM)),
    (module_figures, (MSL,)),
    (budget_figures, (MSL, SMARTSTREAM)),
)
