# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command: serve until told to stop, or serve while another command runs."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from .settings import Settings
from .simulator import Simulator

_STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def main(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        settings = _settings(options)
    except (ValueError, TypeError) as error:
        parser.error(str(error))
    return _execute(options, settings) if options.action == "exec" else _serve(options, settings)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    common.add_argument("--folder", type=Path, help="where edgerc and simulator.json are written")
    provisioning = common.add_mutually_exclusive_group()
    provisioning.add_argument("--provisioning-seconds", type=float, metavar="S", help="time that provisioning takes")
    provisioning.add_argument("--provisioning-reads", type=int, metavar="N", help="reads that show PENDING (1)")
    common.add_argument("--no-budget", action="store_true", help="no request budget for either service")
    common.add_argument("--latency", type=float, default=0.0, metavar="S", help="seconds before each answer")
    common.add_argument("--clock-offset", type=float, default=0.0, metavar="S", help="seconds that the clock is ahead")
    common.add_argument("--seed", type=int, help="the same credentials, keys and GUIDs in each run")
    common.add_argument(
        "--set", action="append", default=[], metavar="NAME=JSON", help="any setting, msl.error_shape=B"
    )
    parser = argparse.ArgumentParser(prog="simulator", description="Stand-in for the live services.")
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("serve", parents=[common], help="run until SIGTERM or SIGINT")
    execute = actions.add_parser("exec", parents=[common], help="run while a command runs")
    execute.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND …")
    return parser


def _settings(options: argparse.Namespace) -> Settings:
    settings = Settings(seed=options.seed, latency=options.latency, clock_offset=options.clock_offset)
    if options.provisioning_seconds is not None:
        settings.provisioning.seconds = options.provisioning_seconds
    if options.provisioning_reads is not None:
        settings.provisioning.reads = options.provisioning_reads
    if options.no_budget:
        settings.without_budget()
    for assignment in options.set:
        name, _equals, text = assignment.partition("=")
        settings.update(_nested(name.split("."), _value(text)))
    return settings


def _value(text: str) -> Any:
    """JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _nested(names: list[str], value: Any) -> dict[str, Any]:
    inner = value if len(names) == 1 else _nested(names[1:], value)
    return {names[0]: inner}


@contextlib.contextmanager
def _folder(options: argparse.Namespace) -> Iterator[Path]:
    """The folder for the two files; a temporary one is removed at the end."""
    if options.folder is not None:
        options.folder.mkdir(parents=True, exist_ok=True)
        yield options.folder.resolve()
        return
    folder = tempfile.mkdtemp(prefix="simulator-")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder)


def _write_files(simulator: Simulator, folder: Path) -> dict[str, Any]:
    edgerc = folder / "edgerc"
    edgerc.unlink(missing_ok=True)
    simulator.write_edgerc(edgerc)
    merchant = simulator.smartstream
    description = {
        "url": simulator.url,
        "pid": os.getpid(),
        "edgerc": str(edgerc),
        "msl": simulator.credentials,
        "smartstream": {
            "api_url": simulator.url,
            "merchant_id": merchant.merchant_id,
            "mail_address": merchant.mail_address,
            "password": merchant.password,
            "api_key": merchant.api_key,
        },
    }
    path = folder / "simulator.json"
    text = json.dumps(description, indent=2) + "\n"
    # Renamed into place, so that whoever waits for the file never reads half of it.
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    partial.replace(path)
    return description


def _environment(description: dict[str, Any], folder: Path) -> dict[str, str]:
    """What the command of ``exec`` finds in its environment."""
    return {
        "SIMULATOR_URL": description["url"],
        "SIMULATOR_JSON": str(folder / "simulator.json"),
        "AKAMAI_EDGERC": description["edgerc"],
        **{f"SMARTSTREAM_{name.upper()}": value for name, value in description["smartstream"].items()},
    }


def _serve(options: argparse.Namespace, settings: Settings) -> int:
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in _STOP_SIGNALS:
        signal.signal(number, on_signal)
    with _folder(options) as folder, Simulator(settings, options.port) as simulator:
        description = _write_files(simulator, folder)
        print(f"Simulator at {simulator.url}")
        print(f"Credentials in {description['edgerc']}", flush=True)
        stop.wait()
        (folder / "simulator.json").unlink(missing_ok=True)
    return 0


def _execute(options: argparse.Namespace, settings: Settings) -> int:
    command = options.command[1:] if options.command[:1] == ["--"] else options.command
    if not command:
        print("exec needs a command after --")
        return 2
    with _folder(options) as folder, Simulator(settings, options.port) as simulator:
        description = _write_files(simulator, folder)
        child = subprocess.Popen(command, env={**os.environ, **_environment(description, folder)})

        def pass_on(number: int, _frame: FrameType | None) -> None:
            child.send_signal(number)

        # The command gets the signals; the simulator outlives it.
        for number in _STOP_SIGNALS:
            signal.signal(number, pass_on)
        status = child.wait()
        (folder / "simulator.json").unlink(missing_ok=True)
    return status if status >= 0 else 128 - status
