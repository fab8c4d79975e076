# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """Waiting for a service that works asynchronously."""

    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Wait until the service has carried out what was asked of it.
      - Without waiting, the task ends as soon as the service has accepted the write.
      - While a task waits, the play's output has a line when something changes and at least every five minutes.
    type: bool
    default: false
  wait_timeout:
    description:
      - How many seconds to wait at most. The task fails after that, while the service goes on by itself.
      - A look that has begun is ended first, with its further tries where the service does not answer.
    type: int
    default: 10800
  wait_interval:
    description:
      - Seconds between two looks. Each is a request that counts against the service's limit.
    type: int
    default: 60
"""
