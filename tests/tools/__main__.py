# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""`python -m tests.tools`: what the Makefile's targets call. `make help` lists those."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from . import steps
from .cores import CORES
from .environments import TOOLS, Environment
from .interpreters import found
from .places import PROJECT
from .running import Runner, report
from .tree import copied


def main(arguments: Sequence[str]) -> int:
    """Run what the arguments name and return the exit code."""
    options = _parsed(arguments)
    if options.kind == "build":
        return _build()
    picked = _picked(options)
    Environment(TOOLS).prepare()
    if not any(core.python for core in CORES) and options.kind == "test":
        print("None of the ansible-core lines has a Python here to run with", file=sys.stderr)
        return 1
    runner = Runner(options.jobs)
    begun = time.monotonic()
    if len(picked) == 1:
        outcomes = [runner.show(picked[0])]
    else:
        print("Python: " + ", ".join(f"{version} ({path})" for version, path in found().items()), flush=True)
        outcomes = runner.run(picked)
    return report(outcomes, time.monotonic() - begun)


def _parsed(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.tools", description=__doc__)
    parser.add_argument("--jobs", type=int, default=int(os.environ.get("JOBS") or 2), help="steps side by side")
    kinds = parser.add_subparsers(dest="kind", required=True)
    for kind in ("test", "test-fast", "test-deep", "build"):
        kinds.add_parser(kind)
    kinds.add_parser("step").add_argument("names", nargs="+")
    kinds.add_parser("mutants").add_argument("names", nargs="*", help="mutmut's names, with wildcards")
    for kind in ("units", "plays", "sanity", "integration", "molecule"):
        sub = kinds.add_parser(kind)
        sub.add_argument("--core", help="one ansible-core line, as in 2.19")
        sub.add_argument("names", nargs="*", help="targets, scenarios or arguments of pytest, after --")
    return parser.parse_args(arguments)


def _picked(options: argparse.Namespace) -> tuple[steps.Step, ...]:
    """The steps that the arguments name."""
    if options.kind == "units":
        return steps.core_units(options.core, options.names) if options.core else (steps.units(options.names),)
    table = {
        "test": steps.everything,
        "test-fast": steps.fast,
        "test-deep": steps.deep,
        "mutants": lambda: (steps.mutants(options.names),),
        "step": lambda: steps.named(options.names),
        "sanity": lambda: steps.sanity(options.core),
        "plays": lambda: steps.plays(options.core, options.names),
        "integration": lambda: steps.integration(options.core, options.names),
        "molecule": lambda: steps.molecule(options.names),
    }
    picked = table[options.kind]()
    if not picked:
        raise SystemExit(f"There is nothing to run for {options.kind}")
    return picked


def _build() -> int:
    """Build the tarball into the project's folder."""
    collection = copied("build") / "ansible_collections" / "streamops" / "live"
    command = [Environment(TOOLS).folder / "bin" / "ansible-galaxy", "collection", "build", "--force"]
    return subprocess.run([*command, "--output-path", PROJECT], cwd=collection, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Interrupted; every step that ran was ended")
