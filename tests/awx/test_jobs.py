# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every playbook runs to its end as an AWX job, with nothing but survey answers, in check mode and for real."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.streamops.live.tests.awx import definitions
from ansible_collections.streamops.live.tests.awx.answers import FILE, FOLDER, LAUNCHES
from ansible_collections.streamops.live.tests.awx.injection import injected
from ansible_collections.streamops.live.tests.awx.jobs import Done, Job, Launch, template
from ansible_collections.streamops.live.tests.awx.survey_rules import refused_answers
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

each_playbook = pytest.mark.parametrize("playbook", LAUNCHES)


@pytest.fixture
def sim() -> Iterator[Simulator]:
    settings = Settings().without_budget()
    # What is started runs at once: a job would else wait as long as its survey's interval says.
    settings.smartstream.start.reads = 0
    with Simulator(settings) as simulator:
        yield simulator


@pytest.fixture
def launch(sim: Simulator, project_collections: Path, tmp_path: Path) -> Callable[..., Done]:
    """Runs a job with credentials for the simulator; in check mode any write is refused."""
    numbers = iter(range(100))

    def launched(playbook: str, answers: Mapping[str, Any], *, check: bool = False) -> Done:
        folder = tmp_path / f"job-{next(numbers)}"
        kept = {FOLDER: str(tmp_path / "kept"), FILE: str(tmp_path / "page.html")}
        given = {name: kept.get(value, value) for name, value in answers.items()}
        job = Job(template(playbook), given)
        with sim.frozen() if check else contextlib.nullcontext():
            variables = credentials(sim, job, folder)
            return Launch(job, folder, project_collections, variables, check=check).wait()

    return launched


def credentials(sim: Simulator, job: Job, folder: Path) -> dict[str, str]:
    """What the credentials of a job inject."""
    merchant = sim.smartstream
    inputs = {
        "msl": {**sim.credentials, "account_key": ""},
        "smartstream": {
            "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address, "password": merchant.password,
            "access_token": "", "api_key": "", "api_url": sim.url, "requests_per_minute": "0",
        },
    }  # fmt: skip
    found: dict[str, str] = {}
    for service in job.template["services"]:
        found.update(injected(service, inputs[service], folder).environment)
    return found


def secrets(sim: Simulator) -> set[str]:
    """What no job may show."""
    keys = {
        key[name]
        for origin in sim.msl.origins.values() for key in origin["sharedKeys"] for name in ("key", "previousKey")
        if key.get(name)
    }  # fmt: skip
    return keys | {sim.credentials["client_secret"], sim.credentials["access_token"], sim.smartstream.password}


def test_every_playbook_is_launched_here():
    assert sorted(LAUNCHES) == definitions.playbooks()


@each_playbook
def test_awx_would_take_the_answers(playbook):
    assert refused_answers(definitions.survey(playbook), LAUNCHES[playbook].answers) == []


@each_playbook
def test_a_job_checks_runs_and_then_finds_nothing_to_do(sim, launch, playbook):
    launched = LAUNCHES[playbook]
    launched.seed(sim)
    foretold = launch(playbook, launched.answers, check=True)
    assert foretold.status == "successful", foretold.output
    assert sim.violations == []
    done = launch(playbook, launched.answers)
    assert done.status == "successful", done.output
    assert bool(sim.writes) == launched.writes
    assert foretold.changed == done.changed > 0, foretold.output + done.output
    sim.clear_requests()
    again = launch(playbook, launched.answers)
    assert again.status == "successful", again.output
    assert (again.changed, sim.writes) == (0, []), again.output
    for ran in (foretold, done, again):
        assert not any(secret in ran.kept for secret in secrets(sim))


@each_playbook
def test_an_answer_is_never_rendered(sim, launch, playbook):
    """AWX marks answers, so that people who may launch cannot run templates."""
    launched = LAUNCHES[playbook]
    launched.seed(sim)
    done = launch(playbook, {**launched.answers, launched.names: "{{ 'a rendered' ~ ' answer' }}"}, check=True)
    assert "a rendered answer" not in done.kept
    assert done.status == "failed", done.output


def test_a_wait_is_in_the_output_of_the_job(sim, launch):
    sim.settings.smartstream.start.reads = 2
    launched = LAUNCHES["live_event_run.yml"]
    launched.seed(sim)
    answers = {"live_event_run_print_ingest_url": "true", "live_event_run_wait_interval": 1}
    done = launch("live_event_run.yml", {**launched.answers, **answers})
    assert done.status == "successful", done.output
    line = "Waiting: live event 'evening-show' is encode_status_pending; 0 s so far, giving up after 900 s."
    assert line in done.output
