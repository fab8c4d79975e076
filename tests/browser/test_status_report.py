# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the role status_report in a real browser; its pictures lie in tests/output/browser afterwards."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.streamops.live.tests.browser.account import MARKUP, secrets, seed
from ansible_collections.streamops.live.tests.browser.chromium import Seen, browser
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator
from ansible_collections.streamops.live.tests.unit.support.documents import COLLECTION, ansible_environment

MEASURE = (COLLECTION / "tests" / "browser" / "measure.js").read_text(encoding="utf-8")
PICTURES = COLLECTION / "tests" / "output" / "browser"
LOOKS = [(390, False), (390, True), (1440, False), (1440, True)]
CASES = {
    "full": {"status_report_title": MARKUP, "status_report_utc_offset": "+09:00"},
    "long": {"status_report_days_before": 3, "status_report_days_after": 27, "status_report_refresh": 300},
    "msl": {"status_report_services": "msl"},
    "smartstream": {"status_report_services": "smartstream"},
    "empty": {},
}


def write_page(simulator: Simulator, folder: Path, case: str) -> Path:
    """Run the playbook in a process of its own, as users do."""
    page = folder / f"{case}.html"
    edgerc = simulator.write_edgerc(folder / "edgerc")
    names = ("merchant_id", "mail_address", "password", "api_key")
    merchant = {f"SMARTSTREAM_{name.upper()}": str(getattr(simulator.smartstream, name)) for name in names}
    environment = ansible_environment(
        HOME=str(folder), AKAMAI_EDGERC=str(edgerc), SMARTSTREAM_API_URL=simulator.url, **merchant
    )
    given = {"status_report_file": str(page), "ansible_python_interpreter": sys.executable, **CASES[case]}
    program = str(Path(sys.executable).with_name("ansible-playbook"))
    command = [program, "streamops.live.status_report", "-e", json.dumps(given)]
    ran = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return page


async def look_at(pages: dict[str, Path]) -> dict[tuple[str, int, bool], Seen]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        async with browser(Path(profile)) as chromium:
            return {
                (case, width, dark): await chromium.look(page, MEASURE, width=width, dark=dark, mobile=width < 600)
                for case, page in pages.items()
                for width, dark in LOOKS
            }


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(Settings().without_budget()) as sim:
        seed(sim)
        yield sim


@pytest.fixture(scope="module")
def pages(simulator: Simulator, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    written = {case: write_page(simulator, folder, case) for case in CASES if case != "empty"}
    with Simulator(Settings().without_budget()) as nothing:
        return {**written, "empty": write_page(nothing, folder, "empty")}


@pytest.fixture(scope="module")
def seen(pages: dict[str, Path]) -> dict[tuple[str, int, bool], Seen]:
    looks = asyncio.run(look_at(pages))
    PICTURES.mkdir(parents=True, exist_ok=True)
    for (case, width, dark), look in looks.items():
        (PICTURES / f"status-{case}-{width}-{'dark' if dark else 'light'}.png").write_bytes(look.picture)
    return looks


every_look = pytest.mark.parametrize(
    "look",
    [(case, *look) for case in CASES for look in LOOKS],
    ids=lambda look: f"{look[0]}-{look[1]}-{'dark' if look[2] else 'light'}",
)


@every_look
def test_nothing_overflows(seen, look):
    measured = seen[look].answers
    assert measured["width"] == look[1]
    assert measured["scrolls"] <= measured["width"]
    assert (measured["sticking_out"], measured["cut_off"]) == ([], [])


@every_look
def test_the_console_is_silent_and_nothing_else_is_loaded(seen, pages, look):
    assert seen[look].complaints == []
    assert seen[look].addresses == [pages[look[0]].as_uri()]
    assert seen[look].answers["active"] == 0


@every_look
def test_text_can_be_read_in_its_colours(seen, look):
    assert seen[look].answers["hard_to_read"] == []
    channels = [int(part) for part in seen[look].answers["ground"].strip("rgb()").split(",")]
    assert (max(channels) < 64) if look[2] else (min(channels) > 192)


@every_look
def test_the_structure_can_be_heard(seen, look):
    measured = seen[look].answers
    assert (measured["landmarks"], measured["language"]) == ([1, 1, 1], "en")
    for name in ("unnamed_sections", "skipped_headings", "tables_without_caption", "wordless_marks"):
        assert measured[name] == [], name


def test_the_page_says_what_there_is(seen):
    text = seen["full", 1440, False].answers["text"]
    for expected in (
        "4 days left", "21 days left", "ended 2 days ago", "switched off", "has no end", "Fastly", "provisioned", "failed",
        "http://p-ep50001.i.akamaientrypoint.net/50001/EVENT/master.m3u8", "http://b-ep50001", "Evening show", "running",
        "is not running", "is still running after its end", "Not shown: 1 later, 1 without a time.", MARKUP,
    ):  # fmt: skip
        assert expected in text
    assert text.count(MARKUP) == 6  # title, key twice, stream's message twice, event


def test_a_service_that_is_left_out_is_not_on_the_page(seen):
    assert "Live events" not in seen["msl", 1440, False].answers["text"]
    assert "Origins" not in seen["smartstream", 1440, False].answers["text"]
    assert "Nothing needs attention" in seen["empty", 1440, False].answers["text"]


def test_no_secret_is_in_any_file(simulator, pages):
    hidden = secrets(simulator)
    assert len(hidden) > 20
    for page in pages.values():
        texts = [page.read_text(encoding="utf-8"), page.with_suffix(".json").read_text(encoding="utf-8")]
        assert [secret for secret in hidden for text in texts if secret in text] == []


def test_the_machines_file_says_the_same(pages):
    status = json.loads(pages["full"].with_suffix(".json").read_text(encoding="utf-8"))
    assert status["counts"] == {
        "attention": 6, "alerts": 4, "origins": 3, "shared_keys": 6, "shared_keys_due": 3, "streams": 5,
        "streams_provisioned": 3, "live_events": 9, "live_events_running": 2,
    }  # fmt: skip
    assert "timeline" not in status
