# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Spaces around values, as they come from files and surveys: nothing with them goes out."""

from __future__ import annotations

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.plugins.module_utils._module.resources import origin, stream
from ansible_collections.streamops.live.tests.unit.support.bench import Bench


def test_an_origin_is_created_without_the_spaces(bench: Bench) -> None:
    done = bench.converged("origin", **origin(host_name=" demohost ", email_ids=[" a@example.com", "a@example.com"]))
    assert (done.writes[0].body["hostName"], done.writes[0].body["emailIds"]) == ("demohost", ["a@example.com"])


def test_a_stream_is_created_without_the_spaces(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_origin({"hostName": "demohost", "cpcode": 400001})
    spaced = {
        "origin": {"host_name": " demohost "},
        "allowed_ips": [" 192.0.2.1", "192.0.2.1 "],
        "additional_email_ids": [" a@example.com "],
    }
    body = bench.converged("stream", **stream(**spaced)).writes[0].body
    assert body["origin"] == {"hostName": "demohost"}
    assert (body["allowedIps"], body["additionalEmailIds"]) == (["192.0.2.1"], ["a@example.com"])


def test_addresses_with_spaces_are_those_that_are_there(bench: Bench, sim: Simulator) -> None:
    sim.msl.add_stream({"name": "news", "cpcode": 400002, "additionalEmailIds": ["a@example.com"]})
    assert not bench.converged("stream", name="news", additional_email_ids=[" a@example.com"])["changed"]
