# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Job templates, surveys, inventories and schedules fit AWX's rules, each other, and the roles."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
import yaml

from ansible_collections.streamops.live.tests.awx import definitions
from ansible_collections.streamops.live.tests.awx.survey_rules import complaints, refused_answers

TEMPLATES = definitions.table("job_templates")
PLAYBOOKS = definitions.COLLECTION / "playbooks"
# Which question can give a value of which type of option. A list of names is text with commas or line breaks.
_QUESTIONS = {
    "str": {"text", "textarea", "multiplechoice", "password"},
    "int": {"integer", "text"},
    "float": {"float", "text"},
    "bool": {"multiplechoice"},
    "list": {"text", "textarea"},
    "path": {"text"},
}

each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one["playbook"])


def roles(playbook: str) -> list[str]:
    """The roles of this collection that a playbook runs."""
    return re.findall(r"streamops\.live\.([a-z_]+)$", (PLAYBOOKS / playbook).read_text(encoding="utf-8"), re.MULTILINE)


def options(playbook: str) -> dict[str, Any]:
    """The variables of those roles."""
    found: dict[str, Any] = {}
    for role in roles(playbook):
        path = definitions.COLLECTION / "roles" / role / "meta" / "argument_specs.yml"
        if path.is_file():
            found.update(yaml.safe_load(path.read_text(encoding="utf-8"))["argument_specs"]["main"]["options"])
    return found


def test_each_playbook_has_one_job_template():
    assert sorted(template["playbook"] for template in TEMPLATES) == definitions.playbooks()


def test_each_survey_belongs_to_a_job_template():
    assert sorted(path.name for path in (definitions.AWX / "surveys").glob("*.yml")) == definitions.playbooks()


def test_names_are_unique():
    names = [template["name"] for template in TEMPLATES]
    assert len(set(names)) == len(names)


@each_template
def test_services_have_a_credential_type(template):
    known = {one["service"] for one in definitions.table("credential_types")}
    assert set(template["services"]) <= known
    assert template["services"]


@each_template
def test_the_playbook_takes_its_hosts_by_the_variable(template):
    assert re.search(
        rf"hosts: .*\b{template['hosts']}\b", (PLAYBOOKS / template["playbook"]).read_text(encoding="utf-8")
    )


@each_template
def test_awx_would_take_the_survey(template):
    assert complaints(definitions.survey(template["playbook"])) == []


@each_template
def test_questions_are_variables_of_the_role(template):
    known = options(template["playbook"])
    for question in definitions.survey(template["playbook"])["spec"]:
        option = known[question["variable"]]
        assert question["type"] in _QUESTIONS[option["type"]], question["variable"]
        if option["type"] == "bool":
            assert question["choices"] == ["false", "true"], question["variable"]
        elif "choices" in option:
            assert set(question["choices"]) <= set(option["choices"]), question["variable"]
        if question.get("default") and option.get("default"):
            assert question["default"] == _as_answer(option["default"]), question["variable"]


@each_template
def test_what_may_be_left_blank_has_no_default_in_the_role(template):
    """A blank answer arrives as null with ansible-core 2.19 and later, which is neither the default nor of its type."""
    known = options(template["playbook"])
    blank = {one["variable"] for one in definitions.survey(template["playbook"])["spec"] if not one["required"]}
    assert {name: known[name]["default"] for name in blank if known[name].get("default", "") != ""} == {}


@each_template
def test_what_the_role_requires_is_asked_for(template):
    questions = {one["variable"]: one for one in definitions.survey(template["playbook"])["spec"]}
    required = {name for name, option in options(template["playbook"]).items() if option.get("required")}
    assert {name for name in required if not questions[name]["required"]} == set()


def _as_answer(default: Any) -> Any:
    if isinstance(default, list):
        return ", ".join(default)
    return str(default).lower() if isinstance(default, bool) else default


@each_template
def test_a_host_of_an_inventory_can_have_a_connection_of_its_own(template):
    connections = definitions.loaded(definitions.AWX / "inventories.yml")["awx_setup_connections"]
    wanted = {name for name in options(template["playbook"]) if name.endswith("_connection")}
    assert wanted
    assert wanted <= set(connections)
    of_a_service = re.compile(r"\{\{ (msl|smartstream)_connection \| mandatory\('This host has no \1_connection")
    assert [name for name in wanted if not of_a_service.match(connections[name])] == []


@pytest.mark.parametrize("inventory", definitions.table("inventories"), ids=lambda one: one["name"])
def test_sources_of_inventories_exist(inventory):
    source = inventory.get("source")
    if source is None:
        assert "hosts" in inventory
        return
    assert (
        definitions.loaded(definitions.COLLECTION / source["source_path"])["plugin"]
        == f"streamops.live.{source['service']}"
    )


def test_schedules_answer_the_survey():
    for schedule in definitions.table("schedules"):
        template = next(one for one in TEMPLATES if one["name"] == schedule["job_template"])
        assert refused_answers(definitions.survey(template["playbook"]), schedule["answers"]) == []
        # AWX wants a start and an interval.
        rule = r"DTSTART:\d{8}T\d{6}Z RRULE:(?=.*\bFREQ=)(?=.*\bINTERVAL=\d)[A-Z0-9=;,]+"
        assert re.fullmatch(rule, schedule["rrule"])


def question(**members: Any) -> dict[str, Any]:
    """A survey of one question."""
    one = {"type": "text", "question_name": "Q", "variable": "q", "required": True, **members}
    return {"name": "", "description": "", "spec": [one]}


@pytest.mark.parametrize(
    ("survey", "words"),
    [
        (question(type="boolean"), "'boolean' is not one of"),
        (question(required="yes"), "not of type 'boolean'"),
        (question(variable="a b"), "does not match"),
        (question(type="multiplechoice"), "no choices"),
        (question(choices=["a"]), "no choice to make"),
        (question(type="multiplechoice", choices=["a"], default="b"), "'b' is no choice"),
        (question(type="multiselect", choices=["a"], default="a\nb"), "'b' is no choice"),
        (question(type="integer", default="1"), "'1' is no integer"),
        (question(type="integer", default=5, max=4), "above the maximum"),
        (question(default="ab", min=3), "below the minimum"),
        ({**question(), "spec": []}, "non-empty"),
        ({**question(), "spec": question()["spec"] * 2}, "q: twice"),
    ],
)
def test_surveys_that_awx_refuses_are_refused(survey, words):
    found = "; ".join(complaints(copy.deepcopy(survey)))
    assert words in found.replace("is too short", "should be non-empty"), found


@pytest.mark.parametrize(
    ("members", "answers", "expected"),
    [
        ({}, {}, ["q: required"]),
        ({}, {"q": ""}, ["q: required"]),
        ({"default": "a"}, {}, ["q: required"]),
        ({"required": False}, {}, []),
        ({}, {"q": "a", "other": "b"}, ["other: not asked for"]),
        ({"max": 2}, {"q": "abc"}, ["q: 'abc' is above the maximum"]),
        ({"type": "multiplechoice", "choices": ["a"]}, {"q": "b"}, ["q: 'b' is no choice"]),
    ],
)
def test_answers_that_awx_refuses_are_refused(members, answers, expected):
    assert refused_answers(question(**members), answers) == expected
