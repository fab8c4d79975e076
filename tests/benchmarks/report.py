# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was measured, as Markdown and as a plot."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
from matplotlib import pyplot

from .contenders import Contender
from .figures import Figure
from .track import Measured
from .worlds import Case, World

Table = Mapping[tuple[World, Case, int], Mapping[Contender, Measured]]
_PACKAGES = ("ansible-core", "requests", "edgegrid-python")
_BEGIN, _END = "<!-- begin: written by make bench -->", "<!-- end: written by make bench -->"
_JUDGEMENT = {True: "yes", False: "**no**", None: ""}


@dataclass(frozen=True)
class Results:
    """All that one run of the benchmark found. ``arguments``: what it was asked for."""

    arguments: Sequence[str]
    worlds: Sequence[World]
    sizes: Sequence[int]
    contenders: Sequence[Contender]
    table: Table
    figures: Sequence[Figure]
    empty_play: Measured
    load: tuple[float, float, float]
    runs: int


def markdown(results: Results) -> str:
    """The part of docs/performance.md that is measured."""
    parts = [_BEGIN, "", _surroundings(results), ""]
    if results.figures:
        parts += ["### What is promised", "", "| figure | promised | measured | met |", "|---|---|---|---|"]
        parts += [
            f"| {one.what} | {one.promised} | {one.measured} | {_JUDGEMENT[one.met]} |" for one in results.figures
        ]
        parts.append("")
    for world in results.worlds:
        for case in Case:
            parts += [f"### {world.name}: {case.value}", "", *_rows(results, world, case), ""]
    return "\n".join([*parts, _END, ""])


def _surroundings(results: Results) -> str:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in _PACKAGES)
    load = " / ".join(f"{value:.1f}" for value in results.load)
    busy = max(results.load) > (os.cpu_count() or 1)
    doubt = (
        " **The machine was busy with other work: the times are too long, processor times less so.**" if busy else ""
    )
    arguments = " ".join(results.arguments)
    runs = f"{results.runs} run{'s' * (results.runs > 1)}"
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors ({_processor()}), Python"
        f" {platform.python_version()}, {versions}; load average over 1, 5 and 15 minutes at the end {load}.{doubt}\n"
        f'Run as `make bench BENCH="{arguments}"`. Medians of {runs} in turn, one run for the slow loops and from 1000 on.'
        f" Each time is that of a whole command; a play that does nothing takes {results.empty_play.seconds:.2f} s of it."
    )


def _processor() -> str:
    """What Linux calls it; the name that Python knows is empty there."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        lines = []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def _rows(results: Results, world: World, case: Case) -> list[str]:
    rows = ["| seconds / processor seconds / requests | " + " | ".join(f"N = {size}" for size in results.sizes) + " |"]
    rows.append("|---" * (len(results.sizes) + 1) + "|")
    for contender in results.contenders:
        taken = [results.table[(world, case, size)].get(contender) for size in results.sizes]
        if any(taken):
            cells = [f"{one.seconds:.2f} / {one.cpu:.2f} / {one.requests}" if one else "left out" for one in taken]
            rows.append(f"| {contender.name} | " + " | ".join(cells) + " |")
    return rows


def plot(results: Results, world: World, target: Path) -> None:
    """Time above, requests below, a column for each case; both axes logarithmic."""
    mpl.rcParams["svg.hashsalt"] = "streamops.live"
    mpl.rcParams["svg.fonttype"] = "none"
    figure, axes = pyplot.subplots(2, len(Case), figsize=(12, 6.5), sharex=True, sharey="row", layout="constrained")
    for column, case in enumerate(Case):
        axes[0][column].set_title(case.value)
        axes[1][column].set_xlabel("N")
        for row, member in enumerate(("seconds", "requests")):
            for contender in results.contenders:
                taken = [(size, results.table[(world, case, size)].get(contender)) for size in results.sizes]
                points = [(size, getattr(one, member)) for size, one in taken if one]
                if points:
                    axes[row][column].plot(*zip(*points, strict=True), marker="o", markersize=4, label=contender.name)
            axes[row][column].set(xscale="log", yscale="log")
            axes[row][column].xaxis.set_major_formatter("{x:g}")
            axes[row][column].yaxis.set_major_formatter("{x:g}")
            axes[row][column].grid(True, which="major", alpha=0.3)
    axes[0][0].set_ylabel("seconds, whole command")
    axes[1][0].set_ylabel("requests")
    figure.legend(*axes[0][0].get_legend_handles_labels(), loc="outside lower center", ncols=len(results.contenders))
    figure.suptitle(world.name)
    figure.savefig(target, metadata={"Date": None})
    pyplot.close(figure)


def replace_in(document: Path, text: str) -> None:
    """Put what was measured between the two marks of a document.

    :raises ValueError: The document lacks the marks.
    """
    before, begin, rest = document.read_text().partition(_BEGIN)
    _old, end, after = rest.partition(_END + "\n")
    if not begin or not end:
        raise ValueError(f"{document} lacks the marks that what is measured stands between")
    document.write_text(before + text + after)
