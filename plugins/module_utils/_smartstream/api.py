# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SmartSTREAM Live API: one method per operation (smartstream.md, section 4)."""

from __future__ import annotations

import contextlib
import typing as t

from .._core.context import Context
from .._core.errors import Ambiguous, NotFound, UnexpectedResponse
from .._core.pacing import Pacer, open_pacer
from .._core.reply import Reply
from .._core.session import open_session
from .._core.transport import Transport
from .._core.tries import TryPolicy
from .addresses import by_id, by_ref
from .auth import Credentials, Token, TokenKeeper, find_credentials
from .lists import Page, read_pages
from .refusals import EVENT_NOT_FOUND, LOGIN_SERVICE, PROFILE_NOT_FOUND, SERVICE
from .shapes import JSON, resource_of

_EVENTS = "/live_events"
_PROFILES = "/live_event_profiles"


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
        return [entry for page in self.live_event_pages(**query) for entry in page.entries]

    def live_event_pages(self, **query: t.Any) -> t.Iterator[Page]:
        """The same page by page, for who must know how many there are."""
        return self._pages(_EVENTS, ("live_events",), query)

    def create_live_event(self, body: JSON) -> JSON:
        """POST live_events; the answer is the event.

        :raises Ambiguous: The service accepted it and did not say which event it is now.
        """
        try:
            return resource_of(self._transport.send("POST", _EVENTS, body=body))
        except UnexpectedResponse as strange:
            if strange.status is not None:
                raise  # It was refused, if with a status that nobody documents: nothing was created.
            raise Ambiguous(strange.message) from strange

    def update_live_event(self, event_id: str, body: JSON) -> None:
        """PUT live_events/{id}. The documents do not say whether it replaces or merges."""
        self._transport.send("PUT", f"{_EVENTS}/{by_id(event_id)}", body=body, needs_json=False)

    def delete_live_event(self, event_id: str, *, repeatable: bool = True) -> None:
        """DELETE live_events/{id}; that of a running event takes effect after it has stopped."""
        path = f"{_EVENTS}/{by_id(event_id)}"
        try:
            self._transport.send("DELETE", path, repeatable=repeatable, needs_json=False)
        except NotFound as refused:
            if refused.code in (EVENT_NOT_FOUND, None):
                raise
            raise UnexpectedResponse(
                refused.message, advice="Check api_url and merchant_id", status=refused.status, code=refused.code
            ) from None

    def step_live_event(self, event_id: str, step: str) -> JSON | None:
        """POST live_events/{id}/{step}: ``start``, ``stop``, ``reset`` or ``cancel``. No body is documented for it.

        :returns: The event, which the service answers to a start and to a stop; None where it answers something else:
            what it answers to a reset and a cancel is not documented.
        """
        reply = self._transport.send("POST", f"{_EVENTS}/{by_id(event_id)}/{step}", needs_json=False)
        with contextlib.suppress(ValueError, UnexpectedResponse):
            event = resource_of(reply)
            return event if event["id"] == event_id else None
        return None

    # Profiles.

    def get_profile(self, profile_id: str) -> JSON | None:
        """GET live_event_profiles/{id}; None where there is none."""
        return self._one_or_none(f"{_PROFILES}/{by_id(profile_id)}", PROFILE_NOT_FOUND)

    def get_profile_by_ref(self, ref_id: str) -> JSON | None:
        """GET live_event_profiles/ref:{ref_id}; None where there is none."""
        return self._one_or_none(f"{_PROFILES}/{by_ref(ref_id)}", PROFILE_NOT_FOUND)

    def list_profiles(self, **query: t.Any) -> list[JSON]:
        """GET live_event_profiles: every page, or only the one asked for."""
        return [entry for page in self.profile_pages(**query) for entry in page.entries]

    def profile_pages(self, **query: t.Any) -> t.Iterator[Page]:
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
        return resource_of(reply)

    def _pages(self, path: str, members: t.Sequence[str], query: t.Mapping[str, t.Any]) -> t.Iterator[Page]:
        def get(asked: t.Mapping[str, t.Any]) -> Reply:
            # A page behind the last one may have no body at all.
            return self._transport.send("GET", path, query=asked, may_be_empty=True)

        return read_pages(get, path, members, query)


def _open(credentials: Credentials, options: t.Mapping[str, t.Any], context: Context) -> SmartstreamApi:
    session = open_session(
        context.environment, validate_certs=options.get("validate_certs") is not False, ca_path=options.get("ca_path")
    )
    session.headers["Content-Type"] = "application/json"
    if credentials.api_key:
        session.headers["X-Streaks-Api-Key"] = credentials.api_key
    retries, timeout = options.get("retries"), options.get("timeout")
    # What the service answers beyond its limit is not documented: its own word, else a minute, and three tries, must do
    # (section 2). The longest wait only keeps a mistake in that word from holding up a job for days.
    policy = TryPolicy(
        tries=8 if retries is None else int(retries),
        first_wait=2.0,
        throttled_wait=60.0,
        throttled_growth=1.0,
        throttled_tries=3,
        longest_wait=3600.0,
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
