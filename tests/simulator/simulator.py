# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a test sees it: a context manager around a server in a thread of its own."""

from __future__ import annotations

import asyncio
import base64
import configparser
import contextlib
import os
import random
import string
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from aiohttp import web

from .clock import Clock
from .control import Control
from .faults import Faults
from .msl import service as msl_service
from .msl.account import Account, Universe
from .msl.edgegrid import Credentials
from .recording import RecordedRequest
from .server import MAXIMUM_BODY, Server, Service
from .settings import Settings
from .smartstream import service as smartstream_service
from .smartstream.merchant import Merchant

_TOKEN_LETTERS = string.ascii_lowercase + string.digits


class Simulator:
    """Both services on a free port of the loopback interface.

    >>> with Simulator() as sim:
    ...     sim.msl.add_origin({"hostName": "demohost"})
    """

    def __init__(self, settings: Settings | None = None, port: int = 0) -> None:
        self.settings = settings or Settings()
        self._port = port
        generator = random.Random(self.settings.seed) if self.settings.seed is not None else random.SystemRandom()
        clock = Clock(self.settings)
        secret = base64.b64encode(generator.randbytes(32)).decode()
        self._credentials = Credentials(_token(generator), secret, _token(generator))
        self._universe = Universe(self.settings, clock, generator)
        self._merchant = Merchant(self.settings, clock, generator)
        services: dict[str, Service] = {
            msl_service.BASE: msl_service.MslService(self.settings, self._universe, self._credentials),
            smartstream_service.BASE: smartstream_service.SmartstreamService(self.settings.smartstream, self._merchant),
        }
        self._server = Server(self.settings, clock, services)
        self._control = Control(self)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._stop: asyncio.Event | None = None
        self._runner: web.AppRunner | None = None
        self._site: web.TCPSite | None = None
        self._server.stop_listening = self._stop_listening

    def __enter__(self) -> Simulator:
        started = threading.Event()
        failure: list[OSError] = []
        self._thread = threading.Thread(target=self._run, args=(started, failure), name="simulator", daemon=True)
        self._thread.start()
        started.wait()
        if failure:
            self._thread.join()
            raise failure[0]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._loop is not None
        assert self._stop is not None
        assert self._thread is not None
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self, started: threading.Event, failure: list[OSError]) -> None:
        try:
            asyncio.run(self._serve(started))
        except OSError as error:
            failure.append(error)
        finally:
            started.set()

    async def _serve(self, started: threading.Event) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        application = web.Application(client_max_size=MAXIMUM_BODY)
        self._control.mount(application)
        self._server.mount(application)
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            self._runner = runner
            await self._listen()
            self._server.base_url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            started.set()
            await self._stop.wait()
        finally:
            self._server.close()
            await runner.cleanup()

    async def _listen(self) -> None:
        if self._site is None:
            assert self._runner is not None
            self._site = web.TCPSite(self._runner, "127.0.0.1", self._port)
            await self._site.start()
            self._port = self._runner.addresses[0][1]

    async def _stop_listening(self) -> None:
        if self._site is not None:
            site, self._site = self._site, None
            await site.stop()

    def go_down(self) -> None:
        """Refuse new connections, as a service that is not running does; its state stays."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._stop_listening(), self._loop).result()

    def come_up(self) -> None:
        """Take connections again, on the same port; nothing when it does so already."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result()

    @property
    def listening(self) -> bool:
        """Whether connections are taken."""
        return self._site is not None

    @property
    def url(self) -> str:
        """Address of both services, without a trailing slash."""
        return self._server.base_url

    @property
    def credentials(self) -> dict[str, str]:
        """Members of an .edgerc section; the host is the simulator's URL."""
        return {"host": self.url, **vars(self._credentials)}

    def write_edgerc(self, path: str | os.PathLike[str], section: str = "default", **overrides: str | None) -> Path:
        """Write a ready credentials file, mode 0600; other sections of an existing one stay.

        ``overrides`` replace members, None leaves one out.
        """
        target = Path(path)
        parser = configparser.RawConfigParser()
        parser.read(target, encoding="utf-8")
        members = {name: value for name, value in {**self.credentials, **overrides}.items() if value is not None}
        parser[section] = members
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            parser.write(file)
        target.chmod(0o600)
        return target

    @property
    def msl(self) -> Account:
        """The account that is used without an accountSwitchKey."""
        return self._universe.account("")

    def account(self, key: str) -> Account:
        """The account of an accountSwitchKey."""
        return self._universe.account(key)

    @property
    def accounts(self) -> dict[str, Account]:
        """All accounts met so far, by accountSwitchKey; the default one under the empty string."""
        return self._universe.accounts

    @property
    def smartstream(self) -> Merchant:
        """The merchant of SmartSTREAM: credentials, live events, profiles."""
        return self._merchant

    @property
    def faults(self) -> Faults:
        """Faults that wait for their requests."""
        return self._server.faults

    @property
    def requests(self) -> list[RecordedRequest]:
        """All requests since the last clear."""
        return self._server.recording.requests

    @property
    def writes(self) -> list[RecordedRequest]:
        """Those that are meant to change a resource."""
        return [request for request in self.requests if request.is_write]

    @property
    def key_generations(self) -> list[RecordedRequest]:
        """Those that had a new key generated."""
        return [request for request in self.requests if request.is_key_generation]

    @property
    def token_requests(self) -> list[RecordedRequest]:
        """Those that logged in."""
        return [request for request in self.requests if request.is_token_request]

    @property
    def violations(self) -> list[RecordedRequest]:
        """Writes and key generations that came while the simulator was frozen."""
        return self._server.recording.violations

    def clear_requests(self) -> None:
        """Forget the requests; violations stay."""
        self._server.recording.clear()

    def summary(self) -> dict[str, int]:
        """Counts of requests by what they are."""
        return self._server.recording.summary()

    def freeze(self, on: bool) -> None:
        """Refuse and note writes and key generations from now on, or no longer."""
        self._server.recording.frozen = 1 if on else 0

    @contextlib.contextmanager
    def frozen(self) -> Iterator[None]:
        """While open, a write or a key generation is answered with 500 and noted as a violation."""
        self._server.recording.frozen += 1
        try:
            yield
        finally:
            self._server.recording.frozen -= 1

    def reset(self) -> None:
        """Back to the start: no resources, requests, violations, faults or freeze. Settings stay."""
        for account in self.accounts.values():
            account.clear()
        self._merchant.clear()
        self._server.recording.clear()
        self._server.recording.clear_violations()
        self.faults.clear()
        self.freeze(False)

    def state(self) -> dict[str, Any]:
        """All resources, as they are stored."""
        accounts = {
            key: {"origins": list(account.origins.values()), "streams": list(account.streams.values())}
            for key, account in self.accounts.items()
        }
        merchant = {
            "live_events": list(self._merchant.live_events.values()),
            "profiles": list(self._merchant.profiles.values()),
        }
        return {"accounts": accounts, "smartstream": merchant}


def _token(generator: random.Random) -> str:
    """A token in the form of the real ones."""
    return (
        "akab-"
        + "".join(generator.choices(_TOKEN_LETTERS, k=16))
        + "-"
        + "".join(generator.choices(_TOKEN_LETTERS, k=16))
    )
