# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What AWX demands of a survey: when it is saved, and of the answers when a job is launched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jsonschema import Draft4Validator

_CHOICES = ("multiplechoice", "multiselect")
_NUMBERS = ("integer", "float")
TYPES = ("text", "textarea", "password", *_CHOICES, *_NUMBERS)
_QUESTION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["type", "question_name", "variable", "required"],
    "properties": {
        "type": {"enum": list(TYPES)},
        "question_name": {"type": "string", "minLength": 1},
        "question_description": {"type": "string"},
        "variable": {"type": "string", "pattern": "^[a-zA-Z_][a-zA-Z0-9_]*$"},
        "required": {"type": "boolean"},
        "min": {"type": "integer"},
        "max": {"type": "integer"},
        "default": {"type": ["string", "number"]},
        "choices": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string", "minLength": 1}},
    },
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name", "description", "spec"],
    "properties": {
        "name": {"type": "string"},
        "description": {"type": "string"},
        "spec": {"type": "array", "minItems": 1, "items": _QUESTION},
    },
}
_IS_OF_TYPE: Mapping[str, Callable[[Any], bool]] = {
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "float": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
}


def complaints(survey: Mapping[str, Any]) -> list[str]:
    """All that AWX would refuse in a survey; empty when all is well."""
    by_schema = [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message}"
        for error in Draft4Validator(SCHEMA).iter_errors(survey)
    ]
    if by_schema:
        return by_schema
    names = [question["variable"] for question in survey["spec"]]
    twice = [f"{name}: twice" for name in sorted({name for name in names if names.count(name) > 1})]
    return twice + [complaint for question in survey["spec"] for complaint in _of_question(question)]


def _of_question(question: Mapping[str, Any]) -> Iterator[str]:
    kind, name = question["type"], question["variable"]
    if kind in _CHOICES and "choices" not in question:
        yield f"{name}: no choices"
    if kind not in _CHOICES and "choices" in question:
        yield f"{name}: choices, and no choice to make"
    if "default" in question:
        yield from (f"{name}: default: {complaint}" for complaint in _of_value(question, question["default"]))


def refused_answers(survey: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    """What AWX would refuse of the answers, with ``ask_variables_on_launch`` off; empty when all is well.

    At launch and in a schedule, the default of a question is no answer: it only fills in the form.
    """
    questions = {question["variable"]: question for question in survey["spec"]}
    missing = [
        f"{name}: required"
        for name, question in questions.items()
        if question["required"] and answers.get(name, "") == ""
    ]
    unknown = [f"{name}: not asked for" for name in answers if name not in questions]
    wrong = [
        f"{name}: {complaint}"
        for name, answer in answers.items()
        if name in questions and answer != ""
        for complaint in _of_value(questions[name], answer)
    ]
    return [*missing, *unknown, *wrong]


def _of_value(question: Mapping[str, Any], value: Any) -> Iterator[str]:
    kind = question["type"]
    if not _IS_OF_TYPE.get(kind, lambda one: isinstance(one, str))(value):
        yield f"{value!r} is no {kind}"
        return
    if kind in _CHOICES:
        chosen = value.splitlines() if kind == "multiselect" else [value]
        yield from (f"{one!r} is no choice" for one in chosen if one not in question["choices"])
        return
    size = value if kind in _NUMBERS else len(value)
    if size < question.get("min", size):
        yield f"{value!r} is below the minimum"
    if size > question.get("max", size):
        yield f"{value!r} is above the maximum"
