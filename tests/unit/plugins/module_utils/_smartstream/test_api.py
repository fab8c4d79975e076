# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client: lists, tokens, headers and what counts as missing."""

from __future__ import annotations

import datetime as dt

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._smartstream.api import SmartstreamApi


@pytest.fixture
def api(events):
    """A client of that merchant."""
    return SmartstreamApi.from_options(events.options, Context(clock=events.clock))


def fill(events, count):
    return [
        events.merchant.add_live_event({"ref_id": f"e{number:03}", "name": f"E{number}"}) for number in range(count)
    ]


@pytest.mark.parametrize("counted", ["total", "page"])
@pytest.mark.parametrize("maximum", [7, 100])
@pytest.mark.parametrize("count", [0, 1, 29, 30, 31, 60])
def test_a_list_is_read_to_its_end_whatever_the_service_counts(events, api, count, maximum, counted):
    events.sim.settings.smartstream.page_maximum = maximum
    events.sim.settings.smartstream.count = counted
    ids = fill(events, count)
    assert sorted(entry["id"] for entry in api.list_live_events()) == sorted(ids)
    size = min(maximum, 30)
    assert len(events.sim.requests) == -(-count // size) + 1
    assert events.sim.requests[0].query == {"limit": "30", "page": "1", "sort": "updated_at", "order": "ASC"}


def test_a_list_that_repeats_itself_ends(events, api):
    fill(events, 3)
    events.sim.settings.smartstream.page_maximum = 3
    page = '{"count": 3, "live_events": [{"id": "a"}, {"id": "b"}]}'
    events.sim.faults.add("body", times=None, value=page)
    assert [entry["id"] for entry in api.list_live_events()] == ["a", "b"]
    assert len(events.sim.requests) == 2


def test_a_list_without_an_end_is_refused(events):
    events.sim.settings.smartstream.page_maximum = 1
    fill(events, 45)
    ran = events.refused("live_events")
    assert (ran.kind, len(ran.requests)) == ("invalid", 40)
    assert "goes on after 40 pages with 40 entries, and no more are read" in ran["msg"]


def test_a_name_is_not_searched_in_a_part_of_the_list(events):
    events.sim.settings.smartstream.page_maximum = 1
    fill(events, 45)
    assert events.refused(name="E44").kind == "invalid"


def test_one_page_is_one_request(events):
    fill(events, 5)
    ran = events.run("live_events", limit=2, page=2, sort="ref_id", order="DESC")
    assert [event["ref_id"] for event in ran["live_events"]] == ["e002", "e001"]
    assert len(ran.requests) == 1


@pytest.mark.parametrize(
    "value", ["1", "{}", '{"live_events": {}}', '{"live_events": [1]}', '{"live_events": null}', '{"count": 1}']
)
def test_an_answer_that_is_no_list(events, value):
    events.sim.faults.add("body", value=value)
    assert events.run("live_events").kind == "unexpected_response"


def test_one_event_is_read_by_its_id_or_ref_id(events):
    event_id = events.add("running")
    events.add(ref_id="other")
    for option in ({"id": event_id}, {"ref_id": "show"}):
        ran = events.run("live_events", **option)
        assert [event["id"] for event in ran["live_events"]] == [event_id]
        assert ran["live_events"][0]["phase"] == "running"
        assert len(ran.requests) == 1


@pytest.mark.parametrize(
    ("kind", "noun"), [("live_events", "live event"), ("live_event_profiles", "live event profile")]
)
def test_a_failure_names_what_was_read(events, kind, noun):
    events.sim.faults.add("status", "GET", status=403, times=None, body={"code": "FORBIDDEN"})
    for option in ({"id": "0" * 32}, {"ref_id": "show"}):
        ((name, value),) = option.items()
        assert events.run(kind, **option)["msg"].startswith(f"Cannot read the {noun} with the {name} '{value}': ")
    assert events.run(kind)["msg"].startswith(f"Cannot read {noun}s: ")


@pytest.mark.parametrize("kind", ["live_events", "live_event_profiles"])
def test_what_is_not_there_is_an_empty_list(events, kind):
    for option in ({"id": "0" * 32}, {"ref_id": "nothing"}):
        ran = events.run(kind, **option)
        assert (ran.failed, ran[kind], ran["changed"]) == (False, [], False)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"id": "a", "ref_id": "b"}, "give one of them"),
        ({"id": "a/b"}, "would change"),
        ({"ref_id": ""}, "is empty"),
        ({"limit": 0}, "limit 0 is less than 1"),
        ({"page": -1}, "page -1 is less than 1"),
    ],
)
@pytest.mark.parametrize("kind", ["live_events", "live_event_profiles"])
def test_reading_refuses_what_cannot_be_right(events, kind, options, words):
    ran = events.refused(kind, **options)
    assert (ran.kind, ran.requests) == ("invalid", [])
    assert words in ran["msg"]


