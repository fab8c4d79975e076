# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SmartSTREAM Live API: one method per operation (smartstream.md, section 4)."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, InvalidInput, NotFound, UnexpectedResponse
from .._core.pacing import Pacer, open_pacer
from .._core.reply import Reply
from .._core.session import open_session
from .._core.shape import refuse_without, take_in
from .._core.transport import Transport
from .._core.tries import TryPolicy
from .addresses import by_id, by_ref
from .auth import Credentials, Token, TokenKeeper, find_credentials
from .refusals import EVENT_NOT_FOUND, LOGIN_SERVICE, PROFILE_NOT_FOUND, SERVICE
from .shapes import KINDS

JSON = dict[str, t.Any]

_EVENTS = "/live_events"
_PROFILES = "/live_event_profiles"
# The documents' own sample of a list (section 8); sent always, since defaults are not documented.
PAGE_SIZE = 30
_SORT = "updated_at"
_ORDER = "ASC"
# A list may not go on for ever. How fast it is read is the pacer's business.
MOST_PAGES = 1000


class SmartstreamApi:
    """A client for one merchant."""

    def __init__(
        self, transport: Transport, login_transport: Transport, keeper: TokenKeeper, pacer: Pacer | None = None
    ) -> None:
        self._transport = transport
        self._login_transport = login_transport
        self._keeper = keeper
        self._pacer = pacer

    @classmethod
    def from_options(cls, options: t.Mapping[str, t.Any], context: Context) -> SmartstreamApi:
        """A client from connection options.

        :raises InvalidInput: Credentials are missing or cannot be right.
        :raises MissingPackage: requests is not installed.
        """
        return _open(find_credentials(options, context), options, context)

    @classmethod
    def for_login(cls, options: t.Mapping[str, t.Any], context: Context) -> SmartstreamApi:
        """The same for a task that asks for a token, whatever token there is already."""
        return _open(find_credentials(options, context, log_in=True), options, context)

    @property
    def scope(self) -> str:
        """Names the merchant."""
        return self._transport.scope

    @property
    def requests_sent(self) -> int:
        """How many requests were sent, those of tokens included."""
        return self._transport.requests_sent + self._login_transport.requests_sent

    @property
    def seconds_waited(self) -> float:
        """How long the client waited, for further tries and for its turn."""
        paced = self._pacer.seconds_waited if self._pacer else 0.0
        return self._transport.seconds_waited + self._login_transport.seconds_waited + paced

    def request_token(self) -> Token:
        """POST /auth-token/."""
        return self._keeper.request_token()

    # Live events.

    def get_live_event(self, event_id: str) -> JSON | None:
        """GET live_events/{id}; None where there is none."""
        return self._one_or_none(f"{_EVENTS}/{by_id(event_id)}", EVENT_NOT_FOUND)

    def get_live_event_by_ref(self, ref_id: str) -> JSON | None:
        """GET live_events/ref:{ref_id}; None where there is none."""
        return self._one_or_none(f"{_EVENTS}/{by_ref(ref_id)}", EVENT_NOT_FOUND)

    def list_live_events(self, **query: t.Any) -> list[JSON]:
        """GET live_events: every page, or only the one asked for.

        :param query: limit, page, sort and order; what is None or left out gets the documents' sample value.
        """
        return [entry for page in self._pages(_EVENTS, ("live_events",), query) for entry in page]

    def create_live_event(self, body: JSON) -> JSON:
        """POST live_events; the answer is the event.

        :raises Ambiguous: The service accepted it and did not say which event it is now.
        """
        try:
            return _resource(self._transport.send("POST", _EVENTS, body=body))
        except UnexpectedResponse as strange:
            raise Ambiguous(strange.message) from strange

    def update_live_event(self, event_id: str, body: JSON) -> None:
        """PUT live_events/{id}. The documents do not say whether it replaces or merges."""
        self._transport.send("PUT", f"{_EVENTS}/{by_id(event_id)}", body=body)

    def delete_live_event(self, event_id: str, *, repeatable: bool = True) -> None:
        """DELETE live_events/{id}; that of a running event takes effect after it has stopped."""
        self._transport.send("DELETE", f"{_EVENTS}/{by_id(event_id)}", repeatable=repeatable)

    def step_live_event(self, event_id: str, step: str) -> JSON | None:
        """POST live_events/{id}/{step}: ``start``, ``stop``, ``reset`` or ``cancel``. No body is documented for it.

        :returns: The event, which the service answers to a start and to a stop; None where it answers nothing.
        """
        reply = self._transport.send("POST", f"{_EVENTS}/{by_id(event_id)}/{step}")
        body = reply.json() if reply.content.strip() else None
        return body if isinstance(body, dict) and body.get("id") == event_id else None

    # Profiles.

    def get_profile(self, profile_id: str) -> JSON | None:
        """GET live_event_profiles/{id}; None where there is none."""
        return self._one_or_none(f"{_PROFILES}/{by_id(profile_id)}", PROFILE_NOT_FOUND)

    def get_profile_by_ref(self, ref_id: str) -> JSON | None:
        """GET live_event_profiles/ref:{ref_id}; None where there is none."""
        return self._one_or_none(f"{_PROFILES}/{by_ref(ref_id)}", PROFILE_NOT_FOUND)

    def list_profiles(self, **query: t.Any) -> list[JSON]:
        """GET live_event_profiles: every page, or only the one asked for."""
        return [entry for page in self.profile_pages(**query) for entry in page]

    def profile_pages(self, **query: t.Any) -> t.Iterator[list[JSON]]:
        """The same page by page, for who may not need them all."""
        try:
            # The documents' sample names the member unlike the path.
            yield from self._pages(_PROFILES, ("profiles", "live_event_profiles"), query)
        except NotFound as refused:
            if refused.code != PROFILE_NOT_FOUND:
                raise  # This code is documented for the list too; it then means that there is none.

    # Reading.

    def _one_or_none(self, path: str, absent_code: str) -> JSON | None:
        """A resource; None only where the service says that it has none, since a wrong address is a 404 as well."""
        try:
            reply = self._transport.send("GET", path)
        except NotFound as refused:
            if refused.code in (absent_code, None):
                return None
            raise
        return _resource(reply)

    def _pages(self, path: str, members: t.Sequence[str], query: t.Mapping[str, t.Any]) -> t.Iterator[list[JSON]]:
        """Page by page, each entry once.

        Neither a short page nor ``count`` says reliably that it was the last one (section 8): an empty page does, and
        one that brings nothing new.

        :raises InvalidInput: There are more pages than a task should read.
        """
        asked = query.get("page")
        size = query.get("limit") or PAGE_SIZE
        fixed = {"limit": size, "sort": query.get("sort") or _SORT, "order": query.get("order") or _ORDER}
        seen: set[t.Any] = set()
        for number in range(1, MOST_PAGES + 2) if asked is None else (asked,):
            if number > MOST_PAGES and asked is None:
                raise InvalidInput(
                    f"the list {path} goes on after {MOST_PAGES} pages of {size} entries",
                    advice="Name resources by id or ref_id, or read a list page by page with limit and page",
                )
            body = self._transport.send("GET", path, query={**fixed, "page": number}).json()
            entries = [entry for entry in _entries(body, members, path) if entry.get("id") not in seen]
            if not entries:
                return
            seen.update(entry.get("id") for entry in entries)
            yield entries


