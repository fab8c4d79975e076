# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs tasks in process against a simulator, as a module would: options validated, every leak a failure."""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import json
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._module import (
    msl_cpcode,
    msl_facts,
    msl_origin,
    msl_origins,
    msl_stream,
    msl_streams,
)
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.recording import RecordedRequest
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

TASKS = {
    "origin": msl_origin.TASK,
    "origins": msl_origins.TASK,
    "stream": msl_stream.TASK,
    "streams": msl_streams.TASK,
    "cpcode": msl_cpcode.TASK,
    "facts": msl_facts.TASK,
}


@dataclasses.dataclass(frozen=True)
class Ran:
    """What a user sees of a task, and what the simulator saw."""

    failed: bool
    values: dict[str, Any]
    warnings: list[str]
    progress: list[str]
    slept: list[float]
    requests: list[RecordedRequest]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def kind(self) -> str:
        """The kind of the error."""
        assert self.failed, self.values
        return str(self.values["error"]["kind"])

    @property
    def writes(self) -> list[RecordedRequest]:
        """The requests that are meant to change something."""
        return [request for request in self.requests if request.is_write]

    @property
    def lines(self) -> list[str]:
        """The requests as ``METHOD path``."""
        return [f"{request.method} {request.path}" for request in self.requests]

    def everything(self) -> str:
        """All text that leaves the task."""
        return json.dumps([self.values, self.warnings, self.progress], sort_keys=True)


class Bench:
    """Tasks against one simulator. ``options`` are given to every task unless it has its own."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.clock = SkippingClock()
        self.environment: dict[str, str] = {"HOME": "/nonexistent"}
        self.options: dict[str, Any] = dict(sim.credentials)
        # A dict here makes the tasks share what the items of a loop share in the controller's process.
        self.shared: dict[Any, Any] | None = None

    def run(self, kind: str, *, check: bool = False, **options: Any) -> Ran:
        """Run one task; in check mode any write is a failure, and so is any secret in what comes out."""
        task = TASKS[kind]
        given = copy.deepcopy({**self.options, **options})
        validated = ArgumentSpecValidator(task.spec, **task.rules).validate(given)
        assert not validated.error_messages, validated.error_messages
        context = Context(check=check, environment=self.environment, clock=self.clock)
        if self.shared is not None:
            context.shared = self.shared
        context.scrubber.learn_all(validated._no_log_values)
        seen, slept = len(self.sim.requests), len(self.clock.slept)
        with self.sim.frozen() if check else contextlib.nullcontext():
            result = run(task, validated.validated_parameters, context)
        assert not self.sim.violations
        ran = Ran(
            result.failed,
            json.loads(json.dumps(result.values)),
            context.report.warnings,
            context.report.progress,
            self.clock.slept[slept:],
            self.sim.requests[seen:],
        )
        self._refuse_secrets(ran, given, validated._no_log_values)
        self._refuse_contradictions(ran, kind)
        return ran

    def refused(self, kind: str, **options: Any) -> Ran:
        """A task that must fail without having written, in check mode just as for real."""
        for check in (True, False):
            ran = self.run(kind, check=check, **options)
            assert ran.failed, ran.values
            assert not ran.writes
            assert ran["actions"] == []
            assert not ran["changed"]
        return ran

    def converged(self, kind: str, **options: Any) -> Ran:
        """A task that must succeed: foretold by check mode, carried out, and nothing left to do afterwards."""
        foretold = self.run(kind, check=True, **options)
        done = self.run(kind, **options)
        for ran in (foretold, done):
            assert not ran.failed, ran["msg"]
        for name in ("changed", "actions", "diff"):
            assert foretold[name] == done[name], name
        again = self.run(kind, **options)
        assert (again.failed, again["changed"], again["actions"], again.writes) == (False, False, [], [])
        assert not [request for request in again.requests if request.is_key_generation]
        assert again["diff"]["before"] == again["diff"]["after"]
        return done

    def known_keys(self) -> set[str]:
        """Every key that any origin has now."""
        shared = [key for origin in self.sim.msl.origins.values() for key in origin["sharedKeys"]]
        return {key[name] for key in shared for name in ("key", "previousKey") if key.get(name)}

    def _refuse_secrets(self, ran: Ran, options: Mapping[str, Any], hidden: set[str]) -> None:
        text = ran.everything()
        secrets = {self.sim.credentials[name] for name in ("client_secret", "client_token", "access_token")}
        if not options.get("reveal_secrets"):
            secrets |= self.known_keys() | hidden
        found = {secret for secret in secrets if secret and secret in text}
        assert not found, text

    def _refuse_contradictions(self, ran: Ran, kind: str) -> None:
        assert ran["api_calls"] == len(ran.requests)
        assert ran["changed"] == bool(ran["actions"])
        if ran.failed:
            assert "Traceback" not in ran["msg"]
            assert ran["msg"].endswith((".", "!", "?")), ran["msg"]
            assert set(ran["error"]) == {"kind", "status", "code", "title", "details", "request_id"}
        elif kind != "facts":
            assert kind in ran.values
