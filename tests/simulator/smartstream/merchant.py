# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The world of one SmartSTREAM merchant: credentials, tokens, profiles and live events."""

from __future__ import annotations

import copy
import random
import string
from datetime import datetime, timedelta
from typing import Any

from ..clock import Clock, japan
from ..settings import Settings
from ..stock import Resource, Stock
from .lifecycle import ASYNCHRONOUS, ON_AIR, PENDING, phase_of, status_of

_LETTERS = string.ascii_letters + string.digits
_PROFILES = (
    ("hd", "HD 1080p", "1080p, 5 Mbps"),
    ("sd", "標準 720p", "720p、3 Mbps"),
    (None, "Audio", ""),
)

#: source_type -> form of the ingest address.
INGEST = {
    "rtmp": "rtmp://{address}:1935/live/{id}",
    "rtp": "rtp://{address}:5000",
    "udp": "udp://{address}:5000",
}


class Merchant:
    """Credentials and state. ``live_events`` and ``profiles`` hold resources by id; tests may edit them."""

    def __init__(self, settings: Settings, clock: Clock, generator: random.Random) -> None:
        self.settings = settings.smartstream
        self.clock = clock
        self._random = generator
        self.merchant_id = f"merchant-{self._letters(6).lower()}"
        self.mail_address = f"operator-{self._letters(6).lower()}@example.com"
        self.password = self._letters(20)
        self.api_key = self._letters(32)
        self.tokens: dict[str, datetime] = {}
        self.stock: Stock[str] = Stock(settings, self._arrive)
        self.profiles: dict[str, Resource] = {}
        self._phases: dict[str, tuple[str, str]] = {}
        self.deletions: set[str] = set()
        self._fill_profiles()

    def _fill_profiles(self) -> None:
        for ref_id, name, description in _PROFILES:
            self.add_profile({"ref_id": ref_id, "name": name, "description": description})

    @property
    def live_events(self) -> dict[str, Resource]:
        """Live events by id."""
        return self.stock.resources

    def add_profile(self, profile: dict[str, Any]) -> str:
        """Put a profile there; returns its id."""
        identifier = str(profile.get("id") or self.new_id())
        now = japan(self.clock.stamp())
        base = {
            "id": identifier,
            "merchant_id": self.merchant_id,
            "ref_id": None,
            "name": identifier,
            "description": "",
        }
        self.profiles[identifier] = base | {"created_at": now, "updated_at": now} | copy.deepcopy(profile)
        return identifier

    def add_live_event(self, event: dict[str, Any]) -> str:
        """Put an event there as if somebody had made it before; returns its id. Nothing is checked."""
        identifier = str(event.get("id") or self.new_id())
        given = copy.deepcopy(event)
        source_type = given.pop("source_type", "rtmp")
        self.live_events[identifier] = self.new_event(identifier, source_type) | given
        return identifier

    def new_event(self, identifier: str, source_type: str) -> Resource:
        """An event with all members at their defaults."""
        now = japan(self.clock.stamp())
        return {
            "merchant_id": self.merchant_id,
            "id": identifier,
            "ref_id": None,
            "name": identifier,
            "description": "",
            "enable_ad_insertion_flag": False,
            "live_event_profile_id": next(iter(self.profiles), None),
            "input_sources": [self.ingest(identifier, source_type)],
            "media_id": self.new_id(),
            "encode_status": PENDING,
            "enable_live_to_file_flag": False,
            "live_encode_start_at": None,
            "live_encode_end_at": None,
            "created_at": now,
            "updated_at": now,
            "preview": {"src": f"https://vod-{self.merchant_id}.example.com/live/preview_{identifier}_image.jpg"},
        }

    def ingest(self, identifier: str, source_type: str) -> str:
        """A new ingest address."""
        address = f"192.0.2.{self._random.randint(1, 254)}"
        return INGEST[source_type].format(address=address, id=identifier)

    def new_id(self) -> str:
        """32 hexadecimal digits, lower case."""
        return f"{self._random.getrandbits(128):032x}"

    def issue_token(self) -> tuple[str, datetime]:
        """A new token and when it ends."""
        token = self._letters(64)
        self.tokens[token] = self.clock.now() + timedelta(seconds=self.settings.token_seconds)
        return token, self.tokens[token]

    def revoke_tokens(self) -> None:
        """Make all tokens invalid at once."""
        self.tokens.clear()

    def valid_token(self, token: str) -> bool:
        """Whether the token was issued here and has not ended."""
        end = self.tokens.get(token)
        return end is not None and end > self.clock.now()

    def phase(self, identifier: str) -> str:
        """The phase the event is in. A status that a test has set by hand counts more than what was before."""
        status = self.live_events[identifier].get("encode_status")
        phase, known_status = self._phases.get(identifier, ("", ""))
        return phase if phase and status == known_status else phase_of(status, self.settings)

    def enter(self, identifier: str, phase: str) -> None:
        """Put the event into a phase; one that ends by itself starts its transition."""
        event = self.live_events[identifier]
        event["encode_status"] = status_of(phase, event.get("encode_status", PENDING), self.settings)
        event["updated_at"] = japan(self.clock.stamp())
        self._phases[identifier] = (phase, event["encode_status"])
        self.stock.end(identifier)
        if phase in ASYNCHRONOUS:
            self.stock.begin(identifier, self.settings.start if phase == "starting" else self.settings.stop)
        elif phase not in ON_AIR and identifier in self.deletions:
            self.remove(identifier)

    def remove(self, identifier: str) -> None:
        """Delete the event for good."""
        del self.live_events[identifier]
        self.stock.end(identifier)
        self._phases.pop(identifier, None)
        self.deletions.discard(identifier)

    def clear(self) -> None:
        """No events, no tokens, and the profiles it started with."""
        self.stock.clear()
        self.profiles.clear()
        self._phases.clear()
        self.deletions.clear()
        self.tokens.clear()
        self._fill_profiles()

    def _arrive(self, identifier: str, _event: Resource) -> None:
        phase = self.phase(identifier)
        if phase in ASYNCHRONOUS:
            fails = phase == "starting" and self.settings.start_fails
            self.enter(identifier, "failed" if fails else ASYNCHRONOUS[phase])

    def _letters(self, count: int) -> str:
        return "".join(self._random.choices(_LETTERS, k=count))
