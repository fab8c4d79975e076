# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The world of one MSL account: its resources, what they hide, and its lookup lists."""

from __future__ import annotations

import itertools
import random
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..clock import Clock, iso
from ..settings import Settings
from ..stock import Resource, Stock
from . import lookups

#: Who writes, in createdBy and modifiedBy.
ACTOR = "api-client"


@dataclass
class Digest:
    """One credential of the digest authentication of encoders; ``expires`` is set on the previous one."""

    username: str
    password: str
    algorithm: str
    expires: datetime | None = None


@dataclass
class StreamSecrets:
    """What a stream never shows."""

    password: str | None = None
    current: Digest | None = None
    previous: Digest | None = None
    group_id: int | None = None


@dataclass
class OriginRecord:
    """What an origin shows in the list only, or never."""

    identifier: str
    created: str
    created_by: str = ACTOR
    storage_cpcode: int | None = 0
    resource_group: str | None = None
    email_ids: list[str] = field(default_factory=list)
    group_id: int | None = None


class Universe:
    """What all accounts share: numbers, the clock, and host names that are unique across customers."""

    def __init__(self, settings: Settings, clock: Clock, generator: random.Random) -> None:
        self.settings = settings
        self.clock = clock
        self.random = generator
        self.stream_ids = itertools.count(50001)
        self.origin_ids = itertools.count(7001)
        self.cpcode_ids = itertools.count(900001)
        self.accounts: dict[str, Account] = {}

    def account(self, key: str) -> Account:
        """The account of an accountSwitchKey; made when it is met first."""
        if key not in self.accounts:
            self.accounts[key] = Account(self)
        return self.accounts[key]

    def identifier_taken(self, identifier: str) -> bool:
        """Whether any account has an origin of that identifier."""
        return any(account.origin_by_identifier(identifier) is not None for account in self.accounts.values())

    def guid(self) -> str:
        """A new GUID."""
        return str(uuid.UUID(int=self.random.getrandbits(128), version=4))


class Account:
    """One account. ``origins`` and ``streams`` hold the details by id; tests may edit them."""

    def __init__(self, universe: Universe) -> None:
        self.universe = universe
        self.settings = universe.settings
        self.clock = universe.clock
        self.stream_stock: Stock[int] = Stock(universe.settings, self._stream_provisioned)
        self.origin_stock: Stock[int] = Stock(universe.settings, self._origin_provisioned)
        self.stream_secrets: dict[int, StreamSecrets] = {}
        self.origin_records: dict[int, OriginRecord] = {}
        self._fill_lookups()

    def _fill_lookups(self) -> None:
        self.cdns = lookups.cdns()
        self.contracts = lookups.contracts()
        self.cpcodes = lookups.cpcodes()
        self.locations = lookups.locations()
        self.vod_origins = lookups.vod_origins()

    @property
    def streams(self) -> dict[int, Resource]:
        """Streams by id."""
        return self.stream_stock.resources

    @property
    def origins(self) -> dict[int, Resource]:
        """Origins by id."""
        return self.origin_stock.resources

    def add_origin(self, origin: dict[str, Any]) -> int:
        """Put an origin there as if somebody had made it before; returns its id. Nothing is checked."""
        from .seeding import seed_origin

        return seed_origin(self, origin)

    def add_stream(self, stream: dict[str, Any]) -> int:
        """Put a stream there, and its origin when that is missing; returns its id. Nothing is checked."""
        from .seeding import seed_stream

        return seed_stream(self, stream)

    def clear(self) -> None:
        """Back to an account without resources and with the lookup lists it started with."""
        self.stream_stock.clear()
        self.origin_stock.clear()
        self.stream_secrets.clear()
        self.origin_records.clear()
        self._fill_lookups()

    def origin_by_identifier(self, identifier: str) -> int | None:
        """Id of the origin with that identifier, whatever the case of its letters."""
        for number in self.origins:
            record = self.origin_records.get(number)
            if record is not None and record.identifier.lower() == identifier.lower():
                return number
        return None

    def streams_of(self, origin: int) -> list[int]:
        """Ids of the streams that an origin carries."""
        name = self.origins[origin]["hostName"]
        return [number for number, stream in self.streams.items() if stream["origin"]["hostName"] == name]

    def used_cpcodes(self) -> set[int]:
        """CP codes that origins were made with."""
        return {origin["cpcode"] for origin in self.origins.values()}

    def cpcode(self, number: int | None) -> dict[str, Any] | None:
        """The CP code of that number."""
        return next((cpcode for cpcode in self.cpcodes if cpcode["id"] == number), None)

    def location_code(self, location: str) -> str:
        """Three digits for host names; 000 for a location that is not in the list."""
        return next((place["code"] for place in self.locations if place["location"] == location), "000")

    def host_name(self, identifier: str, location: str, cdn: str = "dn001") -> str:
        """Full host name of an origin (reference msl, section 4.2)."""
        return f"{self.location_code(location)}-{cdn}-{identifier}.akamaiorigin.net"

    def touch(self, resource: Resource) -> None:
        """Note a modification."""
        resource["modifiedBy"] = ACTOR
        resource["modifiedDate"] = iso(self.clock.stamp())

    def provision(self, stock: Stock[int], number: int) -> None:
        """Start provisioning, as every create and every update does (reference msl, section 3.2)."""
        resource = stock.resources[number]
        if stock is self.stream_stock:
            resource["provisionDetail"] = {"status": "PENDING", "streamId": number}
        else:
            resource["status"] = "PENDING"
        stock.begin(number, self.settings.provisioning)

    def _stream_provisioned(self, number: int, stream: Resource) -> None:
        failed = self._fails(stream["name"])
        stream["provisionDetail"] = {
            "status": "FAILED" if failed else "PROVISIONED",
            "message": self.settings.provisioning.message if failed else "Provisioned",
            "streamId": number,
        }

    def _origin_provisioned(self, number: int, origin: Resource) -> None:
        names = f"{self.origin_records[number].identifier} {origin['hostName']}"
        origin["status"] = "FAILED" if self._fails(names) else "SUCCEEDED"

    def _fails(self, name: str) -> bool:
        fail = self.settings.provisioning.fail
        return re.search(fail, name) is not None if isinstance(fail, str) else fail
