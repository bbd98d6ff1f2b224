"""What somebody has typed into the one part of a draft’s page while they send the other.

A comment and an answer stand in one form. What is not sent yet is kept with the sign-in, so that it
is there again on the next page, until it is sent too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import HttpRequest

from training.models import PolicyVersion

COMMENT = ("section", "text")
ANSWER = ("opinion", "words")
_KEY = "half_typed_on_policy"


@dataclass(frozen=True, slots=True)
class HalfTyped:
    words: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
    """Of the wording that was on the page."""

    @property
    def has_answer(self) -> bool:
        return any(self.words.get(name) for name in ANSWER)


def half_typed(request: HttpRequest, version: PolicyVersion) -> HalfTyped:
    """Of the form that was just sent; else what was kept of the one before."""
    if request.method == "POST":
        names = (*COMMENT, *ANSWER)
        return HalfTyped(_of_form(request, names), request.POST.get("digest", ""))
    kept = request.session.get(_KEY) or {}
    if kept.get("version") != version.pk:
        return HalfTyped()
    return HalfTyped(kept["words"], kept["digest"])


def keep_half(request: HttpRequest, version: PolicyVersion, names: tuple[str, ...]) -> None:
    """Keep of the form what was not sent: these fields, instead of what was kept before."""
    words = _of_form(request, names)
    if any(words.values()):
        digest = request.POST.get("digest", "")
        request.session[_KEY] = {"version": version.pk, "words": words, "digest": digest}
    else:
        request.session.pop(_KEY, None)


def _of_form(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in names}
