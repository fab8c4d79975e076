# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations


class ModuleDocFragment:
    """What a module that takes a list does with the list as a whole."""

    DOCUMENTATION = r"""
options:
  prune:
    description:
      - Delete what the service has and the list lacks, as far as O(prune_match) and O(prune_limit) let it.
      - An entry of the list that is to be absent is no pruning and does not count against O(prune_limit).
    type: bool
    default: false
  prune_match:
    description:
      - A regular expression in Python's syntax, which is searched for in the name; V(^season-) finds names that begin so.
      - Nothing is pruned whose name it is not found in, so that it keeps what others manage out of reach.
      - Required with O(prune=true).
    type: str
  prune_limit:
    description:
      - How many may be pruned at most. When there are more, the task fails before anything is written and says which.
    type: int
    default: 10
  continue_on_error:
    description:
      - What to do with the other entries when one fails.
      - With V(false) an entry that cannot be brought about makes the task fail before anything is written; after a write
        that failed no further one is begun.
      - With V(true) the other entries are brought about all the same, and the task fails at its end.
    type: bool
    default: false
  concurrency:
    description:
      - How many requests may be under way at the same time, from 1 to 64.
      - Reads and writes of different entries do not depend on each other.
    type: int
    default: 8
"""
