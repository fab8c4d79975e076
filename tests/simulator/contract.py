# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A checker for the structural part of JSON Schema that the services' contracts use.

Known: type, properties, additionalProperties false, items, enum, format date-time.
"""

from collections.abc import Iterator
from typing import Any

from .clock import parse_date_time

_TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
}


def mistakes(value: Any, schema: dict[str, Any], where: str = "") -> Iterator[str]:
    """One sentence for each place where the value does not fit the schema."""
    name = where or "the body"
    expected = schema.get("type")
    if expected and not _is_of(value, expected):
        yield f"{name} must be of type {expected}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{name} must be one of {', '.join(map(str, schema['enum']))}"
    if schema.get("format") == "date-time" and parse_date_time(value) is None:
        yield f"{name} must be a date-time"
    if expected == "object":
        yield from _object_mistakes(value, schema, where)
    if expected == "array":
        for number, element in enumerate(value):
            yield from mistakes(element, schema.get("items", {}), f"{where}[{number}]")


def _is_of(value: Any, expected: str) -> bool:
    if expected == "integer" and isinstance(value, bool):
        return False
    return isinstance(value, _TYPES[expected])


def _object_mistakes(value: dict[str, Any], schema: dict[str, Any], where: str) -> Iterator[str]:
    members = schema.get("properties", {})
    for name, member in value.items():
        path = f"{where}.{name}" if where else name
        if name in members:
            yield from mistakes(member, members[name], path)
        elif schema.get("additionalProperties") is False:
            yield f"{path} is not a member of the request"
