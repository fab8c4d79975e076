# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Typed errors: everything below the module entry raises one of these, and nothing else on purpose."""

from __future__ import annotations

import typing as t

# Interrupted has the kind of a wait that is over: these words tell it apart where only a result is left of it.
INTERRUPTED = "the task was interrupted"


class StreamOpsError(Exception):
    """A task that cannot go on.

    :param message: What happened, as one sentence without the action ("the service answered 400 ...").
    :param advice: What the user can do about it, as one sentence.
    :param status: HTTP status, where the service answered.
    :param code: The service's own error code.
    :param title: The service's title of the error.
    :param details: Every detail text that the service gave.
    :param request_id: What the vendor's support asks for (an instance, incident or request id).
    """

    kind = "unexpected_response"

    def __init__(
        self,
        message: str,
        *,
        advice: str = "",
        status: int | None = None,
        code: str | None = None,
        title: str | None = None,
        details: t.Sequence[str] = (),
        request_id: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.status = status
        self.code = code
        self.title = title
        self.details = list(details)
        self.request_id = request_id
        self.doing = ""
        self.actions: list[str] = []
        # What else a failed task returns, such as the results of its other resources.
        self.values: dict[str, t.Any] = {}

    def while_doing(self, doing: str) -> StreamOpsError:
        """Say what was being done ("create stream 'news'"); the innermost statement wins."""
        if not self.doing:
            self.doing = doing
        return self

    def text(self) -> str:
        """The message that a user reads: what was being done, what happened, what to do now."""
        what = f"Cannot {self.doing}: {self.message}" if self.doing else _capitalised(self.message)
        return " ".join(sentence for sentence in (_ended(what), _ended(self.advice)) if sentence)

    def as_dict(self) -> dict[str, t.Any]:
        """The ``error`` member of a failed task."""
        return {
            "kind": self.kind,
            "status": self.status,
            "code": self.code,
            "title": self.title,
            "details": self.details,
            "request_id": self.request_id,
        }


class InvalidInput(StreamOpsError):
    """The options cannot be right, or the service refused them."""

    kind = "invalid"


class MissingPackage(InvalidInput):
    """A Python package is not importable where the task runs."""


class Unauthorized(StreamOpsError):
    """The service does not accept the credentials."""

    kind = "unauthorized"


class Forbidden(StreamOpsError):
    """The credentials are accepted but may not do this."""

    kind = "forbidden"


class NotFound(StreamOpsError):
    """The resource that the options name does not exist."""

    kind = "not_found"


class Conflict(StreamOpsError):
    """The state of the resource does not allow this."""

    kind = "conflict"


class Throttled(StreamOpsError):
    """The service's request limit was met and did not clear within the allowed tries."""

    kind = "throttled"


class Unavailable(StreamOpsError):
    """The service could not be reached or failed, and nothing was written by the failed request."""

    kind = "unavailable"


class TimedOut(StreamOpsError):
    """A wait, or a request that only reads, took longer than allowed."""

    kind = "timeout"


class Interrupted(TimedOut):
    """The task was told to stop, by a signal or by its own time limit."""


class Ambiguous(StreamOpsError):
    """A write was sent and its answer was lost: it may or may not have been carried out."""

    kind = "ambiguous"


class Immutable(StreamOpsError):
    """The service cannot change a member that the task wants changed."""

    kind = "immutable"


class ProvisioningFailed(StreamOpsError):
    """The service accepted a write and reported later that it could not carry it out."""

    kind = "provisioning_failed"


class UnexpectedResponse(StreamOpsError):
    """The service answered something that its documentation does not allow for."""


def _capitalised(sentence: str) -> str:
    """A sentence with a capital, unless it begins with the name of an option."""
    return sentence if "_" in sentence.split(" ", 1)[0] else sentence[:1].upper() + sentence[1:]


def _ended(sentence: str) -> str:
    sentence = sentence.strip()
    return sentence if not sentence or sentence[-1] in ".!?" else sentence + "."
