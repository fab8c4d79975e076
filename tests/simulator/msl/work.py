# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an operation of the MSL API is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..replies import Reply
from ..settings import MslSettings
from .account import Account


@dataclass
class Work:
    """One request whose signature, query and body structure have been found right."""

    account: Account
    base_url: str
    #: Query parameters with their types.
    query: dict[str, Any]
    #: Number in the path; None when there is none or it is not a number.
    number: int | None
    body: dict[str, Any]

    @property
    def settings(self) -> MslSettings:
        """The switches of the service."""
        return self.account.settings.msl


def accepted() -> Reply:
    """202 without a body, as most writes answer."""
    return Reply(202)


def created(work: Work, kind: str, number: int) -> Reply:
    """202 with the Location header in the form that is set (reference msl, section 4.3)."""
    forms = {
        "relative": f"/{kind}/{number}",
        "prefixed": f"/api/v2/{kind}/{number}",
        "absolute": f"{work.base_url}/config-media-live/v2/msl-origin/{kind}/{number}",
        "slash": f"/{kind}/{number}/",
        "missing": None,
    }
    location = forms[work.settings.location_form]
    return Reply(202, None, {} if location is None else {"Location": location})
