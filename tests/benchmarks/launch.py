# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the benchmarks in an environment and a copy of the collection of their own; edits meanwhile do no harm.

Started in `.venv` by `make bench`; the arguments are those of the benchmarks. ``--write`` also updates docs/.
"""

from __future__ import annotations

import subprocess
import sys

from tests.tools.cores import CORES
from tests.tools.environments import Environment
from tests.tools.places import BUILD, PROJECT
from tests.tools.tree import copied

_PACKAGE = "ansible_collections.streamops.live.tests.benchmarks"


def main(arguments: list[str]) -> int:
    """Prepare, run, and pass the exit code on."""
    core = CORES[-1]
    if core.python is None:
        sys.exit(f"ansible-core {core.line} needs one of Python {', '.join(core.pythons)}; none was found")
    environment = Environment("bench", core.python)
    environment.prepare()
    tree = copied("bench")
    given = [argument for argument in arguments if argument != "--write"]
    docs = ["--docs", str(PROJECT / "docs")] if "--write" in arguments else []
    command = [
        str(environment.folder / "bin" / "python"),
        "-m",
        _PACKAGE,
        "--output",
        str(BUILD / "bench"),
        *docs,
        *given,
    ]
    # Compiled files are kept, as they are where a collection is installed.
    variables = environment.variables(PYTHONPATH=str(tree), PYTHONDONTWRITEBYTECODE="")
    return subprocess.run(command, env=variables, cwd=tree, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
