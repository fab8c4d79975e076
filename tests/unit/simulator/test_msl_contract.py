# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from typing import Any

import pytest
import requests

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.simulator.contract import mistakes
from ansible_collections.streamops.live.tests.simulator.msl.derive_contract import contract
from ansible_collections.streamops.live.tests.unit.simulator.clients import BASE, MslClient

STREAM: dict[str, Any] = {
    "name": "demo",
    "format": "HLS",
    "cpcode": 400001,
    "encoderZone": "EUROPE",
    "origin": {"hostName": "demohost"},
}
ORIGIN: dict[str, Any] = {"hostName": "demohost", "cpcode": 400001, "encoderZone": "EUROPE"}


@pytest.mark.parametrize(
    ("method", "path", "body", "words"),
    [
        ("POST", "/streams", STREAM | {"backupOrigin": {"hostName": "x"}}, "backupOrigin is not a member"),
        ("POST", "/streams", STREAM | {"ingestOptions": {}}, "ingestOptions is not a member"),
        ("POST", "/streams", STREAM | {"format": "MPEG"}, "format must be one of HLS, HDS, DASH, CMAF"),
        ("POST", "/streams", STREAM | {"cpcode": "400001"}, "cpcode must be of type integer"),
        ("POST", "/streams", STREAM | {"cpcode": True}, "cpcode must be of type integer"),
        ("POST", "/streams", STREAM | {"ingestAccelerated": 1}, "ingestAccelerated must be of type boolean"),
        ("POST", "/streams", STREAM | {"allowedIps": "192.0.2.1"}, "allowedIps must be of type array"),
        ("POST", "/streams", STREAM | {"allowedIps": [1]}, "allowedIps[0] must be of type string"),
        ("POST", "/streams", STREAM | {"name": None}, "name must be of type string"),
        ("POST", "/streams", STREAM | {"password": 346789999}, "password must be of type string"),
        ("POST", "/streams", STREAM | {"origin": {"host_name": "x"}}, "origin.host_name is not a member"),
        ("POST", "/streams", STREAM | {"events": [{"event": "a", "days": 1}]}, "events[0].days is not a member"),
        ("POST", "/streams", STREAM | {"streamAuthPrevious": {"retain": True}}, "streamAuthPrevious is not a member"),
        ("POST", "/streams", [STREAM], "the body must be of type object"),
        ("POST", "/streams", {}, "name is required"),
        ("POST", "/origins", ORIGIN | {"id": 5}, "id is not a member"),
        ("POST", "/origins", ORIGIN | {"sharedKeys": [{"data": "x"}]}, "sharedKeys[0].data is not a member"),
        ("POST", "/origins", ORIGIN | {"sharedKeys": [{"previousKey": "x"}]}, "sharedKeys[0].previousKey is not"),
        ("POST", "/origins", ORIGIN | {"sharedKeys": [{"expiryDate": "soon"}]}, "expiryDate must be a date-time"),
        ("POST", "/origins", ORIGIN | {"sharedKeys": [{"authMethod": "MSL_MULTI_CDN"}]}, "authMethod must be one of"),
        ("POST", "/origins", {"hostName": "x"}, "cpcode is required; encoderZone is required"),
        ("PUT", "/origins/7001", {"hostName": "demohost"}, "hostName is not a member"),
        ("PUT", "/origins/7001", {"sharedKeys": [{"amdProperties": []}]}, "amdProperties is not a member"),
        (
            "PUT",
            "/streams/50001",
            STREAM | {"streamAuth": {"algorithm": "SHA1"}},
            "streamAuth.algorithm must be one of",
        ),
        ("POST", "/cpcodes", {"contractId": "C-0N7RAC7"}, "name is required"),
        ("POST", "/cpcodes", {"contractId": "X-0N7RAX7", "name": "a"}, "Invalid contract"),
    ],
)
def test_bodies_that_do_not_fit_are_refused(msl: MslClient, method: str, path: str, body: Any, words: str) -> None:
    assert words in msl.refused(method, path, body)


