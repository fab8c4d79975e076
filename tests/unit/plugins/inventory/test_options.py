# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both plugins do with their options, in this process."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleError, AnsibleParserError

from ansible_collections.streamops.live.plugins.plugin_utils._inventory_options import _PREFIXES
from ansible_collections.streamops.live.tests.unit.plugins.inventory.inventories import (
    DOCUMENTED,
    PLUGINS,
    plugin,
    read,
    secrets,
    write,
)

pytestmark = pytest.mark.usefixtures("credentials")
JSON_FILES = {"cache": True, "cache_plugin": "jsonfile"}


@pytest.fixture
def streams(sim):
    """Three streams of two origins."""
    for name, shape, origin in (("news", "HLS", "demohost"), ("sport", "CMAF", "demohost"), ("talk", "DASH", "other")):
        sim.msl.add_stream({"name": name, "format": shape, "origin": {"hostName": origin}, "encoderZone": "US_EAST"})
    return sim


@pytest.mark.parametrize("kind", PLUGINS)
def test_every_option_has_a_variable_that_awx_can_set(kind):
    """But those that no text can say."""
    structured = {"plugin", "filters", "compose", "groups", "keyed_groups"}
    options = DOCUMENTED[kind]["doc"]["options"]
    variables = {name: [one["name"] for one in text.get("env", ())] for name, text in options.items()}
    own = {name: [one for one in names if not one.startswith("ANSIBLE_")] for name, names in variables.items()}
    assert {name for name, names in own.items() if not names} == structured
    # Blank ones of any other beginning would not count as not set.
    assert not [one for names in own.values() for one in names if not one.startswith(_PREFIXES)]


# Option -> what Ansible calls its variable and its key in ansible.cfg.
OF_ANSIBLE = {
    "cache": ("ANSIBLE_INVENTORY_CACHE", ("inventory", "cache")),
    "cache_plugin": ("ANSIBLE_INVENTORY_CACHE_PLUGIN", ("inventory", "cache_plugin")),
    "cache_timeout": ("ANSIBLE_INVENTORY_CACHE_TIMEOUT", ("inventory", "cache_timeout")),
    "cache_connection": ("ANSIBLE_INVENTORY_CACHE_CONNECTION", ("inventory", "cache_connection")),
    "cache_prefix": ("ANSIBLE_INVENTORY_CACHE_PLUGIN_PREFIX", ("inventory", "cache_prefix")),
    "use_extra_vars": ("ANSIBLE_INVENTORY_USE_EXTRA_VARS", ("inventory_plugins", "use_extra_vars")),
}


@pytest.mark.parametrize("option", OF_ANSIBLE)
@pytest.mark.parametrize("kind", PLUGINS)
def test_ansible_own_names_of_options_still_hold(option, kind):
    variable, (section, key) = OF_ANSIBLE[option]
    text = DOCUMENTED[kind]["doc"]["options"][option]
    names = [one["name"] for one in text["env"]]
    assert variable in names
    # Of several that are set, Ansible takes the last.
    assert names[-1] == f"STREAMOPS_INVENTORY_{option.upper()}"
    assert {"section": section, "key": key} in text["ini"]


TEXTS = {
    "cache_plugin": ("jsonfile", "jsonfile"),
    "cache_timeout": ("60", 60),
    "cache_connection": ("/nonexistent/cache", "/nonexistent/cache"),
    "cache_prefix": ("live_", "live_"),
    "use_extra_vars": ("yes", True),
    "leading_separator": ("false", False),
}


def options_by_variables(kind, environment, **variables):
    """A plugin's options, where its file says nothing of them."""
    made = plugin(kind)
    for name, text in variables.items():
        environment.setenv(name, text)
    with pytest.raises(AnsibleError):
        made.parse(None, _Loader({"plugin": made.NAME, "cache": False, "name_match": "("}), "x")
    return made


@pytest.mark.parametrize("option", TEXTS)
@pytest.mark.parametrize("kind", PLUGINS)
def test_options_that_are_ansible_own_by_variables(kind, option, environment):
    text, expected = TEXTS[option]
    variable = f"STREAMOPS_INVENTORY_{option.upper()}"
    default = DOCUMENTED[kind]["doc"]["options"][option].get("default")
    assert options_by_variables(kind, environment, **{variable: " "}).get_option(option) == default != expected
    assert options_by_variables(kind, environment, **{variable: text}).get_option(option) == expected
    if option in OF_ANSIBLE:
        environment.delenv(variable)
        assert options_by_variables(kind, environment, **{OF_ANSIBLE[option][0]: text}).get_option(option) == expected


def test_a_cache_by_variables_alone(streams, tmp_path, environment):
    path = write(tmp_path, "msl")
    environment.setenv("STREAMOPS_INVENTORY_CACHE_PLUGIN", "jsonfile")
    environment.setenv("STREAMOPS_INVENTORY_CACHE_CONNECTION", str(tmp_path / "cache"))
    for text, asked in (("", 1), ("true", 2), ("true", 2), ("false", 3)):
        environment.setenv("STREAMOPS_INVENTORY_CACHE", text)
        assert len(read("msl", path).hosts) == 3
        assert len(streams.requests) == asked


