# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports go down only: modules -> _module -> _msl | _smartstream -> _engine -> _core."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PLUGINS = Path(__file__).resolve().parents[2] / "plugins"
FILES = sorted(PLUGINS.rglob("*.py"))
PACKAGE = ("ansible_collections", "streamops", "live", "plugins")

_SERVICES = {"_core", "_engine", "_msl", "_smartstream"}
_EVERYTHING_BELOW = {*_SERVICES, "_module", "plugin_utils"}

# Layer -> the layers that it may import besides itself. The services do not know each other.
ALLOWED = {
    "_core": set(),
    "_engine": {"_core"},
    "_msl": {"_core", "_engine"},
    "_smartstream": {"_core", "_engine"},
    "_module": _SERVICES,
    "plugin_utils": {*_SERVICES, "_module"},
    "modules": {"_module"},
    "action": {"_module", "plugin_utils"},
    "doc_fragments": set(),
    "filter": _EVERYTHING_BELOW,
    "inventory": _EVERYTHING_BELOW,
    "lookup": _EVERYTHING_BELOW,
}

# Names of Ansible that only these places see (relative to plugins/).
GUARDED = {
    "AnsibleModule": ("modules/", "module_utils/_module/entry.py"),
    "basic": ("modules/", "module_utils/_module/entry.py"),
    "ActionBase": ("action/",),
}


def dotted(path: Path) -> tuple[str, ...]:
    """A file's module name in parts, as Python imports it."""
    return (*PACKAGE, *path.relative_to(PLUGINS).with_suffix("").parts)


def imported(source: str, module: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Everything that a module imports, in parts, wherever the statement stands: module, or module and name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module[: -node.level] if node.level else ()
            parts = tuple((node.module or "").split(".")) if node.module else ()
            yield from ((*base, *parts, alias.name) for alias in node.names)


def layer(module: tuple[str, ...]) -> str | None:
    """The layer that a module belongs to; None outside the collection."""
    if module[: len(PACKAGE)] != PACKAGE:
        return None
    inside = module[len(PACKAGE) :]
    return inside[1] if inside[0] == "module_utils" else inside[0]


def upward(source: str, module: tuple[str, ...]) -> list[str]:
    """Imports that the module's layer must not have."""
    own = layer(module)
    reached = [(name, layer(name)) for name in imported(source, module)]
    return [".".join(name) for name, other in reached if other not in (None, own) and other not in ALLOWED[own]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PLUGINS)))
def test_imports_go_down_only(path):
    assert upward(path.read_text(), dotted(path)) == []


@pytest.mark.parametrize("name", GUARDED)
def test_ansible_base_classes_stay_at_the_edge(name):
    seen = {
        path.relative_to(PLUGINS).as_posix()
        for path in FILES
        if any(name in parts for parts in imported(path.read_text(), dotted(path)))
    }
    assert {place for place in seen if not place.startswith(GUARDED[name])} == set()


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        ("module_utils/_core/x.py", "from .._engine.plan import Plan", 1),
        ("module_utils/_msl/x.py", "from .._smartstream import api", 1),
        ("module_utils/_msl/x.py", "def f():\n    from .._module import task", 1),
        ("module_utils/_engine/x.py", "from .._core.errors import NotFound\nfrom .fields import Field\nimport re", 0),
        ("modules/x.py", "from ansible_collections.streamops.live.plugins.module_utils._msl.api import MslApi", 1),
        ("modules/x.py", "from ansible_collections.streamops.live.plugins.module_utils._module import entry", 0),
        ("modules/x.py", "import ansible_collections.streamops.live.plugins.module_utils._core.errors", 1),
    ],
)
def test_the_reader_sees_every_form_of_import(module, source, expected):
    assert len(upward(source, dotted(PLUGINS / module))) == expected
