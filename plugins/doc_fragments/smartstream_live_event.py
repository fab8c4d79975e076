# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import textwrap

# The options of one live event. ``@`` stands for the way to it: nothing in the singular module, the list in a plural one.
_MEMBERS = r"""
  state:
    description:
      - V(present) creates the event or changes it.
      - V(started) has it run. An event that does not exist is created first, provided that its name and profile are given.
      - V(stopped) has it not run.
      - V(reset) resets it, which the service asks for between a stop and the next start.
      - V(cancelled) cancels it. The service does not document what a cancel does.
      - V(absent) deletes it.
      - What each state does in which phase of the event is a table on the collection's page on SmartSTREAM.
      - With V(started), V(stopped), V(reset) and V(cancelled) members that are given are brought about first, by the same
        rules as with V(present).
    type: str
    choices: [present, absent, started, stopped, reset, cancelled]
    default: present
  id:
    description:
      - The id that the service gave to the event. It names an existing event and comes before O(@ref_id), so that an event
        can be given another reference id.
    type: str
  ref_id:
    description:
      - The user's own id of the event. It names the event unless O(@id) is given, and comes before O(@name), so that an
        event can be given another name.
      - Slashes, question marks, number signs, control characters and blanks at either end are refused. The service
        does not document which characters it takes; others than letters, digits, dot, dash and underscore bring a warning
        when they are written.
    type: str
  name:
    description:
      - The title of the event in the management console.
      - It names the event if neither O(@id) nor O(@ref_id) is given. A name that several events have fails with the kind
        V(conflict) and their ids.
      - Required to create an event.
    type: str
  description:
    description:
      - A description.
    type: str
  source_type:
    description:
      - How the encoder sends. The service takes V(rtmp) when it is left out.
      - Taken at creation only. The service does not show it; it is seen in the ingest URL.
    type: str
    choices: [rtmp, rtp, udp]
  live_event_profile_id:
    description:
      - The id of the profile that the event is encoded with.
      - This or O(@live_event_profile) is required to create an event.
    type: str
  live_event_profile:
    description:
      - The profile by its reference id or its name, which takes one request to look up.
    type: str
  enable_ad_insertion_flag:
    description:
      - Whether advertisements can be inserted.
    type: bool
  enable_live_to_file_flag:
    description:
      - Whether the event is recorded. The service makes the recording some time after the event ends.
    type: bool
  live_encode_start_at:
    description:
      - When encoding starts, as an ISO 8601 date and time with an offset, such as V(2030-12-31T20:00:00+09:00). An empty
        text removes it.
      - It is compared as a point in time, whatever offset the service shows.
    type: str
  live_encode_end_at:
    description:
      - When encoding ends, in the same form. It must be after O(@live_encode_start_at).
    type: str
  update_running:
    description:
      - Also change other members than O(@name) and O(@description) of an event that runs. What the service does then is not
        documented. Without it such a task fails with the kind V(conflict).
    type: bool
    default: false
  reset_stopped:
    description:
      - With O(@state=started), reset an event that was stopped, was cancelled or has failed, then start it. Without it such a
        task fails with the kind V(conflict).
      - A stopped event may look pending. So an event whose start the service refuses, and that does not run, is reset too.
    type: bool
    default: false
  stop_pending:
    description:
      - With O(@state=stopped), also stop an event that looks pending, which may be one that is starting. Without it the event
        is left as it is, with a warning.
    type: bool
    default: false
  reset_pending:
    description:
      - With O(@state=reset), also reset an event that looks pending. Without it the event is left as it is, with a warning.
    type: bool
    default: false
  force:
    description:
      - With O(@state=absent) and O(@state=cancelled), act on an event that runs. Without it such a task fails with the
        kind V(conflict).
      - The service carries out the deletion of a running event when the event has stopped.
    type: bool
    default: false
"""


class ModuleDocFragment:
    """What can be said about a live event."""

    # Annotated, since ansible-test takes a plain assignment for a literal text.
    DOCUMENTATION: str = "options:" + _MEMBERS.replace("O(@", "O(")

    LIST: str = "options:\n  live_events:\n    suboptions:" + textwrap.indent(
        _MEMBERS.replace("O(@", "O(live_events[]."), "    "
    )
