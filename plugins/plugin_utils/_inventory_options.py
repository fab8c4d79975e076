# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options of inventory plugins: from the file, else from the environment, where empty counts as not set."""

from __future__ import annotations

import contextlib
import os
import typing as t

from .plain import plain

# All variables of this collection's options begin with one of these.
_PREFIXES = ("AKAMAI_", "SMARTSTREAM_", "STREAMOPS_")


class Templar(t.Protocol):
    """What evaluates templates."""

    def template(self, variable: t.Any) -> t.Any:
        """The value of a template, or of anything else."""


@contextlib.contextmanager
def without_blank_variables() -> t.Iterator[None]:
    """While open, variables that are empty are not in the environment.

    AWX passes blank inputs as empty texts. Ansible would make False of one for a boolean, which for ``validate_certs``
    is the opposite of its default, the working directory of one for a path, and refuse one for a number.
    """
    blank = {name: text for name, text in os.environ.items() if name.startswith(_PREFIXES) and not text.strip()}
    for name in blank:
        del os.environ[name]
    try:
        yield
    finally:
        os.environ.update(blank)


def evaluated(
    option: t.Callable[[str], t.Any], given: t.Mapping[str, t.Any], templar: Templar
) -> t.Callable[[str], t.Any]:
    """What gives an option's value, with templates that stand in the file evaluated, so that a secret can be looked up.

    What comes from the environment is taken as it is.
    """

    def value_of(name: str) -> t.Any:
        value = option(name)
        is_template = isinstance(value, str) and name in given and "{{" in value
        return plain(templar.template(value) if is_template else value)

    return value_of
