# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error replies of the MSL API itself, in both documented shapes (reference msl, section 6)."""

from __future__ import annotations

import uuid
from typing import Any

from ..replies import Refusal, Reply
from ..settings import MslSettings

_TYPES = {
    400: ("bad-request", "Bad Request"),
    403: ("forbidden", "Forbidden"),
    404: ("resource-not-found", "Resource Not Found"),
    405: ("method-not-allowed", "Method Not Allowed"),
    415: ("unsupported-media-type", "Unsupported Media Type"),
}


_OTHER = ("internal-error", "Internal Error")


class Problem(Exception):
    """One refusal of the API: either a single detail, or all that is wrong with the input."""

    def __init__(self, status: int, detail: str | None = None, errors: list[str] | None = None) -> None:
        super().__init__(detail or errors)
        self.status = status
        self.detail = detail
        self.errors = errors or []

    def refusal(self, settings: MslSettings) -> Refusal:
        """The reply in the shape that is set."""
        shape = _exception_document if settings.error_shape == "B" else _problem_document
        return Refusal(Reply(self.status, shape(self), content_type="application/problem+json"))


def bad_input(errors: list[str]) -> Problem:
    """400 with everything that is wrong with the input."""
    return Problem(400, errors=errors)


def refuse_all(errors: list[str]) -> None:
    """Raise when there is anything to refuse.

    :raises Problem: 400 with all errors.
    """
    if errors:
        raise bad_input(errors)


def _problem_document(problem: Problem) -> dict[str, Any]:
    kind, title = _TYPES.get(problem.status, _OTHER)
    body: dict[str, Any] = {"type": kind, "title": title, "instance": _instance(), "status": problem.status}
    if problem.detail:
        body["detail"] = problem.detail
    if problem.errors:
        body["title"] = "Erroneous data input"
        body["errors"] = [
            {"type": kind, "title": title, "instance": _instance(), "detail": error} for error in problem.errors
        ]
    return body


def _exception_document(problem: Problem) -> dict[str, Any]:
    kind, title = _TYPES.get(problem.status, _OTHER)
    errors = problem.errors or [problem.detail or title]
    return {
        "code": kind,
        "title": title,
        "incidentId": _instance(),
        "stackTrace": None,
        "resolution": None,
        "helpUrl": None,
        "details": [{"field": None, "code": kind, "message": error, "data": None} for error in errors],
    }


def _instance() -> str:
    return str(uuid.uuid4())
