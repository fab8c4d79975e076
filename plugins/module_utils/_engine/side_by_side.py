# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same work for many resources at the same time."""

from __future__ import annotations

import typing as t

from .._core.context import Context

Subject = t.TypeVar("Subject")


def side_by_side(
    work: t.Callable[[Subject], None], subjects: t.Sequence[Subject], context: Context, concurrency: int
) -> None:
    """Do the work for each subject, so many at a time; an exception of one comes out when all have ended.

    Whatever interrupts the waiting sets ``context.stop``, so that work which looks at it starts nothing more.
    """
    if concurrency <= 1 or len(subjects) <= 1:
        for subject in subjects:
            work(subject)
        return
    # A module that works on one resource starts in less time without it.
    import concurrent.futures

    with concurrent.futures.ThreadPoolExecutor(max_workers=min(concurrency, len(subjects))) as pool:
        futures = [pool.submit(work, subject) for subject in subjects]
        try:
            for future in futures:
                future.result()
        except BaseException:
            context.stop.set()
            for future in futures:
                future.cancel()
            raise
