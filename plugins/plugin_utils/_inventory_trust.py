# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values that Ansible must never take for templates: whoever may name a stream could run code in the controller.

Up to ansible-core 2.18 every text is a template unless it is marked unsafe; from 2.19 on none is unless it is trusted.
Either mark shows in what ``ansible-inventory`` exports: an unsafe text becomes an object, which AWX can neither show nor
compare. So texts that could be no template anyway are left as an inventory usually has them.
"""

from __future__ import annotations

import re
import typing as t

from .plain import plain

try:
    from ansible.template import trust_as_template as _pass
except ImportError:
    from ansible.utils.unsafe_proxy import wrap_var as _refuse

    def _pass(value: str) -> str:
        return value
else:

    def _refuse(value: str) -> str:
        return value


# No brackets, braces, quotes, pipes, line breaks, and not the sign that a header with other delimiters begins with.
_HARMLESS = re.compile(r"[\w .:/@+,?=&%-]*")


def untrusted(value: t.Any) -> t.Any:
    """The same value, plain, in which no Ansible evaluates a template."""
    return _marked(plain(value))


def _marked(value: t.Any) -> t.Any:
    if isinstance(value, str):
        return _pass(value) if _HARMLESS.fullmatch(value) else _refuse(value)
    if isinstance(value, dict):
        return {name: _marked(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_marked(member) for member in value]
    return value