def test_no_leading_separator_by_a_variable(streams, tmp_path, environment):
    path = write(tmp_path, "msl", keyed_groups=[{"key": "format"}])
    assert "_HLS" in read("msl", path).groups
    environment.setenv("STREAMOPS_INVENTORY_LEADING_SEPARATOR", "false")
    assert {"HLS", "CMAF", "DASH"} < set(read("msl", path).groups)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("msl.yml", "", True),
        ("live.msl.yaml", "", True),
        ("hosts.yml", "plugin: streamops.live.msl", True),
        ("hosts.yaml", "---\n# About\nplugin:   'streamops.live.msl'  # this one\n", True),
        ("hosts.yml", "plugin: streamops.live.msl_other", False),
        ("hosts.yml", "all:\n  plugin: streamops.live.msl\n", False),
        ("hosts.yml", "plugin: streamops.live.smartstream", False),
        ("notmsl.yml", "all: {}", False),
        ("msl.ini", "plugin: streamops.live.msl", False),
    ],
)
def test_files_of_the_plugin(name, content, expected, tmp_path):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert plugin("msl").verify_file(str(path)) is expected


def test_a_file_that_is_not_there(tmp_path):
    assert plugin("msl").verify_file(str(tmp_path / "msl.yml")) is False


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"name_match": "^(news|talk)$"}, {"news", "talk"}),
        ({"name_match": "o"}, {"sport"}),
        ({"filters": [{"include": "format == 'HLS'"}, {"exclude": True}]}, {"news"}),
        ({"filters": [{"exclude": "format == 'HLS'"}]}, {"sport", "talk"}),
        ({"filters": [{"exclude": "inventory_hostname is match('news')"}, {"include": "false"}]}, {"sport", "talk"}),
        ({"filters": [{"include": "nowhere | default(false)"}, {"exclude": "msl_name == 'talk'"}]}, {"news", "sport"}),
        ({"filters": []}, {"news", "sport", "talk"}),
    ],
)
def test_filters(options, expected, streams, tmp_path):
    assert set(read("msl", write(tmp_path, "msl", **options)).hosts) == expected


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name_match": "("}, ("name_match '('", "regular expression")),
        ({"name_match": "a{99999999999999}"}, ("name_match 'a{99999999999999}'", "regular expression")),
        ({"filters": [{"include": "a", "exclude": "b"}]}, ("rule 1 of filters", "include or exclude")),
        ({"filters": [{"exclude": "a"}, {"only": "a"}]}, ("rule 2 of filters",)),
        ({"filters": [{"exclude": ["a"]}]}, ("rule 1 of filters", "condition")),
        ({"edgerc": "/nonexistent/edgerc"}, ("/nonexistent/edgerc",)),
        ({"host": "http://192.0.2.1"}, ("plain http",)),
    ],
)
def test_what_cannot_be_right_costs_no_request(options, words, streams, tmp_path):
    with pytest.raises(AnsibleParserError) as refused:
        read("msl", write(tmp_path, "msl", **options))
    for part in ("Cannot list streams for the inventory: ", *words):
        assert part in str(refused.value)
    assert refused.value.__cause__ is None
    assert not streams.requests


@pytest.mark.parametrize("condition", ["nowhere == 1", "format ==", "1 / 0"])
def test_a_condition_that_cannot_be_evaluated_loses_no_host(condition, streams, tmp_path):
    with pytest.raises(AnsibleParserError, match="cannot be evaluated for news"):
        read("msl", write(tmp_path, "msl", filters=[{"exclude": condition}]))


def test_constructed(streams, tmp_path):
    listed = read(
        "msl",
        write(
            tmp_path,
            "msl",
            compose={"ansible_connection": "'local'", "encoder": "inventory_hostname ~ '.' ~ encoder_zone"},
            groups={"european": "encoder_zone == 'EUROPE'", "modern": "format == 'CMAF'"},
            keyed_groups=[{"key": "cpcode | string", "prefix": "cpcode"}],
        ),
    )
    assert {host["ansible_connection"] for host in listed.hosts.values()} == {"local"}
    assert listed.hosts["sport"]["encoder"] == "sport.US_EAST"
    assert listed.groups["modern"] == ["sport"]
    assert "european" not in listed.groups
    assert f"cpcode_{listed.hosts['news']['cpcode']}" in listed.groups_of("news")


@pytest.mark.parametrize("part", [{"compose": {"x": "nowhere"}}, {"groups": {"x": "nowhere"}}])
def test_strict(part, streams, tmp_path, environment):
    assert len(read("msl", write(tmp_path, "msl", **part)).hosts) == 3
    environment.setenv("STREAMOPS_INVENTORY_STRICT", "true")
    with pytest.raises(AnsibleError, match="nowhere"):
        read("msl", write(tmp_path, "msl", **part))


