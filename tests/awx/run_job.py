# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that runs one job with ansible-runner; standard input has the arguments as JSON, artifacts are the answer."""

from __future__ import annotations

import json
import sys

import ansible_runner

if __name__ == "__main__":
    ansible_runner.run(**json.load(sys.stdin))
