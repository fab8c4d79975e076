# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests
import responses

from ansible_collections.streamops.live.plugins.module_utils._core import errors
from ansible_collections.streamops.live.plugins.module_utils._core.transport import Transport
from ansible_collections.streamops.live.plugins.module_utils._core.tries import Loss, TryPolicy
from ansible_collections.streamops.live.plugins.module_utils._msl.refusals import SERVICE
from ansible_collections.streamops.live.tests.unit.support.transports import URL, scripted

METHODS = ("GET", "PUT", "DELETE", "POST")
DATE = "Fri, 11 May 2018 07:04:38 GMT"
BURST = {"title": "Bad request", "detail": "WAF deny rule IPBLOCK-BURST4-54013"}


@pytest.fixture
def service() -> Iterator[responses.RequestsMock]:
    """Replies in the order they are added; all of them must be used up."""
    with responses.RequestsMock(registry=responses.registries.OrderedRegistry) as mock:
        yield mock


def outcome(transport: Transport, method: str) -> type | None:
    """The error of a request, None where it succeeds."""
    try:
        transport.send(method, "/x", body={} if method in ("PUT", "POST") else None)
    except errors.StreamOpsError as error:
        return type(error)
    return None


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"X-RateLimit-Next": "2018-05-11T07:04:40.004Z", "Date": DATE}, 3.004),
        ({"Retry-After": "7"}, 7.0),
        ({"Retry-After": "Fri, 11 May 2018 07:04:47 GMT", "Date": DATE}, 9.0),
        ({}, 1.0),
        ({"Retry-After": "\u00b2"}, 1.0),
        ({"Retry-After": "9" * 5000}, 1.0),
        ({"X-RateLimit-Next": "9999-12-31T23:59:59-12:00", "X-RateLimit-Remaining": "9" * 5000}, 1.0),
    ],
    ids=["next", "seconds", "date", "silent", "no digit", "too many digits", "out of the calendar"],
)
@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_sent_again_after_429_when_the_service_says(
    service: responses.RequestsMock, method: str, headers: dict[str, str], wait: float
) -> None:
    service.add(method, f"{URL}/x", status=429, headers=headers)
    service.add(method, f"{URL}/x", json={})
    transport, context = scripted()
    assert outcome(transport, method) is None
    assert context.clock.slept == [pytest.approx(wait, rel=0.26)]
    assert transport.requests_sent == 2
    assert transport.seconds_waited == pytest.approx(wait, rel=0.26)
    assert "request limit" in context.report.progress[0]


@pytest.mark.parametrize("status", [400, 403])
@pytest.mark.parametrize("method", METHODS)
def test_every_method_is_sent_again_after_a_burst_block(
    service: responses.RequestsMock, method: str, status: int
) -> None:
    service.add(method, f"{URL}/x", status=status, json=BURST)
    service.add(method, f"{URL}/x", json={})
    transport, context = scripted()
    assert outcome(transport, method) is None
    assert 5 <= context.clock.slept[0] <= 6.25


@pytest.mark.parametrize("status", [502, 503, 504])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_is_the_same_when_done_twice_is_sent_again_after_gateway_trouble(
    service: responses.RequestsMock, method: str, status: int
) -> None:
    service.add(method, f"{URL}/x", status=status)
    service.add(method, f"{URL}/x", json={})
    assert outcome(scripted()[0], method) is None


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_create_is_never_sent_again_after_a_server_error(service: responses.RequestsMock, status: int) -> None:
    service.add("POST", f"{URL}/x", status=status, headers={"Retry-After": "1"})
    assert outcome(scripted()[0], "POST") is errors.Ambiguous


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_a_write_is_not_sent_again_after_a_500(service: responses.RequestsMock, method: str) -> None:
    service.add(method, f"{URL}/x", status=500)
    assert outcome(scripted()[0], method) is errors.Ambiguous


