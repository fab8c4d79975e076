# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to a service: signed afresh for each try, counted, bounded in time and size, never redirected."""

from __future__ import annotations

import json
import random
import threading
import typing as t

from .budget import Budget
from .context import Context
from .errors import (
    Ambiguous,
    Conflict,
    Forbidden,
    InvalidInput,
    NotFound,
    StreamOpsError,
    Throttled,
    TimedOut,
    Unauthorized,
    Unavailable,
    UnexpectedResponse,
)
from .numbers import whole_number
from .reply import Refusal, Reply
from .session import import_package, proxies_for
from .tries import DEFAULT_POLICY, Loss, Reason, TryPolicy, reason_to_repeat, seconds_to_wait, tries_allowed

if t.TYPE_CHECKING:
    import requests

_LARGEST_BODY = 32 * 1024 * 1024
# So much of an error's body is looked at.
_LARGEST_ECHO = 1024 * 1024
_CHUNK = 64 * 1024
_LONGEST_TIMEOUT = 86400
# A reply that trickles in may take this many timeouts in all.
_TIMEOUTS_PER_REPLY = 4

_KIND_BY_STATUS: dict[int, type[StreamOpsError]] = {
    400: InvalidInput,
    401: Unauthorized,
    402: Forbidden,
    403: Forbidden,
    404: NotFound,
    405: InvalidInput,
    409: Conflict,
    410: NotFound,
    412: Conflict,
    415: InvalidInput,
    422: InvalidInput,
    429: Throttled,
}


class Service(t.NamedTuple):
    """What the transport must know of a service.

    ``read_refusal`` reads its error bodies. ``is_burst`` recognises a gateway's burst block that is not a 429.
    ``refine`` may give a better error than the status alone: it gets the reply, the refusal and the usual class.
    """

    name: str
    read_refusal: t.Callable[[Reply], Refusal]
    is_burst: t.Callable[[Reply], bool] = lambda reply: False
    refine: t.Callable[[Reply, Refusal], StreamOpsError | None] = lambda reply, refusal: None


