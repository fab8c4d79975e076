# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Running a task in the controller's process; see docs/architecture.md, "Where a task runs".

A worker process lives for one task with all its loop items, so that what is kept here serves a whole loop and
nothing longer.
"""

from __future__ import annotations

import contextlib
import importlib.util
import math
import os
import re
import time
import typing as t

from ansible import constants
from ansible.errors import AnsibleActionFail
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError
from ansible.module_utils.parsing.convert_bool import boolean
from ansible.utils.display import Display

from ..module_utils._core.context import Context, Report
from ..module_utils._core.deadline import TIME_LIMIT
from ..module_utils._core.secrets import Scrubber
from ..module_utils._core.wait_part import WAIT_PART, WaitPart
from ..module_utils._module.specs import connection_of
from ..module_utils._module.task import Result, Task, run
from .plain import plain

SWITCH = "streamops_in_process"

display = Display()
# Task and connection -> context, and the loop's item that used it last. Filled in worker processes only, each of which
# works on one task.
_contexts: dict[tuple[t.Any, ...], tuple[Context, t.Any]] = {}
_NO_ITEM = object()
# Of a line that tells how a wait goes: what a task says that shall not be logged, too.
_TIMES = re.compile(r"\d+ s so far, giving up after \d+ s\.$")


class _DisplayedReport(Report):
    """Progress goes to the play's output at once, warnings into the result."""

    def __init__(self, tell: t.Callable[[str], None]) -> None:
        super().__init__()
        self._tell = tell
        self.scrubber = Scrubber()

    def tell(self, text: str) -> None:
        self._tell(self.scrubber.scrub(text))
        super().tell(text)


