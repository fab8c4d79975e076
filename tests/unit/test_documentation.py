# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation says what the code does: options are those of the tasks, examples run, returned members are described."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ansible_collections.streamops.live.tests.simulator import Provisioning, Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.bench import Bench
from ansible_collections.streamops.live.tests.unit.support.documents import (
    NAMESPACE,
    ansible_environment,
    documented,
    plugin_names,
)

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
    """A simulator without request budgets whose resources are provisioned by the time they are read."""
    with Simulator(Settings(provisioning=Provisioning(reads=0)).without_budget()) as simulator:
        yield simulator


def fully_declared(bench):
    """Tasks with every member that a resource can have, in every situation that returns other members."""
    keys = [
        {"name": "fastly", "cdn": "Fastly", "validity": "9d", "rotate": "always"},
        {"name": "partner", "type": "AKAMAI"},
    ]
    origin = {
        "host_name": "news", "cpcode": 400001, "encoder_zone": "EUROPE", "backup_encoder_zone": "NORDICS",
        "third_party_cdn_cpcode": 700001, "shared_keys": keys, "reveal_secrets": True,
    }  # fmt: skip
    stream = {
        "name": "news", "format": "HLS", "cpcode": 400001, "encoder_zone": "EUROPE", "backup_encoder_zone": "NORDICS",
        "origin": {"host_name": "news"}, "primary_ingest_locations": {"country_name": "Germany"},
        "backup_ingest_locations": {"country_name": "Sweden"}, "ingest_accelerated": True, "password": "not-shown",
        "stream_auth": {"username": "encoder", "password": "not-shown", "algorithm": "SHA256"},
        "storage_group": {"cpcode": 600001}, "backup_storage_group": {"cpcode": 600002},
    }  # fmt: skip
    archives = (
        {"dvr_window": -1, "events": [{"event": "evening", "age": 7}]},
        {"dvr_window": -1, "stream_level_purge_days": 30},
        {"active_archive_duration_in_days": 14, "vod_origin": {"cpcode": 600001, "name": "vod-1"}},
    )
    for check in (True, False, True, False):
        yield bench.run("origin", check=check, **origin)
    for number, archive in enumerate(archives):
        yield bench.run("stream", **{**stream, **archive, "name": f"news-{number}"})
    for _time in range(2):
        yield bench.run("cpcode", name="news", contract_id="C-0N7RAC7")
    yield bench.run("facts")
    yield bench.run("origin", host_name="news", state="absent")


def test_returned_members_are_described(sim):
    ran = list(fully_declared(Bench(sim)))
    assert [one.failed for one in ran] == [False] * (len(ran) - 1) + [True], [one.values.get("msg") for one in ran]
    always = {"changed": {}, "failed": {}, "msg": {}}
    described = {module.removeprefix("msl_"): documented("module")[module]["return"] | always for module in MODULES}
    kinds = ["origin"] * 4 + ["stream"] * 3 + ["cpcode"] * 2 + ["facts", "origin"]
    assert [undescribed(one.values, described[kind]) for kind, one in zip(kinds, ran, strict=True)] == [[]] * len(ran)


@pytest.mark.parametrize("module", MODULES)
def test_documented_members_are_returned(module, sim):
    """The other way round: nothing is described that no task returns."""
    returned = set()
    for one in fully_declared(Bench(sim)):
        if module.removeprefix("msl_") in one.values or (module == "msl_facts" and "ansible_facts" in one.values):
            returned |= paths(one.values)
    failures = {path for path in described_paths(documented("module")[module]["return"]) if path.startswith("error")}
    assert described_paths(documented("module")[module]["return"]) - returned - failures == set()


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


EXAMPLES = [
    *(("module", name) for name in MODULES),
    *(("lookup", name) for name in plugin_names("lookup")),
    *(("filter", name) for name in plugin_names("filter")),
]


@pytest.mark.parametrize(("kind", "name"), EXAMPLES)
def test_examples_run(kind, name, sim, tmp_path):
    """Every example of a plugin is a task that succeeds, one after another, against an empty account."""
    prepare(sim, name)
    tasks = yaml.safe_load(documented(kind)[name]["examples"])
    ran = play(tasks, sim, tmp_path)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"ok={len(tasks)} " in ran.stdout, ran.stdout
    assert "[WARNING]" not in ran.stderr, ran.stderr
    secrets = {sim.credentials["client_secret"]} | Bench(sim).keys()
    assert not {secret for secret in secrets if secret in ran.stdout}


def prepare(sim, name):
    """What the examples of a plugin take for granted."""
    if name in ("msl_facts", "msl_publishing_urls"):
        sim.msl.add_origin({"hostName": "news", "encoderZone": "EUROPE", "cpcode": 400001})
        sim.msl.add_stream({"name": "morning", "origin": {"hostName": "news"}})


def play(tasks, sim, folder: Path):
    """Run tasks as a playbook on this machine."""
    for section in ("default", "live"):
        sim.write_edgerc(folder / ".edgerc", section)
    variables = {"encoder_password": "first-of-two", "new_encoder_password": "second-of-two"}
    playbook = folder / "playbook.yml"
    # No interpreter is looked for: the one that runs the tests has the packages.
    variables["ansible_python_interpreter"] = sys.executable
    heading = {"name": "Examples", "hosts": "localhost", "gather_facts": False, "vars": variables}
    playbook.write_text(yaml.safe_dump([{**heading, "tasks": tasks}]), encoding="utf-8")
    environment = ansible_environment(HOME=str(folder), ANSIBLE_NOCOLOR="1", ANSIBLE_LOCAL_TEMP=str(folder / "tmp"))
    command = [str(Path(sys.executable).with_name("ansible-playbook")), str(playbook)]
    return subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)


def test_an_example_that_fails_is_seen(sim, tmp_path):
    ran = play([{f"{NAMESPACE}.msl_origin": {"host_name": "news"}}], sim, tmp_path)
    assert ran.returncode != 0
    assert "cpcode, encoder_zone must be given" in ran.stdout
