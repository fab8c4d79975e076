# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run `ansible-test integration` against a simulator, then ask the simulator what check mode did.

ansible-test hands no environment variable on; what the targets need to know goes into integration_config.yml, whose
members they see as variables.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_START_TIMEOUT = 30

# The request budget is tested by itself; here it would only make the suite wait.
_OPTIONS = ("--no-budget",)


def main(arguments: Sequence[str]) -> int:
    """Run the targets; 0 when all passed and no check-mode section saw a write or a key generation.

    :param arguments: Options of ansible-test, then ``--``, then targets; without targets all are run.
    """
    split = arguments.index("--")
    targets = arguments[split + 1 :]
    with simulator(Path("tests/output/simulator")) as description:
        settings = Path("tests/integration/integration_config.yml")
        settings.write_text(json.dumps({"simulator_url": description["url"], "edgerc": description["edgerc"]}) + "\n")
        status = subprocess.run(["ansible-test", "integration", *arguments[:split], *targets], check=False).returncode
        summary = _asked(description["url"], "summary")
    writes, keys, sections = (summary[name] for name in ("frozen_writes", "frozen_key_generations", "frozen_sections"))
    print(f"figure: check mode: {writes} writes, {keys} key generations over {sections} check-mode sections")
    vacuous = not sections and not targets
    if vacuous:
        print("The whole suite had no check-mode section, so the figure means nothing")
    return 1 if status or writes or keys or vacuous else 0


@contextmanager
def simulator(folder: Path) -> Iterator[dict[str, Any]]:
    """A running simulator; gives the content of its simulator.json.

    :raises TimeoutError: It did not start in time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    described = folder.resolve() / "simulator.json"
    described.unlink(missing_ok=True)
    child = subprocess.Popen([sys.executable, "tests/simulator", "serve", "--folder", str(folder), *_OPTIONS])
    try:
        deadline = time.monotonic() + _START_TIMEOUT
        while not described.exists():
            if child.poll() is not None or time.monotonic() > deadline:
                raise TimeoutError("the simulator did not start")
            time.sleep(0.05)
        yield json.loads(described.read_text())
    finally:
        child.terminate()
        child.wait(10)


def _asked(url: str, what: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/_simulator/{what}", timeout=10) as answer:
        answered: dict[str, Any] = json.load(answer)
        return answered


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
