# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""module_defaults for a service reach every one of its modules."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]


def test_each_module_is_in_the_group_of_its_service():
    groups = yaml.safe_load((ROOT / "meta" / "runtime.yml").read_text())["action_groups"]
    modules = [path.stem for path in sorted((ROOT / "plugins" / "modules").glob("*.py"))]
    services = sorted({module.partition("_")[0] for module in modules})
    of_services = {service: [name for name in modules if name.startswith(f"{service}_")] for service in services}
    of_roles = {
        f"{service}_connection": [{"metadata": {"extend_group": [f"streamops.live.{service}"]}}] for service in services
    }
    assert groups == {**of_services, **of_roles}
