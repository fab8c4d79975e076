# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation says what the code does: options are those of the tasks, returned members are described."""

from __future__ import annotations

import importlib
import json
import re

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import StreamOpsError
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import (
    COLLECTION,
    documented,
    plugin_names,
)
from ansible_collections.streamops.live.tests.unit.support.sample_tasks import READERS, done_at_once, prepare
from ansible_collections.streamops.live.tests.unit.support.sample_tasks import tasks as sample_tasks

MODULES = plugin_names("modules")
_PACKAGE = "ansible_collections.streamops.live.plugins.module_utils._module"
_COMPARED = ("type", "elements", "default", "choices")


def spec_of(module):
    """The argument specification of a module."""
    return importlib.import_module(f"{_PACKAGE}.{module}").TASK.spec


def differences(spec, options, path=""):
    """What an argument specification and the documented options say differently, at every depth."""
    found = [f"{path}{name} is not documented" for name in spec.keys() - options.keys()]
    found += [f"{path}{name} is documented and does not exist" for name in options.keys() - spec.keys()]
    for name in sorted(spec.keys() & options.keys()):
        said, done = options[name], spec[name]
        found += [
            f"{path}{name}: {fact} is {done.get(fact)!r}, documented as {said.get(fact)!r}"
            for fact in _COMPARED
            if said.get(fact) != done.get(fact)
        ]
        if bool(said.get("required")) != bool(done.get("required")):
            found.append(f"{path}{name}: required differs")
        if sorted(said.get("aliases") or ()) != sorted(done.get("aliases") or ()):
            found.append(f"{path}{name}: aliases differ")
        if not "".join(said["description"]).strip():
            found.append(f"{path}{name} has no description")
        found += differences(done.get("options") or {}, said.get("suboptions") or {}, f"{path}{name}.")
    return found


@pytest.mark.parametrize("module", MODULES)
def test_options_are_those_of_the_task(module):
    assert differences(spec_of(module), documented("module")[module]["doc"]["options"]) == []


def test_the_comparison_sees_every_fact():
    spec = {"a": {"type": "list", "elements": "dict", "aliases": ["b"], "options": {"c": {"type": "str"}}}}
    good = {
        "a": {
            "type": "list", "elements": "dict", "aliases": ["b"], "description": ["A."],
            "suboptions": {"c": {"type": "str", "description": ["C."]}},
        },
    }  # fmt: skip
    assert differences(spec, good) == []
    for change in (
        {"type": "str"}, {"elements": "str"}, {"aliases": []}, {"default": 1}, {"choices": ["x"]}, {"required": True},
        {"description": [""]}, {"suboptions": {}},
        {"suboptions": {"c": {"type": "int", "description": ["C."]}}},
        {"suboptions": {**good["a"]["suboptions"], "d": {"type": "str", "description": ["D."]}}},
    ):  # fmt: skip
        assert len(differences(spec, {"a": {**good["a"], **change}})) == 1, change


@pytest.mark.parametrize("module", MODULES)
def test_each_module_names_the_action_group_of_its_service(module):
    group = documented("module")[module]["doc"]["attributes"]["action_group"]
    assert group["membership"] == [f"streamops.live.{module.partition('_')[0]}"]


@pytest.mark.parametrize("kind", ["module", "inventory", "lookup", "filter"])
def test_nothing_is_noted_twice(kind):
    for name, text in documented(kind).items():
        notes = text["doc"].get("notes", [])
        assert [note for note in notes if notes.count(note) > 1] == [], name


@pytest.mark.parametrize("kind", ["module", "lookup", "filter"])
def test_every_plugin_has_examples_and_return_values(kind):
    for name, text in documented(kind).items():
        assert text["examples"], name
        assert text["return"], name


def undescribed(value, described, path=""):
    """Members of a returned value that the documentation lacks; below a value without ``contains`` anything goes."""
    found = []
    for name, member in value.items():
        if name not in described:
            found.append(path + name)
            continue
        contains = described[name].get("contains")
        entries = member if isinstance(member, list) else [member]
        for entry in entries if contains else ():
            if isinstance(entry, dict):
                found += undescribed(entry, contains, f"{path}{name}.")
    return found


