# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plugins that run in the controller (lookup, inventory) and the clients that modules use too."""

from __future__ import annotations

import os
import typing as t

from ansible.utils.display import Display

from ..module_utils._core.context import Context, Report
from ..module_utils._module.specs import MSL_CONNECTION, Spec
from ..module_utils._msl.api import MslApi
from ..module_utils._msl.auth import ENVIRONMENT

_display = Display()


class Plugin(t.Protocol):
    """An Ansible plugin with options."""

    def get_option(self, option: str) -> t.Any:
        """The value of an option."""


class _DisplayReport(Report):
    """Warnings go where Ansible's own go, progress is for those who ask with ``-v``."""

    def warn(self, text: str) -> None:
        if text not in self.warnings:
            _display.warning(text)
        super().warn(text)

    def tell(self, text: str) -> None:
        _display.v(text)
        super().tell(text)


def controller_context() -> Context:
    """The surroundings of a plugin: the controller's environment and Ansible's display."""
    return Context(environment=dict(os.environ), report=_DisplayReport())


def connection_options(
    spec: Spec, environment: t.Container[str], given: t.Mapping[str, t.Any], option: t.Callable[[str], t.Any]
) -> dict[str, t.Any]:
    """The options that a client is made of, without those that Ansible took from the environment.

    The client reads the environment itself, and tells what is written down from what stands there: a token in the
    environment may be another user's. Ansible would also make a value of a variable that is empty, and of an empty path
    even the working directory, where what is empty shall count as not set.

    :param spec: The connection options of the service.
    :param environment: Those of them that the client looks for in the environment.
    :param given: The options that the user wrote down.
    :param option: Gives an option's value.
    """
    return {name: option(name) for name in spec if given.get(name) != "" and (name in given or name not in environment)}


def msl_client(plugin: Plugin, given: t.Mapping[str, t.Any], context: Context) -> MslApi:
    """A client for Media Services Live from a plugin's options.

    :param given: The options that the user wrote down.
    :raises InvalidInput: Credentials are missing or cannot be right.
    :raises MissingPackage: requests or edgegrid-python is not installed for the controller's Python.
    """
    options = connection_options(MSL_CONNECTION, ENVIRONMENT, given, plugin.get_option)
    return MslApi.from_options(options, context)
