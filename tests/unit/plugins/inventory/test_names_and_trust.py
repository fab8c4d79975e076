# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of hosts, variables and groups, and what is no template."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.plugin_utils._inventory_hosts import (
    Found,
    group,
    named,
    unlike_groups,
    variables,
)
from ansible_collections.streamops.live.plugins.plugin_utils._inventory_trust import untrusted

try:
    from ansible.template import is_trusted_as_template
except ImportError:
    is_trusted_as_template = None


def found(*names):
    """Resources of these names, whose ids are numbers from 1."""
    return [Found(str(number), (name, f"stream_{number}"), {}) for number, name in enumerate(names, start=1)]


def hosts(*names):
    return [host.name for host in named("stream", found(*names))]


def test_names_stay():
    given_names = ["news", "NEWS", "a_b-c", "1.2", "朝のニュース", "x@y", "x+1"]
    assert hosts(*given_names) == given_names
    assert not [host.warning for host in named("stream", found(*given_names)) if host.warning]


@pytest.mark.parametrize(
    "name",
    [
        "", " ", "a b", "a:b", "a,b", "a[1:3]", "!a", "&a", "~a", "-oProxyCommand=x", "../a", "/a", ".a", "a\n", "a*",
        "{{ 1 }}", "all", "ungrouped", "localhost", "LOCALHOST", "127.0.0.1", "::1",
    ],
)  # fmt: skip
def test_a_name_that_means_something_else_is_not_used(name):
    (host,) = named("stream", found(name))
    assert host.name == "stream_1"
    assert "stream_1" in host.warning


def test_without_any_name_a_resource_is_left_out():
    (host,) = named("live event", [Found("a b", ("a b",), {})])
    assert host.name is None
    assert "left out" in host.warning


def test_the_first_keeps_a_name_and_others_get_their_ids():
    assert hosts("news", "news", "sport", "news") == ["news", "news_2", "sport", "news_4"]
    assert [bool(host.warning) for host in named("stream", found("news", "news"))] == [False, True]


def test_a_name_that_another_has_is_not_given_away():
    assert hosts("news", "news", "news_2") == ["news", "news_2_2", "news_2"]
    assert hosts("stream_2", "all") == ["stream_2", "stream_2_2"]
    assert hosts("all", "stream_1") == ["stream_1_1", "stream_1"]


def test_the_name_of_a_group_is_nobodys():
    resources = named("stream", found("format_hls", "news", "stream_1", "format_hls"), {"format_hls", "stream_4"})
    assert [host.name for host in resources] == ["stream_1_1", "news", "stream_1", "stream_4_4"]
    assert [host.warning for host in resources] == [
        "The stream 'format_hls' is the host 'stream_1_1': a group is called 'format_hls'.",
        "",
        "",
        "The stream 'format_hls' is the host 'stream_4_4': a group is called 'format_hls'.",
    ]


def test_a_resource_with_one_name_gets_its_id_where_a_group_has_it():
    (host,) = named("live event", [Found("1", ("evening",), {})], {"evening"})
    assert (host.name, bool(host.warning)) == ("evening_1", True)


def settled(names, groups_of):
    """Names of hosts, where groups depend on those."""
    resources = found(*names)
    return [
        host.name
        for host in unlike_groups(
            lambda groups: named("stream", resources, groups),
            lambda hosts: {name for host in hosts for name in groups_of(host)},
        )
    ]


def test_hosts_are_not_called_as_the_groups_that_come_of_them():
    assert settled(["news", "sport"], lambda host: {f"group_of_{host.name}"}) == ["news", "sport"]
    assert settled(["news", "sport"], lambda host: {"sport"}) == ["news", "stream_2"]
    assert settled(["news", "sport"], lambda host: set(host.found.names)) == ["stream_1_1", "stream_2_2"]


def test_a_name_that_a_group_follows_is_kept():
    assert settled(["news", "sport"], lambda host: {host.name}) == ["news", "sport"]
    assert settled(["news", "sport"], lambda host: {host.name, "sport"}) == ["news", "sport"]
    assert settled(["news", "sport"], lambda host: {"sport", f"{host.name}_x"}) == ["news", "stream_2"]


@given(st.lists(st.sampled_from(["a", "a_2", "a_3", "a_2_2", "stream_1", "all", "", "b"]), max_size=8))
def test_hosts_are_distinct_and_none_is_lost(names):
    every = hosts(*names)
    assert None not in every
    assert len(set(every)) == len(names)


@pytest.mark.parametrize(
    ("name", "prefix", "expected"),
    [
        ("format", "", "format"),
        ("name", "", "msl_name"),
        ("name", "x_", "x_name"),
        ("tags", "", "msl_tags"),
        ("hostvars", "", "msl_hostvars"),
        ("inventory_hostname", "", "msl_inventory_hostname"),
        ("ansible_connection", "", "msl_ansible_connection"),
        ("connection", "ansible_", "msl_ansible_connection"),
        ("a-b", "", "msl_a_b"),
        ("1st", "", "msl_1st"),
    ],
)
def test_no_variable_is_one_of_ansible_own(name, prefix, expected):
    assert variables({name: 1}, prefix, "msl_") == {expected: 1}


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("format", "HLS", "format_hls"),
        ("encode_status", "encode_status_running", "encode_status_running"),
        ("encode_status", "stopped", "encode_status_stopped"),
        ("zone", None, None),
        ("zone", " ", None),
    ],
)
def test_groups(kind, value, expected):
    assert group(kind, value) == expected


HARMLESS = ["", "PROVISIONED", "rtmp://192.0.2.1:1935/live/a?b=c&d=1%20", "2026-11-22T11:08:30.492+09:00", "朝 1"]
SUSPECT = [
    "{{ 1 }}",
    "{% raw %}",
    "{# x #}",
    "#jinja2:variable_start_string:'<<'",
    "lookup('pipe', 'id')",
    "a\nb",
    "a|b",
]


def refused(value):
    """Whether Ansible takes this for no template in any case."""
    return hasattr(value, "__UNSAFE__") if is_trusted_as_template is None else not is_trusted_as_template(value)


def test_texts_that_could_be_templates_are_refused():
    shown = untrusted({"a": SUSPECT, "b": {"c": HARMLESS}, "d": [1, None, True, 1.5]})
    assert shown == {"a": SUSPECT, "b": {"c": HARMLESS}, "d": [1, None, True, 1.5]}
    assert [refused(value) for value in shown["a"]] == [True] * len(SUSPECT)
    assert [refused(value) for value in shown["b"]["c"]] == [False] * len(HARMLESS)


@given(st.text(max_size=6), st.sampled_from(["{{", "{%", "{#", "#jinja2:"]), st.text(max_size=6))
def test_no_text_with_a_delimiter_is_let_through(before, delimiter, after):
    assert refused(untrusted(before + delimiter + after))
