# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the engine must know of a kind of resource; a service gives a field table, an API and what is special."""

from __future__ import annotations

import abc
import contextlib
import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, Conflict, InvalidInput, NotFound
from .fields import (
    UNKNOWN,
    Members,
    Table,
    Write,
    entry_shows,
    is_given,
    listed_members,
    members_from_entry,
    members_from_options,
)
from .listing import Listing
from .plan import Change, Desired, Observed, Plan, Step, changes, create_body, refuse_immutable, update_body
from .show import compared, shown
from .wait import Progress, Stage

# Seconds before each look at a resource that was just written: the services may show it late.
_LOOKS = (0.0, 1.0, 2.0, 4.0)


class Resource(abc.ABC):
    """One kind of resource of one service."""

    noun: t.ClassVar[str]
    fields: t.ClassVar[Table]
    setting_names: t.ClassVar[tuple[str, ...]] = ("id",)
    needed_to_create: t.ClassVar[tuple[str, ...]] = ()
    id_member: t.ClassVar[str] = "id"
    writable_while_pending: t.ClassVar[bool] = True
    # Whether a deletion must look at more than the list shows.
    reads_before_delete: t.ClassVar[bool] = False
    # Members that are secrets wherever they stand, by the API's names.
    secret_members: t.ClassVar[frozenset[str]] = frozenset()
    # Whether an entry may be missing from a list that was read while somebody changed another one.
    entries_may_slip: t.ClassVar[bool] = False
    # How many polls in a row must agree that a wait is over.
    confirmations: t.ClassVar[int] = 1

    def __init__(self, context: Context) -> None:
        self.context = context

    def scope(self) -> str | None:
        """What names the account, where the service would take the name of a new resource twice; else None."""
        return None

    # What is wanted; pure.

    def desired(self, options: t.Mapping[str, t.Any], index: int | None = None) -> Desired:
        """What a task's options ask for."""
        settings = {name: options[name] for name in self.setting_names if options.get(name) is not None}
        return Desired(options.get("state") or "present", members_from_options(self.fields, options), settings, index)

    @abc.abstractmethod
    def identity(self, desired: Desired) -> str | None:
        """What tells this resource from others of its kind; None: the options name none."""

    def identities(self, desired: Desired) -> list[tuple[str, str]]:
        """What no two entries of a task's list may share: how the resource is found, and what it is to be called."""
        wanted_id, key = desired.settings.get("id"), self.key(desired)
        if wanted_id is None:
            return [("name", str(key if key is not None else self.identity(desired)))]
        named = [("name", key)] if key and desired.state != "absent" else []
        return [("id", str(wanted_id)), *named]

    def other_names(self, desired: Desired) -> list[tuple[str, str]]:
        """What else it is to be called: no other entry of the list may be found by that."""
        return []

    def label(self, desired: Desired) -> str:
        """How messages call it."""
        wanted_id = desired.settings.get("id")
        return f"{self.noun} {wanted_id}" if wanted_id is not None else f"{self.noun} {self.identity(desired)!r}"

    def key(self, desired: Desired) -> str | None:
        """What a listing finds it by; one of the ``keys_of`` its entry. None: each entry is looked at."""
        return None

    def keys_of(self, entry: Members) -> tuple[str, ...]:
        """What a listing finds an entry by."""
        return ()

    def refusals(self, desired: Desired) -> list[str]:
        """Why no service would take these options, each a sentence; found before any request."""
        return []

    # What is there.

    @abc.abstractmethod
    def entries(self) -> list[tuple[t.Any, Members]]:
        """One listing, followed to its end: the id and the entry of each resource."""

    @property
    def requests_of_a_list(self) -> int:
        """How many requests one listing takes, as far as is known."""
        return 1

    @abc.abstractmethod
    def read(self, resource_id: t.Any) -> Members | None:
        """The detail of a resource; None: there is none of this id."""

    @abc.abstractmethod
    def matches(self, desired: Desired, entry: Members) -> bool:
        """Whether a list's entry is the resource that the options name."""

    def look_up(self, desired: Desired, listing: Listing) -> Observed | None:
        """The resource that the options name, as the service shows it; None: there is none.

        Details are read only where a declared member is missing from the list; a plan that finds a difference reads
        them before it writes.
        """
        wanted_id = desired.settings.get("id")
        if wanted_id is None:
            found = listing(desired)
            if found is None:
                return None
        else:
            # An id that the list lacks is asked for by itself: the list may be a little late.
            entry = listing.entry(wanted_id) if listing.worthwhile and self.list_suffices(desired) else None
            if entry is None:
                return self._look_up_by_id(desired, wanted_id, listing.entry)
            found = wanted_id, entry
        listed = self.observe_listed(*found)
        if self.list_suffices(desired) and self.entry_suffices(desired, listed.members):
            return listed
        observed = self.observe_whole(*found)
        if observed is not None:
            self.refuse_another(desired, found[1], observed.members)
        return observed

    def _look_up_by_id(
        self, desired: Desired, wanted_id: t.Any, entry_of: t.Callable[[t.Any], Members | None]
    ) -> Observed | None:
        """Read a resource; the list is asked as well where only that shows a declared member."""
        observed = self.observe_whole(wanted_id)
        if observed is None or desired.state == "absent":
            return observed
        missing = {field.name for field in self.fields if field.listed and field.name in desired.members}
        entry = entry_of(wanted_id) if missing - observed.members.keys() else None
        if entry is not None:
            observed.members = {**self.observe_listed(wanted_id, entry).members, **observed.members}
        return observed

    def _entry(self, resource_id: t.Any) -> Members | None:
        with contextlib.suppress(InvalidInput):  # The list may be too long to be read.
            return dict(self.entries()).get(resource_id)
        return None

    def refuse_another(self, desired: Desired, before: Members, now: Members) -> None:
        """Hold what was found by its name to that name: somebody may have given it another one since.

        :raises Conflict: The options named it as it was and do not name it as it is.
        """
        named = desired.settings.get("id") is None and self.matches(desired, before)
        if named and self.name_of(now) is not None and not self.matches(desired, now):
            raise Conflict(
                f"it is called {self.name_of(now)!r} by now",
                advice="Run the task again, it looks anew; name it by its id if it is the one that is meant",
            )

    def exists_by_now(self, desired: Desired, listing: Listing) -> bool:
        """Whether somebody else created the resource since the task looked, asked right before its own create."""
        return self.key(desired) is not None and listing.was_read and listing.now(desired) is not None

    def list_suffices(self, desired: Desired) -> bool:
        """Whether the list shows what the options are about."""
        if desired.state == "absent":
            return self.list_suffices_to_write(desired)
        return not desired.settings.get("details") and listed_members(self.fields, desired.members)

    def entry_suffices(self, desired: Desired, members: Members) -> bool:
        """Whether this entry has what the list is known to show: a member may be missing from a single one.

        :param members: The entry's, under the names of the detail.
        """
        return desired.state == "absent" or entry_shows(self.fields, desired.members, members)

    def list_suffices_to_write(self, desired: Desired) -> bool:
        """Whether a write needs no more than what the list shows: a deletion names the id only."""
        return desired.state == "absent" and not self.reads_before_delete

    def name_of(self, entry: Members) -> str | None:
        """What pruning matches a list's entry by."""
        return t.cast("str | None", entry.get("name"))

    def observe_listed(self, resource_id: t.Any, entry: Members) -> Observed:
        """A resource as far as the list shows it."""
        return Observed(resource_id, members_from_entry(self.fields, entry), False)

    def observe_whole(self, resource_id: t.Any, entry: Members | None = None) -> Observed | None:
        """Read a resource in full; what only the list shows is kept from there."""
        detail = self.read(resource_id)
        if detail is None:
            return None
        listed = members_from_entry(self.fields, entry or {})
        return Observed(
            resource_id, {**listed, **{name: value for name, value in detail.items() if value is not None}}, True
        )

    def resolve(self, desired: Desired, observed: Observed | None) -> None:
        """Turn names into what the API wants, with as few requests as the plan needs."""

    def explain(self, desired: Desired) -> list[str]:
        """After the service refused a write: what the options name that it does not have, each a sentence."""
        return []

    def progress(self, desired: Desired, members: Members | None) -> Progress:
        """How far the service is with what was asked of it.

        :param members: None: the service shows no such resource.
        """
        gone = members is None
        stage = Stage.READY if gone == (desired.state == "absent") else Stage.PENDING
        return Progress(stage, "gone" if gone else "present")

    def shows_progress(self, members: Members) -> bool:
        """Whether these members, a detail's or a list entry's, tell how far the service is."""
        return True

    def awaits(self, desired: Desired, left_alone: bool) -> bool:
        """Whether this wanted state is one that a wait can see reached.

        :param left_alone: The service refused what was planned, and the resource was left as it is.
        """
        return True

    def last_seen(self, resource_id: t.Any) -> Members | None:
        """A resource as an answer showed it last, where answers to writes show it."""
        return None

    # The plan; pure.

    def plan(self, desired: Desired, observed: Observed | None) -> Plan:
        """What to do."""
        if desired.state == "absent":
            return self.plan_absent(desired, observed)
        if observed is None:
            return self.plan_create(desired)
        return self.plan_update(desired, observed)

    def plan_absent(self, desired: Desired, observed: Observed | None) -> Plan:
        """Delete what is there."""
        if observed is None:
            return Plan([])
        return Plan([Step("delete")], before=compared(self.fields, observed.members))

    def plan_create(self, desired: Desired) -> Plan:
        """Create what is not there.

        :raises NotFound: The options name an id that the service does not know.
        :raises InvalidInput: Members that a new resource needs are missing.
        """
        if desired.settings.get("id") is not None:
            raise NotFound(f"there is no {self.label(desired)}", advice=f"Leave out id to create a {self.noun}")
        missing = [name for name in self.needed_to_create if not is_given(desired.members, name)]
        if missing:
            raise InvalidInput(
                f"{self.label(desired)} does not exist, and to create it {', '.join(missing)} must be given",
                details=[f"{name} is missing" for name in missing],
            )
        body = create_body(self.fields, desired.members)
        return Plan([Step("create", body)], after=compared(self.fields, body), predicted=body)

    def plan_update(self, desired: Desired, observed: Observed) -> Plan:
        """Change what differs.

        :raises Immutable: A member differs that the service cannot change.
        """
        found = self.find_changes(desired, observed)
        refuse_immutable(found)
        before = compared(self.fields, observed.members)
        if not found:
            return Plan([], before=before, after=before, predicted=observed.members)
        changed = {change.field.name: change.after for change in found}
        return Plan(
            [self.update_step(desired, observed)],
            before=before,
            after={**before, **compared(self.fields, changed)},
            predicted={**observed.members, **changed},
        )

    def find_changes(self, desired: Desired, observed: Observed) -> list[Change]:
        """The declared members that differ; with ``update_unreadable: always`` also those that cannot be read."""
        found = changes(self.fields, desired.members, observed.members)
        if desired.settings.get("update_unreadable") == "always":
            found += [
                Change(field, UNKNOWN, desired.members[field.name])
                for field in self.fields
                if not field.returned and field.write is Write.ALWAYS and field.name in desired.members
            ]
        return found

    def update_step(self, desired: Desired, observed: Observed) -> Step:
        """The write that makes the changes."""
        return Step("update", update_body(self.fields, desired.members, observed.members))

    def reached(self, plan: Plan, actions: t.Sequence[str], members: Members) -> Members:
        """How the diff ends: as planned, unless the service accepted no write.

        :param members: The resource as it was seen last.
        """
        return plan.after if actions else plan.before

    def show(self, members: Members) -> Members:
        """A resource as it is returned."""
        return shown(self.fields, members, self.secret_members)

    # Writes.

    @abc.abstractmethod
    def carry_out(self, step: Step, resource_id: t.Any, desired: Desired) -> t.Any:
        """Do one write; a create returns the new id, None where the service did not say it.

        :raises Replanned: The service refused it, and something else is to be done instead.
        """

    def find(self, desired: Desired, entries: t.Iterable[tuple[t.Any, Members]]) -> tuple[t.Any, Members] | None:
        """The entry that the options name.

        :raises Conflict: More than one entry has this name.
        """
        found = [(entry_id, entry) for entry_id, entry in entries if self.matches(desired, entry)]
        if len(found) > 1:
            ids = ", ".join(str(entry_id) for entry_id, _entry in found)
            raise Conflict(
                f"the service has {len(found)} resources that are {self.label(desired)} (ids {ids})",
                advice=f"Name the one that is meant by its {'id' if 'id' in self.setting_names else 'number'}",
                details=[f"id {entry_id}" for entry_id, _entry in found],
            )
        return found[0] if found else None

    def _looks(self) -> t.Iterator[None]:
        for seconds in _LOOKS:
            if seconds:  # The first look belongs to the write, also in a task that was told to stop meanwhile.
                self.context.sleep(seconds)
            yield

    def find_new(self, desired: Desired) -> t.Any:
        """The id of a resource that was just created; None: the service does not show it."""
        for _look in self._looks():
            found = self.find(desired, self.entries())
            if found:
                return found[0]
        return None

    def read_back(self, resource_id: t.Any, desired: Desired, before: Members) -> Observed | None:
        """Read a resource that was just written, until it is shown and no more as it was before; None: it is not shown."""
        observed = None
        for _look in self._looks():
            observed = self.observe_whole(resource_id)
            if observed is not None and not self.is_late(before, observed.members):
                break
        return observed

    def is_late(self, before: Members, after: Members) -> bool:
        """Whether a look after a write is seen to show the resource as it was before."""
        return False

    def settle(self, step: Step, resource_id: t.Any, desired: Desired, before: Members, lost: Ambiguous) -> t.Any:
        """Find out by reading whether a write was carried out whose answer was lost.

        :param before: The resource as it was before the write.
        :returns: The resource's id: it was.
        :raises Ambiguous: It was not, or that cannot be seen; the write is not repeated, since it may still arrive.
        """
        if step.action == "create":
            new_id = self.find_new(desired)
            created = self._look_up_by_id(desired, new_id, self._entry) if new_id is not None else None
            if created is not None and self.took_effect(step, desired, before, created.members):
                return new_id
        elif step.action in ("update", "delete"):
            for _look in self._looks():
                observed = self._look_up_by_id(desired, resource_id, self._entry)
                if self._is_done(step, desired, before, observed.members if observed else None):
                    return resource_id
        lost.advice = "It could not be seen to have been carried out; run the task again, it looks before it writes"
        raise lost

    def _is_done(self, step: Step, desired: Desired, before: Members, after: Members | None) -> bool:
        if after is None or step.action == "delete":
            return after is None and step.action == "delete"
        return self.took_effect(step, desired, before, after)

    def took_effect(self, step: Step, desired: Desired, before: Members, after: Members) -> bool:
        """Whether an update is seen to have been carried out."""
        return not changes(self.fields, desired.members, after)
