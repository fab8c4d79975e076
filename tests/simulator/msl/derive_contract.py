# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Derive contract.json, the bare structure of MSL requests, from the vendor's OpenAPI file.

    python derive_contract.py msl-openapi.json > contract.json

Only names, types, enumerations and what is required are taken over, no prose and no examples.
"""

import json
import sys
from pathlib import Path
from typing import Any

_KEPT = ("type", "enum", "format", "additionalProperties", "items")
_PREFIX = "/msl-origin"


def structure(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without anything that is not structure."""
    bare: dict[str, Any] = {}
    for name in _KEPT:
        if name in schema:
            bare[name] = structure(schema[name]) if name == "items" else schema[name]
    if "properties" in schema:
        bare["properties"] = {name: structure(member) for name, member in schema["properties"].items()}
    return bare


def operation(parameters: list[dict[str, Any]], described: dict[str, Any]) -> dict[str, Any]:
    """Query parameters and request body of one operation."""
    bare: dict[str, Any] = {"query": {}}
    for parameter in parameters:
        if parameter["in"] == "query":
            bare["query"][parameter["name"]] = structure(parameter["schema"])
            if parameter.get("required"):
                bare["query"][parameter["name"]]["required"] = True
    if "requestBody" in described:
        bare["body"] = structure(described["requestBody"]["content"]["application/json"]["schema"])
    return bare


def contract(document: dict[str, Any]) -> dict[str, Any]:
    """All operations by ``METHOD /path``."""
    operations = {}
    for path, described in document["paths"].items():
        shared = described.get("parameters", [])
        for method in ("get", "post", "put", "delete"):
            if method in described:
                parameters = shared + described[method].get("parameters", [])
                operations[f"{method.upper()} {path.removeprefix(_PREFIX)}"] = operation(parameters, described[method])
    return dict(sorted(operations.items()))


if __name__ == "__main__":
    print(json.dumps(contract(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), indent=1, sort_keys=True))
