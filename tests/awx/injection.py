# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials as AWX injects them, by AWX's own code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from awx_plugins.interfaces._temporary_private_credential_api import Credential
from awx_plugins.interfaces._temporary_private_inject_api import inject_credential

from .definitions import credential_type


@dataclass(frozen=True)
class Injected:
    """What a job gets (``environment``) and what AWX shows of it to people (``shown``)."""

    environment: dict[str, str]
    shown: dict[str, str]


def injected(service: str, inputs: Mapping[str, str], folder: Path) -> Injected:
    """What AWX makes of a credential.

    :param inputs: Its fields. AWX fills in blanks for those that a person leaves out; the API does not.
    :param folder: The job's private data folder, for injectors that write files.
    """
    definition = credential_type(service)
    shape = SimpleNamespace(inputs=definition["inputs"], injectors=definition["injectors"], managed=False)
    given = Injected({}, {})
    inject_credential(shape, Credential(dict(inputs)), given.environment, given.shown, [], str(folder))
    return given
