# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The call of AWX, with its environment: what it injects, and source_vars as variables."""

from __future__ import annotations

import pytest

from ansible_collections.streamops.live.tests.unit.plugins.inventory.inventories import (
    secrets,
    update,
    variables_of,
    write,
)

KINDS = ("msl", "smartstream")
# What AWX injects of a credential's blank inputs, and of source variables that were left empty.
BLANK = dict.fromkeys(
    (
        "AKAMAI_ACCOUNT_KEY", "AKAMAI_EDGERC", "AKAMAI_EDGERC_SECTION", "SMARTSTREAM_ACCESS_TOKEN", "SMARTSTREAM_API_KEY",
        "SMARTSTREAM_REQUESTS_PER_MINUTE", "SMARTSTREAM_RUNNING_STATUSES", "SMARTSTREAM_PROFILE_NAMES",
        "STREAMOPS_CA_PATH", "STREAMOPS_RETRIES", "STREAMOPS_TIMEOUT", "STREAMOPS_VALIDATE_CERTS",
        "STREAMOPS_INVENTORY_DETAILS", "STREAMOPS_INVENTORY_NAME_MATCH", "STREAMOPS_INVENTORY_STRICT",
        "STREAMOPS_INVENTORY_VARS_PREFIX", "STREAMOPS_INVENTORY_CACHE", "STREAMOPS_INVENTORY_CACHE_CONNECTION",
        "STREAMOPS_INVENTORY_CACHE_PLUGIN", "STREAMOPS_INVENTORY_CACHE_PREFIX", "STREAMOPS_INVENTORY_CACHE_TIMEOUT",
        "STREAMOPS_INVENTORY_LEADING_SEPARATOR", "STREAMOPS_INVENTORY_USE_EXTRA_VARS",
    ),
    "",
)  # fmt: skip


@pytest.fixture
def seeded(sim):
    """Two of each kind, one of them with what would be a template."""
    for name, message in (("news", "done"), ("sport", "{{ lookup('pipe', 'id') }}")):
        number = sim.msl.add_stream({"name": name, "origin": {"hostName": "demohost"}})
        sim.msl.streams[number]["provisionDetail"]["message"] = message
        sim.smartstream.add_live_event({"ref_id": name, "name": message})
    return sim


@pytest.mark.parametrize("kind", KINDS)
def test_an_update(kind, seeded, tmp_path):
    ran = update(write(tmp_path, kind), **BLANK, **variables_of(seeded))
    assert ran.status == 0, ran.said
    assert set(ran.hosts) == {"news", "sport"}
    # AWX knows text only: a host that is called by an object would be lost.
    assert sorted(ran.written[{"msl": "origin_demohost", "smartstream": "profile_hd"}[kind]]["hosts"]) == [
        "news",
        "sport",
    ]
    message = {
        "msl": lambda host: host["provision_detail"]["message"],
        "smartstream": lambda host: host["smartstream_name"],
    }
    assert message[kind](ran.hosts["news"]) == "done"
    assert message[kind](ran.hosts["sport"]) == {"__ansible_unsafe": "{{ lookup('pipe', 'id') }}"}
    everything = ran.said + str(ran.written)
    assert not [secret for secret in secrets(seeded) if secret in everything]
    assert "[WARNING]" not in ran.said
    assert not seeded.writes


@pytest.mark.parametrize("kind", KINDS)
def test_a_cache(kind, seeded, tmp_path):
    cache = tmp_path / "cache"
    path = write(tmp_path, kind, cache=True, cache_plugin="ansible.builtin.jsonfile", cache_connection=str(cache))
    first = update(path, **BLANK, **variables_of(seeded))
    assert first.status == 0, first.said
    asked = len(seeded.requests)
    assert asked
    second = update(path, **BLANK, **variables_of(seeded))
    assert len(seeded.requests) == asked
    assert second.written == first.written
    texts = [file.read_text(encoding="utf-8") for file in cache.iterdir()]
    assert len(texts) == 1
    assert not [secret for secret in secrets(seeded) if secret in texts[0]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_cache_by_source_variables(kind, seeded, tmp_path):
    source_vars = {
        "STREAMOPS_INVENTORY_CACHE": "true",
        "STREAMOPS_INVENTORY_CACHE_PLUGIN": "ansible.builtin.jsonfile",
        "STREAMOPS_INVENTORY_CACHE_CONNECTION": str(tmp_path / "cache"),
        "STREAMOPS_INVENTORY_CACHE_PREFIX": "live_",
    }
    path = write(tmp_path, kind)
    first = update(path, **{**BLANK, **variables_of(seeded), **source_vars})
    assert first.status == 0, first.said
    asked = len(seeded.requests)
    assert update(path, **{**BLANK, **variables_of(seeded), **source_vars}).written == first.written
    assert len(seeded.requests) == asked
    assert [file.name.startswith("live_") for file in (tmp_path / "cache").iterdir()] == [True]


@pytest.mark.parametrize("kind", KINDS)
def test_source_variables(kind, seeded, tmp_path):
    source_vars = {
        "STREAMOPS_INVENTORY_NAME_MATCH": "^new",
        "STREAMOPS_INVENTORY_VARS_PREFIX": "live_",
        "STREAMOPS_INVENTORY_DETAILS": "True",
        "SMARTSTREAM_PENDING_STATUSES": "",
        "SMARTSTREAM_STOPPED_STATUSES": "stopped_by_hand,stopped",
        "SMARTSTREAM_PROFILE_NAMES": "False",
        "STREAMOPS_TIMEOUT": "5",
    }
    for event in seeded.smartstream.live_events.values():
        event["encode_status"] = "stopped"
    ran = update(write(tmp_path, kind), **{**BLANK, **variables_of(seeded), **source_vars})
    assert ran.status == 0, ran.said
    assert set(ran.hosts) == {"news"}
    if kind == "msl":
        assert ran.hosts["news"]["live_primary_publishing_url"]
    else:
        assert ran.hosts["news"]["live_phase"] == "stopped"
        assert not [request for request in seeded.requests if "live_event_profiles" in request.path]


@pytest.mark.parametrize(("kind", "missing"), [("msl", "AKAMAI_HOST"), ("smartstream", "SMARTSTREAM_MERCHANT_ID")])
def test_an_update_without_credentials_fails(kind, missing, tmp_path):
    ran = update(write(tmp_path, kind), **BLANK)
    assert ran.status != 0
    assert missing in ran.said
    assert "Traceback" not in ran.said


@pytest.mark.parametrize("kind", KINDS)
def test_any_name_of_a_file_will_do(kind, seeded, tmp_path):
    path = write(tmp_path, kind).rename(tmp_path / "live.inv.yml")
    ran = update(path, **variables_of(seeded))
    assert ran.status == 0, ran.said
    assert set(ran.hosts) == {"news", "sport"}
