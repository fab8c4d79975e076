# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from ansible_collections.streamops.live.tests.awx import ansible_runs, awx_collection
from ansible_collections.streamops.live.tests.awx.definitions import COLLECTION


@pytest.fixture(scope="session")
def awx_modules() -> Path:
    """A folder for ANSIBLE_COLLECTIONS_PATH with the collection awx.awx in it."""
    return awx_collection.present(Path(os.environ.get("AWX_COLLECTIONS") or COLLECTION / ".build" / "awx"))


@pytest.fixture(scope="session")
def project_collections(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a project update of AWX makes of a clone: it installs collections/requirements.yml, in the clone's folder."""
    folder = tmp_path_factory.mktemp("project")
    command = ["ansible-galaxy", "collection", "install", "-r", "collections/requirements.yml"]
    environment = ansible_runs.environment(folder, ANSIBLE_COLLECTIONS_PATH=str(folder / "installed"))
    subprocess.run([*command, "-p", folder / "installed"], cwd=COLLECTION, env=environment, check=True)
    return folder / "installed"
