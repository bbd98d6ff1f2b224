"""Putting a policy away, once it is said what follows, and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from accounts.access import holds
from accounts.permissions import Permission
from accounts.views.form_page import is_done
from accounts.views.permission import permission_required, person_of
from training.actions import policy_putting_away as actions
from training.forms.policies import PutAwayForm
from training.policies.consultation import positions_of
from training.policies.reading import shown_of
from training.views.policies import visible_document


@permission_required(Permission.EDIT_POLICIES)
def put_away(request: HttpRequest, slug: str) -> HttpResponse:
    me = person_of(request)
    document = visible_document(me, slug)
    if document.archived_at:
        return redirect("policy", slug)
    form = PutAwayForm(request.POST or None)
    if is_done(
        request,
        form,
        lambda: actions.put_away(by=me, document=document, **form.cleaned_data),
        said=f"{document} is put away.",
    ):
        return redirect("policy", slug)
    draft = document.versions.drafts().first()
    context = {
        "document": document,
        "version": shown_of(document),
        "acknowledged": document.acknowledgements.values("user").distinct().count(),
        "draft": draft,
        "asked": len(positions_of(draft)) if draft else 0,
        "needed_because": actions.needed_because(document),
        "may_assign": holds(me, Permission.ASSIGN_TRAINING),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "training/policies/put_away.html", context, status=status)


@require_POST
@permission_required(Permission.EDIT_POLICIES)
def bring_back(request: HttpRequest, slug: str) -> HttpResponse:
    me = person_of(request)
    document = actions.bring_back(by=me, document=visible_document(me, slug))
    said = f"{document} is back. Nobody is asked for it until it is assigned again."
    messages.success(request, said)
    return redirect("policy", slug)
