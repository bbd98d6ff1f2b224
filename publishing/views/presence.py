"""Who else has a draft open, for the page that asks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.models import User
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.models import Post
from publishing.presence import look_in
from publishing.rights import explain_editing, refuse_unless
from publishing.views.answers import answering, visible_post


@permission_required(Permission.WRITE_POST)
@require_GET
@answering
def presence(request: HttpRequest, pk: int) -> HttpResponseBase:
    writer = person_of(request)
    post = visible_post(writer, pk)
    refuse_unless(explain_editing(writer, post), "edit this post")
    return render(request, "components/present.html", who_is_there(post, writer))


def who_is_there(post: Post, writer: User) -> dict[str, Any]:
    """What the component needs; whoever asks is there from now on."""
    is_another = post.draft.saved_by_id != writer.pk
    return {
        "present": look_in(post, writer),
        "saved_by": post.draft.saved_by.name if is_another else "",
        "saved_at": post.draft.saved_at,
    }
