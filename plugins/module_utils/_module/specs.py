# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications: connection options, waiting, and the members from the field tables."""

from __future__ import annotations

import typing as t

from .._engine.wait import Waiting

Spec = dict[str, dict[str, t.Any]]

# Values from the environment are read by the client, since an empty variable counts as not set.
TRANSPORT: Spec = {
    "timeout": {"type": "int", "default": 30},
    "retries": {"type": "int", "default": 8},
    "validate_certs": {"type": "bool", "default": True},
    "ca_path": {"type": "path"},
}
MSL_CONNECTION: Spec = {
    "edgerc": {"type": "path"},
    "edgerc_section": {"type": "str"},
    "host": {"type": "str"},
    "client_token": {"type": "str", "no_log": True},
    "client_secret": {"type": "str", "no_log": True},
    "access_token": {"type": "str", "no_log": True},
    # It names an account and opens nothing by itself.
    "account_switch_key": {"type": "str", "no_log": False},
    **TRANSPORT,
}
MSL_PACKAGES = ("requests", "akamai.edgegrid")
SMARTSTREAM_CONNECTION: Spec = {
    "merchant_id": {"type": "str"},
    "mail_address": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "access_token": {"type": "str", "no_log": True},
    "api_key": {"type": "str", "no_log": True},
    "api_url": {"type": "str"},
    "requests_per_minute": {"type": "int"},
    **TRANSPORT,
}


def connection_of(spec: Spec) -> Spec:
    """The options of a task that are about the connection."""
    return SMARTSTREAM_CONNECTION if "merchant_id" in spec else MSL_CONNECTION


UPDATE_UNREADABLE: Spec = {
    "update_unreadable": {
        "type": "str",
        "choices": ["on_create", "always"],
        "default": "on_create",
        "aliases": ["update_password"],
        # It says when to send a password and is none, although its alias sounds like one.
        "no_log": False,
    },
}


def waiting_spec(timeout: int, interval: int) -> Spec:
    """The options ``wait``, ``wait_timeout`` and ``wait_interval`` with a resource's defaults in seconds."""
    return {
        "wait": {"type": "bool", "default": False},
        "wait_timeout": {"type": "int", "default": timeout},
        "wait_interval": {"type": "int", "default": interval},
    }


# Nobody waits longer, and no clock counts as far as an integer may go.
_LONGEST_WAIT = 10**9


def in_seconds(number: int) -> int:
    """The seconds that an option says; less than none is none, and more than thirty years are thirty."""
    return min(max(number, 0), _LONGEST_WAIT)


def waiting(options: t.Mapping[str, t.Any]) -> Waiting:
    """What the waiting options say."""
    if not options.get("wait"):
        return Waiting()
    return Waiting(True, in_seconds(options["wait_timeout"]), in_seconds(options["wait_interval"]))


def list_spec(name: str, entry: Spec) -> Spec:
    """The options of a plural module: the list of a singular module's resource options, and what is about all of it."""
    return {
        name: {"type": "list", "elements": "dict", "required": True, "options": entry},
        "prune": {"type": "bool", "default": False},
        "prune_match": {"type": "str"},
        "prune_limit": {"type": "int", "default": 10},
        "continue_on_error": {"type": "bool", "default": False},
        "concurrency": {"type": "int", "default": 8},
    }


def state_spec(*states: str) -> Spec:
    """The option ``state``; the first one is the default."""
    return {"state": {"type": "str", "choices": list(states), "default": states[0]}}
