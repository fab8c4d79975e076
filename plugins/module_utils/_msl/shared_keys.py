# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Shared keys of an origin (msl.md, section 4.1): merged, generated and rotated. Pure.

The service's PUT replaces the whole list, so every list that is made here holds every key that shall go on to exist,
with every member that the service showed and takes.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import re
import typing as t

from .._core.errors import Conflict, InvalidInput
from .._core.instants import LONGEST, format_utc, parse_instant, parse_length
from .._engine.compare import same
from .._engine.fields import Members
from .shared_key_fields import AKAMAI, AUTH_METHODS, MOST_KEYS, THIRD_PARTY, VALIDITY, declared_type, type_of_method
from .shared_key_gaps import GAPS, filled_in, same_shown_time, shown_instant, with_types

# What the service's PUT takes of a key; it shows more.
_SENT = (
    "authMethod", "backupHostName", "cdnCode", "enabled", "expiryDate", "guid", "hostName", "key", "name",
    "previousKey", "previousKeyExpiryDate", "type",
)  # fmt: skip
_HOSTS = ("hostName", "backupHostName")
_PREVIOUS = ("previousKey", "previousKeyExpiryDate")
_TIMES = ("expiryDate", "previousKeyExpiryDate")
_SUCCESSOR = re.compile(r"-(\d{8})(?:-(\d{1,2}))?$")


@dataclasses.dataclass(frozen=True)
class NewKey:
    """Stands for a key that the service will generate when the plan is applied."""

    type: str


@dataclasses.dataclass(frozen=True)
class After:
    """Stands for an instant that is so long after the task; ``at`` is that instant for this run."""

    length: str
    at: str


@dataclasses.dataclass
class KeysPlan:
    """The whole list as it shall be. Keys may be NewKey, instants may be After."""

    keys: list[Members]
    changed: bool
    warnings: list[str]


def merge(wanted: t.Sequence[Members], shown: t.Sequence[Members], *, purge: bool, now: dt.datetime) -> KeysPlan:
    """The list of keys as it shall be.

    :param wanted: Declared keys; ``cdn`` is a code already.
    :param shown: The keys of the origin as the service shows them.
    :param purge: Keys that are not declared go.
    :raises InvalidInput: A new key lacks what it needs, or the list gets too long.
    :raises Conflict: The service does not show a key that must be sent again.
    """
    keys = with_types([_as_sent(key, now) for key in shown], wanted)
    original = [dict(key) for key in keys]
    warnings: list[str] = []
    declared = {(key["name"], _type_of(key, keys)) for key in wanted}
    if len(declared) < len(wanted):
        # Only now it is known what the type of each is.
        raise InvalidInput(
            "a shared key is declared twice, once with its type and once without",
            advice="Declare each key once; give type where a name is that of two keys",
        )
    kept: set[tuple[t.Any, t.Any]] = set()
    for key in wanted:
        kind = _type_of(key, keys)
        family = _family(key["name"], kind, keys, declared)
        if key.get("state") == "absent":
            keys = [one for one in keys if one not in family]
            continue
        if not family:
            keys.append(_created(key, kind, now))
            kept.add((key["name"], kind))
            continue
        kept.update((one.get("name"), one.get("type")) for one in family)
        _converge_one(key, family, keys, now, warnings)
        kept.update((one.get("name"), one.get("type")) for one in _family(key["name"], kind, keys, declared))
    if purge:
        keys = [key for key in keys if (key.get("name"), key.get("type")) in kept]
    _refuse_too_many(keys, original)
    return KeysPlan(filled_in(keys, wanted), keys != original, warnings)


def same_keys(sent: t.Sequence[Members], shown: t.Sequence[Members]) -> bool:
    """Whether the service shows just the keys that were sent, with every member that was sent and that it shows."""
    by_identity = {(key.get("name"), key.get("type")): key for key in with_types(shown, sent)}
    return len(sent) == len(shown) and all(
        _same_member(name, value, by_identity.get((key.get("name"), key.get("type")), {}))
        for key in sent
        for name, value in key.items()
    )


def _same_member(name: str, sent: t.Any, shown: Members) -> bool:
    if shown and name in GAPS and shown.get(name) is None:
        return True
    return same_shown_time(sent, shown.get(name)) if name.endswith("Date") else same(sent, shown.get(name))


def _type_of(key: Members, shown: t.Sequence[Members]) -> str:
    """The declared type, else the one that follows from the rest.

    :raises InvalidInput: It follows from nothing, or the method does not go with the key that is there.
    """
    types = {one.get("type") for one in shown if one.get("name") == key["name"]}
    kind, known = declared_type(key), types - {None}
    if kind and type_of_method(key) and not key.get("type") and known and kind not in known:
        raise InvalidInput(
            f"shared key {key['name']!r} is of type {known.pop()}, and auth_method {key['authMethod']} goes with {kind}",
            advice="Leave out auth_method, or give type for another key of that name",
        )
    if kind:
        return kind
    if len(types) == 1 and None not in types:
        return str(types.pop())
    if not types and any(one.get("type") == AKAMAI and _succeeds(one, key["name"]) for one in shown):
        return AKAMAI  # The first of the family went when its successor was old enough.
    if key.get("state") == "absent" and not types:
        return THIRD_PARTY
    raise InvalidInput(
        f"shared key {key['name']!r} needs its type: {AKAMAI} for a partner account, {THIRD_PARTY} for another CDN"
    )


