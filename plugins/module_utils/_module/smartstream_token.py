# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module ``smartstream_token``."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._engine.apply import doing
from .._smartstream.api import SmartstreamApi
from .specs import SMARTSTREAM_CONNECTION
from .task import Task, Values


def _carry_out(api: SmartstreamApi, options: t.Mapping[str, t.Any], context: Context) -> Values:
    # A token writes nothing, so check mode asks for one as well: later tasks of the play need it.
    with doing("log in to SmartSTREAM"):
        token = api.request_token()
    return {"changed": False, "actions": [], "access_token": token.value, "expiration": token.expiration}


TASK = Task(dict(SMARTSTREAM_CONNECTION), SmartstreamApi.for_login, _carry_out, returns_secrets=("access_token",))
