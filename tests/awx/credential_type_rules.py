# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX demands of a custom credential type: the rules of its own validators, as a JSON schema and what that cannot say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jsonschema import Draft4Validator

_IDENTIFIER = "^[a-zA-Z_]+[a-zA-Z0-9_]*$"
# AWX's ENV_BLOCKLIST; a test compares the two where AWX's own code is installed.
REFUSED_VARIABLES = frozenset({
    "VIRTUAL_ENV", "PATH", "PYTHONPATH", "JOB_ID", "INVENTORY_ID", "INVENTORY_SOURCE_ID", "INVENTORY_UPDATE_ID",
    "AD_HOC_COMMAND_ID", "REST_API_URL", "REST_API_TOKEN", "MAX_EVENT_RES", "CALLBACK_QUEUE", "CALLBACK_CONNECTION",
    "CACHE", "JOB_CALLBACK_DEBUG", "INVENTORY_HOSTVARS", "AWX_HOST", "PROJECT_REVISION", "SUPERVISOR_CONFIG_PATH",
})  # fmt: skip
_FIELD = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "label"],
    "properties": {
        "id": {"type": "string", "pattern": _IDENTIFIER, "not": {"enum": ["tower"]}},
        "label": {"type": "string", "minLength": 1},
        "type": {"enum": ["string", "boolean"]},
        "format": {"enum": ["ssh_private_key", "url"]},
        "choices": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
        "help_text": {"type": "string"},
        "multiline": {"type": "boolean"},
        "secret": {"type": "boolean"},
        "ask_at_runtime": {"type": "boolean"},
        "default": {},
    },
    "oneOf": [
        {"properties": {"type": {"enum": ["string"]}, "default": {"type": "string"}}},
        {
            "properties": {"type": {"enum": ["boolean"]}, "default": {"type": "boolean"}},
            "required": ["type"],
            "not": {"anyOf": [{"required": [name]} for name in ("choices", "multiline", "format", "secret")]},
        },
    ],
}
_EXTRA = {
    "anyOf": [
        {"type": "string"},
        {"type": "array", "items": {"$ref": "#/definitions/extra"}},
        {"type": "object", "additionalProperties": {"$ref": "#/definitions/extra"}},
    ]
}
_ENV = {
    "type": "object",
    "additionalProperties": False,
    "patternProperties": {"^(?!ANSIBLE_)[a-zA-Z_]+[a-zA-Z0-9_]*$": {"type": "string", "pattern": "^[\\x00-\\x7f]*$"}},
    "not": {"anyOf": [{"required": [name]} for name in sorted(REFUSED_VARIABLES)]},
}
_FILE = {
    "type": "object",
    "additionalProperties": False,
    "patternProperties": {r"^template(\.[a-zA-Z_]+[a-zA-Z0-9_]*)?$": {"type": "string"}},
    # One file without a name, or any number with names.
    "not": {"required": ["template"], "minProperties": 2},
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "kind", "inputs", "injectors"],
    "properties": {
        "name": {"type": "string", "minLength": 1},
        "description": {"type": "string"},
        "kind": {"enum": ["cloud", "net"]},
        "managed": {"enum": [False]},
        "inputs": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "fields": {"type": "array", "items": _FIELD},
                "required": {"type": "array", "items": {"type": "string"}},
            },
        },
        "injectors": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"env": _ENV, "extra_vars": {"$ref": "#/definitions/extra"}, "file": _FILE},
        },
    },
    "definitions": {"extra": _EXTRA},
}


def complaints(credential_type: Mapping[str, Any]) -> list[str]:
    """All that AWX would refuse in a credential type, or that this project does not want; empty when all is well."""
    by_schema = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft4Validator(SCHEMA).iter_errors(credential_type)
    ]
    return by_schema or [*_of_fields(credential_type), *_of_templates(credential_type)]


def _of_fields(credential_type: Mapping[str, Any]) -> Iterator[str]:
    fields = credential_type["inputs"].get("fields", [])
    names = [field["id"] for field in fields]
    yield from (f"{name}: twice" for name in sorted({name for name in names if names.count(name) > 1}))
    yield from (
        f"{name}: required, and no field" for name in credential_type["inputs"].get("required", []) if name not in names
    )
    # AWX injects "False" for a boolean that a credential lacks, so such a default would be a lie.
    yield from (f"{field['id']}: a boolean that is true by default" for field in fields if field.get("default") is True)


def _of_templates(credential_type: Mapping[str, Any]) -> Iterator[str]:
    injectors = credential_type["injectors"]
    names = {field["id"]: "value" for field in credential_type["inputs"].get("fields", [])}
    files = injectors.get("file", {})
    filename: Any = {label.partition(".")[2]: "path" for label in files if "." in label} or ("path" if files else None)
    names["tower"] = {"filename": filename} if files else {}
    sandbox = ImmutableSandboxedEnvironment(undefined=StrictUndefined)
    for template in _texts(injectors):
        try:
            # The namespace itself is no value; its repr would end up in the variable.
            if re.search(r"{{-?\s*tower\s*-?}}", template):
                yield f"{template}: tower is no field"
            sandbox.from_string(template).render(**names)
        except TemplateError as error:
            yield f"{template}: {error}"


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for name, value in node.items():
            yield from (name, *_texts(value))
    else:
        for value in node:
            yield from _texts(value)