class Transport:
    """Sends requests to one service for one task; may be used from several threads.

    :param url: Base URL, without a slash at its end.
    :param sign: A ``requests`` authentication object; it signs every single try.
    :param fixed_query: Query parameters of every request.
    :param timeout: Seconds, for opening a connection and for each read.
    :param before_try: Called before each try; a pacer may let time pass there.
    :param renew: Called after a 401; returns a new authentication object to try again with, or None. It is not called
        again before a request has succeeded with that one.
    :raises InvalidInput: The timeout is none.
    """

    def __init__(
        self,
        service: Service,
        url: str,
        session: requests.Session,
        context: Context,
        *,
        sign: t.Any = None,
        policy: TryPolicy = DEFAULT_POLICY,
        timeout: float = 30.0,
        fixed_query: t.Mapping[str, str] | None = None,
        before_try: t.Callable[[], None] = lambda: None,
        renew: t.Callable[[], t.Any] | None = None,
    ) -> None:
        if not 0 < timeout <= _LONGEST_TIMEOUT:
            raise InvalidInput(f"timeout {timeout} is not from 1 to {_LONGEST_TIMEOUT} seconds")
        self.service = service
        self.url = url
        self.sign = sign
        self.requests_sent = 0
        self._session = session
        self._context = context
        self._policy = policy
        self._timeout = timeout
        self._fixed_query = dict(fixed_query or {})
        self._before_try = before_try
        self._renew = renew
        self._renewing = threading.Lock()
        self._renewals = 0
        self._renewal_proven = True
        self._proxies = proxies_for(url, context.environment)
        self._errors = import_package("requests", "requests").exceptions
        self._budget = Budget(context, policy.longest_wait)
        self._counting = threading.Lock()
        self._waited = 0.0

    def send(
        self,
        method: str,
        path: str,
        *,
        query: t.Mapping[str, t.Any] | None = None,
        body: t.Any = None,
        repeatable: bool | None = None,
        needs_json: bool = True,
        may_be_empty: bool = False,
    ) -> Reply:
        """Send a request, again where that is safe, and return the first reply with a 2xx status.

        :param path: Below the base URL, quoted.
        :param body: A JSON value; None sends no body.
        :param repeatable: Twice is the same as once; by default every method but POST.
        :param needs_json: A success must have JSON for its body, or none. Else anything will do but a page for people:
            for calls whose answer is not documented and not looked at.
        :param may_be_empty: What is read may have no body; a write's answer may in any case.
        :raises StreamOpsError: By the reply's status, or by the kind of the loss.
        """
        reads = method == "GET"
        may_repeat = method != "POST" if repeatable is None else repeatable
        tried = 0
        while True:
            renewals = self._renewals
            outcome = self._once(method, path, query, body)
            if isinstance(outcome, Reply) and outcome.ok:
                self._renewal_proven = self._renewal_proven or renewals == self._renewals
                return self._checked(outcome, reads, needs_json, may_be_empty)
            if isinstance(outcome, Reply) and outcome.status == 401 and self._renewed(renewals):
                continue
            burst = isinstance(outcome, Reply) and self.service.is_burst(outcome)
            reason = reason_to_repeat(outcome, reads=reads, repeatable=may_repeat, burst=burst, tried=tried)
            if reason is None or tried >= tries_allowed(self._policy, reason):
                raise self._error(outcome, reads, tried)
            self._wait(reason, seconds_to_wait(self._policy, reason, outcome, tried, random.random()))
            tried += 1

    def _once(self, method: str, path: str, query: t.Mapping[str, t.Any] | None, body: t.Any) -> Reply | Loss:
        """One try, when the service's budget and the pacer let it go."""
        with self._budget.turn() as turn:
            self._before_try()
            with self._counting:
                self.requests_sent += 1
            outcome = self._try(method, path, query, body)
            if isinstance(outcome, Reply):
                turn.learn(outcome)
            return outcome

    def _try(self, method: str, path: str, query: t.Mapping[str, t.Any] | None, body: t.Any) -> Reply | Loss:
        errors = self._errors
        try:
            with self._session.request(
                method,
                self.url + path,
                params=_query_texts({**(query or {}), **self._fixed_query}),
                data=None if body is None else json.dumps(body).encode("utf-8"),
                headers={} if body is None else {"Content-Type": "application/json"},
                auth=self.sign,
                timeout=self._timeout,
                allow_redirects=False,
                proxies=self._proxies,
                stream=True,
            ) as response:
                return self._read(response)
        except errors.SSLError as error:
            reason = self._context.scrubber.scrub(_innermost(error))
            raise Unavailable(
                f"the TLS certificate of {self.url} was not accepted ({reason})",
                advice="Check the host name, or give ca_path for a private authority",
            ) from error
        except (errors.ConnectTimeout, errors.ProxyError):
            return Loss.REFUSED
        except errors.Timeout:
            return Loss.TIMEOUT
        except (errors.ChunkedEncodingError, errors.ContentDecodingError):
            return Loss.BROKEN
        except errors.ConnectionError as error:
            return _kind_of_loss(error)
        except (errors.RequestException, OSError, UnicodeError) as error:
            raise InvalidInput(f"the request could not be made ({self._context.scrubber.scrub(str(error))})") from error

    def _read(self, response: requests.Response) -> Reply | Loss:
        clock = self._context.clock
        deadline = clock.monotonic() + self._timeout * _TIMEOUTS_PER_REPLY
        content = bytearray()
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > _LARGEST_BODY:
                raise UnexpectedResponse(f"the service's answer is larger than {_LARGEST_BODY // 1024 // 1024} MiB")
            if clock.monotonic() > deadline:
                return Loss.TIMEOUT
        announced = whole_number(response.headers.get("Content-Length", ""))
        if announced is not None and not response.headers.get("Content-Encoding") and len(content) < announced:
            # Older urllib3 releases do not compare the two.
            return Loss.BROKEN
        return Reply(response.status_code, response.headers, bytes(content), clock.now())

    def _checked(self, reply: Reply, reads: bool, needs_json: bool, may_be_empty: bool) -> Reply:
        """A success whose body is no JSON comes from something in between: a write may not have arrived."""
        if not needs_json and not _is_page(reply):
            return reply
        if reply.content.strip() or (reads and not may_be_empty):
            try:
                reply.json()
            except ValueError:
                beginning = _beginning(self._masked(reply))
                what = f"{self.service.name} answered {reply.status} with something that is not JSON ({beginning})"
                advice = "Check the host and any proxy in between"
                raise (UnexpectedResponse if reads else Ambiguous)(what, advice=advice, status=reply.status) from None
        return reply

    def _error(self, outcome: Reply | Loss, reads: bool, tried: int) -> StreamOpsError:
        after = f" after {tried + 1} tries" if tried else ""
        if isinstance(outcome, Loss):
            what = f"{outcome.value}{after} ({self.url})"
            if outcome is Loss.REFUSED:
                return Unavailable(what, advice="Check the host name, the network and any proxy")
            if not reads:
                return Ambiguous(what)
            return (TimedOut if outcome is Loss.TIMEOUT else Unavailable)(what, advice="Run the task again")
        if outcome.redirects:
            target = self._context.scrubber.scrub(outcome.headers.get("Location") or "nowhere")
            return UnexpectedResponse(
                f"the service redirects to {target}, and redirects are not followed",
                advice="Check the host that is configured",
                status=outcome.status,
            )
        outcome = self._masked(outcome)
        refusal = self._scrubbed(self.service.read_refusal(outcome))
        refined = self.service.refine(outcome, refusal)
        if refined is not None:
            return refined
        words = refusal.sentence() or _beginning(outcome)
        if outcome.status >= 500:
            kind: type[StreamOpsError] = Unavailable if reads else Ambiguous
        else:
            kind = _KIND_BY_STATUS.get(outcome.status, UnexpectedResponse)
        return kind(
            f"{self.service.name} answered {outcome.status}{after}" + (f" ({words})" if words else ""),
            advice=_ADVICE.get(kind, ""),
            status=outcome.status,
            code=refusal.code,
            title=refusal.title,
            details=refusal.details,
            request_id=refusal.request_id,
        )

    def _masked(self, reply: Reply) -> Reply:
        """The reply without secrets that it may echo, before anything is cut out of it: half a secret is not found."""
        text = self._context.scrubber.scrub(reply.content[:_LARGEST_ECHO].decode("utf-8", "replace"))
        return reply._replace(content=text.encode("utf-8"))

    def _scrubbed(self, refusal: Refusal) -> Refusal:
        scrub = self._context.scrubber.scrub
        return Refusal(
            scrub(refusal.title), scrub(refusal.code), tuple(scrub(list(refusal.details))), scrub(refusal.request_id)
        )

    def _renewed(self, renewals: int) -> bool:
        """Whether there is another authentication object than the one that was refused.

        :param renewals: How often it had been renewed when the request was sent; another thread may have done it since.
        """
        with self._renewing:
            if renewals != self._renewals:
                return True
            if self._renew is None or not self._renewal_proven:
                return False
            renewed = self._renew()
            if renewed is None:
                return False
            self.sign, self._renewal_proven = renewed, False
            self._renewals += 1
            return True

    def _wait(self, reason: Reason, seconds: float) -> None:
        if reason is not Reason.TROUBLE:
            # The limit is the account's: all threads keep still, and the next try waits with them.
            self._budget.hold(seconds, reason.value)
            return
        with self._counting:
            self._waited += seconds
        self._context.report.tell(f"Waiting {seconds:.0f} s: {reason.value}.")
        self._context.sleep(seconds)

    @property
    def scope(self) -> str:
        """What tells the account from others: the address, and the query of every request."""
        return " ".join([self.url, *(f"{name}={value}" for name, value in sorted(self._fixed_query.items()))])

    @property
    def seconds_waited(self) -> float:
        """How long this task waited before further tries, in all."""
        return self._waited + self._budget.seconds_waited


