# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Benchmarks against the simulator; `make bench` runs them. Exits with 1 when a promised figure is not met."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from .contenders import CONTENDERS, EMPTY_PLAY
from .figures import MEASUREMENTS, SIZE, Figure
from .report import Results, markdown, plot, replace_in
from .track import Track
from .worlds import MSL, WORLDS, Case, World

_SIZES, _QUICK_SIZES = (1, 10, 50, 200, 1000), (10, 50)
_RUN_ONCE_FROM = 1000


def main(arguments: Sequence[str]) -> int:
    """Measure, and write what was found."""
    options = _parsed(arguments)
    worlds = [world for world in WORLDS if options.service in (None, world.name)]
    sizes = options.sizes or (_QUICK_SIZES if options.quick else _SIZES)
    runs = options.runs or (2 if options.quick else 3)
    options.output.mkdir(parents=True, exist_ok=True)
    with Track() as track:
        size = _QUICK_SIZES[-1] if options.quick else SIZE
        figures = [] if options.tables_only else list(_figures(track, worlds, runs, size))
        table = {} if options.figures_only else _table(track, worlds, sizes, runs, options.slow)
        empty = track.alternate((EMPTY_PLAY,), MSL, Case.UNCHANGED, 1, runs)[EMPTY_PLAY]
    shown = [] if options.figures_only else worlds
    results = Results(_told(arguments), shown, sizes, CONTENDERS, table, figures, empty, os.getloadavg(), runs)
    text = markdown(results)
    (options.output / "performance.md").write_text(text)
    print(text)
    for world in shown:
        plot(results, world, options.output / _plot_name(world))
    if options.docs:
        _update(options.docs, text, results, shown)
    return 1 if any(figure.met is False for figure in figures) else 0


def _figures(track: Track, worlds: Sequence[World], runs: int, size: int) -> Iterator[Figure]:
    for measure, about in MEASUREMENTS:
        for world in worlds:
            if world not in about:
                continue
            for figure in measure(track, world, runs, size):
                verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
                print(f"{figure.what}: {figure.measured}; {figure.promised}: {verdict}", file=sys.stderr, flush=True)
                yield figure


def _table(track: Track, worlds: Sequence[World], sizes: Sequence[int], runs: int, slow: int) -> dict:
    table = {}
    for world in worlds:
        for case in Case:
            for size in sizes:
                able = [contender for contender in CONTENDERS if contender.takes(world, case, size)]
                taking = [contender for contender in able if size <= slow or contender.most is None]
                turns = 1 if size >= _RUN_ONCE_FROM else runs
                table[(world, case, size)] = track.alternate(taking, world, case, size, turns)
                told = ", ".join(f"{one.name} {took.seconds:.2f} s" for one, took in table[(world, case, size)].items())
                print(f"{world.name}, {case.value}, {size}: {told}", file=sys.stderr, flush=True)
    return table


def _plot_name(world: World) -> str:
    return f"performance_{world.name.lower()}.svg"


def _update(docs: Path, text: str, results: Results, worlds: Sequence[World]) -> None:
    replace_in(docs / "performance.md", text)
    for world in worlds:
        plot(results, world, docs / _plot_name(world))


def _told(arguments: Sequence[str]) -> list[str]:
    """The arguments as they were given to `make bench`: the launcher adds folders, one of them for --write."""
    folders = {place for place, argument in enumerate(arguments) if argument in ("--output", "--docs")}
    told = [one for place, one in enumerate(arguments) if place not in folders and place - 1 not in folders]
    return [*told, "--write"] if "--docs" in arguments else told


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="N = 10 and 50 only")
    parser.add_argument("--sizes", type=int, nargs="+", help="the lengths of the lists in the tables")
    parser.add_argument(
        "--slow", type=int, default=_SIZES[-1], help="no longer lists for loops of processes, in the tables"
    )
    parser.add_argument("--tables-only", action="store_true", help="the tables, without what is promised")
    parser.add_argument("--runs", type=int, help="runs that each median is made of")
    parser.add_argument("--service", choices=[world.name for world in WORLDS], help="only this one")
    parser.add_argument("--figures-only", action="store_true", help="what is promised, without the tables")
    parser.add_argument("--output", type=Path, required=True, help="folder for the table and the plots")
    parser.add_argument("--docs", type=Path, help="folder whose performance.md is brought up to date, plots beside it")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted")
