"""Deciding about a request: yes, back to whoever asked, or no, each with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from accounts.actions import deciding
from accounts.forms.refusal import show_refusal
from accounts.forms.requests import DecisionForm
from accounts.models import AccountRequest, DecisionStage, RequestState
from accounts.permissions import Permission
from accounts.requests.digest import digest_of
from accounts.views.form_page import FormPage
from accounts.views.permission import permission_required, person_of
from accounts.views.requests import visible_request
from audit.models import Entry


@dataclass(frozen=True, slots=True)
class _Choice:
    """`titles` and `done` are for the line manager and for communications."""

    titles: tuple[str, str]
    done: tuple[str, str]
    lead: str
    act: Callable[..., AccountRequest]
    button_kind: str = ""


CHOICES = {
    "yes": _Choice(
        ("Support the request", "Accept the request"),
        (
            "You supported the request. Communications decides next.",
            "The request is accepted. The go-live checklist comes next.",
        ),
        "You decide about the answers as you read them.",
        deciding.say_yes,
    ),
    "return": _Choice(
        ("Return the request", "Return the request"),
        ("The request is returned.", "The request is returned."),
        "It is a draft again: once it is changed and sent again, both decide anew.",
        deciding.send_back,
    ),
    "no": _Choice(
        ("Refuse the request", "Refuse the request"),
        ("The request is refused.", "The request is refused."),
        "This is final. To have something put right, return it instead.",
        deciding.say_no,
        "warning",
    ),
}


@permission_required(Permission.SUPPORT_REQUEST, Permission.DECIDE_REQUEST)
def decide(request: HttpRequest, request_id: int, choice: str) -> HttpResponse:
    """One decision, about what was read: 409 where that changed since."""
    by = person_of(request)
    found = visible_request(by, request_id)
    chosen = CHOICES.get(choice)
    if chosen is None:
        raise Http404
    stage = deciding.STAGES.get(RequestState(found.state))
    there = reverse("request", args=[found.pk])
    if stage is None:
        return _changed(request, found) if request.method == "POST" else HttpResponseRedirect(there)
    deciding.demand_decision(by, found, stage)
    form = DecisionForm(
        request.POST or None, initial={"digest": request.GET.get("read") or digest_of(found)}
    )
    which = list(DecisionStage).index(stage)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.act(by=by, request=found, **form.cleaned_data)
        except deciding.RequestChanged:
            return _changed(request, found, form.cleaned_data["reason"])
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, chosen.done[which])
            return HttpResponseRedirect(there)
    page = FormPage(
        title=chosen.titles[which],
        caption=found.account.name,
        lead=chosen.lead,
        button=chosen.titles[which],
        button_kind=chosen.button_kind,
        back=there,
        done="",
    )
    status = 422 if form.is_bound else 200
    return render(request, "accounts/form_page.html", {"page": page, "form": form}, status=status)


def _changed(request: HttpRequest, found: AccountRequest, yours: str = "") -> HttpResponse:
    """What was read is not what is there any more: read again, with nothing typed lost."""
    last = Entry.objects.about("accounts.socialaccount", str(found.account_id))
    entry = last.order_by("-sequence").first()
    context = {
        "asked": found,
        "at": entry.at if entry else None,
        "by": entry.actor_name if entry else "",
        "yours": yours,
    }
    return render(request, "accounts/requests/changed.html", context, status=409)
