# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What items of a loop share and what they do not; where a task runs. That results are those of a module: test_parity.py."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from ansible.errors import AnsibleActionFail

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.deadline import TIME_LIMIT
from ansible_collections.streamops.live.plugins.module_utils._core.wait_part import WAIT_PART
from ansible_collections.streamops.live.plugins.module_utils._module import (
    msl_origins,
    msl_stream,
    msl_streams,
    smartstream_token,
)
from ansible_collections.streamops.live.plugins.module_utils._module.task import run
from ansible_collections.streamops.live.plugins.plugin_utils import in_process
from ansible_collections.streamops.live.plugins.plugin_utils.in_process import InProcess
from ansible_collections.streamops.live.tests.simulator import Provisioning, Settings, Simulator

STREAM = {"format": "HLS", "cpcode": "400002", "encoder_zone": "EUROPE", "origin": {"host_name": "demohost"}}
AS_MODULE = {"as": "module"}


class AnsiblesOwn:
    """What ActionBase gives an action plugin, as far as it is used."""

    def __init__(self, task: Any, connection: Any) -> None:
        self._task, self._connection = task, connection
        self._templar = SimpleNamespace(template=lambda value: value)
        self._loader = SimpleNamespace(get_basedir=lambda: task.folder)
        self.modules: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = AS_MODULE

    def run(self, tmp: Any, task_vars: Any) -> dict[str, Any]:
        return {}

    def _compute_environment_string(self, raw: dict[str, Any]) -> str:
        for layer in self._task.environment:
            raw.update(layer)
        return ""

    def _execute_module(self, **arguments: Any) -> dict[str, Any]:
        self.modules.append({**arguments, "environment": list(self._task.environment)})
        return dict(self.answer)


class Streams(InProcess, AnsiblesOwn):
    task = msl_stream.TASK


class ManyStreams(InProcess, AnsiblesOwn):
    task = msl_streams.TASK


class Tokens(InProcess, AnsiblesOwn):
    task = smartstream_token.TASK


class Origins(InProcess, AnsiblesOwn):
    task = msl_origins.TASK


class Loop:
    """One task whose items run one after another in one worker."""

    _numbers = iter(range(1_000_000))

    def __init__(self, sim: Simulator, plugin: Any = Streams, **task: Any) -> None:
        self.sim, self.plugin = sim, plugin
        keywords = {
            "async_val": 0,
            "check_mode": False,
            "diff": False,
            "no_log": False,
            "environment": [],
            "action": "x",
            "timeout": 0,
            "folder": "",
            "delegate_to": None,
        }
        self.task = {**keywords, "_uuid": f"task-{next(self._numbers)}", **task}
        self.connection = {"transport": "local", "become": None}
        self.variables: dict[str, Any] = {}

    def action(self, **args: Any) -> Any:
        task = SimpleNamespace(**self.task, args={**self.sim.credentials, **args})
        return self.plugin(task, SimpleNamespace(**self.connection))

    def item(self, **args: Any) -> dict[str, Any]:
        return self.try_item(object(), **args)

    def try_item(self, item: object, **args: Any) -> dict[str, Any]:
        """One try of an item: Ansible makes an action plugin for each."""
        variables = {**self.variables, "ansible_loop_var": "item", "item": item}
        result: dict[str, Any] = self.action(**args).run(task_vars=variables)
        return result


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(Settings(provisioning=Provisioning(reads=0)).without_budget()) as simulator:
        simulator.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
        yield simulator


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the play's output says."""
    lines: list[str] = []
    shown = SimpleNamespace(display=lines.append, warning=lambda text: lines.append(f"WARNING {text}"))
    monkeypatch.setattr(in_process, "display", shown)
    return lines


def seed(sim: Simulator, number: int) -> None:
    for index in range(number):
        sim.msl.add_stream({"name": f"s{index}", "cpcode": 400002, "dvrWindow": 10})


