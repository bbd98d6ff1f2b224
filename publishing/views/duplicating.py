"""Beginning a post as a copy of another."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.actions.duplicating import duplicate
from publishing.views.answers import answering


@permission_required(Permission.WRITE_POST)
@require_POST
@answering
def duplicate_post(request: HttpRequest, pk: int) -> HttpResponseBase:
    try:
        key = uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        key = uuid.uuid4()
    post = duplicate(
        post_id=pk,
        by=person_of(request),
        key=key,
        only_left_out=request.POST.get("for") == "left_out",
    )
    messages.success(request, "This is a copy, without a time. Change it as you like.")
    return redirect("post_edit", pk=post.pk)
