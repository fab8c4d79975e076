# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-in for the live services: stateful, strict, and misbehaving on request."""

from .settings import Budget, MslSettings, Provisioning, Settings, SmartstreamSettings, Transition
from .simulator import Simulator

__all__ = [
    "Budget",
    "MslSettings",
    "Provisioning",
    "Settings",
    "Simulator",
    "SmartstreamSettings",
    "Transition",
]
