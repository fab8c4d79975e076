# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
from pathlib import Path

import pytest

from ansible_collections.streamops.live.tests.awx import awx_collection
from ansible_collections.streamops.live.tests.awx.definitions import COLLECTION


@pytest.fixture(scope="session")
def awx_modules() -> Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH with the collection awx.awx in it."""
    return awx_collection.present(Path(os.environ.get("AWX_COLLECTIONS") or COLLECTION / ".build" / "awx"))
