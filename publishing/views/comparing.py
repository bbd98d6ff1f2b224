"""The versions of a post, and how any two of them differ."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from accounts.views.permission import person_of
from publishing.models import Version
from publishing.versions import differences
from publishing.views.answers import visible_post


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponseBase:
    post = visible_post(person_of(request), pk)
    versions = list(
        post.versions.select_related("edited_by").prefetch_related("approvals__decided_by")
    )
    new = _chosen(versions, request.GET.get("new", ""), 0)
    old = _chosen(versions, request.GET.get("old", ""), 1)
    context = {
        "post": post,
        "versions": versions,
        "old": old,
        "new": new,
        "differences": differences(old, new) if old and new and old != new else [],
    }
    return render(request, "publishing/versions.html", context)


def _chosen(versions: list[Version], number: str, default: int) -> Version | None:
    """The version with that number; the newest, or the one before it, where there is none such."""
    named = next((version for version in versions if str(version.number) == number), None)
    return named or (versions[default] if len(versions) > default else None)
