# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A task, wherever it runs: validated options in, a result or a typed error out. No Ansible object is seen here."""

from __future__ import annotations

import types
import typing as t

from .._core.context import Context
from .._core.errors import StreamOpsError
from .._core.wait_part import FOR_NEXT_CALL, WaitPart
from .specs import Spec

Values = dict[str, t.Any]


class Api(t.Protocol):
    """What a task must know of a client."""

    @property
    def requests_sent(self) -> int:
        """How many requests were sent."""

    @property
    def seconds_waited(self) -> float:
        """How long the client waited before further tries."""


class Task(t.NamedTuple):
    """What one module does.

    :param spec: Its argument specification.
    :param packages: The importable names of what it needs besides Python.
    :param awaited_key: The result's member to wait for.
    :param rules: Ansible's further rules for it (``required_together`` ...).
    :param returns_secrets: The result's members that are there to hand a secret on.
    :param open_api: Makes the client from connection options.
    :param carry_out: Does the work and returns the module's values.
    """

    spec: Spec
    open_api: t.Callable[[t.Mapping[str, t.Any], Context], t.Any]
    carry_out: t.Callable[[t.Any, t.Mapping[str, t.Any], Context], Values]
    rules: t.Mapping[str, t.Any] = types.MappingProxyType({})
    packages: tuple[str, ...] = ("requests",)
    awaited_key: str | None = None
    returns_secrets: tuple[str, ...] = ()


class Result(t.NamedTuple):
    """How a task ended: ``failed`` tells success and failure apart, ``values`` is what the user gets.

    :ivar handed_on: Secrets in it that the user asked for, which must not be hidden from them as options are.
    """

    failed: bool
    values: Values
    handed_on: frozenset[str] = frozenset()


def run(task: Task, options: t.Mapping[str, t.Any], context: Context) -> Result:
    """Run a task to its end; every typed error becomes a failed result.

    :param context: One that was used before brings its client and its listings along: the items of a loop share them.
    """
    result = _carried_out(task, options, context)
    if context.for_next_call and context.part is not WaitPart.WHOLE:
        result.values[FOR_NEXT_CALL] = dict(context.for_next_call)
    return result


def _carried_out(task: Task, options: t.Mapping[str, t.Any], context: Context) -> Result:
    api: Api | None = context.shared.get("api")
    sent, waited = (api.requests_sent, api.seconds_waited) if api else (0, 0.0)
    try:
        if api is None:
            api = context.shared["api"] = task.open_api(options, context)
        values = task.carry_out(api, options, context)
        handed_on = {name: values[name] for name in task.returns_secrets}
        if not options.get("reveal_secrets"):
            # A service may repeat what it was sent, and a partner may write a key into a name.
            values = {**context.scrubber.scrub(values), **handed_on}
        values = {**values, "api_calls": api.requests_sent - sent}
        return Result(False, values, frozenset(handed_on.values()))
    except StreamOpsError as error:
        return Result(True, failure(error, api.requests_sent - sent if api else 0, context))
    finally:
        if api is not None and api.seconds_waited - waited >= 1:
            context.report.warn(
                f"The task waited {api.seconds_waited - waited:.0f} s in all before trying requests again."
            )


def failure(error: StreamOpsError, api_calls: int, context: Context) -> Values:
    """What a user gets of an error; no secret is in it."""
    scrub = context.scrubber.scrub
    return {
        "msg": scrub(error.text()),
        "error": scrub(error.as_dict()),
        "actions": error.actions,
        "changed": bool(error.actions),
        "api_calls": api_calls,
        **scrub(error.values),
    }
