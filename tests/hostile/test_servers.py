# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that send too much, and certificates that have ended. What else a server may be is in the tests of sessions."""

from __future__ import annotations

import gzip
import itertools
import tracemalloc
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core import errors
from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi
from ansible_collections.streamops.live.tests.hostile.streams_of_bytes import serving
from ansible_collections.streamops.live.tests.unit.support.clocks import SkippingClock
from ansible_collections.streamops.live.tests.unit.support.servers import tls_server, write_certificate

MEGABYTE = 1024 * 1024
_BLOCK = b"x" * 65536


def client(host: str, **options: object) -> MslApi:
    """A client of a server on this machine."""
    credentials = {"host": host, "client_token": "akab-1", "client_secret": "s3cret", "access_token": "akab-2"}
    return MslApi.from_options({**credentials, "timeout": 20, "retries": 0, **options}, Context(clock=SkippingClock()))


BODIES: dict[str, tuple[dict[str, str], Callable[[], Iterable[bytes]]]] = {
    "50 megabytes, announced": ({"Content-Length": str(50 * MEGABYTE)}, lambda: itertools.repeat(_BLOCK, 800)),
    "50 megabytes, not announced": ({}, lambda: itertools.repeat(_BLOCK, 800)),
    "without end": ({}, lambda: itertools.repeat(_BLOCK)),
}


def peak_of(read: Callable[[], object]) -> int:
    """How many bytes a refused reading held at most."""
    tracemalloc.start()
    try:
        with pytest.raises(errors.UnexpectedResponse, match="larger than 32 MiB"):
            read()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("headers", "chunks"), BODIES.values(), ids=BODIES)
def test_a_body_that_is_too_large_is_not_read_to_its_end(
    headers: dict[str, str], chunks: Callable[[], Iterable[bytes]]
) -> None:
    with serving(headers, chunks) as server:
        assert peak_of(client(server.url).list_cdns) < 80 * MEGABYTE
        assert server.sent < 45 * MEGABYTE


def test_a_body_that_unpacks_to_too_much_is_not_unpacked_to_its_end(packed: bytes) -> None:
    with serving({"Content-Encoding": "gzip", "Content-Length": str(len(packed))}, lambda: [packed]) as server:
        assert peak_of(client(server.url).list_cdns) < 120 * MEGABYTE


@pytest.fixture(scope="module")
def packed() -> bytes:
    """Less than a megabyte that unpacks to 400 megabytes."""
    return gzip.compress(b"\0" * 4 * MEGABYTE) * 100


def test_a_certificate_that_has_ended_is_refused(tmp_path: Path) -> None:
    certificate, key = write_certificate(tmp_path, "localhost", ended=True)
    with tls_server(certificate, key) as port, pytest.raises(errors.Unavailable, match="expired") as refused:
        client(f"https://localhost:{port}", ca_path=str(certificate)).list_cdns()
    assert "certificate" in refused.value.text()
