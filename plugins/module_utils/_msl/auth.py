# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Credentials of the Media Services Live API: where they come from, and the signature (by edgegrid-python)."""

from __future__ import annotations

import dataclasses
import logging
import os
import typing as t

from .._core.context import Context
from .._core.errors import InvalidInput
from .._core.session import base_url, import_package, refuse_in_headers
from .edgerc import read_edgerc

ENVIRONMENT = {
    "host": "AKAMAI_HOST",
    "client_token": "AKAMAI_CLIENT_TOKEN",
    "client_secret": "AKAMAI_CLIENT_SECRET",
    "access_token": "AKAMAI_ACCESS_TOKEN",
    "account_switch_key": "AKAMAI_ACCOUNT_KEY",
    "edgerc": "AKAMAI_EDGERC",
    "edgerc_section": "AKAMAI_EDGERC_SECTION",
}
_NEEDED = ("host", "client_token", "client_secret", "access_token")
_SECRET = ("client_token", "client_secret", "access_token")
_DEFAULT_SECTION = "default"


@dataclasses.dataclass(frozen=True)
class Credentials:
    """What a client needs to talk to the service. ``url``: the base URL of the host."""

    url: str
    client_token: str
    client_secret: str = dataclasses.field(repr=False)
    access_token: str = dataclasses.field(repr=False)
    account_switch_key: str | None = None


def find_credentials(options: t.Mapping[str, t.Any], context: Context) -> Credentials:
    """Put the credentials together: task options first, then the environment, then the edgerc file.

    What is blank counts as not set: that is how AWX passes inputs that nobody filled in.

    :raises InvalidInput: Something is missing; the message says where it was looked for.
    """
    found: dict[str, str] = {}
    for name, variable in ENVIRONMENT.items():
        given = (str(text or "").strip() for text in (options.get(name), context.environment.get(variable)))
        value = next(filter(None, given), None)
        if value:
            found[name] = value
    home = context.environment.get("HOME") or os.path.expanduser("~")
    explicit = found.get("edgerc")
    path = _expanded(explicit, home) if explicit else os.path.join(home, ".edgerc")
    section = found.get("edgerc_section", _DEFAULT_SECTION)
    looked = "the task's options and the environment"
    complete = all(name in found for name in _NEEDED)
    if explicit or (not complete and os.path.exists(path)):
        looked += f" and [{section}] of {path}"
        from_file = read_edgerc(path, section, context.report.warn)
        found = {
            **{"account_switch_key" if name == "account_key" else name: value for name, value in from_file.items()},
            **found,
        }
    elif not complete:
        looked += f" ({path} does not exist)"
    missing = [name for name in _NEEDED if not found.get(name)]
    if missing:
        raise InvalidInput(
            f"credentials for Media Services Live are incomplete: {', '.join(missing)} not found in {looked}",
            advice="Give edgerc, the options, or " + ", ".join(ENVIRONMENT[name] for name in missing),
        )
    for name in _SECRET:
        context.scrubber.learn(found[name])
    refuse_in_headers({name: found[name] for name in _SECRET})
    return Credentials(
        url=base_url(found["host"], "host"),
        client_token=found["client_token"],
        client_secret=found["client_secret"],
        access_token=found["access_token"],
        account_switch_key=found.get("account_switch_key"),
    )


def signer(credentials: Credentials) -> t.Any:
    """An authentication object for ``requests`` that signs each try with a new time and nonce.

    :raises MissingPackage: edgegrid-python is not installed.
    """
    edgegrid = import_package("akamai.edgegrid", "edgegrid-python")
    # At debug level the package logs the signing key and the request's body.
    logging.getLogger("akamai.edgegrid").setLevel(logging.WARNING)
    return edgegrid.EdgeGridAuth(credentials.client_token, credentials.client_secret, credentials.access_token)


def _expanded(path: str, home: str) -> str:
    return os.path.join(home, path[2:]) if path.startswith("~/") else os.path.expanduser(path)
