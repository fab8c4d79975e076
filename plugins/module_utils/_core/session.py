# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A ``requests`` session that does only what it is told: no netrc, and proxies from the task's environment."""

from __future__ import annotations

import sys
import typing as t
import urllib.parse

from .errors import InvalidInput, MissingPackage
from .version import VERSION

if t.TYPE_CHECKING:
    import requests

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# The names that requests and curl read, so that a controller set up for them works here too.
_CA_VARIABLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def import_package(module: str, package: str) -> t.Any:
    """Import a runtime dependency where it is needed.

    :raises MissingPackage: It is not installed for the Python that runs the task.
    """
    try:
        return __import__(module, fromlist=["_"])
    except ImportError as missing:
        raise MissingPackage(
            f"the Python package {package!r} is not installed for {sys.executable} ({missing})",
            advice=f"Install it there: {sys.executable} -m pip install {package}",
        ) from missing


def base_url(text: str, option: str, example: str = "akab-xxxx.luna.akamaiapis.net") -> str:
    """The scheme and host of a service from an option that holds a bare host name or a URL.

    :param example: What a right value looks like.
    :raises InvalidInput: It is neither, or it is plain http to another machine.
    """
    try:
        url = urllib.parse.urlsplit(text if "://" in text else f"https://{text}")
        host, _port = url.hostname, url.port
    except ValueError:
        url, host = urllib.parse.urlsplit(""), None
    if url.scheme not in ("http", "https") or not host or "@" in text or url.query or url.fragment or " " in text:
        # What stands before an at sign may be a password.
        raise InvalidInput(
            f"{option} {text.rpartition('@')[2]!r} is neither a host name nor a URL",
            advice=f"Give it like {example}",
        )
    if url.scheme == "http" and not is_loopback(host):
        raise InvalidInput(
            f"{option} {text!r} is plain http to another machine, which would show credentials to the network",
            advice="Use https; plain http is for loopback addresses only",
        )
    return f"{url.scheme}://{url.netloc}{url.path.rstrip('/')}"


def refuse_in_headers(values: t.Mapping[str, str | None]) -> None:
    """Refuse credentials that cannot stand in a header: a line break in one would begin another header.

    :param values: Option -> value; none of them is shown.
    :raises InvalidInput: One holds something else than printable ASCII.
    """
    for name, value in values.items():
        if value is not None and not (value.isascii() and value.isprintable()):
            raise InvalidInput(
                f"{name} holds a line break or another character that no header may have", advice="Copy the value again"
            )


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine."""
    return host.lower() in _LOOPBACK or (host.startswith("127.") and host.replace(".", "").isdigit())


def open_session(
    environment: t.Mapping[str, str], *, validate_certs: bool, ca_path: str | None, connections: int = 8
) -> requests.Session:
    """A session with a pool of connections that are kept open.

    :raises MissingPackage: requests is not installed.
    """
    requests_package = import_package("requests", "requests")
    session: requests.Session = requests_package.Session()
    # The process's own environment and ~/.netrc must not decide: a netrc entry would replace the Authorization header.
    session.trust_env = False
    session.headers.update({"User-Agent": f"streamops.live/{VERSION}", "Accept": "application/json"})
    session.verify = _verification(environment, validate_certs, ca_path)
    if not session.verify:
        # The user asked for it; a line for each request would bury the play's output.
        urllib3 = import_package("urllib3", "urllib3")
        urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)
    adapter = requests_package.adapters.HTTPAdapter(pool_connections=2, pool_maxsize=connections, max_retries=0)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def proxies_for(url: str, environment: t.Mapping[str, str]) -> dict[str, str]:
    """The proxy for a URL by ``https_proxy``, ``http_proxy``, ``all_proxy`` and ``no_proxy``, in either case."""
    lower = {name.lower(): value for name, value in sorted(environment.items()) if value}
    parts = urllib.parse.urlsplit(url)
    proxy = lower.get(f"{parts.scheme}_proxy") or lower.get("all_proxy")
    host = parts.hostname or ""
    if not proxy or is_loopback(host):
        return {}
    if import_package("requests.utils", "requests").should_bypass_proxies(url, lower.get("no_proxy", "")):
        return {}
    return {parts.scheme: proxy if "://" in proxy else f"http://{proxy}"}


def _verification(environment: t.Mapping[str, str], validate_certs: bool, ca_path: str | None) -> bool | str:
    if not validate_certs:
        return False
    return ca_path or next((environment[name] for name in _CA_VARIABLES if environment.get(name)), True)
