# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The control API below ``/_simulator/``, for playbooks. It is neither signed nor recorded."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from .simulator import Simulator

PREFIX = "/_simulator"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ControlError(Exception):
    """What was asked of the control API makes no sense."""


class Control:
    """Translates control requests into calls of the simulator."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def mount(self, application: web.Application) -> None:
        """Add the routes; to be called before those of the services."""
        routes: list[tuple[str, str, Callable[[web.Request, Any], Any]]] = [
            ("GET", "/requests", self._requests),
            ("DELETE", "/requests", self._forget),
            ("GET", "/summary", self._summary),
            ("GET", "/violations", self._violations),
            ("POST", "/faults", self._add_faults),
            ("DELETE", "/faults", self._clear_faults),
            ("PATCH", "/settings", self._settings),
            ("POST", "/reset", self._reset),
            ("POST", "/frozen", self._frozen),
            ("POST", "/seed", self._seed),
            ("GET", "/state", self._state),
            ("PATCH", "/resources/{kind}/{id}", self._edit),
            ("DELETE", "/resources/{kind}/{id}", self._remove),
        ]

        for method, path, answer in routes:
            application.router.add_route(method, f"{PREFIX}{path}", _route(answer))
        application.router.add_route("*", f"{PREFIX}/{{path:.*}}", _unknown)

    def _requests(self, request: web.Request, _body: Any) -> Any:
        only_writes = request.query.get("writes") in ("1", "true")
        requests = self._simulator.writes if only_writes else self._simulator.requests
        return [one.as_dict() for one in requests]

    def _forget(self, _request: web.Request, _body: Any) -> Any:
        self._simulator.clear_requests()
        return {}

    def _summary(self, _request: web.Request, _body: Any) -> Any:
        return self._simulator.summary()

    def _violations(self, _request: web.Request, _body: Any) -> Any:
        return [one.as_dict() for one in self._simulator.violations]

    def _add_faults(self, _request: web.Request, body: Any) -> Any:
        for fault in body if isinstance(body, list) else [body]:
            self._simulator.faults.add(**fault)
        return {}

    def _clear_faults(self, _request: web.Request, _body: Any) -> Any:
        self._simulator.faults.clear()
        return {}

    def _settings(self, _request: web.Request, body: Any) -> Any:
        self._simulator.settings.update(body)
        return {}

    def _reset(self, _request: web.Request, _body: Any) -> Any:
        self._simulator.reset()
        return {}

    def _frozen(self, _request: web.Request, body: Any) -> Any:
        self._simulator.freeze(bool(body["on"]))
        return {}

    def _seed(self, _request: web.Request, body: Any) -> Any:
        account, merchant = self._simulator.account(body.get("account", "")), self._simulator.smartstream
        return {
            "origins": [account.add_origin(origin) for origin in body.get("origins", [])],
            "streams": [account.add_stream(stream) for stream in body.get("streams", [])],
            "profiles": [merchant.add_profile(profile) for profile in body.get("profiles", [])],
            "live_events": [merchant.add_live_event(event) for event in body.get("live_events", [])],
        }

    def _state(self, _request: web.Request, _body: Any) -> Any:
        return self._simulator.state()

    def _edit(self, request: web.Request, body: Any) -> Any:
        resources, key = self._find(request)
        resources[key].update(body)
        return resources[key]

    def _remove(self, request: web.Request, _body: Any) -> Any:
        resources, key = self._find(request)
        return resources.pop(key)

    def _find(self, request: web.Request) -> tuple[dict[Any, dict[str, Any]], Any]:
        account = self._simulator.account(request.query.get("account", ""))
        merchant = self._simulator.smartstream
        kinds: dict[str, dict[Any, dict[str, Any]]] = {
            "origins": account.origins,
            "streams": account.streams,
            "live_events": merchant.live_events,
            "profiles": merchant.profiles,
        }
        resources = kinds.get(request.match_info["kind"], {})
        number = request.match_info["id"]
        key: Any = int(number) if number.isdecimal() and int(number) in resources else number
        if key not in resources:
            raise ControlError(f"no {request.match_info['kind']} {number}")
        return resources, key


def _route(answer: Callable[[web.Request, Any], Any]) -> Answer:
    async def answered(request: web.Request) -> web.StreamResponse:
        try:
            text = await request.text()
            return web.json_response(answer(request, json.loads(text) if text else {}))
        except (ControlError, ValueError, TypeError, KeyError, AttributeError) as error:
            return web.json_response({"error": f"{type(error).__name__}: {error}"}, status=400)

    return answered


async def _unknown(request: web.Request) -> web.StreamResponse:
    return web.json_response({"error": f"no {request.method} {request.path}"}, status=404)
