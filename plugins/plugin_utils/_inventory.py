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
from ansible.inventory.data import InventoryData
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable

from ..module_utils._core.context import Context
from ..module_utils._core.errors import StreamOpsError
from ..module_utils._core.secrets import fingerprint
from ..module_utils._module.specs import Spec
from ._client import connection_options, controller_context
from ._inventory_filter import Filter, evaluator
from ._inventory_hosts import Found, Host, group, named, unlike_groups, variables
from ._inventory_options import evaluated, without_blank_variables
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
    # The connection options that the client also looks for in the environment.
    environment: t.ClassVar[t.Container[str]]

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
            option = evaluated(self.get_option, given, self.templar)
            options = connection_options(self.connection, self.environment, given, option)
            # Before anything is read: a mistake in it must not cost requests.
            kept = Filter(self.get_option("name_match"), self.get_option("filters"), evaluator(self.templar))
            snapshot = self._snapshot(options, context, path, cache)
            hosts = self._hosts(self.found(snapshot), kept)
            left_out = self._fill(hosts, kept)
            for host in hosts:
                if host.warning and host.name not in left_out:
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

    def _hosts(self, found: list[Found], kept: Filter) -> list[Host]:
        """The resources with their names, none of which is the name of a group that is there or will be made."""
        of_kinds = (group(kind, value) for one in found for kind, value in one.groups)
        written = [self.group_of_all, *of_kinds, *(self.get_option("groups") or ())]
        known = {*self.inventory.groups, *(self._sanitize_group_name(str(name)) for name in written if name)}

        def name(others: t.Collection[str]) -> list[Host]:
            return named(self.noun, found, known.union(others))

        if not self.get_option("keyed_groups"):
            return name(())
        return unlike_groups(name, lambda hosts: self._rehearsed(hosts, kept))

    def _rehearsed(self, hosts: list[Host], kept: Filter) -> t.Collection[str]:
        """The groups that come of these hosts: how keyed groups are called is known once Ansible has made them."""
        actual, self.inventory = self.inventory, InventoryData()
        try:
            self.inventory.current_source = actual.current_source
            # Keys of groups may be variables that another source gave the host.
            for host in actual.hosts.values():
                self.inventory.hosts[self.inventory.add_host(host.name)].vars = dict(host.vars)
            self._fill(hosts, kept)
            return list(self.inventory.groups)
        finally:
            self.inventory = actual

    def _fill(self, hosts: list[Host], kept: Filter) -> set[str]:
        """Add hosts with their variables and groups.

        Groups come when all hosts are complete, and keyed groups last. Ansible takes a name for a group's first:
        variables for a host would become the group's, and adding it to a group would add a group. Only what makes keyed
        groups looks among hosts alone.

        :return: The hosts that a filter leaves out.
        """
        strict = self.get_option("strict")
        added = {}
        for host in hosts:
            if host.name is None:
                continue
            members = untrusted(
                variables(host.found.members, self.get_option("vars_prefix") or "", f"{self.short_name}_")
            )
            seen = {**members, "inventory_hostname": host.name}
            if kept.keeps(host.name, seen):
                added[host.name] = (host.found, seen)
                self._add(host.name, members)
                self._set_composite_vars(self.get_option("compose"), seen, host.name, strict=strict)
                self._mark_composed(host.name)
        for name, (one, seen) in added.items():
            names = [self.group_of_all, *(group(kind, value) for kind, value in one.groups)]
            for written in filter(None, names):
                self.inventory.add_child(self.inventory.add_group(self._sanitize_group_name(written)), name)
            self._add_host_to_composed_groups(self.get_option("groups"), seen, name, strict=strict)
        for name, (_one, seen) in added.items():
            self._add_host_to_keyed_groups(self.get_option("keyed_groups"), seen, name, strict=strict)
        return {host.name for host in hosts if host.name is not None} - added.keys()

    def _add(self, host: str, members: t.Mapping[str, t.Any]) -> None:
        self.inventory.add_host(host)
        for variable, value in members.items():
            self.inventory.set_variable(host, variable, value)

    def _mark_composed(self, host: str) -> None:
        """What was composed may repeat what the service says."""
        composed = self.inventory.get_host(host).vars
        for variable in self.get_option("compose") or ():
            if variable in composed:
                self.inventory.set_variable(host, variable, untrusted(composed[variable]))
