# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ``.edgerc`` file: the form in which Akamai gives out API credentials.

Akamai's own reader takes quotes and comments as part of a secret, and the service then says only that the signature
does not match. Tokens and secrets hold neither quotes nor spaces, so here both are recognised and said.
"""

from __future__ import annotations

import configparser
import os
import stat
import typing as t

from .._core.errors import InvalidInput

MEMBERS = ("host", "client_token", "client_secret", "access_token", "account_key")
_QUOTES = "\"'"


def read_edgerc(path: str, section: str, warn: t.Callable[[str], None]) -> dict[str, str]:
    """Read one section.

    :param warn: Called with a sentence for whatever is odd but understood.
    :returns: The members that are there and not empty.
    :raises InvalidInput: The file or the section cannot be read; the message names the sections that exist.
    """
    # No interpolation: a secret may hold a percent sign. No default section: Akamai's is an ordinary one.
    parser = configparser.RawConfigParser(default_section="\0", strict=False)
    try:
        with open(path, encoding="utf-8-sig") as file:
            mode = os.fstat(file.fileno()).st_mode
            parser.read_file(file)
    except OSError as error:
        raise InvalidInput(
            f"the edgerc file {path} cannot be read ({error.strerror})",
            advice="Create it, or name another with the option edgerc",
        ) from error
    except configparser.MissingSectionHeaderError:
        raise InvalidInput(f"the edgerc file {path} has no section", advice="Begin it with [default]") from None
    except (configparser.Error, UnicodeError):
        # The parser's own message would quote the line, which may hold a secret.
        raise InvalidInput(
            f"the edgerc file {path} is not in the form of an edgerc file", advice="Write lines like host = akab-..."
        ) from None
    if not parser.has_section(section):
        known = ", ".join(parser.sections()) or "none"
        raise InvalidInput(
            f"the edgerc file {path} has no section [{section}] (it has: {known})",
            advice="Choose one of them with the option edgerc_section",
        )
    if mode & (stat.S_IRWXG | stat.S_IRWXO) and stat.S_ISREG(mode):
        warn(f"The edgerc file {path} can be read by others; run chmod 600 on it.")
    where = f"[{section}] of {path}"
    values = {
        name: _value(name, parser.get(section, name), where, warn)
        for name in MEMBERS
        if parser.has_option(section, name)
    }
    return {name: value for name, value in values.items() if value}


def _value(name: str, written: str | None, where: str, warn: t.Callable[[str], None]) -> str:
    value = (written or "").strip()
    for mark in (" #", " ;", "\t#", "\t;"):
        if mark in value:
            value = value.split(mark, 1)[0].strip()
            warn(f"The comment behind {name} in {where} was left out; put comments on lines of their own.")
    if len(value) >= 2 and value[0] in _QUOTES and value[-1] == value[0]:
        value = value[1:-1].strip()
        warn(f"The quotes around {name} in {where} were left out; other tools take them as part of the value.")
    if any(character in _QUOTES or character.isspace() for character in value):
        raise InvalidInput(
            f"{name} in {where} holds a quote or a space, which no Akamai credential does",
            advice="Copy the value again",
        )
    return value
