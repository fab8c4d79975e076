# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stub knows of each kind of resource: members that may be written, what they refer to, and what AWX refuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..credential_type_rules import complaints as complaints_of_credential_type
from ..definitions import COLLECTION

REQUIRED = object()
Members = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of resource.

    :ivar members: What may be written, with its default; REQUIRED where there is none.
    :ivar refers: Members that hold the id of another resource, and its kind.
    :ivar unique: Members that together are the resource's identity.
    :ivar related: Lists of other resources that can be associated, and their kind.
    :ivar refused: What AWX refuses of the members, as texts.
    """

    members: Mapping[str, Any]
    refers: Mapping[str, str] = field(default_factory=dict)
    unique: tuple[str, ...] = ("name", "organization")
    related: Mapping[str, str] = field(default_factory=dict)
    refused: Callable[[Members], list[str]] = lambda _members: []


def _type_refused(members: Members) -> list[str]:
    wanted = ("name", "description", "kind", "inputs", "injectors")
    return complaints_of_credential_type({name: members[name] for name in wanted})


def _template_refused(members: Members) -> list[str]:
    found = (COLLECTION / members["playbook"]).is_file()
    kinds = [] if members["job_type"] in ("run", "check") else ["job_type: not a valid choice"]
    return kinds + ([] if found else [f"playbook: Playbook {members['playbook']} not found for project."])


def _source_refused(members: Members) -> list[str]:
    if members["source"] != "scm":
        return ["source: only scm is known here"]
    return [] if (COLLECTION / members["source_path"]).is_file() else ["source_path: no such file in the project"]


def _schedule_refused(members: Members) -> list[str]:
    rule = members["rrule"]
    return [f"rrule: {word} required" for word in ("DTSTART", "RRULE:", "INTERVAL=") if word not in rule]


_NAMED = {"name": REQUIRED, "description": ""}
_ASKED = (
    "scm_branch", "diff_mode", "variables", "limit", "tags", "skip_tags", "job_type", "verbosity", "inventory", "credential",
    "execution_environment", "labels", "forks", "job_slice_count", "timeout", "instance_groups",
)  # fmt: skip
KINDS: Mapping[str, Kind] = {
    "organizations": Kind(_NAMED, unique=("name",)),
    "credential_types": Kind(
        {**_NAMED, "kind": REQUIRED, "inputs": {}, "injectors": {}, "managed": False},
        unique=("name", "kind"), refused=_type_refused,
    ),
    "credentials": Kind(
        {**_NAMED, "organization": None, "credential_type": REQUIRED, "inputs": {}},
        refers={"organization": "organizations", "credential_type": "credential_types"},
        unique=("name", "organization", "credential_type"),
    ),
    "execution_environments": Kind(
        {**_NAMED, "organization": None, "image": REQUIRED, "pull": "", "credential": None},
        refers={"organization": "organizations", "credential": "credentials"}, unique=("name",),
    ),
    "projects": Kind(
        {
            **_NAMED, "organization": None, "scm_type": "", "scm_url": "", "scm_branch": "", "credential": None,
            "default_environment": None, "scm_update_on_launch": False,
        },
        refers={"organization": "organizations", "credential": "credentials", "default_environment": "execution_environments"},
    ),
    "inventories": Kind(
        {**_NAMED, "organization": REQUIRED, "kind": "", "host_filter": None, "variables": ""},
        refers={"organization": "organizations"},
    ),
    "hosts": Kind(
        {**_NAMED, "inventory": REQUIRED, "enabled": True, "variables": ""},
        refers={"inventory": "inventories"}, unique=("name", "inventory"),
    ),
    "inventory_sources": Kind(
        {
            **_NAMED, "inventory": REQUIRED, "source": REQUIRED, "source_path": "", "source_project": REQUIRED,
            "credential": None, "source_vars": "", "overwrite": False, "overwrite_vars": False, "update_on_launch": False,
            "update_cache_timeout": 0,
        },
        refers={"inventory": "inventories", "source_project": "projects", "credential": "credentials"},
        unique=("name", "inventory"), refused=_source_refused,
    ),
    "job_templates": Kind(
        {
            **_NAMED, "organization": None, "project": REQUIRED, "playbook": REQUIRED, "inventory": None, "job_type": "run",
            "extra_vars": "", "diff_mode": False, "survey_enabled": False, "allow_simultaneous": False,
            "job_slice_count": 1, **{f"ask_{name}_on_launch": False for name in _ASKED},
        },
        refers={"organization": "organizations", "project": "projects", "inventory": "inventories"},
        related={"credentials": "credentials"}, refused=_template_refused,
    ),
    "schedules": Kind(
        {**_NAMED, "unified_job_template": REQUIRED, "rrule": REQUIRED, "extra_data": {}, "enabled": True},
        refers={"unified_job_template": "job_templates"}, unique=("name", "unified_job_template"),
        refused=_schedule_refused,
    ),
}  # fmt: skip
