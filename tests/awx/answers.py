# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people answer when they launch each playbook."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..simulator import Simulator

# Stand for a folder that outlives the job, and a file in it.
FOLDER = "{folder}"
FILE = "{folder}/page.html"


def _origin_with_a_key_that_is_due(sim: Simulator) -> None:
    end = dt.datetime.now(dt.timezone.utc) + dt.timedelta(days=10)
    key = {
        "name": "fastly", "cdnCode": "dn003", "type": "THIRD_PARTY", "key": "0123456789abcdef0123456789abcdef",
        "expiryDate": end.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    }  # fmt: skip
    sim.msl.add_origin({"hostName": "demohost", "thirdPartyCdnCpcode": 700001, "sharedKeys": [key]})


def _a_season(sim: Simulator) -> None:
    sim.msl.add_stream({"name": "season-day-1", "origin": {"hostName": "season-origin"}})
    sim.smartstream.add_live_event({"ref_id": "season-final", "name": "Final"})


@dataclass(frozen=True)
class Answered:
    """One launch.

    :ivar answers: To the survey; a question that is left blank gives empty text.
    :ivar names: A question whose answer must be a plain name.
    :ivar seed: What is there before.
    :ivar writes: Whether the playbook changes something on the service; else it only writes files.
    """

    answers: Mapping[str, Any]
    names: str
    seed: Callable[[Simulator], object] = lambda _sim: None
    writes: bool = True


LAUNCHES: Mapping[str, Answered] = {
    "multi_cdn_origin.yml": Answered(
        {
            "multi_cdn_origin_host_name": "news",
            "multi_cdn_origin_state": "present",
            "multi_cdn_origin_cpcode": "400001",
            "multi_cdn_origin_third_party_cdn_cpcode": "700001",
            "multi_cdn_origin_encoder_zone": "EUROPE",
            "multi_cdn_origin_backup_encoder_zone": "",
            "multi_cdn_origin_contract_id": "",
            "multi_cdn_origin_cdn_names": "Fastly\nCloudfront",
            "multi_cdn_origin_rotate_now": "",
            "multi_cdn_origin_purge": "false",
            "multi_cdn_origin_wait": "false",
            "multi_cdn_origin_hand_over_folder": "",
        },
        names="multi_cdn_origin_host_name",
    ),
    "key_rotation.yml": Answered(
        {
            "key_rotation_hand_over_folder": FOLDER,
            "key_rotation_match": "",
            "key_rotation_within_days": 30,
            "key_rotation_grace_period": "7d",
            "key_rotation_validity": "365d",
            "key_rotation_ended_too": "false",
        },
        names="key_rotation_validity",
        seed=_origin_with_a_key_that_is_due,
    ),
    "live_stream.yml": Answered(
        {
            "live_stream_name": "news",
            "live_stream_state": "present",
            "live_stream_formats": "HLS, DASH",
            "live_stream_cpcode": "400001",
            "live_stream_encoder_zone": "EUROPE",
            "live_stream_backup_encoder_zone": "",
            "live_stream_origin_host_name": "",
            "live_stream_origin_cpcode": "",
            "live_stream_contract_id": "",
            "live_stream_allowed_ips": "",
            "live_stream_dvr_window": "",
            "live_stream_event_names": "main, backstage",
            "live_stream_wait": "false",
        },
        names="live_stream_name",
    ),
    "live_event_run.yml": Answered(
        {
            "live_event_run_ref_id": "evening-show",
            "live_event_run_state": "started",
            "live_event_run_name": "Evening show",
            "live_event_run_live_event_profile": "sport",
            "live_event_run_reset_stopped": "false",
            "live_event_run_reset_after_stop": "false",
            "live_event_run_stop_pending": "false",
            "live_event_run_print_ingest_url": "false",
        },
        names="live_event_run_live_event_profile",
        seed=lambda sim: sim.smartstream.add_profile({"ref_id": "sport", "name": "Sport"}),
    ),
    "live_event_schedule.yml": Answered(
        {
            "live_event_schedule_csv": (
                "ref_id,name,live_event_profile,live_encode_start_at\n"
                "season-1,First,sport,2034-12-31T20:00:00+09:00\n"
                "season-2,Second,sport,2035-01-01T20:00:00+09:00\n"
            ),
            "live_event_schedule_state": "present",
            "live_event_schedule_prune": "false",
            "live_event_schedule_prune_match": "",
            "live_event_schedule_prune_limit": 10,
            "live_event_schedule_continue_on_error": "false",
        },
        names="live_event_schedule_csv",
        seed=lambda sim: sim.smartstream.add_profile({"ref_id": "sport", "name": "Sport"}),
    ),
    "status_report.yml": Answered(
        {
            "status_report_file": FILE,
            "status_report_services": "msl, smartstream",
            "status_report_title": "Live streaming",
            "status_report_due_within": "30d",
            "status_report_urgent_within": "7d",
            "status_report_utc_offset": "+00:00",
        },
        names="status_report_due_within",
        seed=lambda sim: sim.msl.add_origin({"hostName": "demohost"}),
        writes=False,
    ),
    "teardown.yml": Answered(
        {
            "teardown_kinds": "streams\norigins\nlive_events",
            "teardown_match": "^season-",
            "teardown_names": "",
            "teardown_limit": 10,
            "teardown_purge_content": "false",
            "teardown_force_running": "false",
            "teardown_confirm": "true",
        },
        names="teardown_kinds",
        seed=_a_season,
    ),
}
