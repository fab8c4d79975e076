# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a test can turn on the simulator: one object, changed at any time, from Python or over HTTP."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Transition:
    """How an asynchronous change comes to its end: after a number of reads, or after some seconds.

    ``seconds`` wins when both are set.
    """

    reads: int = 1
    seconds: float | None = None


@dataclass
class Provisioning(Transition):
    """Provisioning of MSL streams and origins.

    ``fail`` is true, or a regular expression on the name (stream) or host name (origin); ``message`` is what a
    stream's ``provisionDetail`` says then.
    """

    fail: bool | str = False
    message: str = "Stream provisioning failed"


@dataclass
class Budget:
    """A token bucket: ``limit`` tokens, filled up again within ``window`` seconds. ``limit`` None: no budget."""

    limit: int | None = 50
    window: float = 5.0


@dataclass
class MslSettings:
    """Switches for what the MSL documents leave open, or say in two ways."""

    #: Form of the Location header: relative, prefixed (/api/v2/…), absolute, slash (trailing), missing.
    location_form: str = "relative"
    #: A: problem document; B: the exception document with ``details``.
    error_shape: str = "A"
    #: Details return the undocumented member ``ingestOptions``.
    return_ingest_options: bool = False
    #: Requests may carry the undocumented member ``ingestOptions``.
    accept_ingest_options: bool = False
    #: A PUT to a stream is refused as long as it is PENDING.
    refuse_put_while_pending: bool = False
    #: dvrWindow of a stream that was created without one and has no archive; None: the member is left out.
    default_dvr_window: int | None = 30
    #: An origin with a THIRD_PARTY key must have a thirdPartyCdnCpcode.
    third_party_cpcode_required: bool = True
    #: Shared keys come back with the read-only members data, previousData and amdProperties.
    return_key_extras: bool = True
    #: /origins/cpcodes names the contracts ``contractIds`` (seen live) or ``contracts`` (documented).
    origin_cpcode_contracts: str = "contractIds"
    #: Publishing URLs are bare host names (``host``) or complete (``url``).
    publishing_urls: str = "host"
    #: Number of seconds that the clock of a request may be off.
    clock_window: float = 30.0


@dataclass
class SmartstreamSettings:
    """Switches for what the SmartSTREAM manual leaves open."""

    budget: Budget = field(default_factory=lambda: Budget(limit=50, window=60.0))
    #: 429 carries Retry-After.
    retry_after: bool = False
    #: Token requests use up the budget as well.
    token_requests_count: bool = True
    #: PUT replaces the event, merges into it, or merges and drops nulls: replace, merge, drop_nulls.
    put: str = "merge"
    #: No more list entries on a page than this, whatever ``limit`` says.
    page_maximum: int = 100
    #: ``count`` in a list is the total, or the number of entries on the page: total, page.
    count: str = "total"
    token_seconds: float = 3600.0
    #: Name of the member with the token's end: expiration, expired_at.
    expiration_member: str = "expiration"
    #: Requests without the right X-Streaks-Api-Key are refused with 401.
    api_key_required: bool = False
    start: Transition = field(default_factory=Transition)
    stop: Transition = field(default_factory=Transition)
    #: What encode_status says after a stop. The pending one cannot be told from an event that never started.
    stopped_status: str = "encode_status_pending"
    #: What encode_status says after a cancel.
    cancelled_status: str = "encode_status_pending"
    #: A start fails in the background, and the event shows ``failed_status``.
    start_fails: bool = False
    failed_status: str = "encode_status_failed"
    #: Updates of a running event, its name and description apart, are refused with FAILED_TO_UPDATE.
    refuse_put_while_running: bool = False
    #: Two events cannot have the same ref_id.
    unique_ref_ids: bool = True
    #: The deletion of a running event also stops it; else it waits until somebody does.
    delete_stops: bool = False
    #: top, error_object, error_string, errors, text: the shapes an error body can have.
    error_shape: str = "top"
    #: Language of messages: ja, en.
    language: str = "ja"
    #: Ingest addresses come as strings, or as objects with a ``url``: string, object.
    input_sources: str = "string"
    #: A reset gives the event a new ingest address.
    new_ingest_on_reset: bool = False


@dataclass
class Settings:
    """Everything that can be turned. ``seed`` counts only when the simulator is made."""

    seed: int | None = None
    #: Seconds before each answer.
    latency: float = 0.0
    #: Seconds that the simulator's clock is ahead of the machine's.
    clock_offset: float = 0.0
    #: No more MSL streams on a page than this, even when no page size is asked for; None: no maximum.
    page_maximum: int | None = None
    #: Reads after a write that still show what was there before it.
    lagging_reads: int = 0
    provisioning: Provisioning = field(default_factory=Provisioning)
    budget: Budget = field(default_factory=Budget)
    msl: MslSettings = field(default_factory=MslSettings)
    smartstream: SmartstreamSettings = field(default_factory=SmartstreamSettings)

    def update(self, changes: dict[str, Any]) -> None:
        """Set the named members, nested ones by nested dicts.

        :raises ValueError: when a name is unknown, TypeError: when a value is; nothing is changed then.
        """
        _refuse_unknown(self, changes, "")
        _assign(self, changes)

    def without_budget(self) -> Settings:
        """Switch the request budgets of both services off and return the settings."""
        self.budget.limit = None
        self.smartstream.budget.limit = None
        return self


def _refuse_unknown(settings: Any, changes: Any, where: str) -> None:
    if not isinstance(changes, dict):
        raise TypeError(f"{where.rstrip('.')}: not an object")
    for name, value in changes.items():
        if not any(member.name == name for member in dataclasses.fields(settings)):
            raise ValueError(f"no setting {where}{name}")
        if dataclasses.is_dataclass(getattr(settings, name)):
            _refuse_unknown(getattr(settings, name), value, f"{where}{name}.")


def _assign(settings: Any, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        current = getattr(settings, name)
        if dataclasses.is_dataclass(current):
            _assign(current, value)
        else:
            setattr(settings, name, value)
