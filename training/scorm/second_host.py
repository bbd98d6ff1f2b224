"""The host of PACKAGES_URL: only packages are there, and no session, cookie or page of ours.

What a package's script may do is limited here as well: it talks to its own host only, sends no
form anywhere, and is framed by nobody but us.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import split_domain_port
from django.urls import Resolver404, resolve, set_urlconf

URLCONF = "training.urls.second_host"
_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
    "connect-src 'self' data: blob:",
    "frame-src 'self' blob:",
    "worker-src blob:",
    "object-src 'none'",
    "form-action 'none'",
    "base-uri 'self'",
    "sandbox allow-scripts allow-same-origin",
)


class SecondHostMiddleware:
    """Answers for that host itself, so that nothing behind it ever sees such a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_second_host(request):
            return self.get_response(request)
        set_urlconf(URLCONF)
        try:
            answer = _answer(request)
        finally:
            # What this thread does next is about our own addresses again.
            set_urlconf(None)
        _limit(answer)
        return answer


def is_second_host(request: HttpRequest) -> bool:
    """By its name alone: cookies do not tell ports apart either."""
    named, _port = split_domain_port(request.headers.get("host", ""))
    return bool(settings.PACKAGES_URL) and named.rstrip(".") == _host()


def _host() -> str:
    return split_domain_port(settings.PACKAGES_URL.partition("://")[2].lower())[0]


def _answer(request: HttpRequest) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        return HttpResponse(status=405, content_type="text/plain", headers={"Allow": "GET, HEAD"})
    try:
        found = resolve(request.path_info, URLCONF)
        return found.func(request, *found.args, **found.kwargs)
    except (Resolver404, Http404):
        words = f"There is nothing here but learning packages. Go to {settings.BASE_URL} instead."
        return HttpResponse(words, status=404, content_type="text/plain; charset=utf-8")


def _limit(answer: HttpResponseBase) -> None:
    ancestors = f"frame-ancestors 'self' {settings.BASE_URL}"
    answer.headers["Content-Security-Policy"] = "; ".join([*_POLICY, ancestors])
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Permissions-Policy"] = ", ".join(f"{name}=()" for name in _NOT_PERMITTED)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["X-DNS-Prefetch-Control"] = "off"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers.setdefault("Cache-Control", "private, no-store")


_NOT_PERMITTED = (
    *("camera", "display-capture", "geolocation", "hid", "microphone", "midi", "payment"),
    *("publickey-credentials-get", "serial", "usb"),
)