@pytest.mark.parametrize(
    ("path", "query", "words"),
    [
        ("/cpcodes", {}, "Query parameter type is required"),
        ("/cpcodes", {"type": "INGRESS"}, "Query parameter type must be one of"),
        ("/cpcodes", {"type": "INGEST", "unused": "True"}, "Query parameter unused must be of type boolean"),
        ("/cpcodes", {"type": "INGEST", "encoderLocation": "EUROPE"}, "Unknown query parameter encoderLocation"),
        ("/generate-key", {"type": "THIRD-PARTY"}, "Query parameter type must be one of AKAMAI, THIRD_PARTY"),
        ("/streams", {"sortKey": "id"}, "Query parameter sortKey must be one of"),
        ("/streams", {"page": "0"}, "page must be positive"),
        ("/streams", {"pageSize": "many"}, "Query parameter pageSize must be of type integer"),
        ("/origins", {"cpcode": "x"}, "Query parameter cpcode must be of type integer"),
        ("/streams", {"name": "demo"}, "Unknown query parameter name"),
        ("/streams", {"page": ["1", "2"]}, "Query parameter page is repeated"),
    ],
)
def test_queries_that_do_not_fit_are_refused(msl: MslClient, path: str, query: dict[str, Any], words: str) -> None:
    assert words in msl.refused("GET", path, **query)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/origins/7001/versions", 404),
        ("POST", "/origins/7001/versions/1/activate", 404),
        ("GET", "/nothing", 404),
        ("POST", "/cdns", 405),
        ("DELETE", "/streams", 405),
        ("GET", "/origins/demohost", 404),
        ("GET", "/streams/demo", 400),
    ],
)
def test_addresses_that_do_not_exist(msl: MslClient, method: str, path: str, status: int) -> None:
    assert msl.send(method, path).status_code == status


def test_body_must_be_json_and_say_so(sim: Simulator, msl: MslClient) -> None:
    url = f"{sim.url}{BASE}/cpcodes"
    form = msl.session.post(url, data={"name": "x"}, timeout=10)
    assert (form.status_code, form.json()["type"]) == (415, "unsupported-media-type")
    broken = msl.session.post(url, data=b"{", headers={"Content-Type": "application/json"}, timeout=10)
    assert (broken.status_code, broken.json()["errors"][0]["detail"]) == (400, "The body is not JSON")


def test_problem_documents_have_the_vendors_shapes(sim: Simulator, msl: MslClient) -> None:
    problem = msl.send("POST", "/origins", {}).json()
    assert set(problem) == {"type", "title", "instance", "status", "errors"}
    assert set(problem["errors"][0]) == {"type", "title", "instance", "detail"}
    assert (problem["title"], problem["status"]) == ("Erroneous data input", 400)
    sim.settings.msl.error_shape = "B"
    exception = msl.send("POST", "/origins", {}).json()
    assert set(exception) == {"code", "title", "incidentId", "stackTrace", "resolution", "helpUrl", "details"}
    assert exception["details"][0]["message"] == "hostName is required"


@pytest.mark.parametrize("key", ["1-5C0YLB:1-8BYUX", "1-5C0YLB", "B-M-1"])
def test_account_switch_key_opens_a_world_of_its_own(sim: Simulator, msl: MslClient, key: str) -> None:
    sim.msl.add_origin({"hostName": "mine"})
    if key == "B-M-1":
        assert msl.send("GET", "/origins", accountSwitchKey=key).status_code == 403
        return
    number = msl.create("origins", ORIGIN, accountSwitchKey=key)
    assert [origin["hostNameIdentifier"] for origin in msl.get("/origins", accountSwitchKey=key)] == ["demohost"]
    assert list(sim.account(key).origins) == [number]
    assert [origin["hostNameIdentifier"] for origin in msl.get("/origins")] == ["mine"]
    assert sim.writes[0].account == key


def test_checker_knows_booleans_from_integers() -> None:
    assert list(mistakes(True, {"type": "integer"}))
    assert not list(mistakes(True, {"type": "boolean"}))
    assert not list(mistakes({"new": 1}, {"type": "object", "properties": {}}))


def test_contract_takes_over_structure_and_no_prose() -> None:
    described = {
        "paths": {
            "/msl-origin/things/{id}": {
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "put": {
                    "description": "Prose.",
                    "parameters": [
                        {
                            "name": "kind",
                            "in": "query",
                            "required": True,
                            "schema": {"type": "string", "title": "Prose"},
                        }
                    ],
                    "requestBody": {
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "description": "Prose.",
                                    "properties": {
                                        "description": {"type": "string", "description": "Prose.", "example": "x"},
                                        "list": {"type": "array", "items": {"type": "string", "description": "Prose."}},
                                    },
                                }
                            }
                        }
                    },
                },
            }
        }
    }
    assert contract(described) == {
        "PUT /things/{id}": {
            "query": {"kind": {"type": "string", "required": True}},
            "body": {
                "type": "object",
                "properties": {
                    "description": {"type": "string"},
                    "list": {"type": "array", "items": {"type": "string"}},
                },
            },
        }
    }


def test_unknown_service(sim: Simulator) -> None:
    assert requests.get(f"{sim.url}/else", timeout=10).status_code == 404
    assert sim.requests[-1].service == "unknown"
