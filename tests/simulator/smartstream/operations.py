# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations of the SmartSTREAM Live API (reference smartstream, section 4)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..clock import iso, japan
from ..replies import Reply
from ..stock import Resource
from .lifecycle import ON_AIR, REFUSALS, RUNNING, STEPS
from .merchant import Merchant
from .problems import Problem
from .rules import MEMBERS, REQUIRED, check_event, check_structure, written

_DEFAULT_LIMIT = 30
_LIST_PARAMETERS = ("limit", "page", "sort", "order")
#: Members that may change while the event runs, whatever the settings say.
_HARMLESS = {"name", "description"}


@dataclass
class Work:
    """One request whose token has been found right."""

    merchant: Merchant
    #: Id or ref_id, decoded; empty for a list.
    address: str
    by_ref: bool
    action: str
    query: list[tuple[str, str]]
    #: Parsed JSON; None without a body.
    body: Any


def log_in(work: Work) -> Reply:
    """POST /auth-token/."""
    body, merchant = work.body, work.merchant
    if not isinstance(body, dict) or set(body) != {"mail_address", "password"}:
        raise Problem("BAD_REQUEST")
    if (body["mail_address"], body["password"]) != (merchant.mail_address, merchant.password):
        raise Problem("UNAUTHORIZED")
    token, end = merchant.issue_token()
    return Reply(200, {"token": token, merchant.settings.expiration_member: iso(end)})


def get_event(work: Work) -> Reply:
    """GET of one event."""
    stock = work.merchant.stock
    identifier = stock.find(lambda event: event.get("ref_id") == work.address) if work.by_ref else work.address
    event = None if identifier is None else stock.read(identifier)
    if event is None:
        raise Problem("LIVE_EVENT_NOT_FOUND")
    return _shown(work.merchant, event)


def list_events(work: Work) -> Reply:
    """GET /live_events."""
    events = (event for _identifier, event in work.merchant.stock.read_all())
    return _page(work, events, "live_events", lambda event: _with_sources(work.merchant, event))


def create_event(work: Work) -> Reply:
    """POST /live_events: answers 200."""
    merchant = work.merchant
    body = dict(check_structure(work.body, creating=True))
    identifier = merchant.new_id()
    event = merchant.new_event(identifier, body.pop("source_type", "rtmp")) | written(body)
    check_event(merchant, event, "FAILED_TO_SAVE")
    merchant.stock.before_write(identifier)
    merchant.live_events[identifier] = event
    return _shown(merchant, event)


def update_event(work: Work) -> Reply:
    """PUT of one event; what becomes of members that are left out or null is a setting."""
    merchant = work.merchant
    identifier = _existing(work)
    stored = merchant.live_events[identifier]
    changes = _changes(merchant, check_structure(_without_nulls(work), creating=False))
    changed = {name for name, value in changes.items() if stored.get(name) != value}
    if merchant.settings.refuse_put_while_running and stored["encode_status"] == RUNNING and changed - _HARMLESS:
        raise Problem("FAILED_TO_UPDATE")
    check_event(merchant, stored | changes, "FAILED_TO_UPDATE")
    merchant.stock.before_write(identifier)
    stored |= changes
    stored["updated_at"] = japan(merchant.clock.stamp())
    return _shown(merchant, stored)


def delete_event(work: Work) -> Reply:
    """DELETE of one event; one that is on air goes after it has stopped."""
    merchant = work.merchant
    identifier = _existing(work)
    if identifier in merchant.deletions:
        raise Problem("FAILED_TO_DELETE")
    merchant.stock.before_write(identifier)
    event = merchant.live_events[identifier]
    phase = merchant.phase(identifier)
    if phase not in ON_AIR:
        merchant.remove(identifier)
        return _shown(merchant, event)
    merchant.deletions.add(identifier)
    if merchant.settings.delete_stops and phase != "stopping":
        merchant.enter(identifier, "stopping")
    return _shown(merchant, event)