def _as_sent(key: Members, now: dt.datetime) -> Members:
    """A key as an update repeats it: points in time with their offset, and no earlier key whose time is over.

    The service refuses a time that has passed (msl.md, section 4.1).
    """
    sent = {name: key[name] for name in _SENT if key.get(name) is not None}
    times = {name: shown_instant(sent[name]) for name in _TIMES if name in sent}
    sent.update({name: format_utc(time) for name, time in times.items() if time and sent[name] != format_utc(time)})
    earlier = times.get("previousKeyExpiryDate")
    if earlier is not None and earlier <= now:
        sent = {name: value for name, value in sent.items() if name not in _PREVIOUS}
    if not sent.get("key"):
        raise Conflict(
            f"the service does not show the key of shared key {key.get('name')!r}, which an update must repeat",
            advice="Check that the credentials may see shared keys",
        )
    return sent


def _family(name: str, kind: str, keys: t.Sequence[Members], declared: t.Container[tuple[str, str]]) -> list[Members]:
    """A key and, for AKAMAI, the successors that rotation gave it; the newest is the last."""
    family = [key for key in keys if key.get("type") == kind and key.get("name") == name]
    if kind == AKAMAI:
        successors = [
            key
            for key in keys
            if key.get("type") == kind and _succeeds(key, name) and (key["name"], kind) not in declared
        ]
        family += sorted(successors, key=lambda key: _successor_order(str(key["name"])))
    return family


def _succeeds(key: Members, name: str) -> bool:
    """Whether a rotation of the key of this name has made this one."""
    own = str(key.get("name", ""))
    return own.startswith(name) and bool(_SUCCESSOR.fullmatch(own[len(name) :])) and _made_on(own) is not None


def _made_on(name: str) -> dt.datetime | None:
    """The day in a successor's name; None where there is none, as in a key that happens to end in a number."""
    match = _SUCCESSOR.search(name)
    try:
        return dt.datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=dt.timezone.utc) if match else None
    except ValueError:
        return None


def _successor_order(name: str) -> tuple[str, int]:
    match = t.cast("re.Match[str]", _SUCCESSOR.search(name))
    return match[1], int(match[2] or 1)


def _created(key: Members, kind: str, now: dt.datetime) -> Members:
    created: Members = {
        "authMethod": AUTH_METHODS[kind],
        "enabled": key.get("enabled", True),
        "key": key.get("key") or NewKey(kind),
        "name": key["name"],
        "type": kind,
    }
    if kind == THIRD_PARTY:
        if not key.get("cdn"):
            raise InvalidInput(
                f"shared key {key['name']!r} is new and needs cdn, the name or code of the CDN that it is for"
            )
        created["cdnCode"] = key["cdn"]
        expiry = _expiry(key, now)
        created.update({name: value for name, value in (("expiryDate", expiry), ("guid", key.get("guid"))) if value})
    return created


def _converge_one(
    key: Members, family: list[Members], keys: list[Members], now: dt.datetime, warnings: list[str]
) -> None:
    """Change the newest key of a family in place, or add its successor."""
    current = family[-1]
    due = _is_due(key, current, now, warnings)
    for one in family:
        if one.get("enabled", True) != key.get("enabled", True):
            one["enabled"] = key.get("enabled", True)
    if current.get("type") == AKAMAI:
        if key.get("key") and not any(same(key["key"], one["key"]) for one in family):
            _give_partner_key(key, family[0], keys, now)
        if due:
            keys.append({**current, "name": _successor_name(key["name"], keys, now), "key": NewKey(AKAMAI)})
        if key.get("rotate") in ("expiring", "always"):
            _drop_predecessors(family, keys, parse_length(key.get("gracePeriod") or "0"), now)
        return
    _set_plain_members(key, current, now, warnings)
    if due or (key.get("key") and key["key"] != current["key"]):
        _replace_key(key, current, rotated=due, now=now, warnings=warnings)


def _give_partner_key(key: Members, oldest: Members, keys: list[Members], now: dt.datetime) -> None:
    """Put a declared key under the declared name; that of a successor may be in use, and nothing else has it."""
    if oldest["name"] == key["name"]:
        oldest["key"] = key["key"]
    else:
        keys.append(_created(key, AKAMAI, now))


