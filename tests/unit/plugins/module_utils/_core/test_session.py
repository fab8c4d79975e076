# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import builtins
import sys
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput, MissingPackage
from ansible_collections.streamops.live.plugins.module_utils._core.session import (
    base_url,
    import_package,
    is_loopback,
    open_session,
    proxies_for,
)


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("akab-x.luna.akamaiapis.net", "https://akab-x.luna.akamaiapis.net"),
        ("akab-x.luna.akamaiapis.net/", "https://akab-x.luna.akamaiapis.net"),
        ("https://akab-x.luna.akamaiapis.net/", "https://akab-x.luna.akamaiapis.net"),
        ("https://gate.example.com/akamai/", "https://gate.example.com/akamai"),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://127.7.7.7", "http://127.7.7.7"),
        ("http://localhost:80/", "http://localhost:80"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("127.0.0.1:8443", "https://127.0.0.1:8443"),
    ],
)
def test_a_host_or_a_url_becomes_the_base_of_requests(written: str, url: str) -> None:
    assert base_url(written, "host") == url


@pytest.mark.parametrize(
    "written",
    [
        "ftp://example.com",
        "https://",
        "https://example.com?x=1",
        "https://example.com#x",
        "https://user:word@example.com",
        "exa mple.com",
        "https://example.com:port",
        "https://[::1",
    ],
)
def test_what_is_no_host_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="neither a host name nor a URL"):
        base_url(written, "host")


def test_a_password_in_a_host_is_not_repeated() -> None:
    with pytest.raises(InvalidInput) as refused:
        base_url("https://user:word@example.com", "host")
    assert "word" not in refused.value.text()


@pytest.mark.parametrize(
    "written", ["http://example.com", "http://10.0.0.1:8080", "http://127.example.com", "HTTP://localhost.example.com"]
)
def test_plain_http_to_another_machine_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput, match="plain http to another machine") as refused:
        base_url(written, "host")
    assert "https" in refused.value.advice


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("LOCALHOST", True), ("::1", True), ("127.0.0.53", True), ("127.evil.example", False), ("10.0.0.1", False)],
)
def test_loopback_is_this_machine_only(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


@pytest.mark.parametrize(
    ("environment", "proxies"),
    [
        ({}, {}),
        ({"https_proxy": "http://p:3128"}, {"https": "http://p:3128"}),
        ({"HTTPS_PROXY": "p:3128"}, {"https": "http://p:3128"}),
        ({"HTTPS_PROXY": "http://upper:1", "https_proxy": "http://lower:1"}, {"https": "http://lower:1"}),
        ({"http_proxy": "http://p:3128"}, {}),
        ({"all_proxy": "socks5://p:1080"}, {"https": "socks5://p:1080"}),
        ({"https_proxy": "", "ALL_PROXY": "http://p:1"}, {"https": "http://p:1"}),
        ({"https_proxy": "http://p:1", "no_proxy": "example.com"}, {}),
        ({"https_proxy": "http://p:1", "NO_PROXY": "other.example"}, {"https": "http://p:1"}),
        ({"https_proxy": "http://p:1", "no_proxy": "*"}, {}),
    ],
)
def test_the_proxy_comes_from_the_environment_of_the_task(environment: dict[str, str], proxies: dict[str, str]) -> None:
    assert proxies_for("https://api.example.com/x", environment) == proxies


def test_loopback_is_reached_without_a_proxy() -> None:
    assert proxies_for("http://127.0.0.1:1/", {"http_proxy": "http://p:1"}) == {}


@pytest.mark.parametrize(
    ("environment", "settings", "verify"),
    [
        ({}, {}, True),
        ({"REQUESTS_CA_BUNDLE": "/ca.pem"}, {}, "/ca.pem"),
        ({"CURL_CA_BUNDLE": "/curl.pem"}, {}, "/curl.pem"),
        ({"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": "/curl.pem"}, {}, "/curl.pem"),
        ({"REQUESTS_CA_BUNDLE": "/ca.pem"}, {"ca_path": "/mine.pem"}, "/mine.pem"),
        ({"REQUESTS_CA_BUNDLE": "/ca.pem"}, {"ca_path": "/mine.pem", "validate_certs": False}, False),
    ],
)
def test_certificates_are_checked_against_what_the_task_says(
    environment: dict[str, str], settings: dict[str, Any], verify: bool | str
) -> None:
    session = open_session(environment, **{"validate_certs": True, "ca_path": None, **settings})
    assert session.verify == verify


def test_a_session_takes_nothing_from_netrc_and_tries_nothing_again_by_itself() -> None:
    session = open_session({}, validate_certs=True, ca_path=None)
    assert session.trust_env is False
    assert {adapter.max_retries.total for adapter in session.adapters.values()} == {0}
    assert session.headers["User-Agent"].startswith("streamops.live/")


@pytest.mark.parametrize(("module", "package"), [("requests", "requests"), ("akamai.edgegrid", "edgegrid-python")])
def test_a_missing_package_is_named_with_the_interpreter(
    monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == module:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingPackage) as missing:
        import_package(module, package)
    assert repr(package) in missing.value.text()
    assert sys.executable in missing.value.text()
    assert f"pip install {package}" in missing.value.text()
    assert missing.value.kind == "invalid"
