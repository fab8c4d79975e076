# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the SmartSTREAM tasks in process against a simulator: options validated, every leak a failure."""

from __future__ import annotations

import contextlib
import json
from typing import Any

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._module import (
    smartstream_live_event,
    smartstream_live_event_info,
    smartstream_live_event_profile_info,
    smartstream_live_events,
    smartstream_token,
)
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Ran
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock

TASKS = {
    "live_event": smartstream_live_event.TASK,
    "live_events": smartstream_live_event_info.TASK,
    "live_event_profiles": smartstream_live_event_profile_info.TASK,
    "access_token": smartstream_token.TASK,
    "season": smartstream_live_events.TASK,
}
# Result keys, where the task is not called by its own.
_KEYS = {"season": "live_events"}
RUNNING = "encode_status_running"
PENDING = "encode_status_pending"
# What the simulator shows, and what the tasks are told it means. "odd" is a status that nobody has heard of.
STATUS = {
    "running": RUNNING,
    "pending": PENDING,
    "stopped": "encode_status_stopped",
    "cancelled": "encode_status_cancelled",
    "failed": "encode_status_failed",
    "unknown": "odd",
}
VOCABULARY = {f"{phase}_statuses": [STATUS[phase]] for phase in ("stopped", "cancelled", "failed")}


class SimulatedClock(SkippingClock):
    """Sleeping takes no time here and moves the simulator's clock as well."""

    def __init__(self, sim: Simulator) -> None:
        super().__init__()
        self._sim = sim

    def sleep(self, seconds: float, stop: Any = None) -> None:
        super().sleep(seconds, stop)
        self._sim.settings.clock_offset += seconds


class EventBench:
    """Tasks against one simulator. ``options`` are given to every task unless it has its own."""

    def __init__(self, sim: Simulator) -> None:
        self.sim = sim
        self.merchant = sim.smartstream
        self.clock: SkippingClock = SimulatedClock(sim)
        self.environment: dict[str, str] = {}
        self.options: dict[str, Any] = {
            "api_url": sim.url,
            "merchant_id": self.merchant.merchant_id,
            "access_token": self.token(),
            "requests_per_minute": 0,
        }

    def token(self) -> str:
        """A token that is valid now."""
        return self.merchant.issue_token()[0]

    @property
    def login(self) -> dict[str, Any]:
        """Options that log in instead of using a token."""
        return {
            "access_token": None,
            "mail_address": self.merchant.mail_address,
            "password": self.merchant.password,
        }

    @property
    def profile_id(self) -> str:
        """The id of the profile ``hd``."""
        return next(one["id"] for one in self.merchant.profiles.values() if one["ref_id"] == "hd")

    def add(self, phase: str = "pending", **members: Any) -> str:
        """Put an event there that looks as if it were in a phase; returns its id."""
        return self.merchant.add_live_event(
            {"ref_id": "show", "name": "Show", "encode_status": STATUS[phase], **members}
        )

    def status(self, event_id: str) -> str:
        """What the simulator has as encode_status of an event."""
        return str(self.merchant.live_events[event_id]["encode_status"])

    def run(self, kind: str = "live_event", *, check: bool = False, **options: Any) -> Ran:
        """Run one task; in check mode any write is a failure, and so is any secret in what comes out."""
        task = TASKS[kind]
        given = {name: value for name, value in {**self.options, **options}.items() if value is not None}
        validated = ArgumentSpecValidator(task.spec, **task.rules).validate(given)
        assert not validated.error_messages, validated.error_messages
        context = Context(check=check, environment=self.environment, clock=self.clock)
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
        self._refuse_leaks(ran, kind)
        assert ran["api_calls"] == len(ran.requests)
        assert ran["changed"] == bool(ran["actions"])
        if ran.failed:
            assert ran["msg"].endswith((".", "!", "?")), ran["msg"]
            assert set(ran["error"]) == {"kind", "status", "code", "title", "details", "request_id"}
        else:
            assert _KEYS.get(kind, kind) in ran.values
        return ran

    def refused(self, kind: str = "live_event", **options: Any) -> Ran:
        """A task that must fail without having written, in check mode just as for real."""
        for check in (True, False):
            ran = self.run(kind, check=check, **options)
            assert ran.failed, ran.values
            assert not ran.writes
            assert ran["actions"] == []
        return ran

    def done(self, **options: Any) -> Ran:
        """A task that must succeed as check mode foretells it."""
        foretold = self.run(check=True, **options)
        ran = self.run(**options)
        for one in (foretold, ran):
            assert not one.failed, one["msg"]
        for name in ("changed", "actions", "diff"):
            assert foretold[name] == ran[name], name
        return ran

    def unchanged(self, **options: Any) -> Ran:
        """A task that must find everything as it wants it."""
        ran = self.done(**options)
        assert (ran["actions"], ran.writes) == ([], [])
        return ran

    def _refuse_leaks(self, ran: Ran, kind: str) -> None:
        text = ran.everything()
        secrets = {self.merchant.password, self.merchant.api_key}
        secrets |= set() if kind == "access_token" else set(self.merchant.tokens)
        assert not {secret for secret in secrets if secret in text}, text