def _set_plain_members(key: Members, current: Members, now: dt.datetime, warnings: list[str]) -> None:
    if key.get("cdn") and current.get("cdnCode") not in (None, key["cdn"]):
        current["cdnCode"] = key["cdn"]
        for host in _HOSTS:
            current.pop(host, None)  # They are derived from the CDN.
    if key.get("expiryDate") == "":
        current.pop("expiryDate", None)
    elif key.get("expiryDate") and not _has_end(current, key["expiryDate"], warnings):
        current["expiryDate"] = _expiry_of(key, now)
    if key.get("guid") and key["guid"] != current.get("guid"):
        current["guid"] = key["guid"]


def _has_end(current: Members, wanted: str, warnings: list[str]) -> bool:
    """Whether a key has this end, or one that cannot be read and so would differ in every run."""
    shown = current.get("expiryDate")
    return bool(shown) and (same_shown_time(wanted, shown) or _end(current, warnings) is None)


def _end(current: Members, warnings: list[str]) -> dt.datetime | None:
    """The end of a key that has one; None, and a warning, where it cannot be read."""
    end = shown_instant(current["expiryDate"])
    if end is None:
        warning = (
            f"The service shows {current['expiryDate']!r} as the end of shared key {current['name']!r}, which is no"
            " date and time: the end stays as it is, and nothing is rotated because of it."
        )
        warnings += [] if warning in warnings else [warning]
    return end


def _replace_key(key: Members, current: Members, *, rotated: bool, now: dt.datetime, warnings: list[str]) -> None:
    """Put a new key in place; the old one goes on to be accepted for the grace period."""
    grace = key.get("gracePeriod") or "0"
    earlier = current.get("previousKeyExpiryDate")
    until = shown_instant(earlier) if current.get("previousKey") and earlier else now
    if until is None or until > now:
        warnings.append(
            f"Shared key {current['name']!r} is replaced although an earlier key was to be accepted until {earlier}:"
            " a CDN that still uses that one loses access."
        )
    for name in _PREVIOUS:
        current.pop(name, None)
    if parse_length(grace):
        current["previousKey"] = current["key"]
        current["previousKeyExpiryDate"] = After(grace, format_utc(now + parse_length(grace)))
    current["key"] = NewKey(THIRD_PARTY) if rotated else key["key"]
    if rotated and (key.get("expiryDate") or key.get("validity") or current.get("expiryDate")):
        current["expiryDate"] = _expiry(key, now) or _after(_usual_validity(key), now)


def _is_due(key: Members, current: Members, now: dt.datetime, warnings: list[str]) -> bool:
    if key.get("rotate") == "always":
        return True
    if key.get("rotate") != "expiring" or not current.get("expiryDate") or key.get("expiryDate") == "":
        return False
    end = _end(current, warnings)
    return end is not None and end - now <= parse_length(key.get("rotateWithin") or "0")


def _expiry(key: Members, now: dt.datetime) -> str | After | None:
    if key.get("expiryDate"):
        return _expiry_of(key, now)
    return _after(key["validity"], now) if key.get("validity") else None


def _usual_validity(key: Members) -> str:
    """How long a rotated key is accepted where the task says nothing of it: a key that is due again at once helps nobody."""
    within = parse_length(key.get("rotateWithin") or "0")
    if key.get("rotate") != "expiring" or within < parse_length(VALIDITY):
        return VALIDITY
    return f"{min(2 * within, LONGEST).days}d"


def _expiry_of(key: Members, now: dt.datetime) -> str:
    expiry = parse_instant(key["expiryDate"])
    if expiry <= now:
        raise InvalidInput(
            f"expiry_date {key['expiryDate']} of shared key {key['name']!r} has passed",
            advice="Give one in the future, or leave it out",
        )
    return format_utc(expiry)


def _after(length: str, now: dt.datetime) -> After:
    return After(length, format_utc(now + parse_length(length)))


def _successor_name(name: str, keys: t.Sequence[Members], now: dt.datetime) -> str:
    """``partner`` -> ``partner-20261231``; the partner enters the name as the nonce that belongs to the new key."""
    taken = {key.get("name") for key in keys}
    dated = f"{name}-{now:%Y%m%d}"
    return next(one for one in (dated, *(f"{dated}-{count}" for count in range(2, MOST_KEYS + 3))) if one not in taken)


def _drop_predecessors(family: list[Members], keys: list[Members], grace: dt.timedelta, now: dt.datetime) -> None:
    """Remove the keys whose successor is older than the grace period."""
    for older, newer in itertools.pairwise(family):
        made = _made_on(str(newer["name"]))
        # The name tells the day only; the grace period counts from that day's end.
        if made and made <= now - grace - dt.timedelta(days=1) and older in keys:
            keys.remove(older)


def _refuse_too_many(keys: t.Sequence[Members], original: t.Sequence[Members]) -> None:
    if len(keys) > MOST_KEYS and len(keys) > len(original):
        raise InvalidInput(
            f"the origin would have {len(keys)} shared keys, and it takes {MOST_KEYS}",
            advice=f"Remove one first; rotating a key of type {AKAMAI} needs a free place",
        )
