# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real browser, asked over its debugging port: how a page looks, what it loads and what it complains about."""

from __future__ import annotations

import asyncio
import base64
import itertools
import os
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from ansible_collections.streamops.live.tests.tools.places import BROWSERS

_FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--remote-debugging-port=0",
)  # fmt: skip
_SECONDS_TO_START = 60.0


def program() -> str | None:
    """The browser that is installed here."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@dataclass
class Seen:
    """One look at a page.

    :ivar complaints: What the console said besides plain messages, and exceptions.
    :ivar addresses: What the page asked for, itself included.
    :ivar answers: What the page's measuring script returned.
    :ivar picture: The whole page as PNG.
    """

    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    answers: Any = None
    picture: bytes = b""


class Browser:
    """A running browser; every look opens a page of its own."""

    def __init__(self, session: aiohttp.ClientSession, port: int) -> None:
        self._session = session
        self._url = f"http://127.0.0.1:{port}"

    async def look(self, page: Path, script: str, *, width: int, dark: bool = False, mobile: bool = False) -> Seen:
        """Open a file at a width in CSS pixels, let a script measure it, and take a picture of all of it."""
        async with self._session.put(f"{self._url}/json/new?about:blank") as answer:
            target = await answer.json(content_type=None)
        async with self._session.ws_connect(target["webSocketDebuggerUrl"], max_msg_size=0) as socket:
            tab = _Tab(socket)
            for domain in ("Page", "Runtime", "Log", "Network"):
                await tab.call(f"{domain}.enable")
            metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": mobile}
            await tab.call("Emulation.setDeviceMetricsOverride", **metrics)
            scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
            await tab.call("Emulation.setEmulatedMedia", features=[scheme])
            await tab.call("Page.navigate", url=page.as_uri())
            await tab.event("Page.loadEventFired")
            found = await tab.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
            assert "exceptionDetails" not in found, found
            picture = await tab.call("Page.captureScreenshot", captureBeyondViewport=True)
            await tab.call("Page.close")
        return Seen(tab.complaints, tab.addresses, found["result"].get("value"), base64.b64decode(picture["data"]))


class _Tab:
    """The debugging protocol of one page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._events: list[str] = []
        self.complaints: list[str] = []
        self.addresses: list[str] = []

    async def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while True:
            message = await self._message()
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    async def event(self, name: str) -> None:
        while name not in self._events:
            await self._message()

    async def _message(self) -> dict[str, Any]:
        message = await self._socket.receive_json(timeout=_SECONDS_TO_START)
        name, values = message.get("method", ""), message.get("params", {})
        self._events.append(name)
        if name == "Network.requestWillBeSent":
            self.addresses.append(values["request"]["url"])
        elif name == "Log.entryAdded":
            self.complaints.append(f"{values['entry']['level']}: {values['entry']['text']}")
        elif name == "Runtime.exceptionThrown":
            self.complaints.append(values["exceptionDetails"]["text"])
        elif name == "Runtime.consoleAPICalled" and values["type"] in ("error", "warning", "assert"):
            self.complaints.append(f"{values['type']}: {values['args']}")
        return message


@asynccontextmanager
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """Start the browser with an empty profile in a folder, and end it with everything that it started."""
    path = program()
    assert path, f"none of {', '.join(BROWSERS)} is on PATH"
    child = await asyncio.create_subprocess_exec(
        path, *_FLAGS, f"--user-data-dir={folder}", "about:blank", stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        port = await asyncio.wait_for(_port(folder / "DevToolsActivePort", child), _SECONDS_TO_START)
        async with aiohttp.ClientSession() as session:
            yield Browser(session, port)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


async def _port(announced: Path, child: asyncio.subprocess.Process) -> int:
    """The port that the browser chose: it writes it into its profile."""
    while not announced.exists() or "\n" not in announced.read_text(encoding="utf-8"):
        assert child.returncode is None, f"the browser ended with {child.returncode}"
        await asyncio.sleep(0.05)
    return int(announced.read_text(encoding="utf-8").split()[0])
