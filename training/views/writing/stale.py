"""A form that came too late: what was typed beside what stands now, and nothing of either lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.differences import lines_changed
from training.writing.words import Words, token_of


def stale_page(request: HttpRequest, kept: Words | None, typed: Words, back: str) -> HttpResponse:
    """409. Where it is still there, what was typed can be put in the place of what stands."""
    mine, theirs = typed.in_words(), kept.in_words() if kept else {}
    rows = [
        {
            "what": what,
            "mine": mine.get(what, ""),
            "theirs": theirs.get(what, ""),
            "pieces": lines_changed(theirs.get(what, ""), mine.get(what, "")),
        }
        for what in dict.fromkeys([*mine, *theirs])
        if mine.get(what, "") != theirs.get(what, "")
    ]
    context = {
        "rows": rows,
        "is_gone": kept is None,
        "again": _again(request, token_of(kept)) if kept else [],
        "address": request.path,
        "back": back,
        "error": True,
    }
    return render(request, "training/writing/stale.html", context, status=409)


def _again(request: HttpRequest, token: str) -> list[tuple[str, str]]:
    """The fields of the form as they came, with the token of what the person has now seen."""
    fields = [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "seen", "do")
        for value in values
    ]
    return [*fields, ("seen", token), ("do", "save")]