def test_two_hundred_unchanged_items_cost_one_list_and_two_details(sim: Simulator) -> None:
    seed(sim, 200)
    loop = Loop(sim)
    results = [loop.item(name=f"s{index}", dvr_window=10) for index in range(200)]
    assert not any(result.get("failed") or result["changed"] for result in results)
    assert sum(result["api_calls"] for result in results) == len(sim.requests) <= 6


def test_items_named_by_id_share_the_list_too(sim: Simulator) -> None:
    seed(sim, 20)
    loop = Loop(sim)
    results = [loop.item(id=number, dvr_window=10) for number in list(sim.msl.streams)]
    assert not any(result["changed"] for result in results)
    assert len(sim.requests) <= 6


def test_items_that_want_details_are_read_one_by_one(sim: Simulator) -> None:
    seed(sim, 5)
    loop = Loop(sim)
    results = [loop.item(name=f"s{index}", details=True) for index in range(5)]
    assert all("allowed_ips" in result["stream"] for result in results)
    assert len(sim.requests) == 6


def test_a_write_is_seen_by_the_items_after_it(sim: Simulator) -> None:
    seed(sim, 3)
    loop = Loop(sim)
    actions = [
        loop.item(**options)["actions"]
        for options in (
            {"name": "s0"}, {"name": "s1"}, {"name": "s2", "dvr_window": 20}, {"name": "s2", "dvr_window": 20},
            {"name": "new", **STREAM}, {"name": "new", **STREAM}, {"name": "new", "state": "absent"},
            {"name": "new", "state": "absent"}, {"name": "new", **STREAM}, {"name": "s2", "dvr_window": 10},
        )
    ]  # fmt: skip
    assert actions == [[], [], ["update"], [], ["create"], [], ["delete"], [], ["create"], ["update"]]
    # What is created wants a list of that moment, which is at most one more for each.
    assert len([request for request in sim.requests if request.path == "/streams" and request.method == "GET"]) <= 4


def test_a_failed_write_leaves_nothing_stale(sim: Simulator) -> None:
    seed(sim, 3)
    loop = Loop(sim)
    for index in range(3):
        loop.item(name=f"s{index}")
    # The answer says no, and yet the stream was created.
    sim.faults.add("status", "POST", "/streams", status=403, carried_out=True)
    failed = loop.item(name="new", **STREAM)
    assert (failed["failed"], failed["error"]["kind"], failed["changed"]) == (True, "forbidden", False)
    again = loop.item(name="new", **STREAM)
    assert (again.get("failed"), again["changed"]) == (None, False), again.get("msg")


def test_a_retry_sees_what_others_did_meanwhile(sim: Simulator) -> None:
    loop = Loop(sim)
    for index in range(3):
        loop.item(name=f"none{index}", state="absent")
    assert loop.try_item("x", name="awaited", dvr_window=10)["failed"]
    sim.msl.add_stream({"name": "awaited", "cpcode": 400002, "dvrWindow": 10})
    second = loop.try_item("x", name="awaited", dvr_window=10)
    assert (second.get("failed"), second["changed"]) == (None, False)


def test_each_try_of_a_task_without_a_loop_reads_anew(sim: Simulator) -> None:
    sim.settings.provisioning.reads = 4
    loop = Loop(sim)
    statuses = []
    loop.action(name="new", **STREAM).run(task_vars={})
    for _try in range(4):
        seen = loop.action(name="new").run(task_vars={})
        statuses.append(seen["stream"]["provision_detail"]["status"])
        assert (seen["api_calls"], "allowed_ips" in seen["stream"]) == (2, True)
    assert (statuses[0], statuses[-1]) == ("PENDING", "PROVISIONED")


def test_another_task_shares_nothing(sim: Simulator) -> None:
    Loop(sim).item(name="s0", state="absent")
    seed(sim, 1)
    assert Loop(sim).item(name="s0", state="absent")["changed"]


