"""How Facebook's Graph API says no: `{"error": {message, type, code, error_subcode, …}}`.

Codes and words are the vendor's own (Graph API, "Handle Errors").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from platforms.sandbox.calls import Answer, Call, Problem
from platforms.sandbox.rate_limits import Window

LIMIT_WORDS = {
    4: "(#4) Application request limit reached",
    17: "(#17) User request limit reached",
    32: "(#32) Page request limit reached",
    613: "(#613) Calls to this api have exceeded the rate limit.",
}
SIGNED_OUT = {
    458: "Error validating access token: The user has not authorized application 1050.",
    460: (
        "Error validating access token: The session has been invalidated because the user changed "
        "their password or Facebook has changed the session for security reasons."
    ),
}


def error(
    call: Call,
    status: int,
    code: int,
    message: str,
    *,
    type_: str = "OAuthException",
    headers: Mapping[str, str] | None = None,
    **more: Any,
) -> Answer:
    about = {"message": message, "type": type_, "code": code, **more, "fbtrace_id": _trace(call)}
    return Answer(status, {"error": about}, headers or {})


def invalid(call: Call, message: str) -> Problem:
    """400, code 100: a parameter that Facebook does not take."""
    return Problem(error(call, 400, 100, f"(#100) {message}"))


def not_allowed(call: Call) -> Problem:
    """403, code 200: somebody else's page or post."""
    words = (
        "(#200) If posting to a page, requires both pages_read_engagement and pages_manage_posts "
        "as an admin with sufficient administrative permission"
    )
    return Problem(error(call, 403, 200, words))


def usage(window: Window) -> Mapping[str, str]:
    """`x-app-usage`: how much of what is allowed was used, in per cent."""
    used = round(100 * (window.limit - max(0, window.remaining)) / window.limit)
    percent = {"call_count": used, "total_cputime": used // 2, "total_time": used // 2}
    return {"x-app-usage": json.dumps(percent), "facebook-api-version": "v26.0"}


class GraphErrors:
    def signed_out(self, call: Call, state: str) -> Answer:
        if state == "unknown":
            return error(call, 400, 190, "Invalid OAuth access token - Cannot parse access token")
        if state == "expired":
            now = datetime.fromtimestamp(call.world.now(), UTC)
            words = (
                f"Error validating access token: Session has expired on {now:%A, %d-%b-%y} "
                f"00:00:00 PST. The current time is {now:%A, %d-%b-%y %H:%M:%S} PST."
            )
            return error(call, 401, 190, words, error_subcode=463)
        changed = bool(call.account and call.account.extra.get("password_changed"))
        subcode = 460 if changed else 458
        return error(call, 401, 190, SIGNED_OUT[subcode], error_subcode=subcode)

    def rate_limited(self, call: Call, window: Window) -> Answer:
        """Which of the vendor's four codes depends on what was asked."""
        code = _limit_code(call)
        left_s = max(0.0, window.reset_at - call.world.now())
        case = {
            "type": "pages",
            "call_count": 100,
            "total_cputime": 50,
            "total_time": 50,
            "estimated_time_to_regain_access": max(1, round(left_s / 60)),
        }
        page = call.account.remote_id if call.account else "0"
        headers = {**usage(window), "x-business-use-case-usage": json.dumps({page: [case]})}
        return error(call, 400, code, LIMIT_WORDS[code], headers=headers, is_transient=True)

    def server_error(self, call: Call) -> Answer:
        if call.method == "GET":
            words = "Please reduce the amount of data you're asking for, then retry your request"
            return error(call, 500, 1, words, is_transient=False)
        words = "An unexpected error has occurred. Please retry your request later."
        return error(call, 500, 2, words, is_transient=True)

    def duplicate(self, call: Call) -> Answer:
        return error(
            call,
            400,
            506,
            "(#506) Duplicate status message",
            error_subcode=1455006,
            is_transient=False,
            error_user_title="Duplicate status update",
            error_user_msg=(
                "This status update is identical to the last one you posted. Try posting something "
                "different, or delete your previous update."
            ),
        )

    def not_found(self, call: Call) -> Answer:
        kind = "get" if call.method == "GET" else call.method.lower()
        asked = call.parts.get("id", "") or call.path.rsplit("/", 1)[-1]
        words = (
            f"Unsupported {kind} request. Object with ID '{asked}' does not exist, cannot be "
            "loaded due to missing permissions, or does not support this operation. Please read "
            "the Graph API documentation at https://developers.facebook.com/docs/graph-api"
        )
        return error(call, 400, 100, words, type_="GraphMethodException", error_subcode=33)


def _limit_code(call: Call) -> int:
    if call.path.endswith("/me"):
        return 17
    if call.path.endswith("/comments"):
        return 613
    return 32 if call.method == "POST" else 4


def _trace(call: Call) -> str:
    drawn = hashlib.blake2b(f"{call.path} {call.world.now()}".encode(), digest_size=11)
    return "A" + drawn.hexdigest()