def test_an_option_in_the_file_comes_before_the_environment(streams, tmp_path, environment):
    environment.setenv("AKAMAI_ACCESS_TOKEN", "akab-of-somebody-else")
    environment.setenv("STREAMOPS_INVENTORY_NAME_MATCH", "nobody")
    path = write(tmp_path, "msl", access_token=streams.credentials["access_token"], name_match="news")
    assert set(read("msl", path).hosts) == {"news"}


def test_a_log_in_in_the_file_comes_before_a_token_in_the_environment(sim, tmp_path, environment):
    environment.setenv("SMARTSTREAM_ACCESS_TOKEN", "token-of-somebody-else")
    sim.smartstream.add_live_event({"ref_id": "derby"})
    merchant = sim.smartstream
    path = write(tmp_path, "smartstream", mail_address=merchant.mail_address, password=merchant.password)
    assert set(read("smartstream", path).hosts) == {"derby"}
    assert sim.summary()["token_requests"] == 1
    assert {request.status for request in sim.requests} == {200}


def test_a_credential_may_be_looked_up(streams, tmp_path, environment):
    environment.delenv("AKAMAI_CLIENT_SECRET")
    environment.setenv("KEPT_ELSEWHERE", streams.credentials["client_secret"])
    template = "{{ lookup('env', 'KEPT_ELSEWHERE') }}"
    assert len(read("msl", write(tmp_path, "msl", client_secret=template)).hosts) == 3


def test_an_unknown_option_is_told(streams, tmp_path, warned):
    read("msl", write(tmp_path, "msl", filter=[]))
    assert warned == ["The inventory plugin streamops.live.msl has no option filter, so it has no effect."]


def test_a_blank_variable_does_not_switch_tls_checks_off(tmp_path, environment):
    made = plugin("msl")
    for name in ("STREAMOPS_VALIDATE_CERTS", "STREAMOPS_TIMEOUT", "AKAMAI_EDGERC"):
        environment.setenv(name, "")
    with pytest.raises(AnsibleError):
        made.parse(None, _Loader({"plugin": made.NAME, "name_match": "("}), "x")
    assert made.get_option("validate_certs") is True
    assert made.get_option("timeout") == 30
    assert made.get_option("edgerc") is None


class _Loader:
    """Gives the content of a file."""

    def __init__(self, content):
        self._content = content

    def load_from_file(self, _path, **_options):
        return self._content

    def get_basedir(self):
        return "."


def test_a_cache_belongs_to_an_account(streams, tmp_path, environment):
    streams.account("1-ABC:1-DEF").add_stream({"name": "theirs", "origin": {"hostName": "theirs"}})
    path = write(tmp_path, "msl", **JSON_FILES, cache_connection=str(tmp_path / "cache"))
    for _time in range(2):
        environment.delenv("AKAMAI_ACCOUNT_KEY", raising=False)
        assert set(read("msl", path).hosts) == {"news", "sport", "talk"}
        environment.setenv("AKAMAI_ACCOUNT_KEY", "1-ABC:1-DEF")
        assert set(read("msl", path).hosts) == {"theirs"}
    assert len(streams.requests) == 2


def test_a_cache_is_filtered_anew_and_read_anew_when_asked(streams, tmp_path):
    options = {**JSON_FILES, "cache_connection": str(tmp_path / "cache")}
    assert len(read("msl", write(tmp_path, "msl", **options)).hosts) == 3
    assert set(read("msl", write(tmp_path, "msl", name_match="news", **options)).hosts) == {"news"}
    assert len(streams.requests) == 1
    streams.msl.add_stream({"name": "new", "origin": {"hostName": "other"}})
    assert len(read("msl", write(tmp_path, "msl", **options), cache=False).hosts) == 4
    assert len(read("msl", write(tmp_path, "msl", **options)).hosts) == 4
    assert len(streams.requests) == 2
    # Another way of reading is not answered from it.
    read("msl", write(tmp_path, "msl", details=True, **options))
    assert len(streams.requests) == 2 + 1 + 4


def test_a_cache_that_is_broken_is_read_anew(streams, tmp_path, warned):
    path = write(tmp_path, "msl", **JSON_FILES, cache_connection=str(tmp_path / "cache"))
    read("msl", path)
    (file,) = (tmp_path / "cache").iterdir()
    file.write_text("{", encoding="utf-8")
    assert len(read("msl", path).hosts) == 3
    assert len(streams.requests) == 2


def test_wrong_credentials_are_said_without_showing_them(streams, tmp_path, environment):
    environment.setenv("AKAMAI_CLIENT_SECRET", "not-the-secret-at-all")
    with pytest.raises(AnsibleParserError, match="401") as refused:
        read("msl", write(tmp_path, "msl"))
    assert not [secret for secret in secrets(streams) | {"not-the-secret-at-all"} if secret in str(refused.value)]
