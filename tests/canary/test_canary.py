# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""No secret of a run is in anything that the run produces."""

from __future__ import annotations

import base64
import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.canary import runs
from ansible_collections.streamops.live.tests.canary.scene import Scene, canary
from ansible_collections.streamops.live.tests.canary.search import found, texts_below

# The tasks that must fail, so that what a failure says is searched as well; the others must not.
FAILURES = {
    "Refusal that repeats the key",
    "Refusal that repeats a generated key",
    "Refusal that repeats passwords",
    "Credentials wrong",
    "Credentials file broken",
    "Options refused",
    "Refusal that repeats the token",
    "Refusal that repeats the log-in",
    "Password wrong",
    "Token wrong",
}


def assert_nothing_shown(scene: Scene, kept: runs.Kept) -> None:
    assert set(kept.failed) == FAILURES, kept.failed
    assert len(kept.texts["standard output"]) + len(kept.texts["recording.jsonl"]) > 20_000
    secrets = scene.secrets
    assert len(secrets) > 25
    assert found(secrets, kept.texts) == []


@pytest.mark.parametrize("in_process", [True, False], ids=["in the controller", "as modules"])
def test_a_play_shows_no_secret(scene: Scene, folder: Path, in_process: bool) -> None:
    kept = runs.play(scene, folder, in_process=in_process)
    assert "GATHERED" not in kept.ran.stderr
    assert any("everything.yml" in line for line in kept.ran.arguments)
    assert_nothing_shown(scene, kept)


def test_artifacts_of_ansible_runner_hold_no_secret(scene: Scene, folder: Path) -> None:
    pytest.importorskip("ansible_runner", reason="the group awx of pyproject.toml has it")
    kept = runs.runner(scene, folder)
    assert len([name for name in kept.texts if "job_events" in name]) > 50
    assert_nothing_shown(scene, kept)


# A module, its options beside the connection's, and whether it fails.
RAW: dict[str, tuple[str, dict[str, Any], bool]] = {
    "origin": ("msl_origin", {"host_name": "keyed"}, False),
    "key given": ("msl_origin", {"host_name": "keyed", "shared_keys": [{"name": "fastly", "key": "{key}"}]}, False),
    "key rotated": (
        "msl_origin",
        {"host_name": "keyed", "shared_keys": [{"name": "fastly", "rotate": "always", "validity": "300d"}]},
        False,
    ),
    "refused": ("msl_stream", {"name": "x", "password": "{echoed}", "format": "HLS", "cpcode": "400002",
                               "encoder_zone": "EUROPE", "origin": {"host_name": "keyed"}}, True),
    "event": ("smartstream_live_event", {"ref_id": "show", "name": "Show", "live_event_profile": "hd"}, False),
    "wrong password": ("smartstream_live_event", {"ref_id": "show", "password": "{wrong}"}, True),
}  # fmt: skip


@pytest.mark.parametrize("name", RAW)
def test_a_module_prints_no_secret(scene: Scene, folder: Path, name: str) -> None:
    module, options, fails = RAW[name]
    scene.sim.faults.clear()
    if name == "refused":
        scene.sim.faults.add("echo", "POST")
    connection = scene.variables["smartstream"] if "smartstream" in module else {"edgerc": str(scene.edgerc)}
    text = json.dumps(options)
    for label, secret in scene.given.items():
        text = text.replace(f"{{{label}}}", json.dumps(secret)[1:-1])
    kept = runs.module(scene, folder, module, {**connection, **json.loads(text)})
    printed = json.loads(kept.ran.stdout)
    assert bool(printed.get("failed")) is fails, printed
    assert found(scene.secrets, kept.texts) == []


FORMS = {
    "plain": lambda secret: f"password={secret}",
    "inside JSON": lambda secret: json.dumps({"password": secret}),
    "inside JSON inside JSON": lambda secret: json.dumps(json.dumps({"password": secret})),
    "in a URL": lambda secret: "https://example.com/?password=" + urllib.parse.quote(secret, safe=""),
    "in a header": lambda secret: "Basic " + base64.b64encode(f"somebody:{secret}".encode()).decode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_search_finds_what_was_planted(tmp_path: Path, form: str) -> None:
    secret = canary("planted")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_text(f"some text {FORMS[form](secret)} and more")
    assert len(found({secret, canary("absent")}, texts_below(tmp_path))) >= 1
    assert found({canary("absent")}, texts_below(tmp_path)) == []


def test_the_arguments_of_processes_are_seen(tmp_path: Path) -> None:
    secret = canary("planted", "")
    ran = runs.watched(["sh", "-c", f"sh -c 'sleep 0.5; : {secret}'; :"], tmp_path, {"PATH": "/usr/bin:/bin"})
    assert found({secret}, {"arguments": "\n".join(ran.arguments)})
