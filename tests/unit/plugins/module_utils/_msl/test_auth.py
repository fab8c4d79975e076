# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import logging
from pathlib import Path

import pytest

from ansible_collections.streamops.live.plugins.module_utils._core.context import Context
from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._msl.auth import ENVIRONMENT, find_credentials, signer

OPTIONS = {
    "host": "option.example",
    "client_token": "option-t",
    "client_secret": "option-s",
    "access_token": "option-a",
}
VARIABLES = {
    "AKAMAI_HOST": "variable.example",
    "AKAMAI_CLIENT_TOKEN": "variable-t",
    "AKAMAI_CLIENT_SECRET": "variable-s",
    "AKAMAI_ACCESS_TOKEN": "variable-a",
}
FILE = """\
[default]
host = file.example
client_token = file-t
client_secret = file-s
access_token = file-a
account_key = file-k

[other]
host = https://other.example/
client_token = other-t
client_secret = other-s
access_token = other-a
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home without credentials."""
    return tmp_path


def write(folder: Path, name: str = ".edgerc") -> Path:
    path = folder / name
    path.write_text(FILE, encoding="utf-8")
    path.chmod(0o600)
    return path


def found(home: Path, options: dict[str, str | None], **variables: str) -> tuple[str, str, str, str, str | None]:
    credentials = find_credentials(options, Context(environment={"HOME": str(home), **variables}))
    return (
        credentials.url.removeprefix("https://"),
        credentials.client_token,
        credentials.client_secret,
        credentials.access_token,
        credentials.account_switch_key,
    )


def test_options_come_before_the_environment_and_that_before_the_file(home: Path) -> None:
    write(home)
    assert found(home, {}) == ("file.example", "file-t", "file-s", "file-a", "file-k")
    assert found(home, {}, AKAMAI_HOST="variable.example")[:2] == ("variable.example", "file-t")
    assert found(home, {"host": "option.example"}, **VARIABLES)[:2] == ("option.example", "variable-t")
    assert found(home, {"account_switch_key": "option-k"}, AKAMAI_ACCOUNT_KEY="variable-k")[4] == "option-k"
    assert found(home, {}, AKAMAI_ACCOUNT_KEY="variable-k")[4] == "variable-k"


def test_the_file_at_home_is_not_read_when_nothing_is_missing(home: Path) -> None:
    (home / ".edgerc").write_text("this is no credentials file", encoding="utf-8")
    assert found(home, dict(OPTIONS)) == ("option.example", "option-t", "option-s", "option-a", None)
    assert found(home, {}, **VARIABLES) == ("variable.example", "variable-t", "variable-s", "variable-a", None)


def test_a_file_that_is_named_is_read_even_when_nothing_is_missing(home: Path) -> None:
    path = write(home, "mine")
    assert found(home, {**OPTIONS, "edgerc": str(path)})[4] == "file-k"
    with pytest.raises(InvalidInput, match="nowhere cannot be read"):
        found(home, {**OPTIONS, "edgerc": str(home / "nowhere")})


def test_file_and_section_can_be_named_by_the_environment(home: Path) -> None:
    path = write(home, "mine")
    variables = {"AKAMAI_EDGERC": str(path), "AKAMAI_EDGERC_SECTION": "other"}
    assert found(home, {}, **variables)[:2] == ("other.example", "other-t")
    assert found(home, {"edgerc_section": "default"}, **variables)[1] == "file-t"


def test_a_tilde_is_the_home_of_the_tasks_environment(home: Path) -> None:
    write(home, "mine")
    assert found(home, {"edgerc": "~/mine"})[1] == "file-t"


def test_an_empty_variable_counts_as_unset(home: Path) -> None:
    write(home)
    for blank in ("", "  "):
        assert found(home, {}, **dict.fromkeys(ENVIRONMENT.values(), blank)) == found(home, {})
    assert found(home, dict.fromkeys(OPTIONS, " "), **VARIABLES) == found(home, {}, **VARIABLES)


def test_blanks_around_a_value_do_not_count(home: Path) -> None:
    assert found(home, {**OPTIONS, "client_secret": " option-s\n"})[2] == "option-s"


def test_what_is_missing_is_named_with_where_it_was_looked_for(home: Path) -> None:
    with pytest.raises(InvalidInput) as refused:
        found(home, {"host": "option.example"})
    text = refused.value.text()
    assert "client_token, client_secret, access_token not found" in text
    assert f"{home}/.edgerc does not exist" in text
    assert "AKAMAI_CLIENT_SECRET" in text
    write(home).write_text("[default]\nhost = file.example\nclient_token = file-t\n", encoding="utf-8")
    with pytest.raises(InvalidInput, match=r"client_secret, access_token not found .*\[default\] of"):
        found(home, {})


def test_what_is_found_is_a_secret_from_then_on(home: Path) -> None:
    write(home)
    context = Context(environment={"HOME": str(home)})
    credentials = find_credentials({}, context)
    assert context.scrubber.scrub("file-t file-s file-a") == " ".join(["********"] * 3)
    assert "file-s" not in repr(credentials)


@pytest.mark.parametrize("host", ["http://api.example.com", "http://10.0.0.1:8080"])
def test_plain_http_to_another_machine_is_refused(home: Path, host: str) -> None:
    with pytest.raises(InvalidInput, match="plain http"):
        found(home, {**OPTIONS, "host": host})


def test_the_signing_package_logs_no_secrets(home: Path) -> None:
    logging.getLogger("akamai.edgegrid").setLevel(logging.DEBUG)
    signer(find_credentials(dict(OPTIONS), Context(environment={"HOME": str(home)})))
    assert not logging.getLogger("akamai.edgegrid").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("akamai.edgegrid.edgegrid").isEnabledFor(logging.DEBUG)
