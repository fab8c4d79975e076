# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import configuration, settings

# Examples are the same in each run, and nothing is kept between runs.
settings.register_profile("unit", database=None, deadline=None, derandomize=True, max_examples=60)
settings.load_profile("unit")
configuration.set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "streamops-live-hypothesis")