def test_items_for_another_account_share_nothing(sim: Simulator) -> None:
    loop = Loop(sim)
    seed(sim, 1)
    assert loop.item(name="s0", dvr_window=10).get("failed") is None
    assert loop.item(name="s0", dvr_window=10, account_switch_key="other")["failed"]


def test_warnings_belong_to_their_item(sim: Simulator) -> None:
    seed(sim, 2)
    loop = Loop(sim)
    assert "warnings" in loop.item(name="s0", dvr_window=45)
    assert "warnings" not in loop.item(name="s1", dvr_window=20)


@pytest.mark.parametrize(
    ("change", "here"),
    [
        ({}, True),
        ({"connection": {"transport": "ssh"}}, False),
        ({"connection": {"become": object()}}, False),
        ({"task": {"async_val": 30}}, False),
        ({"variables": {"streamops_in_process": "no"}}, False),
        ({"variables": {"streamops_in_process": True}}, True),
        ({"variables": {"streamops_in_process": " "}}, True),
        ({"variables": {"streamops_in_process": None}}, True),
        ({"task": {"delegate_to": "far"}, "variables": {"ansible_delegated_vars": {"far": {}}}}, True),
        (
            {
                "task": {"delegate_to": "far"},
                "variables": {
                    "streamops_in_process": True,
                    "ansible_delegated_vars": {"far": {"streamops_in_process": False}},
                },
            },
            False,
        ),
    ],
)
def test_where_a_task_runs(sim: Simulator, change: dict[str, Any], here: bool) -> None:
    loop = Loop(sim)
    for name, members in change.items():
        getattr(loop, name).update(members)
    assert (loop.item(name="none", state="absent") != AS_MODULE) is here
    assert bool(sim.requests) is here


@pytest.mark.parametrize("value", [[], {}, "perhaps"])
def test_a_switch_that_says_neither_is_refused(sim: Simulator, value: Any) -> None:
    loop = Loop(sim)
    loop.variables["streamops_in_process"] = value
    with pytest.raises(AnsibleActionFail, match=r"streamops_in_process is .* Set it to true or false"):
        loop.item(name="none", state="absent")


def test_a_module_is_told_how_long_the_task_may_take_and_which_part_of_the_wait_is_its_own(sim: Simulator) -> None:
    loop = Loop(sim, timeout=30, environment=[{"A": "b"}])
    loop.connection["transport"] = "ssh"
    for options, part in (({}, None), ({"wait": True}, "first")):
        action = loop.action(name="s0", **options)
        action.run(task_vars={})
        given, told = action.modules[0]["environment"]
        assert given == {"A": "b"}
        assert 0 < float(told[TIME_LIMIT]) <= 30
        assert told.get(WAIT_PART) == part
        assert action._task.environment == [{"A": "b"}]


def test_calls_of_a_divided_wait_repeat_no_secret_of_the_first(sim: Simulator) -> None:
    loop = Loop(sim)
    loop.connection["transport"] = "ssh"
    action = loop.action(name="s0", password="s3cr3t-word", wait=True)
    action.answer = {"changed": False, "stream": {"id": 1, "note": "for s3cr3t-word"}}
    assert "s3cr3t-word" not in str(action.run(task_vars={}))


