# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from ansible.plugins.action import ActionBase

from ..module_utils._module.smartstream_live_event_profile_info import TASK
from ..plugin_utils.in_process import InProcess


class ActionModule(InProcess, ActionBase):
    task = TASK
