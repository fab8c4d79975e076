# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def host_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Tasks of one user on one host meet in a folder for temporary files: no test meets those of another.

    Accounts are told apart by their address, and simulators use a port again that another one has left.
    """
    tmp_path_factory.getbasetemp()  # Of all tests: it is made when it is first asked for, and must not lie in here.
    # Its name is short because the path of a socket must be.
    with tempfile.TemporaryDirectory(prefix="streamops-") as folder:
        monkeypatch.setenv("TMPDIR", folder)
        monkeypatch.setattr(tempfile, "tempdir", None)
        yield
