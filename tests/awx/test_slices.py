# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Forty accounts as hosts, shared out over four slices that run side by side: each account is visited once."""

from __future__ import annotations

from collections import Counter

from ansible_collections.streamops.live.tests.awx.answers import LAUNCHES
from ansible_collections.streamops.live.tests.awx.injection import injected
from ansible_collections.streamops.live.tests.awx.jobs import Job, Launch, side_by_side, sliced, template
from ansible_collections.streamops.live.tests.simulator import Settings, Simulator

PLAYBOOK = "multi_cdn_origin.yml"
ACCOUNTS = [f"1-ACCOUNT{number:02}" for number in range(40)]
SLICES = 4


def test_each_account_is_visited_once(project_collections, tmp_path):
    hosts = {
        key.lower(): {
            **LAUNCHES[PLAYBOOK].answers,
            # Names of origins are unique over all accounts, so they stand with the host, and there is no survey.
            "multi_cdn_origin_host_name": f"news{number:02}",
            "msl_connection": {"account_switch_key": key},
        }
        for number, key in enumerate(ACCOUNTS)
    }
    job = Job(template(PLAYBOOK), {}, hosts, inventory="Accounts")
    with Simulator(Settings().without_budget()) as sim:
        launches = []
        for number, part in enumerate(sliced(job, SLICES)):
            assert len(part.hosts) == len(ACCOUNTS) // SLICES
            folder = tmp_path / f"slice-{number}"
            variables = injected("msl", {**sim.credentials, "account_key": ""}, folder).environment
            launches.append(Launch(part, folder, project_collections, variables))
        ended = side_by_side(launches)
        assert [done.status for done in ended] == ["successful"] * SLICES, "\n".join(done.output for done in ended)
        # Every account by its own key, and none without one.
        assert sorted(sim.accounts.keys() - {""}) == ACCOUNTS
        assert all(len(sim.account(key).origins) == 1 for key in ACCOUNTS)
        created = Counter(request.account for request in sim.writes)
        assert created == Counter(ACCOUNTS)
        # The same requests for each account: none is read twice by another slice.
        counts = Counter(request.account for request in sim.requests)
        assert set(counts) == set(ACCOUNTS)
        assert len(set(counts.values())) == 1, counts
