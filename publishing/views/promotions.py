"""Paid promotion: the list, one promotion, and the steps from asking to the result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters, without_place
from publishing.actions import promoting as actions
from publishing.actions.promoting import APPROVED, promotable_accounts
from publishing.forms.promotions import EndForm, PromotionFilter, PromotionForm, SpendForm
from publishing.models import Promotion, PromotionState
from publishing.promotion.csv_export import export_promotions
from publishing.promotion.money import pounds
from publishing.promotion.rights import (
    RECORDED_IN,
    is_awaiting_budget,
    is_awaiting_words,
    may_record,
    may_withdraw,
    refuse_to_record,
    refuse_to_refuse,
    refuse_to_withdraw,
)
from publishing.promotion.totals import months_of, total_of
from publishing.sections import post_sections
from publishing.views.answers import answering, visible_post
from publishing.views.form_page import FormPage, answer_refused

ORDER = ("-starts_on", "-id")
MONEY = ({"label": "Agreed", "number": True}, {"label": "Spent", "number": True})
COLUMNS = ("Promotion", "Days", {"label": "Budget", "number": True}, MONEY[1], "State")
MONTH_COLUMNS = ("Month", {"label": "Promotions", "number": True}, *MONEY)
reader_of_promotions = permission_required(
    Permission.SEE_SPENDING, Permission.WRITE_POST, Permission.AGREE_SPENDING
)


@reader_of_promotions
def promotions(request: HttpRequest) -> HttpResponseBase:
    """What was asked for, and what it comes to, of what is chosen."""
    reader = person_of(request)
    chosen, rows = _chosen(request)
    context = {
        "sections": post_sections(reader, "promotions"),
        "form": chosen.form,
        "selected": selected_filters(chosen.form, request.GET),
        "query": without_place(request.GET),
        "page": page_of(rows.select_related("post", "account"), ORDER, request.GET),
        "columns": COLUMNS,
        "total": total_of(rows),
        "months": months_of(rows),
        "month_columns": MONTH_COLUMNS,
        "can_export": may(reader, Permission.SEE_SPENDING),
    }
    return render(request, "publishing/promotions/list.html", context)


@permission_required(Permission.SEE_SPENDING)
def promotions_csv(request: HttpRequest) -> HttpResponseBase:
    chosen, rows = _chosen(request)
    words = {each.category: each.text for each in selected_filters(chosen.form, request.GET)}
    pieces = export_promotions(rows, by=person_of(request), chosen=words)
    return csv_download(pieces, f"paid-promotion-{timezone.localdate().isoformat()}.csv")


@permission_required(Permission.WRITE_POST)
@answering
def ask(request: HttpRequest, pk: int) -> HttpResponseBase:
    by = person_of(request)
    post = visible_post(by, pk)
    if not promotable_accounts(post):
        messages.error(request, "Choose the accounts of the post first, then ask for promotion.")
        return redirect("post", pk=pk)
    form = PromotionForm(request.POST if request.method == "POST" else None, post=post, by=by)
    page = FormPage(
        title="Ask for paid promotion",
        caption=str(post),
        lead="Nothing is paid from here. Once both have agreed, buy it at the platform.",
        button="Ask for promotion",
        back=reverse("post", args=[pk]),
        on=_page_of,
        done="The budget holder and communications are asked.",
    )

    def act() -> Promotion:
        given = form.cleaned_data
        return actions.ask_for_promotion(
            post_id=pk,
            account=given["account"],
            asked=form.asked(),
            budget_holder=given["budget_holder"],
            key=given["key"],
            by=by,
        )

    return answer_refused(request, page, form, act)


@reader_of_promotions
def promotion(request: HttpRequest, pk: int) -> HttpResponseBase:
    reader = person_of(request)
    found = _found(request, pk)
    context = {
        "promotion": found,
        "budget": pounds(found.budget_pence),
        "spent": None if found.spent_pence is None else pounds(found.spent_pence),
        "is_over": found.spent_pence is not None and found.spent_pence > found.budget_pence,
        "may_see_post": type(found.post)
        .objects.visible_to(reader)
        .filter(pk=found.post_id)
        .exists(),
        "post_is_approved": found.post.state in APPROVED,
        "awaits_budget": is_awaiting_budget(found, reader),
        "awaits_words": is_awaiting_words(found, reader),
        "can_withdraw": found.state in (PromotionState.ASKED, PromotionState.AGREED)
        and may_withdraw(found, reader),
        "can_record": found.state in RECORDED_IN
        and found.starts_on <= timezone.localdate()
        and may_record(found, reader),
    }
    return render(request, "publishing/promotions/one.html", context)


@permission_required(Permission.AGREE_SPENDING)
@require_POST
@answering
def agree_budget(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    agreed = actions.agree_to_budget(promotion_id=found.pk, by=person_of(request))
    return _said(request, agreed, "You agreed to the budget.")


@permission_required(Permission.APPROVE_POST)
@require_POST
@answering
def agree_words(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    agreed = actions.agree_to_words(promotion_id=found.pk, by=person_of(request))
    return _said(request, agreed, "You agreed for communications.")


@permission_required(Permission.AGREE_SPENDING, Permission.APPROVE_POST)
@answering
def refuse(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    refuse_to_refuse(found, person_of(request))
    return _ending(request, found, "Refuse the promotion", actions.refuse_promotion)


@permission_required(Permission.WRITE_POST, Permission.APPROVE_POST)
@answering
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    found = _found(request, pk)
    refuse_to_withdraw(found, person_of(request))
    return _ending(request, found, "Withdraw the promotion", actions.withdraw_promotion)


@reader_of_promotions
@answering
def spend(request: HttpRequest, pk: int) -> HttpResponseBase:
    by, found = person_of(request), _found(request, pk)
    refuse_to_record(found, by)
    names = ("reached", "clicks", "result")
    known = {"spent": found.spent_pence, **{name: getattr(found, name) for name in names}}
    form = SpendForm(request.POST if request.method == "POST" else None, initial=known)
    page = FormPage(
        title="Record what it cost and brought",
        caption=str(found),
        lead=f"Agreed were {pounds(found.budget_pence)}, to achieve: {found.objective}",
        button="Save",
        back=_page_of(found),
        done="What it cost and brought is recorded.",
    )

    def act() -> Promotion:
        return actions.record_spend(promotion_id=found.pk, result=form.outcome(), by=by)

    return answer_refused(request, page, form, act)


def _ending(request: HttpRequest, found: Promotion, title: str, action: Any) -> HttpResponseBase:
    by = person_of(request)
    form = EndForm(request.POST if request.method == "POST" else None)
    page = FormPage(
        title=title,
        caption=str(found),
        button=title,
        button_kind="warning",
        back=_page_of(found),
        done="That is recorded, and whoever asked for it sees why.",
    )

    def act() -> Promotion:
        ended: Promotion = action(promotion_id=found.pk, reason=form.cleaned_data["reason"], by=by)
        return ended

    return answer_refused(request, page, form, act)


def _said(request: HttpRequest, agreed: Promotion, words: str) -> HttpResponseBase:
    done = agreed.state == PromotionState.AGREED
    rest = (
        "Both have agreed: it can be bought at the platform."
        if done
        else "Somebody else has to agree, too."
    )
    messages.success(request, f"{words} {rest}")
    return redirect(_page_of(agreed))


def _found(request: HttpRequest, pk: int) -> Promotion:
    visible = Promotion.objects.visible_to(person_of(request))
    people = ("asked_by", "budget_holder", "communications_by", "ended_by", "recorded_by")
    return get_object_or_404(
        visible.select_related("post__version__edited_by", "account", *people), pk=pk
    )


def _chosen(request: HttpRequest) -> tuple[PromotionFilter, QuerySet[Promotion]]:
    """The filters as asked for, and what is within: nothing while a filter is wrong."""
    rows = Promotion.objects.visible_to(person_of(request))
    chosen = PromotionFilter(request.GET, queryset=rows)
    return chosen, chosen.qs if chosen.is_valid() else rows.none()


def _page_of(found: Promotion) -> str:
    return reverse("promotion", args=[found.pk])
