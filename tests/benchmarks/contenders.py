# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The contenders: who does the same work in another way, as playbooks and commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .worlds import MSL, SMARTSTREAM, Case, Wanted, World

Play = dict[str, Any]
_API = (
    "{{ lookup('env', 'SMARTSTREAM_API_URL') }}/v1/merchants/{{ lookup('env', 'SMARTSTREAM_MERCHANT_ID') }}/live_events"
)
_HEADERS = {"Authorization": "Bearer {{ lookup('env', 'SMARTSTREAM_ACCESS_TOKEN') }}"}


@dataclass(frozen=True, eq=False)
class Contender:
    """One way to do it.

    :ivar most: The longest list that is bearable, by case; longer ones are left out. None: no limit.
    :ivar once: One run is enough, since each takes minutes.
    :ivar does_work: The service is to be as wanted afterwards.
    """

    name: str
    tasks: Callable[[World, Wanted], list[Play]] | None
    worlds: tuple[World, ...] = (MSL, SMARTSTREAM)
    variables: dict[str, Any] = field(default_factory=dict)
    most: dict[Case, int] | None = None
    once: bool = False
    does_work: bool = True

    def takes(self, world: World, case: Case, size: int) -> bool:
        """Whether this is measured."""
        return world in self.worlds and (self.most is None or size <= self.most[case])

    def command(self, world: World, wanted: Wanted, folder: Path, *, details: bool = False) -> list[str]:
        """The command line of a run; writes its files into the folder."""
        if self.tasks is None:
            job = folder / "job.json"
            job.write_text(json.dumps({"service": world.name, "wanted": wanted, "details": details}))
            return [sys.executable, str(Path(__file__).with_name("floor.py")), str(job)]
        play = folder / "play.yml"
        variables = folder / "variables.json"
        variables.write_text(json.dumps({"wanted": wanted, **self.variables}))
        tasks = self.tasks(world, wanted)
        play.write_text(json.dumps([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}]))
        return ["ansible-playbook", str(play), "-e", f"@{variables}"]


def _plural(world: World, _wanted: Wanted) -> list[Play]:
    return [{"name": "All", f"streamops.live.{world.plural}": {world.key: "{{ wanted }}"}}]


def _loop(world: World, wanted: Wanted) -> list[Play]:
    options = {name: f"{{{{ item.{name} }}}}" for name in wanted[0]}
    return [{"name": "Each", f"streamops.live.{world.singular}": options, "loop": "{{ wanted }}"}]


def _uri(_world: World, _wanted: Wanted) -> list[Play]:
    """As one writes it by hand: look, create what is missing, update what differs."""
    differs = [
        "item.status == 200",
        "item.json.name != item.item.name or item.json.description != item.item.description"
        " or item.json.live_event_profile_id != item.item.live_event_profile_id",
    ]
    common = {"headers": _HEADERS, "body_format": "json", "return_content": True}
    look = {"url": _API + "/ref:{{ item.ref_id }}", "status_code": [200, 404], **common}
    create = {"url": _API, "method": "POST", "body": "{{ item.item }}", **common}
    update = {"url": _API + "/{{ item.json.id }}", "method": "PUT", "body": "{{ item.item }}", **common}
    found = "{{ found.results }}"
    return [
        {"name": "Look", "ansible.builtin.uri": look, "loop": "{{ wanted }}", "register": "found"},
        {"name": "Create", "ansible.builtin.uri": create, "loop": found, "when": "item.status == 404"},
        {"name": "Update", "ansible.builtin.uri": update, "loop": found, "when": differs},
    ]


def _uri_task(requests: int) -> Callable[[World, Wanted], list[Play]]:
    look = {"url": _API + "/ref:{{ wanted[0].ref_id }}", "headers": _HEADERS}
    return lambda _world, _wanted: [{"name": "Look", "ansible.builtin.uri": look, "loop": list(range(requests))}]


def _nothing(_world: World, _wanted: Wanted) -> list[Play]:
    return [{"name": "Nothing", "ansible.builtin.debug": {"msg": "{{ wanted | length }}"}}]


_SLOW = {Case.UNCHANGED: 200, Case.SOME: 50, Case.CREATE: 50}

FLOOR = Contender("floor: a plain script", None)
PLURAL = Contender("plural module", _plural)
LOOP = Contender("loop, in process", _loop)
MODULE_LOOP = Contender("loop, as module", _loop, variables={"streamops_in_process": False}, most=_SLOW, once=True)
URI_LOOP = Contender("loop of ansible.builtin.uri", _uri, worlds=(SMARTSTREAM,), most=_SLOW, once=True)
CONTENDERS = (FLOOR, PLURAL, LOOP, MODULE_LOOP, URI_LOOP)

EMPTY_PLAY = Contender("a play with one debug task", _nothing, does_work=False)
# One task that sends so many requests.
URI_TASKS = {
    requests: Contender(f"ansible.builtin.uri, requests: {requests}", _uri_task(requests), worlds=(SMARTSTREAM,))
    for requests in (1, 2)
}