def test_a_read_is_sent_again_once_after_a_500(service: responses.RequestsMock) -> None:
    service.add("GET", f"{URL}/x", status=500)
    service.add("GET", f"{URL}/x", status=500, json={"title": "Internal error", "instance": "i-1"})
    transport, _context = scripted()
    with pytest.raises(errors.Unavailable, match="answered 500 after 2 tries") as refused:
        transport.send("GET", "/x")
    assert (refused.value.status, refused.value.title, refused.value.request_id) == (500, "Internal error", "i-1")


@pytest.mark.parametrize(
    ("method", "status", "error"),
    [
        ("GET", 429, errors.Throttled),
        ("POST", 429, errors.Throttled),
        ("GET", 502, errors.Unavailable),
        ("PUT", 502, errors.Ambiguous),
    ],
)
def test_patience_ends_after_the_allowed_tries(
    service: responses.RequestsMock, method: str, status: int, error: type
) -> None:
    for _try in range(3):
        service.add(method, f"{URL}/x", status=status)
    transport, context = scripted(policy=TryPolicy(tries=2))
    with pytest.raises(error, match="after 3 tries"):
        transport.send(method, "/x")
    assert len(context.clock.slept) == 2


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.InvalidInput),
        (401, errors.Unauthorized),
        (402, errors.Forbidden),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.InvalidInput),
        (409, errors.Conflict),
        (410, errors.NotFound),
        (412, errors.Conflict),
        (415, errors.InvalidInput),
        (418, errors.UnexpectedResponse),
        (422, errors.InvalidInput),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_refusal_is_final_and_its_kind_follows_from_the_status(
    service: responses.RequestsMock, method: str, status: int, error: type
) -> None:
    service.add(method, f"{URL}/x", status=status, json={"title": "No", "detail": "because"})
    transport, context = scripted()
    with pytest.raises(errors.StreamOpsError, match=rf"answered {status} \(because\)") as refused:
        transport.send(method, "/x")
    assert refused.type is error
    assert context.clock.slept == []


def test_a_lost_write_that_the_caller_calls_unrepeatable_is_not_repeated(service: responses.RequestsMock) -> None:
    service.add("PUT", f"{URL}/x", status=502)
    with pytest.raises(errors.Ambiguous):
        scripted()[0].send("PUT", "/x", repeatable=False)


def test_a_post_that_the_caller_calls_repeatable_is_repeated(service: responses.RequestsMock) -> None:
    service.add("POST", f"{URL}/x", status=502)
    service.add("POST", f"{URL}/x", json={})
    assert scripted()[0].send("POST", "/x", repeatable=True).status == 200


@pytest.mark.parametrize("location", ["https://login.example.com/?t=s3cret", None])
@pytest.mark.parametrize("method", METHODS)
def test_a_redirect_is_not_followed(service: responses.RequestsMock, method: str, location: str | None) -> None:
    service.add(method, f"{URL}/x", status=302, headers={"Location": location} if location else {})
    transport, context = scripted()
    context.scrubber.learn("s3cret")
    with pytest.raises(errors.UnexpectedResponse, match="redirects are not followed") as refused:
        transport.send(method, "/x")
    assert "s3cret" not in refused.value.text()
    assert ("login.example.com" if location else "nowhere") in refused.value.text()


@pytest.mark.parametrize(
    ("method", "error"),
    [("GET", errors.UnexpectedResponse), ("POST", errors.Ambiguous), ("DELETE", errors.Ambiguous)],
)
def test_a_success_that_is_not_json_comes_from_something_in_between(
    service: responses.RequestsMock, method: str, error: type
) -> None:
    service.add(method, f"{URL}/x", body="<html>s3cret</html>", content_type="text/html")
    transport, context = scripted()
    context.scrubber.learn("s3cret")
    with pytest.raises(error, match="not JSON") as refused:
        transport.send(method, "/x")
    assert "text/html" in refused.value.text()
    assert "s3cret" not in refused.value.text()
    assert (refused.value.status, refused.value.advice) == (200, "Check the host and any proxy in between")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
