# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As much of AWX's REST API as the modules of awx.awx use to set it up, on a free port of the loopback interface."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from types import TracebackType

from aiohttp import web

from .kinds import KINDS
from .store import Refused, Store

TOKEN = "stub-token"
_HEADERS = {"X-API-Product-Name": "AWX", "X-API-Product-Version": "24.6.1"}


class AwxStub:
    """An AWX with an organization and nothing else.

    :ivar store: Its resources.
    :ivar writes: What came in and was meant to change something: method and path.
    """

    def __init__(self) -> None:
        self.store = Store()
        self.store.create("organizations", {"name": "Default"})
        self.writes: list[tuple[str, str]] = []
        self.url = ""
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, name="awx-stub", daemon=True)

    def __enter__(self) -> AwxStub:
        self._thread.start()
        assert self._started.wait(10)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def environment(self) -> Mapping[str, str]:
        """What the modules of awx.awx need to know."""
        return {"CONTROLLER_HOST": self.url, "CONTROLLER_OAUTH_TOKEN": TOKEN}

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = self._loop.run_until_complete(self._serve())
        self._started.set()
        self._loop.run_forever()
        self._loop.run_until_complete(runner.cleanup())

    async def _serve(self) -> web.AppRunner:
        application = web.Application(middlewares=[self._guarded])
        application.add_routes(
            [
                web.get("/api/v2/unified_job_templates/", self._list_templates),
                web.get(r"/api/v2/project_updates/{number:\d+}/", self._project_update),
                web.route("*", r"/api/v2/job_templates/{number:\d+}/survey_spec/", self._survey),
                web.route("*", "/api/v2/{kind}/", self._many),
                web.route("*", r"/api/v2/{kind}/{number:\d+}/", self._one),
                web.route("*", r"/api/v2/{kind}/{number:\d+}/{related}/", self._related),
            ]
        )
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    @web.middleware
    async def _guarded(self, request: web.Request, handler: web.Handler) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"detail": "Authentication credentials were not provided."}, status=401)
        if request.method != "GET":
            self.writes.append((request.method, request.path))
        try:
            response = await handler(request)
        except Refused as refused:
            response = web.json_response(refused.reply, status=refused.status)
        response.headers.update(_HEADERS)
        return response

    async def _many(self, request: web.Request) -> web.Response:
        kind = _kind(request)
        if request.method == "POST":
            created = self.store.create(kind, await request.json())
            return web.json_response(self.store.shown(kind, created), status=201)
        return self._listed(kind, request.query)

    async def _list_templates(self, request: web.Request) -> web.Response:
        return self._listed("job_templates", request.query)

    def _listed(self, kind: str, query: Mapping[str, str]) -> web.Response:
        return _page([self.store.shown(kind, one) for one in self.store.found(kind, query)])

    async def _one(self, request: web.Request) -> web.Response:
        kind, number = _kind(request), int(request.match_info["number"])
        if request.method == "PATCH":
            self.store.change(kind, number, await request.json())
        return web.json_response(self.store.shown(kind, self.store.one(kind, number)))

    async def _related(self, request: web.Request) -> web.Response:
        kind, number, what = _kind(request), int(request.match_info["number"]), request.match_info["related"]
        if what not in KINDS[kind].related:
            raise Refused(404, {"detail": "Not found."})
        if request.method == "POST":
            self.store.associate(kind, number, what, await request.json())
            return web.Response(status=204)
        ids = self.store.related.get((kind, number, what), [])
        other = KINDS[kind].related[what]
        return _page([self.store.shown(other, self.store.one(other, one)) for one in ids])

    async def _survey(self, request: web.Request) -> web.Response:
        number = int(request.match_info["number"])
        if request.method == "POST":
            self.store.set_survey(number, await request.json())
            return web.json_response({})
        return web.json_response(self.store.surveys.get(number, {}))

    async def _project_update(self, request: web.Request) -> web.Response:
        self.store.one("projects", int(request.match_info["number"]))
        return web.json_response({"status": "successful"})


def _kind(request: web.Request) -> str:
    kind = request.match_info["kind"]
    if kind not in KINDS:
        raise Refused(404, {"detail": "Not found."})
    return kind


def _page(results: list[dict[str, object]]) -> web.Response:
    return web.json_response({"count": len(results), "next": None, "previous": None, "results": results})
