# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of any value, through the real argument specifications."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._module.specs import (
    MSL_CONNECTION,
    SMARTSTREAM_CONNECTION,
    Spec,
)
from ansible_collections.streamops.live.tests.hostile.judge import TASKS, connection, ran, validated
from ansible_collections.streamops.live.tests.simulator import Simulator

NAMES = ("demohost", "news", "fastly", "show", "EUROPE", "HLS", "THIRD_PARTY", "ingest-1", "400001", "hd")
DATES = (
    "2034-12-31T20:00:00+09:00", "2034-12-31T20:00:00Z", "2020-01-01", "next week",
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+12:00",
)  # fmt: skip
LENGTHS = ("30d", "1d12h", "0", "9" * 400, "99999999999d", "999999999999w", "\u00b2", "-1d")
HOSTILE = (
    "", " ", "\n", "a\r\nX-Injected: yes", "../../x", "..", ".", "%2e%2e", "a/b", "a?b=c", "a#b", "\x00", "\ud800", "x" * 3000,
    "{{ 1 }}", "$(id)", "\u202e", "\U0001f600", "null", "-1", "1e400", "[]", "{}", "(", "*", "9" * 400, "9" * 5000, "\u00b2", "\u0663",
)  # fmt: skip
texts = st.one_of(*(st.sampled_from(some) for some in (NAMES, DATES, LENGTHS, HOSTILE)), st.text(max_size=8))
numbers = st.one_of(st.integers(-2, 100), st.sampled_from([0, -(10**30), 10**30, 2**31, 10**400, -(10**400)]))
_BY_TYPE: dict[str, st.SearchStrategy[Any]] = {
    "str": texts,
    "int": numbers,
    "bool": st.booleans(),
    "float": st.floats(),
    "path": st.sampled_from(["/nonexistent", "", "/dev/null"]),
    "raw": st.one_of(texts, numbers, st.none()),
    "dict": st.dictionaries(texts, texts, max_size=2),
}
# Those of a connection that let a task begin.
OF_CONNECTIONS = {*MSL_CONNECTION, *SMARTSTREAM_CONNECTION}


def values_of(rule: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a rule of a specification more often than not."""
    kind = rule.get("type", "str")
    if "options" in rule and kind == "dict":
        return options_of(rule["options"])
    if kind == "list":
        entry = options_of(rule["options"]) if "options" in rule else _BY_TYPE[rule.get("elements", "str")]
        return st.lists(entry, max_size=3)
    if "choices" in rule:
        return st.sampled_from(list(rule["choices"]))
    return _BY_TYPE[kind]


def options_of(spec: Spec, without: frozenset[str] | set[str] = frozenset()) -> st.SearchStrategy[dict[str, Any]]:
    """Some of the options of a specification, and all that are required."""
    rules = {name: values_of(rule) for name, rule in spec.items() if name not in without}
    required = {name: value for name, value in rules.items() if spec[name].get("required")}
    likely = {"name", "host_name", "ref_id", "state"} & rules.keys()
    optional = {name: value for name, value in rules.items() if name not in required}
    few = st.lists(st.sampled_from(sorted(optional)), max_size=5, unique=True) if optional else st.just([])
    return few.flatmap(
        lambda chosen: st.fixed_dictionaries(
            {**required, **{name: optional[name] for name in {*chosen, *(likely - required.keys())}}}
        )
    )


def seed(sim: Simulator) -> None:
    sim.reset()
    sim.msl.add_origin({"hostName": "demohost", "thirdPartyCdnCpcode": 700001, "sharedKeys": [{"name": "fastly"}]})
    sim.msl.add_stream({"name": "news"})
    sim.smartstream.add_live_event({"ref_id": "show", "name": "show"})


@pytest.mark.parametrize("kind", TASKS)
@given(drawing=st.data())
def test_options_of_any_value(sim: Simulator, kind: str, drawing: st.DataObject) -> None:
    task = TASKS[kind]
    drawn = drawing.draw(options_of(task.spec, OF_CONNECTIONS))
    seed(sim)
    options = validated(task, {**connection(sim, task), **drawn})
    if options is None:
        return
    foretold = ran(task, dict(options), check=True)
    assert [request for request in sim.requests if request.is_write or request.is_key_generation] == []
    done = ran(task, dict(options))
    assert not any("X-Injected" in request.headers for request in sim.requests)
    # Of a status that no option names only the service knows which calls it allows.
    refused = [request for request in sim.requests if request.is_write and not request.is_done]
    if not refused and not foretold.failed and not done.failed:
        assert foretold.values["changed"] == done.values["changed"]
        assert foretold.values.get("actions") == done.values.get("actions")


@pytest.mark.parametrize("kind", ["stream", "live_event"])
@given(drawing=st.data())
def test_connections_of_any_value(sim: Simulator, kind: str, drawing: st.DataObject) -> None:
    task = TASKS[kind]
    good = connection(sim, task)
    # The address stays: the tests talk to nobody else.
    names = sorted((OF_CONNECTIONS & task.spec.keys()) - {"host", "api_url", "ca_path", "validate_certs"})
    chosen = drawing.draw(st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True))
    seed(sim)
    options = validated(
        task, {"name": "news", **good, **{name: drawing.draw(values_of(task.spec[name])) for name in chosen}}
    )
    if options is None:
        return
    ran(task, options)
    assert not any("X-Injected" in request.headers for request in sim.requests)


@pytest.mark.parametrize(
    ("kind", "option"),
    [
        *(("stream", name) for name in ("client_token", "client_secret", "access_token", "account_switch_key")),
        *(("live_event", name) for name in ("access_token", "api_key", "merchant_id", "mail_address", "password")),
    ],
)
@pytest.mark.parametrize("evil", ["s3cret-\r\nX-Injected: yes", "s3cret-\x00", "s3cret-\u3042"])
def test_a_credential_cannot_bring_a_header_along(sim: Simulator, kind: str, option: str, evil: str) -> None:
    task = TASKS[kind]
    options = validated(task, {**connection(sim, task), "name": "news", option: evil})
    assert options is not None
    result = ran(task, options)
    assert not any("X-Injected" in request.headers for request in sim.requests)
    if task.spec[option].get("no_log"):
        assert "s3cret-" not in str(result.values)
