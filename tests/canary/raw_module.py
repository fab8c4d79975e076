# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A process that runs one module as its target does; standard input has the module's name and arguments as JSON.

What it prints is what Ansible gets to see, before any callback has hidden something.
"""

from __future__ import annotations

import importlib
import json
import sys

from ansible_collections.streamops.live.tests.unit.support.modules import module_arguments

if __name__ == "__main__":
    name, arguments = json.load(sys.stdin)
    module = importlib.import_module(f"ansible_collections.streamops.live.plugins.modules.{name}")
    with module_arguments(arguments):
        module.main()
