#!/bin/sh
# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Prints the interpreter for .venv: the first of PATH or pyenv that is 3.10 or later and can make virtual environments.
# 3.12 comes first because it runs every ansible-core line that the tests know.

usable='import sys, ensurepip, venv; sys.version_info >= (3, 10) or sys.exit(1); print(sys.executable)'

for version in 3.12 3.13 3.11 3.10 3.14; do
    for candidate in "python$version" "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/python; do
        # A pyenv shim of a version that is not selected fails here, and the real interpreter behind it is found next.
        "$candidate" -c "$usable" 2>/dev/null && exit 0
    done
done
python3 -c "$usable" 2>/dev/null && exit 0

echo "No Python 3.10 or later with venv and pip was found on PATH or in pyenv." >&2
echo "Install one (on Debian: apt install python3 python3-venv), or name it: make PYTHON=/path/to/python3 ..." >&2
exit 1
