# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Part one: an origin for several CDNs is created, left alone, previewed before it changes, and changed."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from terminal import heading, listing

from playbooks import BUILD, Stage, lines_of

Checks = list[tuple[str, bool]]
HAND_OVERS = BUILD / "hand-overs"
PLAYBOOK = "multi_cdn_origin"
FIRST, CHANGED = "origin.yml", "origin_changed.yml"
_ROTATED, _ADDED = "fastly", "cdnetworks"


def show(stage: Stage) -> Checks:
    """Run the playbook four times and say what must be so."""
    folder = ("-e", f"multi_cdn_origin_hand_over_folder={HAND_OVERS}")
    heading(FIRST, "What is wanted: a live origin for three CDNs and one partner account.")
    listing(lines_of(FIRST))
    created = stage.run(
        "Create", "There is no origin yet. It is created; the service generates a key for each CDN.",
        PLAYBOOK, "-e", f"@{FIRST}", *folder,
    )  # fmt: skip
    keys, files = _keys(stage), _files()
    unchanged = stage.run("Again", "All is as declared, so nothing is written.", PLAYBOOK, "-e", f"@{FIRST}", *folder)
    same_files = _files() == files
    heading(CHANGED, "Then one CDN is added, and one key is to be rotated:")
    listing(_difference())
    before = copy.deepcopy(stage.sim.state())
    foretold = stage.run(
        "Check", "What would change? Check mode writes nothing and generates no key.",
        PLAYBOOK, "-e", f"@{CHANGED}", *folder, "--check", "--diff", frozen=True,
    )  # fmt: skip
    untouched = stage.sim.state() == before and _files() == files
    changed = stage.run(
        "Change", "The same for real. The old key goes on to be accepted for a week.",
        PLAYBOOK, "-e", f"@{CHANGED}", *folder,
    )  # fmt: skip
    after = _keys(stage)
    heading(
        f"{HAND_OVERS.relative_to(BUILD.parents[1])}/news/{_ROTATED}.yml",
        "What the CDN's engineer gets, keys masked here:",
    )
    listing(_masked(HAND_OVERS / "news" / f"{_ROTATED}.yml", after))
    return [
        ("1. creates the origin with one write and generates four keys", created.succeeded
         and (created.writes, created.key_generations, len(keys)) == (1, 4, 4)),
        ("1. hands each key over in a file that only its owner can read", _private(files, keys)),
        ("2. reports no change, writes nothing and generates no key", unchanged.succeeded
         and (unchanged.changed, unchanged.writes, unchanged.key_generations) == (0, 0, 0)),
        ("2. leaves the files alone", same_files),
        ("3. writes nothing and generates no key in check mode", foretold.succeeded
         and (foretold.writes, foretold.key_generations, foretold.refused) == (0, 0, 0)),
        ("3. leaves service and files untouched", untouched),
        ("3. shows both changes in its diff", _shows_both(foretold.output)),
        ("3. foretells how many tasks of the real run change something", foretold.changed == changed.changed > 0),
        ("4. changes the origin with one write and generates two keys", changed.succeeded
         and (changed.writes, changed.key_generations) == (1, 2)),
        ("4. rotates one key, adds one and keeps the others", _is_rotated(keys, after)),
        ("4. hands over the new keys", _private(_files(), after)),
    ]  # fmt: skip


def _difference() -> list[str]:
    lines = difflib.unified_diff(lines_of(FIRST), lines_of(CHANGED), lineterm="", n=2)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def _keys(stage: Stage) -> dict[str, dict[str, Any]]:
    """The keys that the service has, by name."""
    return {key["name"]: dict(key) for origin in stage.sim.msl.origins.values() for key in origin["sharedKeys"]}


def _files() -> dict[Path, tuple[int, int, str]]:
    """Mode, time of the last change and content of each hand-over."""
    found = {path: path.stat() for path in sorted(HAND_OVERS.rglob("*.yml"))}
    return {path: (seen.st_mode & 0o777, seen.st_mtime_ns, path.read_text()) for path, seen in found.items()}


def _private(files: Mapping[Path, tuple[int, int, str]], keys: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether each key stands in its own file, and nobody else can read that."""
    by_name = {path.stem: file for path, file in files.items()}
    folders = {path.parent for path in files}
    return (
        by_name.keys() == keys.keys()
        and all(mode == 0o600 and keys[name]["key"] in text for name, (mode, _changed, text) in by_name.items())
        and all(folder.stat().st_mode & 0o777 == 0o700 for folder in folders)
    )


def _shows_both(output: str) -> bool:
    lines = [line.strip() for line in output.splitlines() if line.startswith("+")]
    text = "\n".join(lines)
    return f'"name": "{_ADDED}"' in text and '"previous_key_fingerprint"' in text


def _is_rotated(before: Mapping[str, Mapping[str, Any]], after: Mapping[str, Mapping[str, Any]]) -> bool:
    others = before.keys() - {_ROTATED}
    return (
        after.keys() == {*before, _ADDED}
        and after[_ROTATED]["key"] != before[_ROTATED]["key"] == after[_ROTATED]["previousKey"]
        and all(after[name]["key"] == before[name]["key"] for name in others)
    )


def _masked(path: Path, keys: Mapping[str, Mapping[str, Any]]) -> list[str]:
    text = path.read_text(encoding="utf-8")
    for key in keys.values():
        for name in ("key", "previousKey"):
            text = text.replace(key.get(name, "\0"), "********")
    return text.splitlines()