def test_a_token_that_the_options_have_already_is_handed_on_and_hidden_everywhere_else(sim: Simulator) -> None:
    merchant = sim.smartstream
    token = merchant.issue_token()[0]
    sim.faults.add("body", "POST", "/auth-token/", value=json.dumps({"token": token}))
    login = {"merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address, "password": merchant.password}
    loop = Loop(sim, Tokens)
    args = {"api_url": sim.url, **login, "access_token": token}
    action = Tokens(SimpleNamespace(**loop.task, args=args), SimpleNamespace(**loop.connection))
    result = action.run(task_vars={"ansible_inject_invocation": True})
    assert result.pop("access_token") == token
    assert [secret for secret in (token, merchant.password) if secret in str(result)] == []


@pytest.mark.parametrize(("more", "mask"), [({}, "********"), ({"reveal_secrets": "yes"}, "VALUE_SPECIFIED")])
def test_what_later_calls_return_is_masked_as_by_the_first(sim: Simulator, more: dict[str, Any], mask: str) -> None:
    loop = Loop(sim, Origins)
    loop.connection["transport"] = "ssh"
    action = loop.action(
        origins=[{"host_name": "a", "shared_keys": [{"name": "k", "key": "s3cr3t-word"}]}], wait=True, **more
    )
    action.answer = {"changed": False, "origins": [{"origin": {"id": 1, "note": "s3cr3t-word"}}]}
    note = action.run(task_vars={})["origins"][0]["origin"]["note"]
    assert note.startswith(mask)


@pytest.mark.parametrize("transport", ["local", "ssh"])
def test_options_that_the_validation_stumbles_over(
    sim: Simulator, monkeypatch: pytest.MonkeyPatch, transport: str
) -> None:
    """As that of ansible-core 2.16 does where it made text of a list; with it, test_parity.py has such a list."""

    class Stumbling:
        def __init__(self, spec: Any, **rules: Any) -> None:
            pass

        def validate(self, options: Any) -> Any:
            raise ValueError("dictionary update sequence element #0 has length 1; 2 is required")

    monkeypatch.setattr(in_process, "ArgumentSpecValidator", Stumbling)
    loop = Loop(sim, ManyStreams)
    loop.connection["transport"] = transport
    with pytest.raises(AnsibleActionFail, match="Quote times") as failed:
        loop.item(streams="[{'a': datetime.datetime(2031, 12, 31, tzinfo=datetime.timezone.utc)}]")
    assert failed.value.__cause__ is None


def test_paths_are_those_of_the_playbooks_folder(sim: Simulator, tmp_path: Path) -> None:
    sim.write_edgerc(tmp_path / "edgerc")
    loop = Loop(sim, folder=str(tmp_path))
    task = SimpleNamespace(**loop.task, args={"edgerc": "edgerc", "name": "none", "state": "absent"})
    before = Path.cwd()
    assert Streams(task, SimpleNamespace(**loop.connection)).run(task_vars={})["changed"] is False
    assert Path.cwd() == before


def test_the_secret_of_an_item_is_an_ordinary_word_of_the_next(sim: Simulator) -> None:
    for index in range(3):
        sim.msl.add_stream({"name": f"s{index}", "cpcode": 400002, "encoderZone": "EUROPE"})
    loop = Loop(sim)
    items = [{"name": "s0", "password": "s2"}, {"name": "s1", "password": "EUROPE"}, {"name": "s2"}]
    zones = [loop.item(details=True, **item)["stream"]["encoder_zone"] for item in items]
    assert zones == ["EUROPE", "********", "EUROPE"]


@pytest.mark.parametrize("refused", ["open", "fchdir"])
def test_the_folder_of_the_play_may_be_closed_to_its_user(
    sim: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str
) -> None:
    monkeypatch.chdir(tmp_path)
    allowed = getattr(os, refused)

    def refuse(path: Any, *more: Any, **named: Any) -> Any:
        if path == "." or refused == "fchdir":
            raise PermissionError(13, "Permission denied", path)
        return allowed(path, *more, **named)

    monkeypatch.setattr(in_process.os, refused, refuse)
    loop = Loop(sim, folder=str(tmp_path))
    for _item in range(2):
        assert loop.item(name="none", state="absent")["changed"] is False


def test_nothing_is_written_for_a_play_that_is_gone(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop(sim)
    parents = iter([4711])
    monkeypatch.setattr(in_process.os, "getppid", lambda: next(parents, 1))
    for _item in range(2):
        result = loop.item(name="new", **STREAM)
        assert (result["failed"], sim.writes) == (True, [])
        assert "interrupted" in result["msg"]


def test_without_its_packages_it_is_a_module(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_process.importlib.util, "find_spec", lambda name: None)
    assert Loop(sim).item(name="none", state="absent") == AS_MODULE


def test_progress_is_told_while_the_task_waits(sim: Simulator, told: list[str]) -> None:
    sim.settings.provisioning.reads = 2
    Loop(sim).item(name="new", wait=True, wait_interval=0, **STREAM)
    assert told
    assert told[0].startswith("Waiting: stream 'new' is PENDING; ")


def test_a_task_that_is_not_logged_tells_no_name(sim: Simulator, told: list[str]) -> None:
    sim.settings.provisioning.reads = 2
    Loop(sim, no_log=True).item(name="new", wait=True, wait_interval=0, **STREAM)
    assert told[0] == "Waiting; the task is no_log: 0 s so far, giving up after 10800 s."
    assert "new" not in " ".join(told)


def test_no_line_and_no_warning_tells_a_secret(
    sim: Simulator, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    sim.settings.provisioning.reads = 2
    named = {"name": "hunter2secret-15477", "password": "hunter2secret"}

    def then_interrupted(*given: Any) -> Any:
        run(*given)
        raise OutOfTime

    monkeypatch.setattr(in_process, "run", then_interrupted)
    with pytest.raises(OutOfTime):
        Loop(sim).item(wait=True, wait_interval=0, **named, **STREAM)
    assert "stream '********-15477' is PENDING" in told[0]
    assert told[-1] == "WARNING The task was interrupted. Done before: create stream '********-15477'."
    assert "hunter2secret" not in str(told)


def test_a_time_limit_starts_no_further_write_and_says_what_was_done(sim: Simulator, told: list[str]) -> None:
    """Ansible ends a task at its ``timeout`` by an exception out of nowhere in the main thread."""
    sim.faults.add("slow", "POST", "/streams", times=None, seconds=0.05)
    entries = [{"name": f"s{number}", **STREAM} for number in range(50)]
    loop = Loop(sim, ManyStreams)
    import ctypes

    main = threading.get_ident()

    def ring() -> None:
        while sum(request.method == "POST" for request in sim.requests) < 9:
            time.sleep(0.01)
        ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(main), ctypes.py_object(OutOfTime))

    bell = threading.Thread(target=ring)
    bell.start()
    with pytest.raises(OutOfTime):
        loop.item(streams=entries)
    bell.join()
    done = len(sim.writes)
    assert 9 <= done < 50
    assert told[-1].startswith("WARNING The task was interrupted. Done before: create stream 's")
    time.sleep(0.2)
    assert len(sim.writes) == done
    rest = Loop(sim, ManyStreams).item(streams=entries)
    assert (rest.get("failed"), rest["actions"]) == (None, ["create"] * (50 - done))


class OutOfTime(BaseException):
    """What Ansible ends a task by."""


@pytest.mark.usefixtures("told")
def test_items_after_one_that_met_its_time_limit_run(sim: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    seed(sim, 3)
    loop = Loop(sim)
    ended: list[Context] = []

    def endless(task: Any, options: Any, context: Context) -> Any:
        ended.append(context)
        raise OutOfTime

    with monkeypatch.context() as patched:
        patched.setattr(in_process, "run", endless)
        with pytest.raises(OutOfTime):
            loop.try_item("first", name="s0", dvr_window=20)
    # The same item once more, as with retries, and those after it.
    results = [loop.try_item(item, name=name, dvr_window=20) for item, name in (("first", "s0"), ("second", "s1"))]
    assert [(result.get("failed"), result["changed"]) for result in results] == [(None, True)] * 2
    # Whatever threads the first try left must go on finding that it is over.
    assert ended[0].stop.is_set()
