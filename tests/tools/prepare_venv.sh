#!/bin/sh
# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# Creates the virtual environment named as $1, or does nothing when it has what pyproject.toml asks for.
# Only the pinned versions count: other settings in pyproject.toml change often.

set -eu
venv=$1
wanted=$(sed -n '/^\[dependency-groups\]/,/^\[tool/p' pyproject.toml | cksum)
if [ -f "$venv/ready" ] && [ "$(cat "$venv/ready")" = "$wanted" ] && "$venv/bin/python" -c ''; then
    exit 0
fi

python=${PYTHON:-$(sh tests/tools/find_python.sh)}
echo "Preparing $venv with $python (about a minute)"
"$python" -m venv --clear "$venv"
# pip takes a group from pyproject.toml since 25.1, and older interpreters bring an older pip.
pip=$(sed -n 's/^bootstrap = \["\(.*\)"\]/\1/p' pyproject.toml)
"$venv/bin/python" -m pip install -qq --disable-pip-version-check "$pip"
"$venv/bin/python" -m pip install -qq --disable-pip-version-check --group tools
printf '%s' "$wanted" > "$venv/ready"