class InProcess:
    """What an action plugin needs besides ``ActionBase`` to run its module's task in process where that is possible."""

    task: t.ClassVar[Task]

    if t.TYPE_CHECKING:
        _task: t.Any
        _connection: t.Any
        _loader: t.Any
        _templar: t.Any
        _supports_async: bool
        _supports_check_mode: bool
        _execute_module: t.Callable[..., dict[str, t.Any]]
        _compute_environment_string: t.Callable[[dict[str, t.Any]], str]

    def run(self, tmp: str | None = None, task_vars: dict[str, t.Any] | None = None) -> dict[str, t.Any]:
        """Run the task here, or the module on the target."""
        began = time.monotonic()
        self._supports_async = self._supports_check_mode = True
        super().run(tmp, task_vars)  # type: ignore[misc]  # ActionBase is the other base class
        variables = task_vars or {}
        if self._runs_here(variables):
            return self._run_here(variables)
        return self._run_there(variables, began)

    def _run_there(self, variables: dict[str, t.Any], began: float) -> dict[str, t.Any]:
        validation = self._validated()
        one_call = self._task.async_val or self._task.check_mode or validation.error_messages
        if not one_call and validation.validated_parameters.get("wait"):
            return self._wait_there(validation, variables, began)
        return self._call_once(variables, began)

    def _call_once(self, variables: dict[str, t.Any], began: float) -> dict[str, t.Any]:
        with self._told(began, WaitPart.WHOLE):
            return self._execute_module(task_vars=variables, wrap_async=bool(self._task.async_val))

    def _wait_there(self, validation: t.Any, variables: dict[str, t.Any], began: float) -> dict[str, t.Any]:
        # A task that does not wait starts in less time without them.
        from ._divided_wait import wait_of
        from .remote_wait import wait_in_sight

        options = validation.validated_parameters
        wait = wait_of(options, self.task)
        if wait is None:
            return self._call_once(variables, began)
        # A later call names the resources by their ids and knows nothing of the secrets that the first one had.
        secrets = set(validation._no_log_values)
        scrubber = Scrubber(() if options.get("reveal_secrets") else secrets)

        def execute(given: dict[str, t.Any], part: WaitPart) -> dict[str, t.Any]:
            with self._told(began, part):
                return _masked(scrubber.scrub(self._execute_module(module_args=given, task_vars=variables)), secrets)

        return wait_in_sight(
            execute,
            dict(self._task.args),
            wait,
            connection=connection_of(self.task.spec).keys(),
            tell=self._tell,
            warn_of_interruption=self._warn_of_interruption,
            time_left=lambda: self._time_left(began),
        )

    @contextlib.contextmanager
    def _told(self, began: float, part: WaitPart) -> t.Iterator[None]:
        """Let the module know which part of the wait is its own, and how long the task's own time limit leaves it.

        Ansible ends the task at that limit and not the module.
        """
        before = self._task.environment
        told = {} if part is WaitPart.WHOLE else {WAIT_PART: part.value}
        left = self._time_left(began)
        if left < math.inf and not self._task.async_val:
            told[TIME_LIMIT] = f"{left:.1f}"
        if told:
            self._task.environment = [*(before or ()), told]
        try:
            yield
        finally:
            self._task.environment = before

    def _time_left(self, began: float) -> float:
        limit = self._task.timeout
        return max(0.0, limit - (time.monotonic() - began)) if limit else math.inf

    def _tell(self, text: str) -> None:
        if self._task.no_log:
            times = _TIMES.search(text)
            text = f"Waiting; the task is no_log: {times[0]}" if times else "Waiting. The task is no_log."
        display.display(text)

    def _warn_of_interruption(self, done: t.Sequence[str]) -> None:
        if done and not self._task.no_log:
            display.warning(f"The task was interrupted. Done before: {', '.join(done)}.")

    def _runs_here(self, variables: t.Mapping[str, t.Any]) -> bool:
        if self._task.async_val or self._connection.transport != "local" or self._connection.become is not None:
            return False
        return self._is_switched_on(variables) and all(_importable(name) for name in self.task.packages)

    def _is_switched_on(self, variables: t.Mapping[str, t.Any]) -> bool:
        """What the switch says, first that of the host to which the task is delegated; a blank says nothing."""
        delegated = (variables.get("ansible_delegated_vars") or {}).get(self._task.delegate_to) or {}
        value = self._templar.template(delegated.get(SWITCH, variables.get(SWITCH)))
        if value is None or (isinstance(value, str) and not value.strip()):
            return True
        try:
            return boolean(value)
        except TypeError:
            raise AnsibleActionFail(
                f"Cannot tell where the task is to run: the variable {SWITCH} is {value!r}. Set it to true or false."
            ) from None

    def _run_here(self, variables: t.Mapping[str, t.Any]) -> dict[str, t.Any]:
        environment: dict[str, t.Any] = {}
        self._compute_environment_string(environment)
        own = {name: str(value) for name, value in plain(environment).items()}
        # Where Ansible runs a module for a local connection, too.
        with _surroundings(own, self._loader.get_basedir()):
            # A path may name variables of the task's own environment.
            validation = self._validated()
            options, secrets = validation.validated_parameters, set(validation._no_log_values)
            report = _DisplayedReport(self._tell)
            for both in validation._warnings:
                report.warn(f"Both option {both['option']} and its alias {both['alias']} are set.")
            if validation.error_messages:
                result = self._refused(validation)
            else:
                context = self._context(options, own, report, variables)
                result = self._ran(context, options, secrets)
        values = result.values
        if report.warnings:
            values["warnings"] = report.warnings
        if validation._deprecations:
            values["deprecations"] = validation._deprecations
        if _wants_invocation(variables):
            values["invocation"] = _masked({"module_args": dict(options)}, secrets)
        # A service may hand out the very token that stands in the options.
        return _masked(values, secrets - result.handed_on)

    def _validated(self) -> t.Any:
        try:
            return ArgumentSpecValidator(self.task.spec, **self.task.rules).validate(plain(self._task.args))
        except (TypeError, ValueError):
            raise AnsibleActionFail(
                "The options could not be read: one that is a list of dictionaries has become text. ansible-core before"
                " 2.19 makes text of a variable with a time in it that is not quoted. Quote times, as in"
                " '2031-12-31T20:00:00+09:00'."
            ) from None

    def _ran(self, context: Context, options: dict[str, t.Any], secrets: set[str]) -> Result:
        # What is a secret of one item may be an ordinary word of the next.
        context.scrubber.learn_for_item(secrets)
        try:
            result = run(self.task, options, context)
        except BaseException:
            # The task's own time limit, or the end of the play: what was written stays written.
            context.stop.set()
            self._warn_of_interruption(context.scrubber.scrub(context.done))
            raise
        if not self._task.diff:
            result.values.pop("diff", None)
        if result.failed:
            result.values["failed"] = True
        return result

    def _refused(self, validation: t.Any) -> Result:
        """The same words as the module's."""
        msg = validation.errors.msg
        if isinstance(validation.errors[0], UnsupportedError):
            msg = f"Unsupported parameters for ({self._task.action}) module: {msg}"
        return Result(True, {"failed": True, "msg": msg})

    def _context(
        self,
        options: t.Mapping[str, t.Any],
        own: t.Mapping[str, str],
        report: _DisplayedReport,
        variables: t.Mapping[str, t.Any],
    ) -> Context:
        """The context of this loop for this connection; a retry of the same item sees nothing that was read before."""
        environment = {**os.environ, **own}
        connection = tuple(sorted((name, str(options.get(name))) for name in connection_of(self.task.spec)))
        key = (os.getpid(), str(self._task._uuid), connection, tuple(sorted(environment.items())))
        # Ansible makes a new action plugin for each try. A loop's items are objects of their own; without a loop there
        # is no item, and whatever comes after the first try is another one.
        item = variables.get(variables.get("ansible_loop_var", ""))
        context, item_before = _contexts.get(key, (None, _NO_ITEM))
        if context is None or context.stop.is_set():
            # A time limit ends its item alone, whose threads must stay stopped. A play that is gone ends all of them.
            parent = os.getppid() if context is None else context.parent
            context = Context(environment=environment, parent=parent)
        _contexts[key] = context, item
        if item is item_before:
            api = context.shared.get("api")
            context.shared.clear()
            if api is not None:
                context.shared["api"] = api
        context.check = bool(self._task.check_mode)
        context.report, report.scrubber = report, context.scrubber
        context.done.clear()
        return context


