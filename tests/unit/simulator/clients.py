# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain HTTP clients for both services, so that the simulator is not judged by the collection's own client."""

from __future__ import annotations

from typing import Any

import requests
from akamai.edgegrid import EdgeGridAuth

from ansible_collections.streamops.live.tests.simulator import Simulator

BASE = "/config-media-live/v2/msl-origin"


class MslClient:
    """Signs with the vendor's library and sends what it is told to."""

    def __init__(self, simulator: Simulator) -> None:
        self.session = requests.Session()
        self.session.auth = EdgeGridAuth(
            **{name: value for name, value in simulator.credentials.items() if name != "host"}
        )
        self._base = f"{simulator.url}{BASE}"

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        """One request."""
        return self.session.request(method, f"{self._base}{path}", json=body, params=query, timeout=10)

    def get(self, path: str, **query: Any) -> Any:
        """JSON of a GET that must succeed."""
        response = self.send("GET", path, **query)
        assert response.status_code == 200, response.text
        return response.json()

    def create(self, kind: str, body: dict[str, Any], **query: Any) -> int:
        """POST that must succeed; the id from the Location header."""
        response = self.send("POST", f"/{kind}", body, **query)
        assert response.status_code == 202, response.text
        return int(response.headers["Location"].rstrip("/").rsplit("/", 1)[1])

    def put(self, path: str, body: Any) -> None:
        """PUT that must succeed."""
        response = self.send("PUT", path, body)
        assert response.status_code == 202, response.text

    def refused(self, method: str, path: str, body: Any = None, **query: Any) -> str:
        """All details of a request that must be refused with 400."""
        response = self.send(method, path, body, **query)
        assert response.status_code == 400, (response.status_code, response.text)
        problem = response.json()
        assert response.headers["Content-Type"] == "application/problem+json"
        return "; ".join([problem.get("detail", ""), *(error["detail"] for error in problem.get("errors", []))])


class EventClient:
    """Logs in once and sends what it is told to."""

    def __init__(self, simulator: Simulator) -> None:
        self.merchant = simulator.smartstream
        self.session = requests.Session()
        self.base = f"{simulator.url}/v1/merchants/{self.merchant.merchant_id}"
        token, _end = self.merchant.issue_token()
        self.session.headers["Authorization"] = f"Bearer {token}"

    def send(self, method: str, path: str, body: Any = None, **query: Any) -> requests.Response:
        """One request."""
        return self.session.request(method, f"{self.base}{path}", json=body, params=query, timeout=10)

    def get(self, path: str, **query: Any) -> Any:
        """JSON of a GET that must succeed."""
        response = self.send("GET", path, **query)
        assert response.status_code == 200, response.text
        return response.json()

    def create(self, **members: Any) -> str:
        """Create an event; returns its id."""
        body = {"name": "Show", "live_event_profile_id": next(iter(self.merchant.profiles)), **members}
        response = self.send("POST", "/live_events", body)
        assert response.status_code == 200, response.text
        return str(response.json()["id"])

    def step(self, event: str, action: str) -> str:
        """Code of an action's answer, or ``accepted``."""
        response = self.send("POST", f"/live_events/{event}/{action}")
        return "accepted" if response.status_code == 200 else str(response.json()["code"])

    def status(self, event: str) -> str:
        """encode_status as a GET shows it."""
        return str(self.get(f"/live_events/{event}")["encode_status"])

    def code(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, str]:
        """Status and code of a request that must be refused."""
        response = self.send(method, path, body, **query)
        assert response.status_code >= 400, response.text
        return response.status_code, response.json()["code"]
