# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is wrong: one clear message with what to do, its kind, nothing written and no secret shown."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench
from ansible_collections.streamops.live.tests.unit.support.servers import unused_port

KEY = {"name": "x", "type": "THIRD_PARTY", "cdn": "Fastly"}


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("stream", stream(name="n" * 91), "has 91 characters, and a stream's name may have 90"),
        ("stream", stream(name="no spaces"), "letters, digits, dash and underscore"),
        ("stream", {"format": "HLS"}, "named by its id or its name, and neither is given"),
        ("stream", stream(origin={"host_name": "h" * 17}), "origin.host_name 'hhhhhhhhhhhhhhhhh' has 17 characters"),
        ("stream", stream(allowed_ips=[f"192.0.2.{n}" for n in range(51)]), "51 addresses, and a stream takes 50"),
        ("stream", stream(allowed_ips=["192.0.2.0/24"]), "'192.0.2.0/24' is not an IP address"),
        ("stream", stream(dvr_window=5, stream_level_purge_days=3), "needs dvr_window -1"),
        ("stream", stream(active_archive_duration_in_days=32), "not from 1 to 31"),
        ("stream", stream(stream_auth_previous_expiry="2020-01-01T00:00:00Z"), "2020-01-01T00:00:00Z has passed"),
        ("stream", stream(stream_auth_previous_expiry="next week"), "'next week' is not an ISO 8601"),
        ("stream", {"name": "no spaces", "state": "absent"}, "letters, digits"),
        ("origin", origin(host_name="h" * 17), "has 17 characters, and an origin identifier may have 16"),
        ("origin", origin(host_name="no spaces"), "letters, digits"),
        ("origin", {"cpcode": "1"}, "named by its id or its host_name, and neither is given"),
        ("origin", origin(shared_keys=[{**KEY, "name": f"k{n}"} for n in range(11)]), "11 shared keys are declared"),
        ("origin", origin(shared_keys=[KEY, dict(KEY)]), "'x' is declared twice"),
        (
            "origin",
            origin(shared_keys=[{**KEY, "expiry_date": "2020-01-01T00:00:00Z"}]),
            "2020-01-01T00:00:00Z has passed",
        ),
        ("origin", origin(shared_keys=[{**KEY, "auth_method": "MSL_MULTI_ACCOUNT"}]), "SIMPLE_AKAMAI_HEADER"),
        ("cpcode", {"name": " ", "contract_id": "C"}, "name is empty"),
        ("facts", {"gather_subset": ["strems"]}, "gather_subset has no strems"),
    ],
)
def test_options_that_cannot_be_right_cost_no_request(
    bench: Bench, kind: str, options: dict[str, Any], words: str
) -> None:
    ran = bench.refused(kind, **options)
    assert words in ran["msg"]
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("stream", stream(encoder_zone="EUROP"), "encoder_zone 'EUROP' is not among the encoder zones"),
        ("stream", stream(backup_encoder_zone="mars"), "backup_encoder_zone 'MARS' is not among the encoder zones"),
        (
            "stream",
            stream(cpcode="ingest-99"),
            "cpcode: there is no CP code named 'ingest-99'; there are 400001 (ingest-1)",
        ),
        ("stream", stream(origin={"host_name": "a", "cpcode": "x"}), "origin.cpcode: there is no CP code named 'x'"),
        ("stream", stream(dvr_window=None, stream_level_purge_days=3), "stream_level_purge_days needs dvr_window -1"),
        ("origin", origin(encoder_zone="EUROP"), "encoder_zone 'EUROP' is not among the encoder zones ASIA_PACIFIC, "),
        ("origin", origin(cpcode="x"), "cpcode: there is no CP code named 'x'; there are 400001 (ingest-1)"),
        (
            "origin",
            origin(third_party_cdn_cpcode="x"),
            "there is no CP code named 'x'; there are 700001 (third-party-1)",
        ),
        (
            "origin",
            origin(shared_keys=[{**KEY, "cdn": "Fast"}]),
            "there is no CDN 'Fast'; there are L3 (dn002), Fastly",
        ),
        ("origin", origin(shared_keys=[{"name": "x", "type": "THIRD_PARTY"}]), "'x' is new and needs cdn"),
    ],
)
def test_names_that_the_service_does_not_have_are_answered_with_those_it_has(
    bench: Bench, kind: str, options: dict[str, Any], words: str
) -> None:
    ran = bench.refused(kind, **options)
    assert words in ran["msg"]
    assert ran.kind == "invalid"
    assert len([line for line in ran.lines if line in ("GET /streams", "GET /origins")]) <= 1


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("stream", stream(cpcode="499999"), "cpcode 499999 is not among the CP codes 400001 (ingest-1)"),
        ("origin", origin(cpcode="499999"), "cpcode 499999 is not among the CP codes 400001 (ingest-1)"),
        ("origin", origin(third_party_cdn_cpcode="1"), "third_party_cdn_cpcode 1 is not among the CP codes 700001"),
        ("cpcode", {"name": "new", "contract_id": "Q-1"}, "contract_id 'Q-1' is not among the contracts C-0N7RAC7, K-"),
    ],
)
def test_numbers_that_the_service_refuses_are_explained_by_what_it_has(
    bench: Bench, sim: Simulator, kind: str, options: dict[str, Any], words: str
) -> None:
    ran = bench.run(kind, **options)
    assert words in ran["msg"]
    assert (ran.kind, ran["error"]["status"], ran["actions"]) == ("invalid", 400, [])
    assert ran["error"]["request_id"]
    assert sim.state()["accounts"][""] == {"origins": [], "streams": []}