@pytest.fixture
def sim():
    """A simulator that has done everything by the time it is asked."""
    with Simulator(done_at_once()) as simulator:
        yield simulator


@pytest.fixture(params=MODULES)
def returned(request, sim):
    """A module's name, and what its tasks return: in check mode and for real, the first time and the second."""
    module = request.param
    prepare(sim, module)
    values = [
        run_in_process(module, check=check, **options)
        for check in (True, False, True, False)
        for options in sample_tasks(sim, module)
    ]
    assert any("error" in one for one in values), "no task failed"
    assert any(one["actions"] for one in values) or module in READERS, "no task wrote anything"
    return module, values


def run_in_process(module, *, check, **options):
    """What a task returns, as JSON carries it."""
    task = importlib.import_module(f"{_PACKAGE}.{module}").TASK
    validated = ArgumentSpecValidator(task.spec, **task.rules).validate(options)
    assert not validated.error_messages
    context = Context(check=check, environment={"HOME": "/nonexistent"})
    return json.loads(json.dumps(run(task, validated.validated_parameters, context).values))


def test_returned_members_are_described(returned):
    module, values = returned
    described = documented("module")[module]["return"] | {"changed": {}, "msg": {}}
    assert [undescribed(one, described) for one in values] == [[]] * len(values)


def test_described_members_are_returned(returned):
    module, values = returned
    assert described_paths(documented("module")[module]["return"]) - set().union(*map(paths, values)) == set()


def paths(value, path=""):
    """Every member of a value, as dotted paths; lists count as what they hold."""
    found = set()
    for entry in value if isinstance(value, list) else [value]:
        if isinstance(entry, dict):
            for name, member in entry.items():
                found |= {path + name} | paths(member, f"{path}{name}.")
    return found


def described_paths(described, path=""):
    """Every member that documentation describes, as dotted paths."""
    found = set()
    for name, text in described.items():
        found |= {path + name} | described_paths(text.get("contains") or {}, f"{path}{name}.")
    return found


def samples_of_messages(described):
    """The samples of each member ``msg``, at every depth."""
    found = [text["sample"] for name, text in described.items() if name == "msg" and "sample" in text]
    return found + [sample for text in described.values() for sample in samples_of_messages(text.get("contains") or {})]


def test_samples_of_messages_begin_as_messages_do():
    samples = [sample for text in documented("module").values() for sample in samples_of_messages(text["return"])]
    assert samples
    assert [sample for sample in samples if not sample.startswith("Cannot ")] == []


def kinds(error=StreamOpsError):
    """The kinds of all errors that there are."""
    return {error.kind}.union(*(kinds(below) for below in error.__subclasses__()))


def test_every_kind_of_error_is_explained():
    page = (COLLECTION / "docs" / "errors.md").read_text(encoding="utf-8")
    section = page.partition("## Kinds")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == sorted(kinds())


@pytest.mark.parametrize("module", MODULES)
def test_every_kind_of_error_is_named(module):
    told = documented("module")[module]["return"]["error"]["contains"]["kind"]["description"][0]
    assert set(re.findall(r"V\((\w+)\)", told)) == kinds()


@pytest.mark.parametrize("page", sorted((COLLECTION / "docs").glob("*.md")), ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    for link in re.findall(r"\]\(([^)#:]+\.md)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8")):
        assert (page.parent / link).is_file(), link


def test_the_readme_names_all_there_is():
    kinds_of_plugins = ("modules", "inventory", "lookup", "filter")
    plugins = {name for kind in kinds_of_plugins for name in plugin_names(kind)}
    others = {path.name for path in (COLLECTION / "roles").iterdir()} | {
        path.stem for path in (COLLECTION / "playbooks").glob("*.yml")
    }
    section = (
        (COLLECTION / "README.md").read_text(encoding="utf-8").partition("## What is in it")[2].partition("\n## ")[0]
    )
    assert set(re.findall(r"`(\w+)`", section)) == plugins | others
