"""How the YouTube Data API says no: Google's `{"error": {code, message, errors: [{reason}]}}`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platforms.sandbox.calls import Answer, Call, Problem
from platforms.sandbox.rate_limits import Window

HOUR_S = 3600.0
QUOTA = (
    'The request cannot be completed because you have exceeded your <a href="/youtube/v3/'
    'getting-started#quota">quota</a>.'
)
UPLOADS = "The user has exceeded the number of videos they may upload."


def error(
    status: int,
    reason: str,
    message: str,
    *,
    domain: str = "youtube.common",
    headers: dict[str, str] | None = None,
    name: str = "",
    where: Mapping[str, str] | None = None,
) -> Answer:
    """`where` is location and locationType; `name` Google's canonical name of the status."""
    detail = {"message": message, "domain": domain, "reason": reason, **(where or {})}
    about: dict[str, Any] = {"code": status, "message": message, "errors": [detail]}
    if name:
        about["status"] = name
    return Answer(status, {"error": about}, headers or {}, "application/json; charset=UTF-8")


def bad_request(reason: str, message: str, location: str = "") -> Problem:
    where = {"location": location, "locationType": "parameter"} if location else {}
    return Problem(error(400, reason, message, where=where))


def not_found(reason: str, message: str) -> Problem:
    return Problem(error(404, reason, message))


class YouTubeErrors:
    def signed_out(self, call: Call, state: str) -> Answer:
        words = (
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login "
            "cookie or other valid authentication credential."
        )
        return error(
            401,
            "authError",
            words,
            domain="global",
            headers={"WWW-Authenticate": 'Bearer realm="https://accounts.google.com/"'},
            name="UNAUTHENTICATED",
            where={"location": "Authorization", "locationType": "header"},
        )

    def rate_limited(self, call: Call, window: Window) -> Answer:
        """Too fast for a moment; or the day's quota, where there is long to wait."""
        left_s = window.reset_at - call.world.now()
        if left_s < HOUR_S:
            words = "The request cannot be completed because of too many requests. Slow down."
            headers = {"Retry-After": str(max(1, round(left_s)))}
            return error(
                429, "rateLimitExceeded", words, headers=headers, name="RESOURCE_EXHAUSTED"
            )
        if call.method == "POST" and call.path.endswith("/upload/youtube/v3/videos"):
            return error(400, "uploadLimitExceeded", UPLOADS, domain="youtube.video")
        return error(403, "quotaExceeded", QUOTA, domain="youtube.quota")

    def server_error(self, call: Call) -> Answer:
        words = "The service is currently unavailable."
        return error(503, "backendError", words, domain="global", name="UNAVAILABLE")

    def duplicate(self, call: Call) -> Answer:
        """YouTube has no such answer while uploading; the nearest is a conflict."""
        return error(409, "aborted", "The operation was aborted.", domain="global", name="ABORTED")

    def not_found(self, call: Call) -> Answer:
        return error(404, "notFound", "Not Found", domain="global", name="NOT_FOUND")
