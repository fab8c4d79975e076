# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the code in thousands of small ways and see whether the tests notice: `python -m tests.mutants TREE [NAME...]`.

TREE is the folder that holds ``ansible_collections``: only from there do mutmut's names of the functions agree with
those that Python imports them by. NAMEs are mutmut's, with wildcards; without them everything is tried.
"""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

#: In percent; what may survive is in survivors.md, with the reason.
LEAST_SCORE = 90

_COLLECTION = "ansible_collections/streamops/live"
_UNDER_TEST = (
    "_engine/*.py",
    "_smartstream/lifecycle.py",
    "_core/transport.py",
    "_core/tries.py",
)
# The tests of these files, and of the modules those that are about many resources, lost answers, waits, other servers
# and what happens while a task runs.
_TESTS = (
    "_engine",
    "_core",
    "_smartstream/test_lifecycle.py",
    "_smartstream/test_states.py",
    "_smartstream/test_while_a_task_runs.py",
    "_module/test_changed_by_others.py",
    "_module/test_many.py",
    "_module/test_other_servers.py",
    "_module/test_lost_answers.py",
    "_module/test_plural_between_list_and_write.py",
    "_module/test_stream_provisioning.py",
)
# A change that makes a loop endless counts as noticed when it ends by one of these: bytes of memory, and processor time
# in multiples of what the tests take that run the changed line.
_MEMORY = 4 * 1024**3
_PATIENCE = 4.0
_OPTIONS = ("-p", "no:cacheprovider", "-p", "no:xdist", "--import-mode=importlib")
_STATS = Path("mutants", "mutmut-cicd-stats.json")


def main(tree: Path, names: Sequence[str]) -> int:
    """Try the mutants; 0 when enough of them were noticed."""
    shutil.rmtree(tree / "mutants", ignore_errors=True)
    (tree / "setup.cfg").write_text(_settings())
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    mutmut = shutil.which("mutmut") or "mutmut"
    with (tree / "mutmut.log").open("wb") as log:
        # What it shows while it runs is one line, rewritten for each mutant.
        run = subprocess.run([mutmut, "run", *names], cwd=tree, stdout=log, stderr=subprocess.STDOUT, check=False)
    if run.returncode:
        print((tree / "mutmut.log").read_text(errors="replace")[-3000:])
        return 1
    subprocess.run([mutmut, "export-cicd-stats"], cwd=tree, check=True)
    results = subprocess.run([mutmut, "results"], cwd=tree, check=True, capture_output=True, text=True).stdout
    print(*(line.strip() for line in results.splitlines() if "not checked" not in line), sep="\n")
    return _judged(json.loads((tree / _STATS).read_text()))


def _settings() -> str:
    members = {
        "source_paths": ["ansible_collections"],
        "only_mutate": [f"{_COLLECTION}/plugins/module_utils/{path}" for path in _UNDER_TEST],
        "pytest_add_cli_args": list(_OPTIONS),
        "pytest_add_cli_args_test_selection": [
            f"{_COLLECTION}/tests/unit/plugins/module_utils/{path}" for path in _TESTS
        ],
    }
    lines = [f"{name} =\n" + "".join(f"    {value}\n" for value in values) for name, values in members.items()]
    return f"[mutmut]\ntimeout_multiplier = {_PATIENCE}\n" + "".join(lines)


def _judged(counts: dict[str, int]) -> int:
    """Say how many were noticed; one that never ends was."""
    noticed = counts["killed"] + counts["timeout"] + counts["segfault"]
    tried = noticed + counts["survived"] + counts["no_tests"] + counts["suspicious"]
    score = 100 * noticed / tried if tried else 0.0
    print(f"figure: {noticed:,} of {tried:,} mutants noticed ({score:.1f} %)")
    return 0 if score >= LEAST_SCORE else 1


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