def test_a_cp_code_that_another_origin_uses_is_not_blamed_for_a_refusal(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "otherhost", "cpcode": 400001})
    ran = bench.run("origin", **origin(group_id=1))
    assert (ran.kind, ran["error"]["details"]) == ("invalid", ["Invalid group"])
    assert "CP codes" not in ran["msg"]


def test_a_refusal_stands_as_it_is_where_the_service_cannot_explain(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("status", "GET", "/cpcodes|/publishing", times=None, status=503)
    ran = bench.run("origin", **origin(cpcode="499999"), retries=0)
    assert (ran.kind, ran["error"]["status"]) == ("invalid", 400)
    assert "Invalid CPCode" in ran["msg"]


@pytest.mark.parametrize("shape", ["A", "B"])
def test_every_detail_of_a_refusal_is_shown(bench: Bench, sim: Simulator, shape: str) -> None:
    sim.settings.msl.error_shape = shape
    ran = bench.run("origin", **origin(cpcode="499999", contract_id="Q-1"))
    assert {"Invalid CPCode", "Invalid contract"} <= set(ran["error"]["details"])


def test_wrong_credentials(bench: Bench) -> None:
    ran = bench.refused("origin", host_name="demohost", client_secret="d3Jvbmctc2VjcmV0")
    assert (ran.kind, ran["error"]["status"], ran["api_calls"]) == ("unauthorized", 401, 1)
    assert "Cannot read origin 'demohost'" in ran["msg"]
    assert "The signature does not match" in ran["msg"]
    assert "Check the credentials" in ran["msg"]


def test_missing_credentials(bench: Bench) -> None:
    bench.options.clear()
    ran = bench.refused("origin", host_name="demohost")
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    for words in ("host, client_token, client_secret, access_token not found", "AKAMAI_CLIENT_SECRET", "edgerc"):
        assert words in ran["msg"]


def test_credentials_from_a_file(bench: Bench, sim: Simulator, tmp_path: Path) -> None:
    bench.options.clear()
    path = sim.write_edgerc(tmp_path / "edgerc", "live")
    assert not bench.run("facts", edgerc=str(path), edgerc_section="live", gather_subset=["cdns"]).failed
    ran = bench.refused("origin", host_name="demohost", edgerc=str(path))
    assert "no section [default] (it has: live)" in ran["msg"]


@pytest.mark.parametrize(("offset", "words"), [(300, "300 s behind"), (-45, "45 s ahead of")])
def test_a_clock_that_is_off_says_by_how_much(bench: Bench, sim: Simulator, offset: int, words: str) -> None:
    sim.settings.clock_offset = offset
    ran = bench.refused("origin", host_name="demohost")
    assert ran.kind == "unauthorized"
    minutes = float(words.split(maxsplit=1)[0])
    assert any(f"clock is {minutes + more:.0f} s {words.split(' s ')[1]}" in ran["msg"] for more in (-1, 0, 1)), ran[
        "msg"
    ]
    assert "NTP" in ran["msg"]


def test_a_reply_that_is_not_json(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("html", "GET", times=None)
    ran = bench.refused("origin", host_name="demohost")
    assert ran.kind == "unexpected_response"
    assert "not JSON (text/html; charset=utf-8: <!DOCTYPE html>" in ran["msg"]
    assert "proxy" in ran["msg"]


@pytest.mark.parametrize("value", ["[1]", "{}", '{"streams": {}}', "7", "null"])
def test_a_reply_of_another_shape(bench: Bench, sim: Simulator, value: str) -> None:
    sim.faults.add("body", "GET", times=None, value=value)
    ran = bench.refused("stream", name="news")
    assert ran.kind == "unexpected_response"
    assert "GET /streams" in ran["msg"]


def test_a_host_that_redirects(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("redirect", "GET", times=None)
    ran = bench.refused("origin", host_name="demohost")
    assert (ran.kind, ran["error"]["status"]) == ("unexpected_response", 302)
    assert "redirects to https://login.example.com/" in ran["msg"]
    assert "Check the host" in ran["msg"]


def test_plain_http_to_another_machine(bench: Bench) -> None:
    ran = bench.refused("origin", host_name="demohost", host="http://api.example.com")
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert "plain http" in ran["msg"]


def test_a_machine_that_is_not_there(sim: Simulator, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    # The simulator never sees these requests.
    monkeypatch.setattr(bench, "_refuse_contradictions", lambda *_rest: None)
    ran = bench.run("origin", host_name="demohost", host=f"http://127.0.0.1:{unused_port()}", retries=1)
    assert (ran.kind, ran["api_calls"]) == ("unavailable", 2)
    assert "could not be opened after 2 tries" in ran["msg"]


@pytest.mark.parametrize(("module", "package"), [("requests", "requests"), ("akamai.edgegrid", "edgegrid-python")])
def test_a_missing_package_is_named_with_the_interpreter(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == module:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    ran = bench.refused("origin", host_name="demohost")
    assert (ran.kind, ran["api_calls"]) == ("invalid", 0)
    assert package in ran["msg"]
    assert sys.executable in ran["msg"]


def test_a_request_limit_that_does_not_clear(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("throttled", "GET", times=None)
    ran = bench.refused("origin", host_name="demohost", retries=3)
    assert (ran.kind, ran["error"]["status"], ran["api_calls"]) == ("throttled", 429, 4)
    assert any("waited" in text for text in ran.warnings)
    assert "fewer tasks" in ran["msg"]


def test_a_request_limit_that_clears_is_a_warning(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost"})
    sim.faults.add("throttled", "GET", seconds=3)
    ran = bench.run("origin", host_name="demohost")
    assert (ran.failed, ran["api_calls"]) == (False, 3)
    assert 4 <= sum(ran.slept) <= 5
    assert any("The task waited" in text for text in ran.warnings)


def test_a_forbidden_account(bench: Bench, sim: Simulator) -> None:
    sim.faults.add("status", "GET", times=None, status=403, body={"title": "Forbidden", "detail": "No grant"})
    ran = bench.refused("origin", host_name="demohost")
    assert ran.kind == "forbidden"
    assert "No grant" in ran["msg"]
    assert "permission" in ran["msg"]