@pytest.mark.parametrize(
    ("body", "content_type", "accepted"),
    [
        ("OK", "text/plain", True),
        ("{", "application/json", True),
        ("", "text/html", True),
        ("<html>", "text/plain", False),
        ("Log in", "text/html; charset=utf-8", False),
        ('{"a": 1}', "text/html", True),
    ],
)
def test_a_success_whose_body_nobody_needs_may_be_anything_but_a_page(
    service: responses.RequestsMock, method: str, body: str, content_type: str, accepted: bool
) -> None:
    service.add(method, f"{URL}/x", body=body, content_type=content_type)
    transport, _clock = scripted()
    if accepted:
        assert transport.send(method, "/x", needs_json=False).ok
    else:
        with pytest.raises(errors.Ambiguous):
            transport.send(method, "/x", needs_json=False)


def test_an_empty_success_is_enough_for_a_write_and_nothing_for_a_read(service: responses.RequestsMock) -> None:
    service.add("DELETE", f"{URL}/x", body=b"")
    service.add("GET", f"{URL}/x", body=b" ")
    transport, _context = scripted()
    assert transport.send("DELETE", "/x").status == 200
    with pytest.raises(errors.UnexpectedResponse, match="empty"):
        transport.send("GET", "/x")


def test_a_refusal_without_words_shows_what_came_instead(service: responses.RequestsMock) -> None:
    service.add("GET", f"{URL}/x", status=400, body="<h1>Nope</h1>", content_type="text/html")
    with pytest.raises(errors.InvalidInput, match=r"answered 400 \(text/html: <h1>Nope</h1>\)"):
        scripted()[0].send("GET", "/x")


def test_a_refusal_in_no_known_encoding_is_shown_as_far_as_it_can_be_read(service: responses.RequestsMock) -> None:
    service.add("GET", f"{URL}/x", status=400, body=b"\xff\xfe Nope", content_type="text/plain")
    with pytest.raises(errors.InvalidInput, match="Nope"):
        scripted()[0].send("GET", "/x")


def test_secrets_that_the_service_repeats_are_masked(service: responses.RequestsMock) -> None:
    service.add(
        "GET",
        f"{URL}/x",
        status=400,
        json={"title": "s3cret", "code": "s3cret", "instance": "s3cret", "errors": [{"detail": "got s3cret"}]},
    )
    transport, context = scripted()
    context.scrubber.learn("s3cret")
    with pytest.raises(errors.InvalidInput) as refused:
        transport.send("GET", "/x")
    assert "s3cret" not in refused.value.text() + json.dumps(refused.value.as_dict())


def test_what_is_sent(service: responses.RequestsMock) -> None:
    service.add("PUT", f"{URL}/x", json={})
    service.add("GET", f"{URL}/x", json={})
    transport, _context = scripted(fixed_query={"accountSwitchKey": "1-5C0YLB:1-8BYUX"})
    transport.send("PUT", "/x", query={"purgeContent": True, "unused": False, "page": 2, "none": None}, body={"é": [1]})
    transport.send("GET", "/x")
    put, get = (call.request for call in service.calls)
    fixed = {"accountSwitchKey": "1-5C0YLB:1-8BYUX"}
    assert put.params == {"purgeContent": "true", "unused": "false", "page": "2", **fixed}
    assert json.loads(put.body) == {"é": [1]}
    assert put.headers["Content-Type"] == "application/json"
    assert (get.params, get.body) == (fixed, None)
    assert "Content-Type" not in get.headers


def test_each_try_is_preceded_by_the_hook_and_signed_anew(service: responses.RequestsMock) -> None:
    stamps = iter("abc")
    told: list[int] = []

    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = next(stamps)
        return request

    service.add("GET", f"{URL}/x", status=503)
    service.add("GET", f"{URL}/x", status=503)
    service.add("GET", f"{URL}/x", json={})
    transport, _context = scripted(sign=sign, before_try=lambda: told.append(transport.requests_sent))
    transport.send("GET", "/x")
    assert [call.request.headers["Authorization"] for call in service.calls] == ["a", "b", "c"]
    assert told == [0, 1, 2]


