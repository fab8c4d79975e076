# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a status page says: the state of origins, streams and live events, and what of it wants somebody's attention.

Pure. Only members that are named here reach the page, so that nothing secret does: no keys, no ingest URLs of
SmartSTREAM (smartstream.md, section 5), no accounts, no addresses of people.
"""

from __future__ import annotations

import datetime as dt
import typing as t
from dataclasses import dataclass

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput, StreamOpsError
from ansible_collections.streamops.live.plugins.module_utils._core.instants import in_zone, parse_instant, parse_length
from ansible_collections.streamops.live.plugins.module_utils._core.numbers import whole_number
from ansible_collections.streamops.live.plugins.module_utils._core.words import kind_of
from ansible_collections.streamops.live.plugins.module_utils._engine.fields import Members
from ansible_collections.streamops.live.plugins.module_utils._msl.hosts import identifier
from ansible_collections.streamops.live.plugins.module_utils._msl.shared_key_gaps import shown_instant, with_types
from ansible_collections.streamops.live.plugins.module_utils._msl.urls import publishing_urls
from ansible_collections.streamops.live.plugins.plugin_utils._timeline import timeline

ALERT, WARN, OK, BUSY, QUIET = "alert", "warn", "ok", "busy", "quiet"
#: How things are marked, the most urgent first.
MARKS = (ALERT, WARN, OK, BUSY, QUIET)

# Both vocabularies of an origin's status (msl.md, section 8, line 19), and a stream's. Others are under way.
_STATUS_MARKS = {"PROVISIONED": OK, "SUCCEEDED": OK, "FAILED": ALERT}
# Members by which a key without a type shows what it is, as they are returned and as the service has them.
_TELLING = {
    "type": "type",
    "auth_method": "authMethod",
    "cdn_code": "cdnCode",
    "expiry_date": "expiryDate",
    "guid": "guid",
    "previous_key_fingerprint": "previousKey",
}
_PHASE_MARKS = {"running": OK, "failed": ALERT, "pending": BUSY}
_ADVICE = "Give msl, the facts of msl_facts, and live_events, the list in the result of smartstream_live_event_info"


@dataclass(frozen=True)
class View:
    """How a status is looked at.

    :ivar now: The point in time that everything is compared with.
    :ivar zone: The offset in which times are shown.
    :ivar due: A key that ends within this time is due, and within ``urgent`` it is urgent.
    :ivar days_before: Days before today that the timeline shows, and ``days_after`` those after it.
    :ivar event: The event name in publishing URLs.
    """

    now: dt.datetime
    zone: dt.tzinfo
    due: dt.timedelta
    urgent: dt.timedelta
    days_before: int
    days_after: int
    event: str

    @classmethod
    def from_options(cls, now: dt.datetime, options: t.Mapping[str, t.Any]) -> View:
        """Read the options of the filter ``live_status``.

        :raises InvalidInput: One of them cannot be right.
        """
        offset = str(options["utc_offset"]).strip()
        try:
            zone = parse_instant(f"2000-01-01T00:00:00{offset}").tzinfo
        except InvalidInput:
            zone = None
        if zone is None:
            raise InvalidInput(f"utc_offset {offset!r} is no offset from UTC", advice="Write it like +09:00")
        days = {name: _number_of_days(name, options[name]) for name in ("days_before", "days_after")}
        due, urgent = parse_length(str(options["due_within"])), parse_length(str(options["urgent_within"]))
        return cls(now, zone, due, urgent, event=str(options["event"]), **days)

    def instant(self, written: t.Any) -> dt.datetime | None:
        """A point in time as a service shows it; None where there is none that can be read."""
        try:
            return in_zone(parse_instant(str(written)), self.zone) if written else None
        except InvalidInput:
            return None

    def shown(self, instant: dt.datetime | None) -> str | None:
        """A point in time as the page shows it, to the minute."""
        return in_zone(instant, self.zone).isoformat(timespec="minutes") if instant else None


def _number_of_days(name: str, value: t.Any) -> int:
    number = None if isinstance(value, bool) else whole_number(str(value))
    if number is None or number > 366:
        raise InvalidInput(f"{name} {value!r} is not between 0 and 366", advice="Give a whole number of days")
    return number


def live_status(services: t.Any, view: View) -> Members:
    """What a status page says.

    :param services: ``msl`` with ``origins``, ``streams`` and ``cdns`` as ``msl_facts`` returns them in full, and
        ``live_events`` as ``smartstream_live_event_info`` does. What is None or missing is left out.
    :returns: A JSON document: each part is a list, or None where it was left out.
    :raises InvalidInput: The services have another shape.
    """
    services = _members(services, "what is given")
    facts = services.get("msl")
    if facts is not None:
        facts = _members(facts, "msl")
    origins = _origins(facts, view) if facts is not None else None
    streams = _streams(facts, view) if facts is not None else None
    events = services.get("live_events")
    live_events = None if events is None else _live_events(_entries(events, "live_events"), view)
    attention = [
        *(note for origin in origins or [] for note in _about_origin(origin)),
        *(note for stream in streams or [] for note in _about_stream(stream)),
        *(_note(event["mark"], "live event", event["name"], event["remark"]) for event in live_events or [] if event["remark"]),
    ]  # fmt: skip
    attention.sort(key=lambda note: MARKS.index(note["mark"]))
    return {
        "generated_at": view.shown(view.now),
        "counts": _counts(origins, streams, live_events, attention),
        "attention": attention,
        "origins": origins,
        "streams": streams,
        "live_events": live_events,
        "timeline": timeline(live_events, view.now, view.zone, view.days_before, view.days_after)
        if live_events is not None
        else None,
    }


def _members(value: t.Any, what: str) -> t.Mapping[str, t.Any]:
    if not isinstance(value, t.Mapping):
        raise InvalidInput(f"{what} is {kind_of(value)} and no dictionary", advice=_ADVICE)
    return value


def _entries(value: t.Any, what: str) -> list[t.Mapping[str, t.Any]]:
    if not isinstance(value, list):
        raise InvalidInput(f"{what} is {kind_of(value)} and no list", advice=_ADVICE)
    return [_members(entry, f"an entry of {what}") for entry in value]


def _counts(
    origins: list[Members] | None, streams: list[Members] | None, events: list[Members] | None, attention: list[Members]
) -> Members:
    keys = [key for origin in origins or [] for key in origin["shared_keys"]]
    return {
        "attention": len(attention),
        "alerts": sum(note["mark"] == ALERT for note in attention),
        "origins": len(origins or []),
        "shared_keys": len(keys),
        "shared_keys_due": sum(key["mark"] in (ALERT, WARN) for key in keys),
        "streams": len(streams or []),
        "streams_provisioned": sum(stream["mark"] == OK for stream in streams or []),
        "live_events": len(events or []),
        "live_events_running": sum(event["phase"] == "running" for event in events or []),
    }


def _note(mark: str, kind: str, name: str, text: str) -> Members:
    return {"mark": mark, "kind": kind, "name": name, "text": text}


# Origins and their keys.


def _origins(facts: t.Mapping[str, t.Any], view: View) -> list[Members]:
    cdns = {str(cdn.get("code")): cdn.get("name") for cdn in _entries(facts.get("cdns") or [], "cdns")}
    origins = [_origin(origin, cdns, view) for origin in _entries(facts.get("origins") or [], "origins")]
    return sorted(origins, key=lambda origin: str(origin["name"]).casefold())


def _origin(origin: t.Mapping[str, t.Any], cdns: t.Mapping[t.Any, t.Any], view: View) -> Members:
    status = str(origin.get("status") or "unknown")
    keys = [_shared_key(key, cdns, view) for key in _entries(origin.get("shared_keys") or [], "shared_keys")]
    # What ends first stands first; what has no end comes last.
    keys.sort(key=lambda key: (key["expiry_date"] is None, key["expiry_date"] or "", str(key["name"])))
    host_name = str(origin.get("host_name") or "")
    return {
        "id": origin.get("id"),
        "name": origin.get("host_name_identifier") or identifier(host_name),
        "host_name": host_name,
        "backup_host_name": origin.get("backup_host_name"),
        "status": status,
        "mark": _STATUS_MARKS.get(status, BUSY),
        "encoder_zone": origin.get("encoder_zone"),
        "backup_encoder_zone": origin.get("backup_encoder_zone"),
        "shared_keys": keys,
    }


def _shared_key(key: t.Mapping[str, t.Any], cdns: t.Mapping[t.Any, t.Any], view: View) -> Members:
    """A key; what the service does not show of it counts as docs/msl.md says."""
    end = shown_instant(key.get("expiry_date"))
    previous = view.instant(key.get("previous_key_expiry_date"))
    enabled = key.get("enabled") is None or bool(key["enabled"])
    mark, text = _validity(enabled, end, view)
    code = key.get("cdn_code")
    return {
        "name": key.get("name"),
        "type": _type(key),
        "cdn": (cdns.get(str(code)) or code) if code else "Akamai",
        "cdn_code": code,
        "host_name": key.get("host_name"),
        "enabled": enabled,
        "expiry_date": view.shown(end),
        "days_left": (end - view.now).days if end else None,
        "previous_key_expiry_date": view.shown(previous) if previous and previous > view.now else None,
        "mark": mark,
        "text": text,
    }


def _type(key: t.Mapping[str, t.Any]) -> t.Any:
    (typed,) = with_types([{name: key.get(returned) for returned, name in _TELLING.items()}], [])
    return typed["type"]


def _validity(enabled: bool, end: dt.datetime | None, view: View) -> tuple[str, str]:
    """How a key is marked, and how long it is valid in words."""
    if not enabled:
        return QUIET, "switched off"
    if end is None:
        return QUIET, "has no end"
    left = end - view.now
    if left <= dt.timedelta():
        return ALERT, f"ended {_days(-left)} ago" if -left >= dt.timedelta(days=1) else "ended today"
    mark = ALERT if left <= view.urgent else WARN if left <= view.due else OK
    return mark, f"{_days(left)} left" if left.days else "ends within a day"


def _days(length: dt.timedelta) -> str:
    return f"{length.days} day" + ("" if length.days == 1 else "s")


def _about_origin(origin: Members) -> t.Iterator[Members]:
    if origin["mark"] == ALERT:
        yield _note(ALERT, "origin", origin["name"], "provisioning failed")
    for key in origin["shared_keys"]:
        if key["mark"] in (ALERT, WARN):
            yield _note(key["mark"], "shared key", f"{origin['name']} / {key['name']}", f"{key['cdn']}: {key['text']}")


# Streams.


def _streams(facts: t.Mapping[str, t.Any], view: View) -> list[Members]:
    streams = [_stream(stream, view) for stream in _entries(facts.get("streams") or [], "streams")]
    return sorted(streams, key=lambda stream: str(stream["name"]).casefold())


def _stream(stream: t.Mapping[str, t.Any], view: View) -> Members:
    provisioning = _members(stream.get("provision_detail") or {}, "provision_detail")
    status = str(provisioning.get("status") or stream.get("status") or "unknown")
    origin = _members(stream.get("origin") or {}, "the origin of a stream")
    mark = _STATUS_MARKS.get(status, BUSY)
    return {
        "id": stream.get("id"),
        "name": stream.get("name"),
        "format": stream.get("format"),
        "status": status,
        "mark": mark,
        "message": provisioning.get("message") if mark != OK else None,
        "origin": identifier(str(origin.get("host_name") or "")) or None,
        "encoder_zone": stream.get("encoder_zone"),
        "backup_encoder_zone": stream.get("backup_encoder_zone"),
        "publishing_urls": _publishing_urls(stream, view.event),
    }


def _publishing_urls(stream: t.Mapping[str, t.Any], event: str) -> Members:
    """Complete URLs, or what the service shows where none can be made, as of a format that is not known here."""
    try:
        return publishing_urls(stream, event)
    except StreamOpsError:
        return {side: stream.get(f"{side}_publishing_url") for side in ("primary", "backup")}


def _about_stream(stream: Members) -> t.Iterator[Members]:
    if stream["mark"] == ALERT:
        yield _note(ALERT, "stream", stream["name"], stream["message"] or "provisioning failed")


# Live events.


def _live_events(events: t.Iterable[t.Mapping[str, t.Any]], view: View) -> list[Members]:
    shown = [_live_event(event, view) for event in events]
    return sorted(
        shown, key=lambda one: (one["start"] is None, view.instant(one["start"]) or view.now, str(one["name"]))
    )


def _live_event(event: t.Mapping[str, t.Any], view: View) -> Members:
    phase = str(event.get("phase") or "unknown")
    start, end = (view.instant(event.get(f"live_encode_{side}_at")) for side in ("start", "end"))
    mark, remark = _course(phase, start, end, view)
    return {
        "id": event.get("id"),
        "ref_id": event.get("ref_id"),
        "name": event.get("name") or event.get("ref_id") or event.get("id"),
        "phase": phase,
        "encode_status": event.get("encode_status"),
        "start": view.shown(start),
        "end": view.shown(end),
        "mark": mark,
        "remark": remark,
    }


def _course(
    phase: str, start: dt.datetime | None, end: dt.datetime | None, view: View
) -> tuple[str, str | None]:  # fmt: skip
    """How an event is marked, and what is not as it was to be."""
    if phase == "failed":
        return ALERT, "failed"
    if phase in ("pending", "unknown") and start and start <= view.now and (end is None or view.now < end):
        return ALERT, f"was to begin at {_moment(start, view)} and is not running"
    if phase == "running" and end and end <= view.now:
        return WARN, f"is still running after its end at {_moment(end, view)}"
    over = phase != "running" and end is not None and end <= view.now
    return QUIET if over else _PHASE_MARKS.get(phase, QUIET), None


def _moment(instant: dt.datetime, view: View) -> str:
    """A time of today by its hour alone."""
    return f"{instant:%H:%M}" if instant.date() == in_zone(view.now, view.zone).date() else f"{instant:%Y-%m-%d %H:%M}"
