# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names that users write and codes that the service wants; each list is read at most once per task, when needed."""

from __future__ import annotations

import re
import threading
import typing as t

from .._core.context import Context
from .._core.errors import Conflict, InvalidInput
from .._core.numbers import whole_number
from .api import JSON, MslApi

# The zones that the 2018 document lists (msl.md, section 5). Not a list of choices: another zone is looked up.
DOCUMENTED_ZONES = frozenset(
    {
        "EUROPE", "NORTH_AMERICA", "LATIN_AMERICA", "SOUTH_AMERICA", "NORDICS", "ASIA_PACIFIC", "OTHER_AMERICAS",
        "OTHER_APJ", "OTHER_EMEA", "AUSTRALIA", "GERMANY", "INDIA", "ITALY", "JAPAN", "MEXICO", "TAIWAN",
        "UNITED_KINGDOM", "US_EAST", "US_CENTRAL", "US_WEST",
    }
)  # fmt: skip
# The list for origins leaves out what an origin uses already, as the one that is looked up may do itself.
_LISTS = {"AKAMAI": ("AKAMAI", "INGEST")}
_CDN_CODE = re.compile(r"dn[0-9a-z]{3}")


class Lookups:
    """The lookup lists of one task."""

    def __init__(self, api: MslApi, context: Context) -> None:
        self._api = api
        self._lists: dict[str, list[JSON]] = context.shared.setdefault("lookups", {})
        self._reading: threading.Lock = context.shared.setdefault("reading lookups", threading.Lock())

    def cdn_code(self, cdn: str) -> str:
        """The code of a CDN that is given by code or name.

        :raises InvalidInput: There is no such CDN; the message says which there are.
        """
        if is_cdn_code(cdn):
            return cdn.lower()
        wanted = cdn.strip().casefold()
        for entry in self._cdns():
            if wanted in (str(entry.get("name", "")).casefold(), str(entry.get("code", "")).casefold()):
                return str(entry["code"])
        raise InvalidInput(self._unknown_cdn(cdn), advice="Use one of these names or codes")

    def cpcode(self, name: str, kind: str, option: str) -> int:
        """The number of a CP code that is given by name.

        :param kind: INGEST for streams; AKAMAI or THIRD_PARTY for origins.
        :raises InvalidInput: There is no such CP code; the message says which there are.
        :raises Conflict: Several have this name.
        """
        lists = (_numbers_named(name, self._cpcodes(one)) for one in _lists(kind))
        found = next((numbers for numbers in lists if numbers), [])
        if len(found) > 1:
            raise Conflict(
                f"{option} {name!r} is the name of several CP codes ({_joined(found)})", advice="Give the number"
            )
        if not found:
            raise InvalidInput(
                f"{option}: there is no CP code named {name!r}; there are {_cpcodes_named(self._cpcodes(kind))}",
                advice="Use one of these names or numbers",
            )
        return found[0]

    def unknown_zones(self, zones: t.Mapping[str, t.Any]) -> list[str]:
        """A sentence for each option whose zone neither the documents nor the service know."""
        strange = {option: zone for option, zone in zones.items() if zone and zone not in DOCUMENTED_ZONES}
        return self._zones_not_listed(strange) if strange else []

    def explain(
        self,
        *,
        zones: t.Mapping[str, t.Any],
        cpcodes: t.Mapping[str, tuple[t.Any, str]],
        contract: str | None = None,
        cdns: t.Iterable[str] = (),
    ) -> list[str]:
        """What of these the service does not list, after it refused a write.

        :param cpcodes: Option -> number and kind.
        """
        reasons = self._zones_not_listed({option: zone for option, zone in zones.items() if zone})
        for option, (number, kind) in cpcodes.items():
            if number is None or any(number in self._cpcode_numbers(one) for one in _lists(kind)):
                continue
            reasons.append(f"{option} {number} is not among the CP codes {_cpcodes_named(self._cpcodes(kind))}")
        reasons += self._contract_not_listed(contract) if contract else []
        codes = [code for code in cdns if code]
        known = {str(entry.get("code")) for entry in self._cdns()} if codes else set()
        return reasons + [self._unknown_cdn(code) for code in codes if code not in known]

    def _zones_not_listed(self, zones: t.Mapping[str, t.Any]) -> list[str]:
        if not zones:
            return []
        known = sorted(
            {str(entry.get("location")) for entry in self._list("locations", self._api.list_publishing_locations)}
        )
        return [
            f"{option} {zone!r} is not among the encoder zones {_joined(known)}"
            for option, zone in zones.items()
            if zone not in known
        ]

    def _contract_not_listed(self, contract: str) -> list[str]:
        known = sorted(str(entry.get("contractId")) for entry in self._list("contracts", self._api.list_contracts))
        return [] if contract in known else [f"contract_id {contract!r} is not among the contracts {_joined(known)}"]

    def _unknown_cdn(self, cdn: str) -> str:
        known = _joined(f"{entry.get('name')} ({entry.get('code')})" for entry in self._cdns())
        return f"there is no CDN {cdn!r}; there are {known}"

    def _cdns(self) -> list[JSON]:
        return self._list("cdns", self._api.list_cdns)

    def _cpcodes(self, kind: str) -> list[JSON]:
        read = self._api.list_cpcodes if kind in ("INGEST", "STORAGE") else self._api.list_origin_cpcodes
        return self._list(kind, lambda: read(kind))

    def _cpcode_numbers(self, kind: str) -> set[t.Any]:
        return {entry.get("id") for entry in self._cpcodes(kind)}

    def _list(self, name: str, read: t.Callable[[], list[JSON]]) -> list[JSON]:
        with self._reading:
            if name not in self._lists:
                self._lists[name] = read()
            return self._lists[name]


def is_cdn_code(cdn: str) -> bool:
    """Whether a text looks like a CDN's code (``dn003``) rather than its name."""
    return bool(_CDN_CODE.fullmatch(cdn.strip().lower()))


def cpcode_value(value: t.Any) -> t.Any:
    """A CP code as a number, or the text that may be its name."""
    text = str(value).strip()
    number = whole_number(text)
    return text if number is None else number


def _lists(kind: str) -> tuple[str, ...]:
    return _LISTS.get(kind, (kind,))


def _numbers_named(name: str, entries: t.Iterable[JSON]) -> list[int]:
    return sorted({int(entry["id"]) for entry in entries if entry.get("name") == name})


def _cpcodes_named(entries: t.Iterable[JSON]) -> str:
    return _joined(f"{entry.get('id')} ({entry.get('name')})" for entry in entries)


def _joined(values: t.Iterable[t.Any], most: int = 25) -> str:
    texts = [str(value) for value in values]
    more = f" and {len(texts) - most} more" if len(texts) > most else ""
    return (", ".join(texts[:most]) or "none") + more
