# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What there is in an account: streams, origins and the lookup lists."""

from __future__ import annotations

import typing as t

from .._core.context import Context
from .._core.errors import InvalidInput, NotFound
from .._core.names import snake_members
from .._engine.apply import doing
from .._engine.fields import Members
from .._engine.resource import Resource
from .api import JSON, MslApi
from .origin import Origins
from .stream import Streams

SUBSETS = (
    "streams",
    "origins",
    "contracts",
    "cdns",
    "cpcodes",
    "origin_cpcodes",
    "publishing_locations",
    "vod_origins",
)


def chosen_subsets(asked: t.Sequence[str]) -> list[str]:
    """The subsets that a list with ``all`` and ``!name`` means, in the order of SUBSETS.

    :raises InvalidInput: A name is not known.
    """
    names = [name.strip() for name in asked if name.strip()]
    unknown = [name for name in names if name.removeprefix("!") not in (*SUBSETS, "all")]
    if unknown:
        raise InvalidInput(
            f"gather_subset has no {', '.join(unknown)}; it has all, {', '.join(SUBSETS)}, and each with ! before it"
        )
    left_out = {name[1:] for name in names if name.startswith("!")}
    taken = {name for name in names if not name.startswith("!")}
    if "all" in left_out:
        taken -= {"all"}  # As with ansible.builtin.setup, only what is named besides is left.
    elif not taken or "all" in taken:
        taken = set(SUBSETS)
    return [name for name in SUBSETS if name in taken and name not in left_out]


def gather(api: MslApi, options: t.Mapping[str, t.Any], context: Context) -> dict[str, list[Members]]:
    """Read the chosen subsets.

    :raises NotFound: An id of ``stream_ids`` or ``origin_ids`` is not known.
    """
    streams, origins = Streams(api, context), Origins(api, context)
    location = options.get("encoder_location")
    readers: dict[str, t.Callable[[], list[Members]]] = {
        "streams": lambda: _resources(
            streams,
            options.get("stream_ids"),
            options.get("details"),
            lambda: api.list_streams(
                page=options.get("page"),
                page_size=options.get("page_size"),
                sort_key=options.get("sort_key"),
                sort_order=options.get("sort_order"),
            ),
        ),
        "origins": lambda: _resources(
            origins,
            options.get("origin_ids"),
            options.get("details"),
            lambda: api.list_origins(encoder_location=location, cpcode=options.get("cpcode")),
        ),
        "contracts": lambda: _plain(api.list_contracts()),
        "cdns": lambda: _plain(api.list_cdns()),
        "cpcodes": lambda: _plain(
            api.list_cpcodes(options.get("cpcode_type") or "INGEST", unused=options.get("unused"))
        ),
        "origin_cpcodes": lambda: _plain(api.list_origin_cpcodes()),
        "publishing_locations": lambda: _plain(api.list_publishing_locations()),
        "vod_origins": lambda: _plain(api.list_vod_origins(location)),
    }
    found = {}
    for name in chosen_subsets(options.get("gather_subset") or ["all"]):
        with doing(f"read {name}"):
            found[name] = readers[name]()
    return found


def _resources(
    resource: Resource, ids: t.Sequence[int] | None, details: bool | None, entries: t.Callable[[], list[JSON]]
) -> list[Members]:
    if ids is None and not details:
        return [resource.show(entry) for entry in entries()]
    wanted = list(dict.fromkeys(ids)) if ids is not None else [entry.get("id") for entry in entries()]
    found = {}
    for resource_id in wanted:
        with doing(f"read {resource.noun} {resource_id}"):
            found[resource_id] = resource.read(resource_id)
    missing = [str(resource_id) for resource_id, detail in found.items() if detail is None]
    if missing and ids is not None:
        raise NotFound(f"there is no {resource.noun} with the id {', '.join(missing)}")
    return [resource.show(detail) for detail in found.values() if detail is not None]


def _plain(entries: t.Iterable[JSON]) -> list[Members]:
    return [snake_members(entry) for entry in entries]