def _open(credentials: Credentials, options: t.Mapping[str, t.Any], context: Context) -> SmartstreamApi:
    session = open_session(
        context.environment, validate_certs=options.get("validate_certs") is not False, ca_path=options.get("ca_path")
    )
    session.headers["Content-Type"] = "application/json"
    if credentials.api_key:
        session.headers["X-Streaks-Api-Key"] = credentials.api_key
    retries, timeout = options.get("retries"), options.get("timeout")
    # What the service answers beyond its limit is not documented: a minute, and three tries, must do (section 2).
    policy = TryPolicy(
        tries=8 if retries is None else int(retries), first_wait=2.0, throttled_wait=60.0, throttled_tries=3
    )
    seconds = 30.0 if timeout is None else timeout
    per_minute = credentials.requests_per_minute
    pacer = open_pacer(per_minute, [credentials.url], context) if per_minute else None
    take_turn = pacer.wait if pacer else _no_wait
    login = Transport(
        LOGIN_SERVICE, credentials.url, session, context, policy=policy, timeout=seconds, before_try=take_turn
    )
    keeper = TokenKeeper(credentials, login, context)

    def before_try() -> None:
        keeper.ensure()
        take_turn()

    transport = Transport(
        SERVICE,
        credentials.url,
        session,
        context,
        sign=keeper,
        policy=policy,
        timeout=seconds,
        before_try=before_try,
        renew=keeper.renew,
    )
    return SmartstreamApi(transport, login, keeper, pacer)


def _no_wait() -> None:
    """Pacing is switched off."""


def _resource(reply: Reply) -> JSON:
    """The resource of an answer.

    :raises UnexpectedResponse: It is none.
    """
    body = reply.json() if reply.content.strip() else None
    if not isinstance(body, dict) or not isinstance(body.get("id"), str):
        raise UnexpectedResponse("SmartSTREAM answered with something that has no id", advice="Check api_url")
    take_in(body, KINDS, SERVICE.name)
    return body


def _entries(body: t.Any, members: t.Sequence[str], path: str) -> list[JSON]:
    found = next((body[name] for name in members if name in body), None) if isinstance(body, dict) else None
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise UnexpectedResponse(f"SmartSTREAM answered GET {path} with something other than a list")
    refuse_without(found, "id", f"GET {path}")
    take_in(found, KINDS, SERVICE.name)
    return found
