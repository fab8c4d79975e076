# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The credential types obey AWX's rules, and the rules refuse what AWX refuses."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from ansible_collections.streamops.live.plugins.module_utils._module import specs
from ansible_collections.streamops.live.tests.awx import definitions
from ansible_collections.streamops.live.tests.awx.credential_type_rules import complaints

SERVICES = {"msl": specs.MSL_CONNECTION, "smartstream": specs.SMARTSTREAM_CONNECTION}
_PREFIXES = {"msl": "AKAMAI_", "smartstream": "SMARTSTREAM_"}
# Options whose field is named as Akamai's own files name it.
_OPTIONS = {"account_key": "account_switch_key"}

each_service = pytest.mark.parametrize("service", SERVICES)


def sent(service: str) -> dict[str, Any]:
    """A credential type without what is not for AWX."""
    found = copy.deepcopy(definitions.credential_type(service))
    return {name: value for name, value in found.items() if name not in ("service", "credential")}


def test_there_is_one_for_each_service():
    assert [one["service"] for one in definitions.table("credential_types")] == list(SERVICES)


@each_service
def test_awx_would_take_it(service):
    assert complaints(sent(service)) == []


@each_service
def test_secrets_are_those_of_the_modules(service):
    """What a module masks is masked by AWX, and nothing else."""
    fields = definitions.credential_type(service)["inputs"]["fields"]
    secret = {_OPTIONS.get(field["id"], field["id"]) for field in fields if field.get("secret")}
    options = {_OPTIONS.get(field["id"], field["id"]) for field in fields}
    assert secret == {name for name in options if SERVICES[service][name].get("no_log")}


@each_service
def test_each_field_is_injected_as_the_variable_of_its_option(service):
    found = definitions.credential_type(service)
    expected = {
        _PREFIXES[service] + field["id"].upper(): f"{{{{ {field['id']} }}}}" for field in found["inputs"]["fields"]
    }
    assert found["injectors"] == {"env": expected}


@each_service
def test_the_types_of_fields_are_written_down(service):
    assert all("type" in field for field in definitions.credential_type(service)["inputs"]["fields"])


def changed(path: str, value: Any) -> dict[str, Any]:
    """The first credential type with one member set, or removed where the value is None."""
    whole = sent("msl")
    *way, last = [int(name) if name.isdigit() else name for name in path.split("/")]
    node: Any = whole
    for name in way:
        node = node.setdefault(name, {}) if isinstance(node, dict) else node[name]
    if value is None:
        del node[last]
    else:
        node[last] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("kind", "ssh", "'ssh' is not one of"),
        ("inputs/dependencies", {}, "dependencies"),
        ("inputs/fields/0/type", "integer", "'integer' is not one of"),
        ("inputs/fields/0/id", "tower", "tower"),
        ("inputs/fields/0/id", "a-b", "does not match"),
        ("inputs/fields/0/label", None, "'label' is a required property"),
        ("inputs/fields/0/colour", "red", "colour"),
        ("inputs/fields/0/default", True, "not valid under any of the given schemas"),
        ("inputs/fields/0", {"id": "a", "label": "A", "type": "boolean", "secret": True}, "not valid under any"),
        ("inputs/fields/0", {"id": "host", "label": "A", "type": "boolean", "default": True}, "true by default"),
        ("inputs/fields/0/choices", ["a", "a"], "non-unique"),
        ("inputs/fields/1/id", "host", "host: twice"),
        ("inputs/required", ["nobody"], "nobody: required, and no field"),
        ("injectors/env/ANSIBLE_FOO", "{{ host }}", "ANSIBLE_FOO"),
        ("injectors/env/PYTHONPATH", "{{ host }}", "should not be valid under"),
        ("injectors/env/9A", "{{ host }}", "9A"),
        ("injectors/env/FOO", "\u00fc", "does not match"),
        ("injectors/env/FOO", "{{ nobody }}", "'nobody' is undefined"),
        ("injectors/env/FOO", "{{ tower }}", "tower is no field"),
        ("injectors/env/FOO", "{{ tower.filename }}", "no attribute 'filename'"),
        ("injectors/env/FOO", "{{ host", "unexpected end of template"),
        ("injectors/env/FOO", "{{ host.__class__.__mro__ }}", "unsafe"),
        ("injectors/file", {"template": "a", "template.b": "b"}, "should not be valid under"),
        ("injectors/extra_vars", {"a": {"b": [1]}}, "not valid under any"),
        ("injectors/stdin", "", "stdin"),
    ],
)
def test_what_awx_refuses_is_refused(path, value, words):
    found = "; ".join(complaints(changed(path, value)))
    assert re.search(re.escape(words), found), found


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("injectors/extra_vars", {"{{ host }}": ["{{ host }}", {"a": "{{ account_key }}"}]}),
        ("injectors/file", {"template.cert": "{{ host }}", "template.key": "{{ account_key }}"}),
        ("inputs/fields/0/format", "url"),
    ],
)
def test_what_awx_takes_is_taken(path, value):
    assert complaints(changed(path, value)) == []


def test_the_name_of_a_file_is_known_where_there_is_one():
    whole = changed("injectors/file", {"template.cert": "{{ host }}"})
    whole["injectors"]["env"]["FOO"] = "{{ tower.filename.cert }}"
    assert complaints(whole) == []
