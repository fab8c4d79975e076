# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes both ``python -m simulator`` and ``python tests/simulator`` start the command."""

import sys
from importlib import import_module
from pathlib import Path

if __package__:
    from .command import main
else:
    # Started as a folder: Python put this folder on the path, where the package is one level up.
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    main = import_module("simulator.command").main

sys.exit(main(sys.argv[1:]))
