"""Why people may be shown: recording it, changing it, withdrawing it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import User
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import person_of
from pages.numbers import whole_number
from publishing.actions.library.consents import (
    WHO_MAY,
    Grounds,
    change_consent,
    grounds_of,
    record_consent,
)
from publishing.actions.library.withdrawing import withdraw_consent
from publishing.errors import NotAllowed, Refused
from publishing.forms.library import ConsentForm, WithdrawalForm
from publishing.library.rights import may_change_consent
from publishing.library.uses import live_deliveries_with, stopped_with
from publishing.models import Consent, Post
from publishing.views.library.visible import (
    acting,
    library_reader,
    visible_consent,
    visible_item,
)

MOST = 100


@library_reader
def record(request: HttpRequest, item_id: int) -> HttpResponse:
    """From the item's page, or from the form of a post (`?post=`), to which one comes back."""
    by = person_of(request)
    item = visible_item(by, item_id)
    form = ConsentForm(request.POST or None, use_required_attribute=False)
    page = FormPage(
        title="Why may they be shown?",
        caption=item.title,
        lead="One form for each person, or for a group that agreed together.",
        button="Save",
        back=_back(request, by, item_id),
        done="It is recorded why they may be shown.",
    )

    def save() -> object:
        grounds = Grounds(**form.cleaned_data)
        return record_consent(item_id=item.pk, grounds=grounds, by=by)

    return answer(request, page, form, acting(save))


def _back(request: HttpRequest, by: User, item_id: int) -> str:
    post = whole_number(request.GET.get("post", ""))
    if post is not None and Post.objects.visible_to(by).filter(pk=post).exists():
        return f"{reverse('post_edit', args=[post])}#pictures"
    return reverse("library_item", args=[item_id])


@library_reader
def change(request: HttpRequest, consent_id: int) -> HttpResponse:
    by = person_of(request)
    consent = _of_mine(by, consent_id)
    kept = {name: getattr(grounds_of(consent), name) for name in ConsentForm.base_fields}
    form = ConsentForm(request.POST or None, initial=kept, use_required_attribute=False)
    page = FormPage(
        title="Renew or put right",
        caption=f"{consent.who}, in {consent.item}",
        button="Save",
        back=reverse("library_item", args=[consent.item_id]),
        done="It is recorded why they may be shown.",
    )

    def save() -> object:
        grounds = Grounds(**form.cleaned_data)
        return change_consent(consent_id=consent.pk, grounds=grounds, by=by)

    return answer(request, page, form, acting(save))


@library_reader
def withdraw(request: HttpRequest, consent_id: int) -> HttpResponseBase:
    """What it means before it is withdrawn; afterwards, what became of each post."""
    by = person_of(request)
    consent = _of_mine(by, consent_id)
    given = {"reason": consent.withdrawal_reason} if consent.withdrawn_at else None
    form = WithdrawalForm(request.POST or None, initial=given, use_required_attribute=False)
    if request.method == "POST":
        if consent.withdrawn_at:
            withdraw_consent(consent_id=consent.pk, reason=consent.withdrawal_reason, by=by)
            messages.success(request, "What went out since is asked to be taken down.")
            return redirect("consent_withdraw", consent_id)
        if form.is_valid():
            try:
                withdraw_consent(consent_id=consent.pk, reason=form.cleaned_data["reason"], by=by)
            except Refused as refused:
                form.add_error("reason", refused.message)
            else:
                messages.success(request, f"“{consent.who}” may not be shown any more.")
                return redirect("consent_withdraw", consent_id)
    return _withdrawal_page(request, consent, form, by)


def _withdrawal_page(
    request: HttpRequest, consent: Consent, form: WithdrawalForm, by: User
) -> HttpResponse:
    live = live_deliveries_with(consent.item)
    stopped = stopped_with(consent.item)
    visible = Post.objects.visible_to(by)
    seen_live = live.filter(post__in=visible).select_related("post", "account", "removal")
    seen_stopped = stopped.filter(pk__in=visible.values("pk"))
    context = {
        "consent": consent,
        "item": consent.item,
        "form": form,
        "live": list(seen_live.order_by("-published_at", "-pk")[:MOST]),
        "stopped": list(seen_stopped.order_by("due_at", "pk")[:MOST]),
        "hidden_live": live.count() - seen_live.count(),
        "to_ask": live.filter(removal__isnull=True).exists(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "publishing/library/withdraw.html", context, status=status)


def _of_mine(by: User, consent_id: int) -> Consent:
    consent = visible_consent(by, consent_id)
    if not may_change_consent(by, consent):
        raise NotAllowed(WHO_MAY)
    return consent
