# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Media Services Live Stream Provisioning API v2: one method per operation (msl.md, section 2, rows 1 to 18)."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, InvalidInput, NotFound, UnexpectedResponse
from .._core.numbers import whole_number
from .._core.reply import Reply
from .._core.session import open_session
from .._core.shape import refuse_without, take_in
from .._core.transport import Transport
from .._core.tries import TryPolicy
from .auth import Credentials, find_credentials, signer
from .refusals import SERVICE
from .shapes import IDENTITIES, KINDS, SECRETS

_BASE = "/config-media-live/v2/msl-origin"
JSON = dict[str, t.Any]
# A service that answers one more page for ever must not be followed for ever.
_MOST_PAGES = 1000


class MslApi:
    """A client for one account."""

    def __init__(self, transport: Transport, context: Context) -> None:
        self._transport = transport
        self._context = context

    @classmethod
    def from_options(cls, options: t.Mapping[str, t.Any], context: Context) -> MslApi:
        """A client from connection options.

        :raises InvalidInput: Credentials are missing or cannot be right.
        :raises MissingPackage: requests or edgegrid-python is not installed.
        """
        credentials = find_credentials(options, context)
        session = open_session(
            context.environment,
            validate_certs=options.get("validate_certs") is not False,
            ca_path=options.get("ca_path"),
        )
        return cls(_transport(credentials, session, options, context), context)

    @property
    def scope(self) -> str:
        """Names the account."""
        return self._transport.scope

    @property
    def requests_sent(self) -> int:
        """How many requests were sent."""
        return self._transport.requests_sent

    @property
    def seconds_waited(self) -> float:
        """How long the client waited before further tries."""
        return self._transport.seconds_waited

    # Streams.

    def list_streams(
        self,
        *,
        page: int | None = None,
        page_size: int | None = None,
        sort_key: str | None = None,
        sort_order: str | None = None,
    ) -> list[JSON]:
        """GET /streams: every page, or only the one asked for.

        Without ``pageSize`` the service returns everything; should it not, or not say how many there are, the rest is
        fetched.
        """
        query = {"page": page, "pageSize": page_size, "sortKey": sort_key, "sortOrder": sort_order}
        first = self._object("/streams", query)
        streams = _entries(first.get("streams"), "/streams")
        if page is not None:
            return streams
        known = {entry.get("id") for entry in streams}
        total, size = first.get("totalSize"), first.get("pageSize") or len(streams)
        for number in range(2, _MOST_PAGES):
            if not streams or (total is not None and len(streams) >= total):
                break
            more = self._object("/streams", {**query, "page": number, "pageSize": size})
            new = [entry for entry in _entries(more.get("streams"), "/streams") if entry.get("id") not in known]
            if not new:
                break
            streams += new
            known.update(entry.get("id") for entry in new)
        if total is not None and len(streams) < total:
            self._context.report.warn(
                f"The service has {total} streams and lists {len(streams)}: one that is missing counts as not there."
            )
        return streams

    def create_stream(self, body: JSON, clone_internal_settings_from_stream_id: int | None = None) -> int | None:
        """POST /streams; the id is taken from ``Location`` (msl.md, section 4.3), None where it is missing."""
        query = {"cloneInternalSettingsFromStreamId": clone_internal_settings_from_stream_id}
        return _id_in_location(self._transport.send("POST", "/streams", query=query, body=body))

    def get_stream(self, stream_id: int) -> JSON | None:
        """GET /streams/{id}; None where there is no such stream.

        The service says so by a 400. Where that is in other words than the documented ones, the list tells (section 7,
        row 18).
        """
        try:
            return self._object_or_none(f"/streams/{int(stream_id)}")
        except InvalidInput:
            if any(entry.get("id") == int(stream_id) for entry in self.list_streams()):
                raise
            return None

    def update_stream(self, stream_id: int, body: JSON, *, repeatable: bool = True) -> None:
        """PUT /streams/{id}. Not repeatable where the body sets a digest password: each time rotates it."""
        self._transport.send("PUT", f"/streams/{int(stream_id)}", body=body, repeatable=repeatable)

    def delete_stream(self, stream_id: int, *, purge_content: bool = False) -> None:
        """DELETE /streams/{id}; with ``purge_content`` the archive is lost for good."""
        self._transport.send(
            "DELETE", f"/streams/{int(stream_id)}", query={"purgeContent": True} if purge_content else None
        )

    # Origins.

    def list_origins(self, *, encoder_location: str | None = None, cpcode: int | None = None) -> list[JSON]:
        """GET /origins; the service does not page it. Locations are sent in upper case (section 7, row 5)."""
        location = encoder_location.upper() if encoder_location else None
        return self._array("/origins", {"encoderLocation": location, "cpcode": cpcode})

    def create_origin(self, body: JSON) -> int | None:
        """POST /origins; the id is taken from ``Location``, None where it is missing."""
        return _id_in_location(self._transport.send("POST", "/origins", body=body))

    def get_origin(self, origin_id: int) -> JSON | None:
        """GET /origins/{id}; None where there is no such origin."""
        return self._object_or_none(f"/origins/{int(origin_id)}")

    def update_origin(self, origin_id: int, body: JSON) -> None:
        """PUT /origins/{id}; replaces the whole list of shared keys, an empty object switches sharing off."""
        self._transport.send("PUT", f"/origins/{int(origin_id)}", body=body)

    def delete_origin(self, origin_id: int) -> None:
        """DELETE /origins/{id}; refused while streams exist under it."""
        self._transport.send("DELETE", f"/origins/{int(origin_id)}")

    # Look-ups.

    def list_origin_cpcodes(self, kind: str | None = None) -> list[JSON]:
        """GET /origins/cpcodes; ``kind`` is AKAMAI or THIRD_PARTY."""
        return self._array("/origins/cpcodes", {"type": kind})

    def list_contracts(self) -> list[JSON]:
        """GET /contracts."""
        return self._array("/contracts")

    def list_cdns(self) -> list[JSON]:
        """GET /cdns: code and name of each provider."""
        return self._array("/cdns")

    def generate_key(self, kind: str) -> str:
        """GET /generate-key: a new key at each call; ``kind`` is AKAMAI or THIRD_PARTY."""
        key = self._object("/generate-key", {"type": kind}).get("key")
        if not isinstance(key, str) or not key:
            raise UnexpectedResponse("the service generated no key")
        return key

    def list_cpcodes(self, kind: str = "INGEST", *, unused: bool | None = None) -> list[JSON]:
        """GET /cpcodes; ``kind`` is INGEST, DELIVERY or STORAGE and always sent (section 7, row 4)."""
        return self._array("/cpcodes", {"type": kind, "unused": unused})

    def create_cpcode(self, name: str, contract_id: str) -> JSON:
        """POST /cpcodes.

        :raises Ambiguous: The service accepted it and did not say its number.
        """
        reply = self._transport.send("POST", "/cpcodes", body={"contractId": contract_id, "name": name})
        try:
            created = reply.json() if reply.content.strip() else None
            take_in(created, KINDS, SERVICE.name)
        except (UnexpectedResponse, ValueError):
            created = None
        if not isinstance(created, dict) or created.get("id") is None:
            raise Ambiguous("the service accepted the CP code but did not say its number")
        return created

    def list_publishing_locations(self) -> list[JSON]:
        """GET /publishing-locations: the encoder zones."""
        return self._array("/publishing-locations")

    def list_vod_origins(self, encoder_location: str | None = None) -> list[JSON]:
        """GET /vod-origin."""
        return self._array("/vod-origin", {"encoderLocation": encoder_location.upper() if encoder_location else None})

    # Reading.

    def _get(self, path: str, query: t.Mapping[str, t.Any] | None = None) -> t.Any:
        body = self._transport.send("GET", path, query=query).json()
        take_in(body, KINDS, SERVICE.name, secrets=SECRETS, learn=self._context.scrubber.learn)
        return body

    def _object(self, path: str, query: t.Mapping[str, t.Any] | None = None) -> JSON:
        body = self._get(path, query)
        if not isinstance(body, dict):
            raise UnexpectedResponse(f"the service answered GET {path} with something other than an object")
        return body

    def _object_or_none(self, path: str) -> JSON | None:
        try:
            return self._object(path)
        except NotFound:
            return None

    def _array(self, path: str, query: t.Mapping[str, t.Any] | None = None) -> list[JSON]:
        """An array, also where one object stands for it (section 7, row 15)."""
        body = self._get(path, query)
        return _entries([body] if isinstance(body, dict) else body, path)


def _transport(credentials: Credentials, session: t.Any, options: t.Mapping[str, t.Any], context: Context) -> Transport:
    retries, timeout = options.get("retries"), options.get("timeout")
    return Transport(
        SERVICE,
        credentials.url + _BASE,
        session,
        context,
        sign=signer(credentials),
        policy=TryPolicy() if retries is None else TryPolicy(tries=int(retries)),
        timeout=30.0 if timeout is None else timeout,
        fixed_query={"accountSwitchKey": credentials.account_switch_key} if credentials.account_switch_key else None,
    )


def _entries(body: t.Any, path: str) -> list[JSON]:
    if not isinstance(body, list) or not all(isinstance(entry, dict) for entry in body):
        raise UnexpectedResponse(f"the service answered GET {path} with something other than a list of objects")
    if path in IDENTITIES:
        refuse_without(body, IDENTITIES[path], f"GET {path}")
    return body


def _id_in_location(reply: Reply) -> int | None:
    """The last segment of ``Location``, whatever stands before it; not every text with a slash is a URL."""
    path = (reply.headers.get("Location") or "").partition("#")[0].partition("?")[0]
    return whole_number(path.rstrip("/").rpartition("/")[2])
