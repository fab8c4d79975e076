# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """What every module does with check mode, diff mode and a second run; a module says how far."""

    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description:
      - Can run in C(check_mode) and predict the changed status without modifying anything.
      - No write request is sent and no key is generated.
  diff_mode:
    description: Returns what changed, or in check mode what would change, with secrets masked the same on both sides.
  idempotent:
    description: A second run with the same options reports no change and sends no write request.
"""

    # Not MSL: Ansible would look for a fragment of that name first.
    ACTION_GROUP_MSL = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/streamops.live.msl) in C(module_defaults) to set options, such as credentials, for all its modules.
    support: full
    membership:
      - streamops.live.msl
"""

    ACTION_GROUP_SMARTSTREAM = r"""
options: {}
attributes:
  action_group:
    description: Use C(group/streamops.live.smartstream) in C(module_defaults) to set options, such as credentials, for all its modules.
    support: full
    membership:
      - streamops.live.smartstream
"""
