# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of steps: what is run, in which environment. Everything else only carries it out."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib import metadata

from .cores import AWX_PYTHONS, CORES, Core, chosen
from .environments import TOOLS, Environment
from .interpreters import found
from .places import BROWSERS, BUILD, PROJECT

_TOOLS = Environment(TOOLS)
_PACKAGE = "ansible_collections.streamops.live.plugins.module_utils"
# In seconds. A step that hangs must not hold up the rest: the longest takes ten minutes beside two others, those of deep() longer.
_TIMEOUT = 20 * 60
_DEEP_TIMEOUT = 90 * 60


@dataclass(frozen=True)
class Step:
    """One thing that must hold.

    :ivar name: As the report shows it.
    :ivar environment: The virtual environment it runs in.
    :ivar commands: Run in the step's copy of the collection, one after another, until one fails. ``{tree}`` stands
        for the folder that holds ``ansible_collections``.
    :ivar variables: More environment variables, likewise.
    :ivar left_out: Why it cannot run on this machine; empty when it can.
    :ivar timeout: After so many seconds it is ended, and has failed.
    """

    name: str
    environment: Environment
    commands: tuple[tuple[str, ...], ...]
    variables: Mapping[str, str] = field(default_factory=dict)
    left_out: str = ""
    timeout: float = _TIMEOUT


def _tool(name: str, *commands: tuple[str, ...], **variables: str) -> Step:
    return Step(name, _TOOLS, commands, variables)


def _command(line: str) -> tuple[str, ...]:
    return tuple(line.split())


_PYTEST = _command("python -m pytest -p no:cacheprovider --import-mode=importlib -n 2 --dist loadfile")

_ALONE = _command("python -m pytest -p no:cacheprovider --import-mode=importlib")

FORMAT = _tool("format", _command("ruff format --check --diff ."), RUFF_CACHE_DIR=str(BUILD / "ruff"))
LINT = _tool("lint", _command("ruff check ."), RUFF_CACHE_DIR=str(BUILD / "ruff"))
TYPES = _tool("types", ("mypy", "--cache-dir", str(BUILD / "mypy"), "-p", _PACKAGE), MYPYPATH="{tree}")
YAML = _tool("yaml", _command("yamllint --strict ."))
# ansible-lint keeps what it mocks in Ansible's home folder, and takes it away when it ends: the importer runs it as well.
_OWN_HOME = {"ANSIBLE_HOME": "{tree}/home"}
ANSIBLE_LINT = _tool(
    "ansible-lint", _command("ansible-lint --offline --strict"), ANSIBLE_COLLECTIONS_PATH="{tree}", **_OWN_HOME
)
DOCS = _tool("docs", _command("antsibull-docs lint-collection-docs --plugin-docs --validate-collection-refs self ."))
CHANGELOG = _tool("changelog", _command("antsibull-changelog lint"))
COVERAGE = _tool("coverage", (*_PYTEST, "--cov", "--cov-report=term"), PYTHONPATH="{tree}")
IMPORTER = _tool(
    "importer",
    _command("ansible-galaxy collection build --force --output-path {tree}/built"),
    _command("python -m tests.tools.importer {tree}/built"),
    **_OWN_HOME,
)


def units(arguments: Iterable[str] = ()) -> Step:
    """Unit tests by pytest on one interpreter; the arguments are pytest's."""
    return Step("units", _TOOLS, ((*_PYTEST, *arguments),), {"PYTHONPATH": "{tree}"})


def model(*options: str) -> Step:
    """State machines of hypothesis over the modules and the simulator."""
    return Step("model", _TOOLS, ((*_PYTEST, "tests/model", *options),), {"PYTHONPATH": "{tree}"})


