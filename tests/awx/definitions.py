# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what the collection ships for AWX, without Ansible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

COLLECTION = Path(__file__).resolve().parents[2]
AWX = COLLECTION / "extensions" / "awx"


class _Loader(yaml.SafeLoader):
    """Knows Ansible's tag for text that is not a template."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def loaded(path: Path) -> Any:
    """A YAML file."""
    return yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - it is a safe loader with one more tag


def table(kind: str) -> list[dict[str, Any]]:
    """The table of a kind: the variable of extensions/awx/KIND.yml that is named after it."""
    found: list[dict[str, Any]] = loaded(AWX / f"{kind}.yml")[f"awx_setup_{kind}"]
    return found


def credential_type(service: str) -> dict[str, Any]:
    """The credential type of a service."""
    return next(one for one in table("credential_types") if one["service"] == service)


def survey(playbook: str) -> dict[str, Any]:
    """The survey of a playbook (the name of its file)."""
    found: dict[str, Any] = loaded(AWX / "surveys" / playbook)
    return found


def playbooks() -> list[str]:
    """The playbooks that people launch: all but the one that sets AWX up."""
    return sorted(path.name for path in (COLLECTION / "playbooks").glob("*.yml") if path.name != "awx_setup.yml")
