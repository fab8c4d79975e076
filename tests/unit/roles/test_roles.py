# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each role's README says what its argument specification says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.streamops.live.tests.unit.support.documents import COLLECTION

ROLES = sorted(path.parents[1] for path in COLLECTION.glob("roles/*/meta/argument_specs.yml"))
_TABLE = re.compile(r"(?<=<!-- begin -->\n).*?(?=<!-- end -->)", re.DOTALL)
# Ansible's own markup: an option, a value, code, a module.
_TAG = re.compile(r"^\| `([a-z_]+)` \|[^|]*\|$", re.MULTILINE)
_MARKUP = re.compile(r"\b[OVCM]\(([^)]*)\)")

each_role = pytest.mark.parametrize("role", ROLES, ids=lambda role: role.name)


def loaded(role: Path, path: str) -> Any:
    return yaml.safe_load((role / path).read_text(encoding="utf-8"))


def specification(role: Path) -> dict[str, Any]:
    return loaded(role, "meta/argument_specs.yml")["argument_specs"]["main"]["options"]


def table(options: Mapping[str, Any]) -> str:
    """The table of variables as a README has it."""
    head = ["| variable | type | default | what it says |", "| --- | --- | --- | --- |"]
    return "\n".join([*head, *rows(options, "")]) + "\n"


def rows(options: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, option in options.items():
        kind = f"list of {option['elements']}" if "elements" in option else option["type"]
        default = "required" if option.get("required") else shown(option)
        words = " ".join(_MARKUP.sub(r"`\1`", line.strip()) for line in option["description"])
        choices = f" One of {', '.join(f'`{choice}`' for choice in option['choices'])}." if "choices" in option else ""
        yield f"| `{prefix}{name}` | {kind} | {default} | {words}{choices} |"
        yield from rows(option.get("options", {}), f"{prefix}{name}{'[]' if 'elements' in option else ''}.")


def shown(option: Mapping[str, Any]) -> str:
    if "default" not in option:
        return ""
    default = option["default"]
    return f"`{str(default).lower() if isinstance(default, bool) else default}`" if default != "" else ""


@each_role
def test_the_readme_has_the_variables(role):
    """Paste what is expected here between the two marks of the README."""
    assert _TABLE.findall((role / "README.md").read_text(encoding="utf-8")) == [table(specification(role))]


@each_role
def test_defaults_are_those_of_the_specification(role):
    specified = {name: option["default"] for name, option in specification(role).items() if "default" in option}
    assert loaded(role, "defaults/main.yml") == specified


@each_role
def test_variables_begin_with_the_name_of_the_role(role):
    names = [*specification(role), *loaded(role, "vars/main.yml")]
    assert [name for name in names if not name.startswith(f"{role.name}_")] == []


def tasks(role: Path) -> Iterator[Mapping[str, Any]]:
    """Every task of a role, blocks and what is in them."""
    for path in sorted((role / "tasks").glob("*.yml")):
        yield from _within(yaml.safe_load(path.read_text(encoding="utf-8")))


def _within(found: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for task in found:
        yield task
        for part in ("block", "rescue", "always"):
            yield from _within(task.get(part, []))


@each_role
def test_loops_leave_the_callers_item_alone(role):
    """A variable that the caller fills with the item of a loop is rendered again inside of the role's loops."""
    loops = [task["loop_control"]["loop_var"] for task in tasks(role) if "loop" in task]
    assert [name for name in loops if not name.startswith(f"{role.name}__")] == []


@each_role
def test_the_readme_has_the_tags(role):
    used = {task["tags"] for task in tasks(role) if "tags" in task} - {"always"}
    readme = (role / "README.md").read_text(encoding="utf-8")
    assert set(_TAG.findall(readme.partition("## Tags")[2].partition("## Variables")[0])) == used


@each_role
def test_tags_of_an_include_reach_its_tasks(role):
    """Ansible gives an include's tags to nothing that it includes, unless it says so."""
    includes = [
        task[f"ansible.builtin.{kind}"]
        for task in tasks(role) for kind in ("include_tasks", "include_role")
        if f"ansible.builtin.{kind}" in task and task.get("tags", "always") != "always"
    ]  # fmt: skip
    assert [include for include in includes if "apply" not in include] == []