def mutants(names: Iterable[str] = ()) -> Step:
    """Whether the unit tests notice small changes to the code; the arguments are names of mutmut."""
    core = CORES[-1]
    left_out = "" if core.python else f"no Python {', '.join(core.pythons)} with venv was found"
    command = ("python", "-m", "tests.mutants", "{tree}", *names)
    environment = Environment("mutants", core.python)
    return Step("mutants", environment, (command,), {"PYTHONPATH": "{tree}"}, left_out, _DEEP_TIMEOUT)


def browser() -> Step:
    """Pages in a real browser, where there is one."""
    found = any(map(shutil.which, BROWSERS))
    left_out = "" if found else f"none of {', '.join(BROWSERS)} is on PATH (Debian's package is chromium)"
    return Step("browser", _TOOLS, ((*_ALONE, "tests/browser"),), {"PYTHONPATH": "{tree}"}, left_out)


def faults(*options: str) -> Step:
    """Faults at the requests of converges: a sample of them. One process, since a cell is short and a simulator is not."""
    return Step("faults", _TOOLS, ((*_ALONE, "tests/faults", *options),), {"PYTHONPATH": "{tree}"})


def hostile(*options: str) -> Step:
    """Options and answers that nobody should send."""
    return Step("hostile", _TOOLS, ((*_ALONE, "tests/hostile", *options),), {"PYTHONPATH": "{tree}"})


def load(*options: str) -> Step:
    """Twenty forks and one budget, and two plays at the same time."""
    return Step("load", _TOOLS, ((*_ALONE, "tests/load", *options),), {"PYTHONPATH": "{tree}"})


def demo() -> tuple[Step, ...]:
    """The demonstration, which checks its own claims; none before there is one."""
    script = "tests/demo/demo.py"
    return (_tool("demo", ("python", script)),) if (PROJECT / script).is_file() else ()


def molecule(scenarios: Iterable[str] = ()) -> tuple[Step, ...]:
    """One step per molecule scenario, each against a simulator of its own."""
    folder = PROJECT / "extensions" / "molecule"
    names = list(scenarios) or sorted(path.parent.name for path in folder.glob("*/molecule.yml"))
    return tuple(_scenario(name) for name in names)


def _scenario(name: str) -> Step:
    simulator = ("python", "tests/simulator", "exec", "--")
    command = (*simulator, "molecule", "--base-config", "extensions/molecule/config.yml", "test", "-s", name)
    variables = {"ANSIBLE_COLLECTIONS_PATH": "{tree}", "MOLECULE_EPHEMERAL_DIRECTORY": "{tree}/molecule"}
    return Step(f"molecule {name}", _TOOLS, (command,), variables)


def sanity(line: str | None = None) -> tuple[Step, ...]:
    """ansible-test sanity, one step per ansible-core line."""
    return tuple(_ansible_test("sanity", core, "--local", "--color", "no") for core in chosen(line))


def core_units(line: str | None = None, arguments: Iterable[str] = ()) -> tuple[Step, ...]:
    """ansible-test units, one step per ansible-core line; the arguments are test files."""
    # What the simulator and the documentation hold does not depend on the line.
    paths = tuple(arguments) or ("tests/unit/plugins/",)
    return tuple(_ansible_test("units", core, *_local(core), *paths) for core in chosen(line))


def plays(line: str | None = None, arguments: Iterable[str] = ()) -> tuple[Step, ...]:
    """Tests that run playbooks, one step per ansible-core line; the arguments are pytest's."""
    pytest = (*_PYTEST, "--dist", "worksteal")
    return tuple(
        _on_core(core, "plays", (*pytest, *(tuple(arguments) or _plays_of(core))), PYTHONPATH="{tree}")
        for core in chosen(line)
    )


def _plays_of(core: Core) -> tuple[str, ...]:
    """Under each line what differs between lines, under the oldest what users write too, and all of it under the newest."""
    if core == CORES[-1]:
        return ("tests/plays",)
    names = ("parity", "plugin_examples", "role_examples", "role_answers") if core == CORES[0] else ("parity",)
    return tuple(f"tests/plays/test_{name}.py" for name in names)