def _as(name: str) -> Any:
    def sign(request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = name
        return request

    return sign


@pytest.mark.parametrize("padding", range(100, 122, 3))
def test_no_part_of_an_echoed_secret_is_shown(service: responses.RequestsMock, padding: int) -> None:
    """What a message quotes is cut, and the cut may go through a secret."""
    secret = "correct horse battery staple"
    service.add("GET", f"{URL}/x", status=502, body="-" * padding + secret, content_type="text/plain")
    transport, context = scripted(policy=TryPolicy(tries=0))
    context.scrubber.learn(secret)
    with pytest.raises(errors.Unavailable) as caught:
        transport.send("GET", "/x")
    assert "corr" not in caught.value.text()


def test_credentials_are_renewed_once_after_a_401(service: responses.RequestsMock) -> None:
    renewals = iter([_as("new"), _as("never")])
    for _try in range(2):
        service.add("POST", f"{URL}/x", status=401)
    transport, _context = scripted(sign=_as("old"), renew=lambda: next(renewals))
    assert outcome(transport, "POST") is errors.Unauthorized
    assert [call.request.headers["Authorization"] for call in service.calls] == ["old", "new"]


def test_credentials_that_end_again_are_renewed_again(service: responses.RequestsMock) -> None:
    renewals = iter([_as("second"), _as("third")])
    for status in (401, 200, 401, 200):
        service.add("POST", f"{URL}/x", status=status)
    transport, _context = scripted(sign=_as("first"), renew=lambda: next(renewals))
    assert [outcome(transport, "POST") for _request in range(2)] == [None, None]
    sent = [call.request.headers["Authorization"] for call in service.calls]
    assert sent == ["first", "second", "second", "third"]


def test_what_another_thread_has_renewed_is_not_renewed_again() -> None:
    """Two requests leave with the old credentials; the second one is answered first."""
    renewals = iter([_as("new")])
    nested: list[type | None] = []

    def answered(request: Any) -> tuple[int, dict[str, str], str]:
        if request.headers["Authorization"] == "new" or not sent:
            sent.append(request)
            return 200, {}, "{}"
        if len(sent) == 1:
            sent.append(request)
            nested.append(outcome(transport, "POST"))
        return 401, {}, ""

    sent: list[Any] = []
    with responses.RequestsMock() as mock:
        mock.add_callback("POST", f"{URL}/x", answered)
        transport, _context = scripted(sign=_as("old"), renew=lambda: next(renewals))
        assert [outcome(transport, "POST") for _request in range(2)] == [None, None]
    assert nested == [None]


def test_without_new_credentials_a_401_is_final(service: responses.RequestsMock) -> None:
    service.add("GET", f"{URL}/x", status=401)
    assert outcome(scripted(renew=lambda: None)[0], "GET") is errors.Unauthorized


class _Trickle(requests.adapters.BaseAdapter):
    """A reply that never ends: each chunk takes three seconds."""

    def __init__(self, clock: Any) -> None:
        super().__init__()
        self._clock = clock

    def send(self, request: requests.PreparedRequest, *_rest: Any, **_named: Any) -> requests.Response:
        reply = requests.Response()
        reply.status_code, reply.request, reply.url = 200, request, str(request.url)
        reply.raw = self
        return reply

    def stream(self, *_rest: Any, **_named: Any) -> Iterator[bytes]:
        while True:
            self._clock.skip(dt.timedelta(seconds=3))
            yield b" "

    def close(self) -> None:
        """There is nothing to close."""

    release_conn = close


def test_a_reply_that_trickles_in_counts_as_no_answer() -> None:
    transport, context = scripted(timeout=5, policy=TryPolicy(tries=1))
    transport._session.mount("https://", _Trickle(context.clock))
    with pytest.raises(errors.TimedOut, match="no answer came within the timeout after 2 tries"):
        transport.send("GET", "/x")


@pytest.mark.parametrize(
    "error",
    [requests.exceptions.InvalidHeader("s3cret"), requests.exceptions.InvalidURL("s3cret"), OSError("s3cret")],
    ids=lambda one: type(one).__name__,
)
def test_a_request_that_cannot_be_made_is_bad_input(service: responses.RequestsMock, error: Exception) -> None:
    service.add("GET", f"{URL}/x", body=error)
    transport, context = scripted()
    context.scrubber.learn("s3cret")
    with pytest.raises(errors.InvalidInput, match="the request could not be made") as refused:
        transport.send("GET", "/x")
    assert "s3cret" not in refused.value.text()


class NewConnectionError(Exception):
    """Named like urllib3's."""


class NameResolutionError(Exception):
    """Named like urllib3's."""


class ConnectTimeoutError(Exception):
    """Named like urllib3's."""


class ReadTimeoutError(Exception):
    """Named like urllib3's."""


class Retried(Exception):
    """Carries its cause as urllib3's MaxRetryError does."""

    def __init__(self, reason: Exception) -> None:
        super().__init__("tried again")
        self.reason = reason


def caused(cause: Exception, *, explicit: bool) -> Exception:
    """An error that says nothing itself and was caused by another one."""
    error = requests.ConnectionError("wrapped")
    if explicit:
        error.__cause__ = cause
    else:
        error.__context__ = cause
    return error


@pytest.mark.parametrize(
    ("inner", "loss"),
    [
        (NewConnectionError("x"), Loss.REFUSED),
        (NameResolutionError("x"), Loss.REFUSED),
        (ConnectTimeoutError("x"), Loss.REFUSED),
        (ReadTimeoutError("x"), Loss.TIMEOUT),
        (OSError("x"), Loss.BROKEN),
    ],
)
@pytest.mark.parametrize("wrap", ["argument", "reason", "cause", "context"])
def test_whether_a_connection_was_opened_is_read_wherever_it_is_told(
    service: responses.RequestsMock, inner: Exception, loss: Loss, wrap: str
) -> None:
    wrapped = {
        "argument": requests.ConnectionError(inner),
        "reason": caused(Retried(inner), explicit=True),
        "cause": caused(inner, explicit=True),
        "context": caused(inner, explicit=False),
    }[wrap]
    service.add("POST", f"{URL}/x", body=wrapped)
    with pytest.raises(errors.Unavailable if loss is Loss.REFUSED else errors.Ambiguous) as refused:
        scripted(policy=TryPolicy(tries=0))[0].send("POST", "/x", body={})
    assert refused.value.message == f"{loss.value} ({URL})"


def test_a_certificate_that_is_not_accepted_is_told_by_the_innermost_words(service: responses.RequestsMock) -> None:
    inner, middle, outer = ValueError("self-signed s3cret"), OSError("middle"), requests.exceptions.SSLError("outer")
    middle.__context__, outer.__cause__ = inner, middle
    service.add("GET", f"{URL}/x", body=outer)
    transport, context = scripted()
    context.scrubber.learn("s3cret")
    with pytest.raises(errors.Unavailable) as refused:
        transport.send("GET", "/x")
    assert "(self-signed " in refused.value.text()
    assert "s3cret" not in refused.value.text()
    assert refused.value.text().endswith("Check the host name, or give ca_path for a private authority.")


@pytest.mark.parametrize(
    ("kind", "body", "words"),
    [("text/plain", "x" * 130, "text/plain: " + "x" * 120), (None, "oops", "no content type: oops")],
)
def test_of_an_answer_without_words_the_beginning_is_shown(
    service: responses.RequestsMock, kind: str | None, body: str, words: str
) -> None:
    service.add("GET", f"{URL}/x", status=400, body=body, content_type=kind)
    with pytest.raises(errors.InvalidInput) as refused:
        scripted()[0].send("GET", "/x")
    shown = refused.value.message.partition("(")[2]
    assert shown.startswith(words)
    assert "x" * 121 not in shown


def test_waits_after_trouble_add_up_and_are_told(service: responses.RequestsMock) -> None:
    for status in (502, 503, 200):
        service.add("GET", f"{URL}/x", status=status, json={})
    transport, context = scripted(policy=TryPolicy(first_wait=10.0))
    transport.send("GET", "/x")
    assert len(context.clock.slept) == 2
    assert transport.seconds_waited == pytest.approx(sum(context.clock.slept))
    assert context.report.progress == [
        f"Waiting {seconds:.0f} s: trouble on the way to the service." for seconds in context.clock.slept
    ]


def refusal(method: str = "GET", tries: int = 0) -> errors.StreamOpsError:
    """The error of a request."""
    with pytest.raises(errors.StreamOpsError) as refused:
        scripted(policy=TryPolicy(tries=tries))[0].send(method, "/x", body=None)
    return refused.value


@pytest.mark.parametrize(
    ("method", "cause", "kind", "text"),
    [
        ("GET", NewConnectionError("x"), "unavailable",
         "The connection could not be opened (https://service.invalid)."
         " Check the host name, the network and any proxy."),
        ("GET", ReadTimeoutError("x"), "timeout",
         "No answer came within the timeout (https://service.invalid). Run the task again."),
        ("GET", OSError("x"), "unavailable",
         "The connection broke before the answer was complete (https://service.invalid). Run the task again."),
        ("POST", ReadTimeoutError("x"), "ambiguous", "No answer came within the timeout (https://service.invalid)."),
        ("DELETE", OSError("x"), "ambiguous",
         "The connection broke before the answer was complete (https://service.invalid)."),
    ],
)  # fmt: skip
def test_what_a_lost_answer_says(
    service: responses.RequestsMock, method: str, cause: Exception, kind: str, text: str
) -> None:
    service.add(method, f"{URL}/x", body=requests.ConnectionError(cause))
    error = refusal(method)
    assert (error.kind, error.text()) == (kind, text)


@pytest.mark.parametrize(
    ("status", "advice"),
    [
        (400, " Change the options that the answer is about."),
        (401, " Check the credentials."),
        (403, " Ask for the permission, or check the account that the credentials belong to."),
        (429, " Run the task again later, or with fewer tasks at the same time."),
        (502, " Run the task again."),
    ],
)
def test_what_a_refusal_says(service: responses.RequestsMock, status: int, advice: str) -> None:
    reply = {"title": "Bad", "code": "c-1", "instance": "i-1", "errors": [{"detail": "too long"}]}
    service.add("GET", f"{URL}/x", status=status, json=reply)
    error = refusal()
    said = error.text()
    assert said.startswith(f"{SERVICE.name} answered {status} (")
    assert said.partition(").")[2] == advice
    assert (error.status, error.code, error.title, error.request_id) == (status, "c-1", "Bad", "i-1")
    assert error.details == ["too long"]


def test_how_often_it_was_tried_is_said_where_it_was_more_than_once(service: responses.RequestsMock) -> None:
    for _try in range(3):
        service.add("GET", f"{URL}/x", status=502, json={"title": "Bad"})
    assert refusal(tries=2).message.startswith(f"{SERVICE.name} answered 502 after 3 tries (")


@pytest.mark.parametrize(("header", "target"), [("LOCATION", "https://a.example/"), ("Date", "nowhere")])
def test_what_a_redirect_says(service: responses.RequestsMock, header: str, target: str) -> None:
    service.add("GET", f"{URL}/x", status=307, headers={header: "https://a.example/"})
    error = refusal()
    assert error.status == 307
    assert error.text() == (
        f"The service redirects to {target}, and redirects are not followed. Check the host that is configured."
    )


@pytest.mark.parametrize(("status", "shared"), [(429, True), (502, False)])
def test_only_a_request_limit_keeps_all_requests_still(
    service: responses.RequestsMock, status: int, shared: bool
) -> None:
    service.add("GET", f"{URL}/x", status=status, json={})
    service.add("GET", f"{URL}/x", json={})
    transport, context = scripted()
    transport.send("GET", "/x")
    assert sum(context.clock.slept) > 0
    assert bool(transport._budget.seconds_waited) is shared
