# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What people answer when they launch each playbook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..simulator import Simulator


@dataclass(frozen=True)
class Answered:
    """One launch.

    :ivar answers: To the survey; a question that is left blank gives empty text.
    :ivar names: A question whose answer must be a plain name.
    :ivar seed: What is there before.
    """

    answers: Mapping[str, Any]
    names: str
    seed: Callable[[Simulator], object] = lambda _sim: None


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
}