def integration(line: str | None = None, targets: Iterable[str] = ()) -> tuple[Step, ...]:
    """ansible-test integration against a simulator, one step per ansible-core line."""
    return tuple(
        _on_core(core, "integration", ("python", "-m", "tests.tools.integration", *_local(core), "--", *targets))
        for core in chosen(line)
    )


def awx() -> Step:
    """What AWX makes of the collection: its rules, its credentials, its jobs, and setting it up."""
    return _with_runner("awx", (*_PYTEST, "tests/awx"), AWX_COLLECTIONS=str(BUILD / "awx"))


def canary() -> Step:
    """Whether a secret is in anything that a run produces, the artifacts of ansible-runner included."""
    return _with_runner("canary", (*_ALONE, "tests/canary"))


def _with_runner(name: str, command: tuple[str, ...], **variables: str) -> Step:
    """A step in the environment that has ansible-runner."""
    python = next((version for version in AWX_PYTHONS if version in found()), None)
    left_out = "" if python else f"no Python {', '.join(AWX_PYTHONS)} with venv was found"
    return Step(name, Environment("awx", python), (command,), {"PYTHONPATH": "{tree}", **variables}, left_out)


def _local(core: Core) -> tuple[str, ...]:
    return ("--local", "--python", core.python or "none", "--color", "no")


def _ansible_test(kind: str, core: Core, *arguments: str) -> Step:
    return _on_core(core, kind, ("ansible-test", kind, *arguments))


def _on_core(core: Core, kind: str, command: tuple[str, ...], **variables: str) -> Step:
    left_out = "" if core.python else f"no Python {', '.join(core.pythons)} with venv was found"
    return Step(f"{kind} {core.line}", Environment(core.group, core.python), (command,), variables, left_out)


def _units_besides_coverage() -> tuple[Step, ...]:
    """Unit tests under each line of ansible-core but that of the tools, under which the coverage step runs all of them.

    Under the oldest line by ansible-test, which forks for each test; under the others by pytest, in a fifth of the time.
    """
    line = ".".join(metadata.version("ansible-core").split(".")[:2])
    pytest = (*_PYTEST, "tests/unit/plugins")
    others = (_on_core(core, "units", pytest, PYTHONPATH="{tree}") for core in CORES[1:])
    return tuple(step for step in (*core_units(CORES[0].line), *others) if step.name != f"units {line}")


def everything() -> tuple[Step, ...]:
    """What `make test` runs: the long ones first, so that the short ones fill the gaps at the end."""
    return (
        *reversed(plays()), COVERAGE, *_units_besides_coverage(), *integration(), *sanity(), awx(), IMPORTER, model(),
        canary(), *demo(), ANSIBLE_LINT, *molecule(), load(), hostile(), faults(), browser(), DOCS, TYPES, CHANGELOG, YAML,
        LINT, FORMAT,
    )  # fmt: skip


def deep() -> tuple[Step, ...]:
    """What `make test-deep` runs: the experiments in full, which takes too long for every change."""
    experiments = (
        model("--hypothesis-profile=deep"), faults("--every-fault"), hostile("--hostile-examples", "300"),
        load("--real-time"),
    )  # fmt: skip
    return tuple(replace(step, name=f"{step.name}, in full", timeout=_DEEP_TIMEOUT) for step in experiments)


def fast() -> tuple[Step, ...]:
    """What `make test-fast` runs."""
    return (units(), TYPES, ANSIBLE_LINT, YAML, LINT, FORMAT)


def named(names: Iterable[str]) -> tuple[Step, ...]:
    """Steps by name.

    :raises SystemExit: There is no such step.
    """
    known = {step.name: step for step in (*core_units(), *everything(), *fast(), *deep())}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise SystemExit(f"No step {', '.join(unknown)}; there are: {', '.join(sorted(known))}")
    return tuple(known[name] for name in names)
