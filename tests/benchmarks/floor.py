# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The floor: the requests that a task cannot do without, sent by a plain script over one session.

Run by itself; it knows nothing of the collection. The argument is a JSON file: ``service``, ``wanted``, ``details``.
It looks where the environment variables of the modules say.
"""

from __future__ import annotations

import configparser
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import requests

THREADS = 8
_PAGE = 30
_REQUIRED = ("name", "format", "cpcode", "contractId", "encoderZone", "origin")


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    session.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=THREADS))
    return session


def _checked(reply: requests.Response) -> requests.Response:
    reply.raise_for_status()
    return reply


def streams(wanted: list[dict[str, Any]], details: bool) -> None:
    """One list; a detail for each stream where one is needed; PUT and POST where something differs."""
    from akamai.edgegrid import EdgeGridAuth

    settings = configparser.RawConfigParser()
    settings.read(os.environ["AKAMAI_EDGERC"])
    section = settings["default"]
    base = f"{section['host']}/config-media-live/v2/msl-origin/streams"
    session = _session()
    session.auth = EdgeGridAuth(section["client_token"], section["client_secret"], section["access_token"])
    listed = {entry["name"]: entry for entry in _checked(session.get(base, timeout=30)).json()["streams"]}

    def converge(entry: dict[str, Any]) -> None:
        found = listed.get(entry["name"])
        if found is None:
            body = {
                **{name: entry[name] for name in ("name", "format", "cpcode")},
                "encoderZone": entry["encoder_zone"],
                "origin": {"hostName": entry["origin"]["host_name"]},
                "dvrWindow": entry["dvr_window"],
            }
            _checked(session.post(base, json=body, timeout=30))
            return
        differs = found["dvrWindowInMin"] != entry["dvr_window"]
        if not details and not differs:
            return
        whole = _checked(session.get(f"{base}/{found['id']}", timeout=30)).json()
        if differs or whole["allowedIps"] != entry.get("allowed_ips", whole["allowedIps"]):
            body = {name: whole[name] for name in (*_REQUIRED, "allowedIps", "ingestAccelerated") if name in whole}
            body["origin"] = {"hostName": whole["origin"]["hostName"]}
            _checked(session.put(f"{base}/{found['id']}", json={**body, "dvrWindow": entry["dvr_window"]}, timeout=30))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(converge, wanted))


def live_events(wanted: list[dict[str, Any]]) -> None:
    """The list to its end; PUT and POST where something differs."""
    base = f"{os.environ['SMARTSTREAM_API_URL']}/v1/merchants/{os.environ['SMARTSTREAM_MERCHANT_ID']}/live_events"
    session = _session()
    session.headers["Authorization"] = f"Bearer {os.environ['SMARTSTREAM_ACCESS_TOKEN']}"
    listed: dict[str, dict[str, Any]] = {}
    page = 1
    while True:
        query: dict[str, Any] = {"limit": _PAGE, "page": page, "sort": "updated_at", "order": "ASC"}
        reply = _checked(session.get(base, params=query, timeout=30)).json()
        listed.update({event["ref_id"]: event for event in reply["live_events"]})
        if len(reply["live_events"]) < _PAGE or len(listed) >= reply["count"]:
            break
        page += 1

    def converge(entry: dict[str, Any]) -> None:
        found = listed.get(entry["ref_id"])
        if found is None:
            _checked(session.post(base, json=entry, timeout=30))
        elif any(found[name] != value for name, value in entry.items()):
            _checked(session.put(f"{base}/{found['id']}", json=entry, timeout=30))

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(converge, wanted))


if __name__ == "__main__":
    job = json.loads(Path(sys.argv[1]).read_text())
    if job["service"] == "MSL":
        streams(job["wanted"], job["details"])
    else:
        live_events(job["wanted"])
