# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which hosts of an inventory are kept: by a regular expression on the name, and by Jinja2 conditions."""

from __future__ import annotations

import re
import typing as t

from ansible.module_utils.parsing.convert_bool import boolean

from ..module_utils._core.errors import InvalidInput

_KINDS = ("include", "exclude")


class Filter:
    """The options ``name_match`` and ``filters``.

    :param evaluate: The value of a condition with these variables.
    :raises InvalidInput: They cannot be right.
    """

    def __init__(
        self,
        name_match: str | None,
        rules: t.Sequence[t.Mapping[str, t.Any]],
        evaluate: t.Callable[[t.Any, t.Mapping[str, t.Any]], bool],
    ) -> None:
        self._name = _compiled(name_match) if name_match else None
        self._rules = [_rule(number, written) for number, written in enumerate(rules or (), start=1)]
        self._evaluate = evaluate

    def keeps(self, host: str, variables: t.Mapping[str, t.Any]) -> bool:
        """Whether a host stays. The first rule whose condition holds decides; without one it stays.

        :raises InvalidInput: A condition cannot be evaluated.
        """
        if self._name is not None and not self._name.search(host):
            return False
        for kind, condition in self._rules:
            if self._holds(condition, host, variables):
                return kind == "include"
        return True

    def _holds(self, condition: t.Any, host: str, variables: t.Mapping[str, t.Any]) -> bool:
        if isinstance(condition, bool):
            return condition
        try:
            return self._evaluate(condition, variables)
        except Exception as error:  # noqa: BLE001 - a condition can fail in any way
            # A host must neither be lost nor slip in because a condition is wrong.
            raise InvalidInput(
                f"the condition {str(condition)!r} in filters cannot be evaluated for {host}: {error}",
                advice="Use the filter default where a variable may be missing",
            ) from None


def evaluator(templar: t.Any) -> t.Callable[[t.Any, t.Mapping[str, t.Any]], bool]:
    """What evaluates conditions with Ansible's templates, which up to ansible-core 2.18 have no call for it."""

    def evaluate(condition: t.Any, variables: t.Mapping[str, t.Any]) -> bool:
        templar.available_variables = variables
        if hasattr(templar, "evaluate_conditional"):
            return bool(templar.evaluate_conditional(condition))
        return boolean(templar.template(f"{{% if {condition} %}}True{{% else %}}False{{% endif %}}"))

    return evaluate


def _compiled(expression: str) -> re.Pattern[str]:
    try:
        return re.compile(expression)
    except (re.error, OverflowError, RecursionError) as error:
        raise InvalidInput(f"name_match {expression!r} is not a regular expression ({error})") from None


def _rule(number: int, written: t.Mapping[str, t.Any]) -> tuple[str, t.Any]:
    if len(written) != 1 or next(iter(written)) not in _KINDS:
        raise InvalidInput(f"rule {number} of filters must have one member, {' or '.join(_KINDS)}")
    kind, condition = next(iter(written.items()))
    if not isinstance(condition, (str, bool)):
        raise InvalidInput(f"rule {number} of filters must have a Jinja2 condition under {kind}")
    return kind, condition
