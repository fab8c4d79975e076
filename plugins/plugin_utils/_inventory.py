# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journey that both inventory plugins make: options, cache or service, names, filter, hosts, groups."""

from __future__ import annotations

import abc
import json
import os
import re
import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._core.context import Context
from ..module_utils._core.errors import StreamOpsError
from ..module_utils._core.secrets import fingerprint
from ..module_utils._module.specs import Spec
from ._client import controller_context
from ._inventory_filter import Filter, evaluator
from ._inventory_hosts import Found, group, named, variables
from ._inventory_options import connection_options, without_blank_variables
from ._inventory_trust import untrusted

Options = dict[str, t.Any]
Snapshot = dict[str, t.Any]

# Changes with the form of what is cached, so that an older form is read anew and not misunderstood.
_FORM = 1
_EXTENSIONS = (".yml", ".yaml")
# Longer files are lists of hosts, not options.
_LONGEST_FILE = 1 << 16


class ServiceInventory(BaseInventoryPlugin, Constructable, Cacheable):
    """An inventory of what a service has. A plugin says how it is read and what of it are hosts."""

    # The name of files of this plugin, and of the variables that Ansible would take for its own.
    short_name: t.ClassVar[str]
    noun: t.ClassVar[str]
    group_of_all: t.ClassVar[str]
    connection: t.ClassVar[Spec]

    @abc.abstractmethod
    def identity(self, options: Options, context: Context) -> list[t.Any]:
        """What tells this account, and this way of reading it, from another: a cache is not shared between them.

        :raises InvalidInput: The options cannot be right. No request is made.
        """

    @abc.abstractmethod
    def read(self, options: Options, context: Context) -> Snapshot:
        """Ask the service; the result is JSON, and has no secret in it."""

    @abc.abstractmethod
    def found(self, snapshot: Snapshot) -> list[Found]:
        """The resources in what was read, now or by a run before, oldest first."""

    def verify_file(self, path: str) -> bool:
        """Whether a file is for this plugin: by its name or, whatever its name, by what it says of itself."""
        if not super().verify_file(path) or not path.endswith(_EXTENSIONS):
            return False
        stem = os.path.basename(path).rpartition(".")[0]
        return stem == self.short_name or stem.endswith(f".{self.short_name}") or self._is_named_in(path)

    def parse(self, inventory: t.Any, loader: t.Any, path: str, cache: bool = True) -> None:
        """Fill the inventory.

        :raises AnsibleParserError: The options cannot be right, or the service did not answer.
        """
        super().parse(inventory, loader, path)
        with without_blank_variables():
            given = self._read_config_data(path)
        context = controller_context()
        try:
            self._warn_of_unknown_options(given, context)
            options = connection_options(self.connection, given, self.get_option, self.templar)
            # Before anything is read: a mistake in it must not cost requests.
            kept = Filter(self.get_option("name_match"), self.get_option("filters"), evaluator(self.templar))
            snapshot = self._snapshot(options, context, path, cache)
            for host in named(self.noun, self.found(snapshot)):
                if (host.name is None or self._add(host.name, host.found, kept)) and host.warning:
                    context.report.warn(host.warning)
        except StreamOpsError as error:
            error.while_doing(f"list {self.noun}s for the inventory")
            # Ansible would append the text of a cause: the same again, as it was before secrets were taken out.
            raise AnsibleParserError(context.scrubber.scrub(error.text())) from None

    def _is_named_in(self, path: str) -> bool:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST_FILE)
        return re.search(rf"^plugin:\s*(['\"]?){re.escape(self.NAME)}\1\s*(#.*)?$", text, re.MULTILINE) is not None

    def _warn_of_unknown_options(self, given: t.Mapping[str, t.Any], context: Context) -> None:
        for name in given:
            if not self.has_option(name):
                context.report.warn(f"The inventory plugin {self.NAME} has no option {name}, so it has no effect.")

    def _snapshot(self, options: Options, context: Context, path: str, cache: bool) -> Snapshot:
        # Also where the cache has it all: other credentials may be for another account.
        identity = self.identity(options, context)
        if not self.get_option("cache"):
            return self.read(options, context)
        key = f"{self.get_cache_key(path)}_{fingerprint(json.dumps([_FORM, *identity]))}"
        snapshot = self._cached(key, context) if cache else None
        if snapshot is None:
            snapshot = self._cache[key] = self.read(options, context)
        return snapshot

    def _cached(self, key: str, context: Context) -> Snapshot | None:
        try:
            return t.cast(Snapshot, self._cache[key])
        except KeyError:
            return None
        except AnsibleError as error:
            context.report.warn(f"The inventory cache cannot be read, so the service is asked: {error}")
            return None

    def _add(self, host: str, one: Found, kept: Filter) -> bool:
        """Add a host with its variables and groups, unless a filter leaves it out."""
        evasive_prefix = f"{self.short_name}_"
        members = untrusted(variables(one.members, self.get_option("vars_prefix") or "", evasive_prefix))
        seen = {**members, "inventory_hostname": host}
        if not kept.keeps(host, seen):
            return False
        self.inventory.add_host(host)
        for variable, value in members.items():
            self.inventory.set_variable(host, variable, value)
        names = [self.group_of_all, *(group(kind, value) for kind, value in one.groups)]
        for written in filter(None, names):
            self.inventory.add_child(self.inventory.add_group(self._sanitize_group_name(written)), host)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), seen, host, strict=strict)
        self._mark_composed(host)
        self._add_host_to_composed_groups(self.get_option("groups"), seen, host, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), seen, host, strict=strict)
        return True

    def _mark_composed(self, host: str) -> None:
        """What was composed may repeat what the service says."""
        composed = self.inventory.get_host(host).vars
        for variable in self.get_option("compose") or ():
            if variable in composed:
                self.inventory.set_variable(host, variable, untrusted(composed[variable]))