def test_words_that_mean_two_phases_are_refused_when_reading_too(events):
    assert events.refused("live_events", running_statuses=["a"], failed_statuses=["a"]).kind == "invalid"


def test_profiles_are_read_by_either_name_of_the_list(events):
    listed = events.run("live_event_profiles")
    assert [one["name"] for one in listed["live_event_profiles"]] == ["HD 1080p", "標準 720p", "Audio"]
    assert events.run("live_event_profiles", ref_id="hd")["live_event_profiles"][0]["id"] == events.profile_id
    events.sim.faults.add("body", value='{"count": 1, "live_event_profiles": [{"id": "x", "name": "X"}]}')
    assert events.run("live_event_profiles", page=1)["live_event_profiles"] == [{"id": "x", "name": "X"}]


def test_a_404_of_the_list_of_profiles_means_that_there_is_none(events):
    events.sim.faults.add("status", status=404, code="LIVE_EVENT_PROFILE_NOT_FOUND")
    assert events.run("live_event_profiles")["live_event_profiles"] == []
    events.sim.faults.add("status", status=404, code="NOT_FOUND")
    assert events.run("live_event_profiles").kind == "not_found"


def test_headers(events):
    events.run("live_events", **events.login, api_key=events.merchant.api_key)
    login, *others = events.sim.requests
    assert login.path == "/auth-token/"
    assert "Authorization" not in login.headers
    for request in (login, *others):
        assert request.headers["X-Streaks-Api-Key"] == events.merchant.api_key
        assert request.headers["Content-Type"] == "application/json"
    assert {request.headers["Authorization"] for request in others} == {
        f"Bearer {next(reversed(events.merchant.tokens))}"
    }


def test_an_api_key_that_the_service_wants_is_sent(events):
    events.sim.settings.smartstream.api_key_required = True
    assert events.run("live_events").kind == "unauthorized"
    assert not events.run("live_events", api_key=events.merchant.api_key).failed


def test_a_netrc_file_does_not_replace_the_token(events, tmp_path, monkeypatch):
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login someone password something\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert not events.run("live_events").failed
    assert events.sim.requests[-1].headers["Authorization"].startswith("Bearer ")


def test_credentials_come_from_the_environment_unless_it_is_blank(events):
    merchant = events.merchant
    events.environment = {
        "SMARTSTREAM_MERCHANT_ID": merchant.merchant_id,
        "SMARTSTREAM_MAIL_ADDRESS": merchant.mail_address,
        "SMARTSTREAM_PASSWORD": merchant.password,
        "SMARTSTREAM_ACCESS_TOKEN": "",
        "SMARTSTREAM_API_KEY": merchant.api_key,
        "SMARTSTREAM_API_URL": events.sim.url,
        "SMARTSTREAM_REQUESTS_PER_MINUTE": "0",
    }
    events.options = {}
    ran = events.run("live_events")
    assert not ran.failed
    assert ran.lines[0] == "POST /auth-token/"
    assert events.run("live_events", merchant_id="another").kind == "unauthorized"


