# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for the script with which ansible-test installs pip into its own virtual environments.

ansible-test downloads that script from a host of its own, which many networks do not reach, unless it lies in its
cache. ``environments.py`` puts this one there. It takes pip from the interpreter's own ensurepip and then installs the
version that ansible-test asks for from the package index that pip is set up for.
"""

import subprocess
import sys

# Options of the original script that pip itself does not know: leave out what newer interpreters do not bring anyway.
_OWN_OPTIONS = {"--no-setuptools", "--no-wheel"}


def main() -> None:
    """Install pip, and then the packages named on the command line; exit as pip does."""
    # In processes of their own, since ensurepip changes the environment in which pip would look for its settings.
    subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    wanted = [argument for argument in sys.argv[1:] if argument not in _OWN_OPTIONS]
    sys.exit(subprocess.run([sys.executable, "-m", "pip", "install", *wanted], check=False).returncode)


if __name__ == "__main__":
    main()
