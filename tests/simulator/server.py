# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP side: aiohttp receives, the services answer, faults get in between."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from aiohttp import web
from multidict import CIMultiDict

from .clock import Clock, http_date
from .faults import Fault, Faults
from .faulty_replies import faulty_reply
from .recording import RecordedRequest, Recording
from .replies import Call, Reply
from .settings import Settings

#: Bytes of a request body that are accepted.
MAXIMUM_BODY = 16 * 1024 * 1024


class Service(Protocol):
    """One simulated API."""

    name: str

    def locate(self, call: Call) -> tuple[str | None, str]:
        """The account that a request is about, and its path below that; the base is off already."""

    def answer(self, call: Call) -> Reply:
        """Carry a request out."""

    def error(self, status: int, code: str) -> Reply:
        """An error reply in the shape that is set."""


class Unknown:
    """Stands in for addresses that belong to no service."""

    name = "unknown"

    def locate(self, call: Call) -> tuple[str | None, str]:
        """No account."""
        return None, call.path

    def answer(self, call: Call) -> Reply:
        """Nothing is here."""
        return Reply(404, {"title": "Not Found", "status": 404, "detail": f"No service at {call.path}"})

    def error(self, status: int, code: str) -> Reply:
        """A bare error."""
        return Reply(status, {"status": status, "code": code})


class Server:
    """Passes requests on to the services by the start of their path."""

    def __init__(self, settings: Settings, clock: Clock, services: Mapping[str, Service]) -> None:
        self.settings = settings
        self.clock = clock
        self.recording = Recording()
        self.faults = Faults()
        self.base_url = ""
        self._services = services
        self._unknown = Unknown()
        self._closing: asyncio.Event | None = None
        #: How to stop taking connections; set by whoever opens them.
        self.stop_listening: Callable[[], Awaitable[None]] = _nothing

    def mount(self, application: web.Application) -> None:
        """Take all requests that no route before this one takes; to be called in the loop."""
        self._closing = asyncio.Event()
        application.router.add_route("*", "/{path:.*}", self._receive)

    def close(self) -> None:
        """Let waiting answers go; to be called in the loop."""
        if self._closing is not None:
            self._closing.set()

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        call = await self._call(request)
        service = self._service_of(call)
        fault = self.faults.pick(service.name, call.method, call.path)
        record = _record(service, call, fault)
        forbidden = self.recording.add(record)
        if self.settings.latency > 0:
            await self._pause(self.settings.latency)
        if forbidden:
            detail = "The simulator is frozen: neither writes nor key generations are allowed"
            return await self._send(request, record, Reply(500, {"title": "Frozen", "status": 500, "detail": detail}))
        if fault is None:
            return await self._send(request, record, self._answer(service, call, record))
        return await self._misbehave(request, record, service, call, fault)

    async def _misbehave(
        self, request: web.Request, record: RecordedRequest, service: Service, call: Call, fault: Fault
    ) -> web.StreamResponse:
        fault.details.get("call", _do_nothing)()
        if fault.kind == "restart":
            await self.stop_listening()
        true_reply = self._answer(service, call, record) if fault.carried_out else None
        if fault.details.get("then_down"):
            await self.stop_listening()
        if fault.kind in ("reset_before", "reset_after", "restart") or fault.kind.startswith("timeout"):
            if fault.kind.startswith("timeout"):
                await self._pause(fault.seconds)
            return _abort(request)
        reply = faulty_reply(fault, service, call, true_reply)
        if fault.kind == "slow":
            await self._pause(fault.seconds)
        if fault.kind == "truncated":
            return await self._send_half(request, record, reply)
        return await self._send(request, record, reply)

    def _answer(self, service: Service, call: Call, record: RecordedRequest) -> Reply:
        call.now = self.clock.now()
        reply = service.answer(call)
        record.true_status = reply.status
        return reply

    async def _call(self, request: web.Request) -> Call:
        target = request.raw_path
        return Call(
            method=request.method,
            scheme="http",
            host=request.headers.get("Host", ""),
            target=target,
            path=target.split("?")[0],
            query=list(request.query.items()),
            headers=CIMultiDict(request.headers),
            raw_body=await request.read(),
            now=self.clock.now(),
            base_url=self.base_url,
        )

    def _service_of(self, call: Call) -> Service:
        for base, service in self._services.items():
            if call.path == base or call.path.startswith(f"{base}/"):
                call.path = call.path[len(base) :]
                call.account, call.path = service.locate(call)
                return service
        return self._unknown

    async def _pause(self, seconds: float) -> None:
        """Sleep, but not longer than the simulator lives."""
        assert self._closing is not None
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._closing.wait(), seconds)

    def _headers(self, reply: Reply) -> dict[str, str]:
        headers = {"Date": http_date(self.clock.now())} | reply.headers
        if reply.body is not None:
            headers.setdefault("Content-Type", reply.content_type)
        return headers

    async def _send(self, request: web.Request, record: RecordedRequest, reply: Reply) -> web.StreamResponse:
        record.status = reply.status
        body = reply.encoded()
        response = web.Response(status=reply.status, body=body or None, headers=self._headers(reply))
        if not body and reply.body is None:
            # aiohttp names a type even where there is nothing to describe.
            response.headers.pop("Content-Type", None)
        await self._write(response, request)
        return response

    async def _write(self, response: web.Response, request: web.Request) -> None:
        """Send now; a client that is gone already is no concern of ours."""
        with contextlib.suppress(ConnectionError):
            await response.prepare(request)
            await response.write_eof()

    async def _send_half(self, request: web.Request, record: RecordedRequest, reply: Reply) -> web.StreamResponse:
        record.status = reply.status
        body = reply.encoded() or b'{"cut": "off"}'
        response = web.StreamResponse(status=reply.status, headers=self._headers(reply))
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        if request.transport is not None:
            request.transport.close()
        return response


def _do_nothing() -> None:
    """The fault is in the answer."""


async def _nothing() -> None:
    """Nobody listens yet."""


def _abort(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _record(service: Service, call: Call, fault: Fault | None) -> RecordedRequest:
    try:
        body: Any = json.loads(call.raw_body) if call.raw_body else None
    except ValueError:
        body = None
    return RecordedRequest(
        service=service.name,
        method=call.method,
        path=call.path,
        query=call.query_dict,
        headers=call.headers,
        body=body,
        at=time.time(),
        account=call.account,
        fault=fault.kind if fault else None,
    )
