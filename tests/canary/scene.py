# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plays run against: a simulator with keys in it, faults, credentials files, and every secret by its name."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ansible_collections.streamops.live.tests.canary.search import secrets_in
from ansible_collections.streamops.live.tests.simulator import Simulator

# Characters that look different in JSON, in a URL and in a shell.
_ODD = 'ä"\\/+ &$x'


def canary(name: str, odd: str = _ODD) -> str:
    """A secret that nothing else looks like."""
    return f"{name}{odd}{secrets.token_hex(8)}"


@dataclass
class Scene:
    """A simulator that is ready for the plays, and the folder of their input, which is not searched."""

    sim: Simulator
    folder: Path

    def __post_init__(self) -> None:
        names = ("password", "digest", "new_digest", "echoed", "wrong")
        self.given = {name: canary(name) for name in names}
        self.given |= {name: canary(name, "+/=") for name in ("key", "other_key", "echoed_key", "lost_key")}
        self.given |= {name: self.sim.credentials[name] for name in ("client_token", "client_secret", "access_token")}
        self.seeded = {name: canary(name, "+/=") for name in ("old", "previous", "foreign")}
        self._seed()
        self._add_faults()
        self._write_input()

    def _seed(self) -> None:
        old = {
            "key": self.seeded["old"],
            "previousKey": self.seeded["previous"],
            "previousKeyExpiryDate": "2030-01-01T00:00:00Z",
        }
        keys = [
            {"name": "fastly", "type": "THIRD_PARTY", "cdnCode": "dn003", **old},
            {"name": "foreign", "type": "AKAMAI", "key": self.seeded["foreign"]},
        ]
        self.sim.msl.add_origin({"hostName": "keyed", "thirdPartyCdnCpcode": 700001, "sharedKeys": keys})

    def _add_faults(self) -> None:
        add = self.sim.faults.add
        # In the order of the play: three updates of the origin succeed before one is refused.
        add("echo", "PUT", "/origins/", skip=3, times=2)
        add("echo", "POST", "/streams", skip=1)
        add("reset_after", "PUT", "/origins/", skip=3)
        add("html", "POST", "/streams", skip=1, status=502, carried_out=True)
        add("reset_after", "POST", "/start")
        add("echo", "PUT", "/live_events/", skip=1)
        add("echo", "POST", "/auth-token/", skip=4)
        add("reset_after", "POST", "/live_events$", skip=1)

    def _write_input(self) -> None:
        merchant = self.sim.smartstream
        self.edgerc = self.sim.write_edgerc(self.folder / "edgerc")
        broken = self.folder / "broken"
        broken.write_text(f"[default]\nhost = {self.sim.url}\nclient_secret {self.given['client_secret']}\n")
        self.variables: dict[str, Any] = {
            "edgerc": str(self.edgerc),
            "broken_edgerc": str(broken),
            "secrets": {**self.given, "host": self.sim.url},
            "smartstream": {
                "api_url": self.sim.url, "merchant_id": merchant.merchant_id, "mail_address": merchant.mail_address,
                "password": merchant.password, "api_key": merchant.api_key, "requests_per_minute": 0, "retries": 1,
            },
        }  # fmt: skip
        self.variables_file = self.folder / "variables.json"
        self.variables_file.write_text(json.dumps(self.variables))

    @property
    def secrets(self) -> set[str]:
        """Every secret of the run so far: those given, those that the services had, those that they gave out."""
        merchant = self.sim.smartstream
        found = {*self.given.values(), *self.seeded.values(), merchant.password, merchant.api_key, *merchant.tokens}
        for request in self.sim.requests:
            found |= secrets_in(request.body)
        return found | secrets_in(list(self.sim.msl.origins.values()))
