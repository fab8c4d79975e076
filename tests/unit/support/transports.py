# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A transport to a host that does not exist, for scripted replies."""

from __future__ import annotations

from typing import Any

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.session import open_session
from ansible_collections.streamops.live.plugins.module_utils._core.transport import Transport
from ansible_collections.streamops.live.plugins.module_utils._msl.refusals import SERVICE
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

URL = "https://service.invalid"


def scripted(url: str = URL, **settings: Any) -> tuple[Transport, Context]:
    """A transport with the Media Services Live API's rules, and the context it reports to."""
    context = Context(clock=SkippingClock())
    session = open_session(context.environment, validate_certs=True, ca_path=None)
    return Transport(SERVICE, url, session, context, **settings), context
