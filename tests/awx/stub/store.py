# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The resources of the stub, and what may become of them. No HTTP here."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from ..survey_rules import complaints as complaints_of_survey
from ..survey_rules import refused_answers
from .kinds import KINDS, REQUIRED, Members

_ENCRYPTED = "$encrypted$"
_BASE = "/api/v2"


class Refused(Exception):
    """AWX says no: ``status`` and the JSON that says why."""

    def __init__(self, status: int, reply: Members) -> None:
        super().__init__(f"{status} {reply}")
        self.status = status
        self.reply = reply


class Store:
    """All resources, by kind and id. Ids are never used twice."""

    def __init__(self) -> None:
        self.resources: dict[str, dict[int, Members]] = {kind: {} for kind in KINDS}
        self.related: dict[tuple[str, int, str], list[int]] = {}
        self.surveys: dict[int, Members] = {}
        self._last = 0

    def named(self, kind: str, name: str) -> Members:
        """The one resource of a kind with this name."""
        (found,) = [one for one in self.resources[kind].values() if one["name"] == name]
        return found

    def create(self, kind: str, members: Members) -> Members:
        """A new resource.

        :raises Refused: A member is unknown, missing, wrong, or the resource exists.
        """
        rules = KINDS[kind]
        missing = [name for name, default in rules.members.items() if default is REQUIRED and name not in members]
        if missing:
            raise Refused(400, {name: ["This field is required."] for name in missing})
        defaults = {name: copy.deepcopy(default) for name, default in rules.members.items()}
        whole = self._checked(kind, {**defaults, **members}, members)
        identity = {name: whole.get(name) for name in rules.unique if name in whole}
        if any(
            all(one.get(name) == value for name, value in identity.items()) for one in self.resources[kind].values()
        ):
            raise Refused(400, {"__all__": [f"{kind} with this {', '.join(identity)} already exists."]})
        self._last += 1
        self.resources[kind][self._last] = {**whole, "id": self._last}
        return self.resources[kind][self._last]

    def change(self, kind: str, number: int, members: Members) -> Members:
        """Members of an existing resource.

        :raises Refused: A member is unknown or wrong, or there is no such resource.
        """
        found = self.one(kind, number)
        whole = {name: value for name, value in found.items() if name != "id"}
        found.update(self._checked(kind, {**whole, **members}, members))
        return found

    def one(self, kind: str, number: int) -> Members:
        """A resource.

        :raises Refused: There is no such resource.
        """
        if number not in self.resources[kind]:
            raise Refused(404, {"detail": "Not found."})
        return self.resources[kind][number]

    def found(self, kind: str, filters: Mapping[str, str]) -> list[Members]:
        """Resources with these members.

        :raises Refused: A filter names no member.
        """
        unknown = [name for name in filters if name != "id" and name not in KINDS[kind].members]
        if unknown:
            raise Refused(400, {"detail": f"{kind} has no field named '{unknown[0]}'"})
        return [
            one
            for one in self.resources[kind].values()
            if all(str(one[name]) == value for name, value in filters.items())
        ]

    def associate(self, kind: str, number: int, what: str, sent: Members) -> None:
        """Add a resource to a list of another one, or take it out.

        :raises Refused: One of the two does not exist, or a second credential of the same type is added.
        """
        other = self.one(KINDS[kind].related[what], sent["id"])
        ids = self.related.setdefault((kind, self.one(kind, number)["id"], what), [])
        if sent.get("disassociate"):
            ids.remove(other["id"])
            return
        types = {self.one("credentials", one)["credential_type"] for one in ids}
        if other["credential_type"] in types:
            raise Refused(400, {"error": "Cannot assign multiple credentials of the same type."})
        ids.append(other["id"])

    def set_survey(self, number: int, survey: Members) -> None:
        """The survey of a job template.

        :raises Refused: A rule of surveys is broken, or there is no such job template.
        """
        self.one("job_templates", number)
        found = complaints_of_survey(survey)
        if found:
            raise Refused(400, {"error": "; ".join(found)})
        self.surveys[number] = survey

    def shown(self, kind: str, one: Members) -> Members:
        """A resource as the API shows it: with its address, and without secrets."""
        url = f"{_BASE}/{kind}/{one['id']}/"
        more: Members = {"url": url, "type": kind.removesuffix("s"), "related": {}, "summary_fields": {}}
        if kind == "job_templates":
            more["related"]["survey_spec"] = f"{url}survey_spec/"
        if kind == "projects":
            more["scm_revision"] = ""
            more["summary_fields"]["current_update"] = {"id": one["id"]}
        shown = {**copy.deepcopy(one), **more}
        if kind == "credentials":
            fields = self.one("credential_types", one["credential_type"])["inputs"].get("fields", [])
            secret = {field["id"] for field in fields if field.get("secret")}
            shown["inputs"] = {name: _ENCRYPTED if name in secret else value for name, value in one["inputs"].items()}
        return shown

    def _checked(self, kind: str, whole: Members, sent: Members) -> Members:
        rules = KINDS[kind]
        unknown = [name for name in sent if name not in rules.members]
        if unknown:
            # AWX itself leaves such a member out without a word, and the task would never be unchanged.
            raise Refused(400, {name: ["Unknown field."] for name in unknown})
        for name, other in rules.refers.items():
            if whole[name] is not None and whole[name] not in self.resources[other]:
                raise Refused(400, {name: [f'Invalid pk "{whole[name]}" - object does not exist.']})
        refused = rules.refused(whole) + (self._inputs_refused(whole) if kind == "credentials" else [])
        refused += self._answers_refused(whole) if kind == "schedules" else []
        if refused:
            raise Refused(400, {"__all__": refused})
        return whole

    def _inputs_refused(self, credential: Members) -> list[str]:
        fields = self.one("credential_types", credential["credential_type"])["inputs"].get("fields", [])
        known = {field["id"] for field in fields}
        return [f"inputs: unexpected {name}" for name in credential["inputs"] if name not in known]

    def _answers_refused(self, schedule: Members) -> list[str]:
        survey = self.surveys.get(schedule["unified_job_template"])
        return refused_answers(survey, schedule["extra_data"]) if survey else []
