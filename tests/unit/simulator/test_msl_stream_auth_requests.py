# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

from ansible_collections.streamops.live.tests.simulator import Simulator
from ansible_collections.streamops.live.tests.unit.simulator.clients import MslClient

AUTH = {"username": "one", "password": "first", "algorithm": "SHA256"}


def test_rotation_shows_only_the_current_credential(sim: Simulator, msl: MslClient) -> None:
    number = sim.msl.add_stream({"name": "demo", "streamAuth": dict(AUTH)})
    detail = msl.get(f"/streams/{number}")
    body = {name: detail[name] for name in ("name", "format", "cpcode", "encoderZone", "origin", "dvrWindow")}
    assert "streamAuth is required" in msl.refused("PUT", f"/streams/{number}", body)
    msl.put(f"/streams/{number}", body | {"streamAuth": {"username": "two", "password": "second", "algorithm": "MD5"}})
    assert msl.get(f"/streams/{number}")["streamAuth"] == {"username": "two", "algorithm": "MD5"}
    secrets = sim.msl.stream_secrets[number]
    assert secrets.previous
    assert (secrets.previous.username, secrets.previous.password) == ("one", "first")
    # When its time has come, the previous one goes by itself.
    secrets.previous.expires = sim.msl.clock.now()
    msl.get(f"/streams/{number}")
    assert secrets.previous is None
    msl.put(f"/streams/{number}", body | {"streamAuth": {"delete": True}})
    assert "streamAuth" not in msl.get(f"/streams/{number}")
