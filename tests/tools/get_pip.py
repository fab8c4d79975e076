# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the script with which ansible-test installs pip into its own virtual environments.

ansible-test downloads that script from a host of its own, which many networks do not reach, unless it lies in its
cache. ``environments.py`` puts this one there. It has the pip of ``.venv`` install the version that ansible-test asks for,
from the package index that pip is set up for: one process for each of some thirty environments, and nothing compiled
that runs once.
"""

import subprocess
import sys

# Options of the original script that pip itself does not know: leave out what newer interpreters do not bring anyway.
_OWN_OPTIONS = {"--no-setuptools", "--no-wheel"}
# environments.py writes the interpreter of .venv here.
_PYTHON = "{python}"


def main() -> None:
    """Install the packages named on the command line, pip among them; exit as pip does."""
    wanted = [argument for argument in sys.argv[1:] if argument not in _OWN_OPTIONS]
    pip = [_PYTHON, "-m", "pip", "--python", sys.executable, "install", "--no-compile"]
    sys.exit(subprocess.run([*pip, *wanted], check=False).returncode)


if __name__ == "__main__":
    main()
