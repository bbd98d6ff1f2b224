"""How X says no: problem documents (RFC 7807) with X's own titles and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from platforms.sandbox.calls import Answer, Call, Problem
from platforms.sandbox.rate_limits import Window

PROBLEMS = "https://api.twitter.com/2/problems"


def problem(status: int, title: str, detail: str, **more: Any) -> Answer:
    body = {"title": title, "detail": detail, "type": "about:blank", "status": status, **more}
    return Answer(status, body, content_type="application/problem+json")


def limit_headers(window: Window) -> Mapping[str, str]:
    return {
        "x-rate-limit-limit": str(window.limit),
        "x-rate-limit-remaining": str(max(0, window.remaining)),
        "x-rate-limit-reset": str(int(window.reset_at) + 1),
    }


def invalid(parameter: str, value: str, message: str) -> Problem:
    """400: a parameter that X does not understand."""
    body = {
        "errors": [{"parameters": {parameter: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": f"{PROBLEMS}/invalid-request",
    }
    return Problem(Answer(400, body, content_type="application/problem+json"))


def forbidden(detail: str) -> Problem:
    return Problem(problem(403, "Forbidden", detail))


def not_there(what: str, parameter: str, value: str) -> dict[str, str]:
    """An error inside an answer of 200: what was asked for by its id is not there."""
    return {
        "value": value,
        "detail": f"Could not find {what} with {parameter}: [{value}].",
        "title": "Not Found Error",
        "resource_type": what,
        "parameter": parameter,
        "resource_id": value,
        "type": f"{PROBLEMS}/resource-not-found",
    }


class XErrors:
    def signed_out(self, call: Call, state: str) -> Answer:
        return problem(401, "Unauthorized", "Unauthorized")

    def rate_limited(self, call: Call, window: Window) -> Answer:
        answer = problem(429, "Too Many Requests", "Too Many Requests")
        return Answer(429, answer.body, limit_headers(window), answer.content_type)

    def server_error(self, call: Call) -> Answer:
        return problem(500, "Internal Server Error", "Something is broken. Please wait a moment.")

    def duplicate(self, call: Call) -> Answer:
        detail = "You are not allowed to create a Tweet with duplicate content."
        return problem(403, "Forbidden", detail)

    def not_found(self, call: Call) -> Answer:
        return problem(404, "Not Found", "Not Found")