def test_a_mail_address_and_a_password_of_the_task_come_before_a_token_of_the_environment(events):
    events.environment = {"SMARTSTREAM_ACCESS_TOKEN": events.token()}
    assert events.run("live_events", **events.login).lines[0] == "POST /auth-token/"
    token = {"access_token": events.token()}
    for options in ({"mail_address": events.login["mail_address"]}, {**events.login, **token}):
        assert not events.run("live_events", **{"access_token": None, **options}).failed
        assert events.sim.requests[-1].path != "/auth-token/"
    assert [request.path for request in events.sim.requests].count("/auth-token/") == 1


@pytest.mark.parametrize("member", ["expiration", "expired_at"])
def test_a_token_is_renewed_a_minute_before_it_ends(events, member):
    events.sim.settings.smartstream.expiration_member = member
    events.sim.settings.smartstream.token_seconds = 300
    events.add()
    events.sim.settings.smartstream.start.reads = 30
    ran = events.run(ref_id="show", state="started", wait=True, **events.login)
    assert not ran.failed
    assert ran.lines.count("POST /auth-token/") == 2
    assert {request.status for request in ran.requests} == {200}


def test_a_refused_token_is_renewed_once(events):
    events.add()
    token = events.token()
    events.merchant.revoke_tokens()
    ran = events.run(ref_id="show", **{**events.login, "access_token": token})
    assert not ran.failed
    assert ran.lines == ["GET /live_events/ref:show", "POST /auth-token/", "GET /live_events/ref:show"]


def test_a_fresh_token_that_is_refused_is_the_end(events):
    events.sim.faults.add("unauthorized", path="/live_events", times=None)
    ran = events.run(ref_id="show", **events.login)
    assert ran.kind == "unauthorized"
    assert "role" in ran["msg"]
    assert ran.lines.count("POST /auth-token/") == 2


def test_a_token_alone_cannot_be_renewed(events):
    events.merchant.revoke_tokens()
    ran = events.run(ref_id="show")
    assert (ran.kind, len(ran.requests)) == ("unauthorized", 1)


def test_a_wrong_password_is_said(events):
    ran = events.run(ref_id="show", **{**events.login, "password": "wrong-password"})
    assert (ran.kind, ran.lines) == ("unauthorized", ["POST /auth-token/"])
    assert "mail_address, password" in ran["msg"]
    assert "wrong-password" not in ran.everything()


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("status", "unavailable"),
        ("html", "unexpected_response"),
        ("truncated", "unavailable"),
        ("reset_after", "unavailable"),
    ],
)
def test_a_log_in_that_fails_writes_nothing_and_is_not_ambiguous(events, fault, kind):
    events.sim.faults.add(fault, path="/auth-token/", times=None)
    ran = events.run(ref_id="show", name="Show", live_event_profile="hd", retries=1, **events.login)
    assert (ran.kind, ran["actions"]) == (kind, [])
    assert "logging in" in ran["msg"]


@pytest.mark.parametrize("value", ["{}", "[]", '{"token": ""}', '{"token": 1}'])
def test_an_answer_without_a_token(events, value):
    events.sim.faults.add("body", path="/auth-token/", value=value)
    assert events.run(ref_id="show", **events.login).kind == "unexpected_response"


def test_a_token_is_returned_for_later_tasks(events):
    ran = events.run("access_token", **events.login)
    assert (ran["changed"], ran["actions"], len(ran.requests)) == (False, [], 1)
    assert dt.datetime.fromisoformat(ran["expiration"].replace("Z", "+00:00")) > dt.datetime.now(dt.timezone.utc)
    events.add()
    assert len(events.run(ref_id="show", access_token=ran["access_token"]).requests) == 1


def test_a_token_is_requested_in_check_mode_and_whatever_token_there_is(events):
    login = {name: value for name, value in events.login.items() if value}
    ran = events.run("access_token", check=True, **login)
    assert (ran.failed, ran.lines) == (False, ["POST /auth-token/"])
    assert ran["access_token"] != events.options["access_token"]
    assert events.refused("access_token").kind == "invalid"


def test_a_missing_role_is_forbidden(events):
    events.sim.faults.add("status", status=403, body={"code": "FORBIDDEN"})
    assert events.run(ref_id="show").kind == "forbidden"