def step_event(work: Work) -> Reply:
    """POST …/start, stop, reset and cancel: the last two answer without a body."""
    if work.body not in (None, {}):
        raise Problem("BAD_REQUEST")
    merchant, action = work.merchant, work.action
    identifier = _existing(work)
    event = merchant.live_events[identifier]
    # An unknown status, set by hand, is taken for whatever the action needs.
    following = {**STEPS[action], "unknown": next(iter(STEPS[action].values()))}.get(merchant.phase(identifier))
    if following is None or (identifier in merchant.deletions and action != "stop"):
        raise Problem(REFUSALS[action])
    merchant.stock.before_write(identifier)
    merchant.enter(identifier, following)
    if action == "reset" and merchant.settings.new_ingest_on_reset:
        _move_ingest(merchant, event)
    return Reply(200) if action in ("reset", "cancel") else _shown(merchant, event)


def _move_ingest(merchant: Merchant, event: Resource) -> None:
    """Give the event an ingest address that it does not have yet."""
    before = event["input_sources"]
    while event["input_sources"] == before:
        event["input_sources"] = [merchant.ingest(event["id"], before[0].split(":")[0])]


def get_profile(work: Work) -> Reply:
    """GET of one profile; its description is in the list only."""
    for identifier, profile in work.merchant.profiles.items():
        if work.address == (profile.get("ref_id") if work.by_ref else identifier):
            return Reply(200, {name: value for name, value in profile.items() if name != "description"})
    raise Problem("LIVE_EVENT_PROFILE_NOT_FOUND")


def list_profiles(work: Work) -> Reply:
    """GET /live_event_profiles."""
    return _page(work, work.merchant.profiles.values(), "profiles", dict)


def _existing(work: Work) -> str:
    """Id of the event that is written to."""
    for identifier, event in work.merchant.live_events.items():
        if work.address == (event.get("ref_id") if work.by_ref else identifier):
            return identifier
    # The manual gives the start's 404 the message of a failed log-in.
    raise Problem("LIVE_EVENT_NOT_FOUND", says="UNAUTHORIZED" if work.action == "start" else None)


def _without_nulls(work: Work) -> Any:
    if work.merchant.settings.put != "drop_nulls" or not isinstance(work.body, dict):
        return work.body
    return {name: value for name, value in work.body.items() if value is not None}


def _changes(merchant: Merchant, body: dict[str, Any]) -> dict[str, Any]:
    if merchant.settings.put != "replace":
        return written(body)
    if not all(name in body for name in REQUIRED):
        raise Problem("BAD_REQUEST")
    return {name: default for name, (_kind, _nullable, default) in MEMBERS.items()} | written(body)


def _shown(merchant: Merchant, event: Resource) -> Reply:
    return Reply(200, _with_sources(merchant, event))


def _with_sources(merchant: Merchant, event: Resource) -> Resource:
    shown = copy.deepcopy(event)
    if merchant.settings.input_sources == "object":
        shown["input_sources"] = [{"url": address} for address in shown["input_sources"]]
    return shown


def _page(work: Work, resources: Iterable[Resource], member: str, show: Callable[[Resource], Resource]) -> Reply:
    """One page of a list (reference smartstream, section 8); only what is on it is prepared to be shown."""
    query = dict(work.query)
    if len(query) != len(work.query) or not set(query) <= set(_LIST_PARAMETERS):
        raise Problem("BAD_REQUEST")
    page = _positive(query.get("page", "1"))
    limit = min(_positive(query.get("limit", str(_DEFAULT_LIMIT))), work.merchant.settings.page_maximum)
    column, order = query.get("sort", "updated_at"), query.get("order", "ASC")
    listed = list(resources)
    if order not in ("ASC", "DESC") or any(column not in resource for resource in listed):
        raise Problem("BAD_REQUEST")
    listed.sort(key=lambda one: (one[column] is not None, str(one[column]), one["id"]), reverse=order == "DESC")
    shown = [show(resource) for resource in listed[(page - 1) * limit : page * limit]]
    count = len(listed) if work.merchant.settings.count == "total" else len(shown)
    return Reply(200, {"count": count, member: shown})


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise Problem("BAD_REQUEST")
    return int(text)