def _masked(values: dict[str, t.Any], secrets: set[str]) -> dict[str, t.Any]:
    """Hide the values of secret options wherever they stand, as a module does when it exits."""
    if not secrets:
        return values
    kept = {name: value for name, value in values.items() if value is None or isinstance(value, bool)}
    return {**remove_values(values, secrets), **kept}


def _wants_invocation(variables: t.Mapping[str, t.Any]) -> bool:
    """Whether results shall hold the options; up to ansible-core 2.20 they always do."""
    if not hasattr(constants, "INJECT_INVOCATION"):
        return True
    return bool(constants.config.get_config_value("INJECT_INVOCATION", variables=dict(variables)))


@contextlib.contextmanager
def _surroundings(more: t.Mapping[str, str], folder: str) -> t.Iterator[None]:
    """More environment variables and another folder for a while; a worker process does nothing else meanwhile.

    Whoever began the play as another user may not enter the folder in which it began: then it is not gone back to.
    """
    before, folder_before = dict(os.environ), _present_folder()
    os.environ.update(more)
    try:
        if folder:
            os.chdir(folder)
        yield
    finally:
        if folder_before is not None:
            with contextlib.suppress(OSError):
                os.fchdir(folder_before)
            os.close(folder_before)
        os.environ.clear()
        os.environ.update(before)


def _present_folder() -> int | None:
    try:
        return os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        return None


def _importable(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ImportError:
        return False
