# Copyright (c) 2026, streamops.live contributors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Error replies of the SmartSTREAM API: documented codes, in every shape a body could have.

The manual lists status, code and message (reference smartstream, sections 4 and 7), but not the body.
"""

from __future__ import annotations

from ..replies import Reply
from ..settings import SmartstreamSettings

#: code -> status, message in Japanese, message in English.
_CODES = {
    "BAD_REQUEST": (400, "リクエストパラメータが不正です", "Invalid request parameters"),
    "FAILED_TO_SAVE": (400, "保存に失敗しました", "Failed to save"),
    "FAILED_TO_START": (400, "開始に失敗しました", "Failed to start"),
    "FAILED_TO_STOP": (400, "停止に失敗しました", "Failed to stop"),
    "FAILED_TO_RESET": (400, "リセットに失敗しました", "Failed to reset"),
    "FAILED_TO_CANCEL": (400, "キャンセルに失敗しました", "Failed to cancel"),
    "FAILED_TO_UPDATE": (400, "更新に失敗しました", "Failed to update"),
    "FAILED_TO_DELETE": (400, "削除に失敗しました", "Failed to delete"),
    "UNAUTHORIZED": (401, "認証に失敗しました", "Authentication failed"),
    "NOT_FOUND": (404, "存在しません", "Not found"),
    "LIVE_EVENT_NOT_FOUND": (404, "指定のライブイベントは存在しません", "The live event does not exist"),
    "LIVE_EVENT_PROFILE_NOT_FOUND": (
        404,
        "指定のライブイベントプロファイルは存在しません",
        "The live event profile does not exist",
    ),
    "METHOD_NOT_ALLOWED": (405, "許可されていないメソッドです", "Method not allowed"),
    "SERVER_ERROR": (500, "予期しないエラーが発生しました", "An unexpected error has occurred"),
    "TOO_MANY_REQUESTS": (429, "リクエスト数の上限を超えました", "Too many requests"),
}


class Problem(Exception):
    """A refusal of the API. ``says`` names the code whose message is sent, where the manual mixes them up."""

    def __init__(self, code: str, says: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.says = says or code

    def reply(self, settings: SmartstreamSettings) -> Reply:
        """The reply in the shape and the language that are set."""
        message = _CODES[self.says][1 if settings.language == "ja" else 2]
        status = _CODES[self.code][0]
        if settings.error_shape == "text":
            return Reply(status, f"{self.code}: {message}".encode(), content_type="text/plain; charset=utf-8")
        pair = {"code": self.code, "message": message}
        shapes = {
            "top": pair,
            "error_object": {"error": pair},
            "error_string": {"error": self.code, "message": message},
            "errors": {"errors": [pair]},
        }
        return Reply(status, shapes[settings.error_shape])