_ADVICE: dict[type[StreamOpsError], str] = {
    Unauthorized: "Check the credentials",
    Forbidden: "Ask for the permission, or check the account that the credentials belong to",
    Throttled: "Run the task again later, or with fewer tasks at the same time",
    Unavailable: "Run the task again",
    InvalidInput: "Change the options that the answer is about",
}


def _query_texts(query: t.Mapping[str, t.Any]) -> dict[str, str]:
    """Query values as the services read them: booleans in lower case, nothing for None."""
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in query.items()
        if value is not None
    }


def _kind_of_loss(error: Exception) -> Loss:
    """A connection that was never opened cannot have carried a request.

    urllib3 names that case NewConnectionError; requests wraps it.
    """
    seen: BaseException | None = error
    while seen is not None:
        names = {type(part).__name__ for part in (seen, getattr(seen, "reason", None), *seen.args)}
        if names & {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}:
            return Loss.REFUSED
        if names & {"ReadTimeoutError"}:
            return Loss.TIMEOUT
        seen = seen.__cause__ or seen.__context__
    return Loss.BROKEN


def _innermost(error: BaseException) -> str:
    while error.__cause__ or error.__context__:
        error = t.cast(BaseException, error.__cause__ or error.__context__)
    return str(error)


def _is_page(reply: Reply) -> bool:
    """Whether a body is a page for people, whatever its type says."""
    return "html" in (reply.headers.get("Content-Type") or "").lower() or reply.content.lstrip()[:1] == b"<"


def _beginning(reply: Reply) -> str:
    kind = reply.headers.get("Content-Type") or "no content type"
    text = reply.text(120)
    return f"{kind}: {text}" if text else f"{kind}, empty"
