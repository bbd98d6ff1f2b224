"""What was listed because of an election period: looked at, one by one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from publishing.actions import election_reviews as actions
from publishing.errors import Conflict
from publishing.models import ElectionPeriod
from publishing.views.answers import answering

DONE = {
    "kept": "stays as it is.",
    "changed": "is changed: that is enough.",
    "withdrawn": "is withdrawn.",
}


@permission_required(Permission.RUN_ELECTIONS)
@require_POST
@answering
def review(request: HttpRequest, period_id: int, review_id: int) -> HttpResponseBase:
    """One of three answers about one post."""
    # The period is looked up by its own key: one that no column can hold is not found either.
    period = get_object_or_404(ElectionPeriod, pk=period_id)
    found = get_object_or_404(period.reviews.select_related("post"), pk=review_id)
    by, said = person_of(request), request.POST.get("outcome", "")
    if said == "kept":
        actions.keep(review_id=found.pk, by=by, comment=request.POST.get("comment", ""))
    elif said == "changed":
        actions.say_changed(review_id=found.pk, by=by)
    elif said == "withdrawn":
        actions.withdraw_listed(review_id=found.pk, by=by)
    else:
        raise Conflict("Say what becomes of the post: it stays, is changed, or is withdrawn.")
    messages.success(request, f"“{found.post}” {DONE[said]}")
    return redirect("election", pk=period_id)
