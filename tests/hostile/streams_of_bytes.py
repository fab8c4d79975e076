# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that answers every request with the bytes it is given, chunk by chunk, and says how many it got rid of."""

from __future__ import annotations

import contextlib
import http.server
import threading
from collections.abc import Callable, Iterable, Iterator


class ByteServer(http.server.ThreadingHTTPServer):
    """``headers``: of every answer; ``chunks``: makes the body anew for each; ``sent``: bytes that were taken."""

    daemon_threads = True

    def __init__(self, headers: dict[str, str], chunks: Callable[[], Iterable[bytes]]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.headers = headers
        self.chunks = chunks
        self.sent = 0

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that breaks the connection off is what the tests are about."""


class _Handler(http.server.BaseHTTPRequestHandler):
    server: ByteServer

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        self.end_headers()
        for chunk in self.server.chunks():
            self.wfile.write(chunk)
            self.server.sent += len(chunk)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Nothing goes to standard error."""


@contextlib.contextmanager
def serving(headers: dict[str, str], chunks: Callable[[], Iterable[bytes]]) -> Iterator[ByteServer]:
    """The server, while the block runs."""
    server = ByteServer(headers, chunks)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
