# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.streamops.live.plugins.module_utils._core.errors import InvalidInput
from ansible_collections.streamops.live.plugins.module_utils._msl.edgerc import read_edgerc

GOOD = """\
[default]
host = akab-h.luna.akamaiapis.net
client_token = akab-client
client_secret = c2VjcmV0/+==
access_token = akab-access

[partner]
host: akab-p.luna.akamaiapis.net
account_key = 1-5C0YLB:1-8BYUX
"""

# All that prints, but what the reader recognises as quotes and comments.
CREDENTIAL = "".join(sorted({chr(code) for code in range(33, 127)} - set("\"'#;")))


class File:
    """A credentials file, and the warnings that reading it gave."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "edgerc"
        self.warnings: list[str] = []

    def read(self, text: str | bytes, section: str = "default", mode: int = 0o600) -> dict[str, str]:
        self.path.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.path.chmod(mode)
        return read_edgerc(str(self.path), section, self.warnings.append)


@pytest.fixture
def file(tmp_path: Path) -> File:
    return File(tmp_path)


def test_the_members_of_a_section_are_read(file: File) -> None:
    assert file.read(GOOD) == {
        "host": "akab-h.luna.akamaiapis.net",
        "client_token": "akab-client",
        "client_secret": "c2VjcmV0/+==",
        "access_token": "akab-access",
    }
    assert file.read(GOOD, "partner") == {"host": "akab-p.luna.akamaiapis.net", "account_key": "1-5C0YLB:1-8BYUX"}
    assert file.warnings == []


@pytest.mark.parametrize(
    ("line", "secret", "warning"),
    [
        ("client_secret = pass%word%%x", "pass%word%%x", None),
        ("client_secret=%(host)s", "%(host)s", None),
        ("client_secret = abc#def;ghi", "abc#def;ghi", None),
        ('client_secret = "quoted="', "quoted=", "quotes"),
        ("client_secret = 'quoted='", "quoted=", "quotes"),
        ("client_secret = abc= # mine", "abc=", "comment"),
        ("client_secret = abc=\t; mine", "abc=", "comment"),
        ('client_secret = "abc=" # mine', "abc=", "comment"),
        ("CLIENT_SECRET = abc=", "abc=", None),
        ("client_secret = one\nclient_secret = two", "two", None),
    ],
)
def test_secrets_as_people_write_them(file: File, line: str, secret: str, warning: str | None) -> None:
    assert file.read(f"[default]\n{line}\n")["client_secret"] == secret
    assert all(secret not in text for text in file.warnings)
    assert any(warning in text for text in file.warnings) if warning else not file.warnings


@given(st.text(CREDENTIAL, min_size=1, max_size=60))
def test_every_printable_secret_is_read_as_it_stands(tmp_path_factory: pytest.TempPathFactory, secret: str) -> None:
    file = File(tmp_path_factory.getbasetemp())
    assert file.read(f"[default]\nclient_secret = {secret}\n")["client_secret"] == secret


@pytest.mark.parametrize("value", ['"half', "two words", "it's"])
def test_a_credential_that_cannot_be_one_is_refused_without_being_shown(file: File, value: str) -> None:
    with pytest.raises(InvalidInput, match=r"client_secret in \[default\] of .* holds a quote or a space") as refused:
        file.read(f"[default]\nclient_secret = {value}\n")
    assert value not in refused.value.text()


def test_empty_members_are_as_good_as_missing(file: File) -> None:
    assert file.read('[default]\nhost =\nclient_token = ""\naccess_token = x\n') == {"access_token": "x"}


def test_members_that_nobody_asks_for_are_left_alone(file: File) -> None:
    assert file.read('[default]\nhost = h\nmax-body = 131072\nnote = "a b\n') == {"host": "h"}


def test_a_missing_section_is_named_with_those_that_exist(file: File) -> None:
    with pytest.raises(InvalidInput, match=r"no section \[prod\] \(it has: default, partner\)") as refused:
        file.read(GOOD, "prod")
    assert "edgerc_section" in refused.value.advice
    with pytest.raises(InvalidInput, match=r"\(it has: none\)"):
        file.read("", "prod")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="nowhere cannot be read") as refused:
        read_edgerc(str(tmp_path / "nowhere"), "default", print)
    assert "edgerc" in refused.value.advice


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_edgerc(str(tmp_path), "default", print)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("client_secret = s3cret\n", "has no section"),
        ("[default]\ns3cret\n", "not in the form"),
        ("[default\nclient_secret = s3cret\n", "has no section"),
        (b"[default]\nclient_secret = s3cret\xff\n", "not in the form"),
    ],
)
def test_a_file_of_another_form_is_refused_without_quoting_it(file: File, text: str | bytes, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as refused:
        file.read(text)
    assert "s3cret" not in refused.value.text()


def test_a_file_from_windows_is_read(file: File) -> None:
    assert file.read(b"\xef\xbb\xbf[default]\r\nhost = h\r\n") == {"host": "h"}


def test_the_default_section_lends_nothing_to_the_others(file: File) -> None:
    assert file.read("[DEFAULT]\nhost = other\n[default]\nclient_token = t\n") == {"client_token": "t"}


@pytest.mark.parametrize(("mode", "warned"), [(0o600, False), (0o400, False), (0o640, True), (0o644, True)])
def test_a_file_that_others_can_read_is_warned_about(file: File, mode: int, warned: bool) -> None:
    file.read(GOOD, mode=mode)
    assert bool(file.warnings) is warned
    assert not warned or "chmod 600" in file.warnings[0]
