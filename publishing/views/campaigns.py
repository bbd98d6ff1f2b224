"""Campaigns: all of them, one with what it brought, and changing it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import may
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from publishing.actions import campaigning as actions
from publishing.campaigns.results import by_account, is_on, numbers_of, posts_of, spent_on
from publishing.campaigns.rights import may_change, refuse_to_change
from publishing.forms.campaigns import CampaignForm
from publishing.listing.rows import rows_of, with_account_ids
from publishing.models import Campaign
from publishing.planning.reactions import source
from publishing.sections import post_sections
from publishing.views.answers import answering
from publishing.views.form_page import FormPage, answer_refused

NEWEST_FIRST = ("-changed_at", "-id")
reader_of_campaigns = permission_required(
    Permission.WRITE_POST, Permission.SEE_ALL_POSTS, Permission.PLAN_CONTENT
)
COLUMNS = (
    "Account",
    *({"label": label, "number": True} for label in ("Live", "Replies", "To come")),
)


@reader_of_campaigns
def campaigns(request: HttpRequest) -> HttpResponseBase:
    """Those that run, then those that are closed, each with the number of its versions' posts."""
    reader = person_of(request)
    rows = Campaign.objects.select_related("owner", "service_area").annotate(
        posts=Count("versions__post", distinct=True)
    )
    found = list(rows.order_by("name"))
    context = {
        "sections": post_sections(reader, "campaigns"),
        "open": [(each, is_on(each)) for each in found if each.closed_at is None],
        "closed": [each for each in found if each.closed_at],
        "can_add": may(reader, Permission.PLAN_CONTENT),
    }
    return render(request, "publishing/campaigns/list.html", context)


@reader_of_campaigns
def campaign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What it is for and what it brought, as far as the reader may see its posts."""
    reader, found = person_of(request), _found(pk)
    posts = posts_of(found, reader)
    page = page_of(with_account_ids(posts).select_related("author"), NEWEST_FIRST, request.GET)
    context = {
        "campaign": found,
        "numbers": numbers_of(posts),
        "accounts": by_account(posts, reader),
        "columns": COLUMNS,
        "counted": source().what,
        "spent": spent_on(found, reader),
        "page": page,
        "rows": rows_of(page.rows, reader=reader),
        "can_change": may_change(reader, found),
        "can_write": may(reader, Permission.WRITE_POST),
    }
    return render(request, "publishing/campaigns/one.html", context)


@permission_required(Permission.PLAN_CONTENT)
@answering
def add(request: HttpRequest) -> HttpResponseBase:
    by = person_of(request)
    form = CampaignForm(request.POST if request.method == "POST" else None, by=by)
    page = FormPage(
        title="Add a campaign",
        lead="Posts on any account can be for it, and you see here what all of them brought.",
        button="Add campaign",
        back=reverse("campaigns"),
        on=_page_of,
        done="The campaign is there. Choose it when you write a post.",
    )
    return answer_refused(
        request, page, form, lambda: actions.add_campaign(plan=form.plan(), by=by)
    )


@permission_required(Permission.PLAN_CONTENT)
@answering
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    by, found = person_of(request), _found(pk)
    refuse_to_change(by, found)
    data = request.POST if request.method == "POST" else None
    form = CampaignForm(data, by=by, campaign=found)
    page = FormPage(
        title="Change a campaign",
        caption=found.name,
        lead="Posts that were sent keep the name that they were approved with.",
        button="Save",
        back=_page_of(found),
        done="The campaign is changed.",
    )
    return answer_refused(
        request,
        page,
        form,
        lambda: actions.change_campaign(campaign_id=pk, plan=form.plan(), by=by),
    )


@permission_required(Permission.PLAN_CONTENT)
@require_POST
@answering
def close(request: HttpRequest, pk: int) -> HttpResponseBase:
    closed = actions.close_campaign(campaign_id=pk, by=person_of(request))
    messages.success(request, f"“{closed}” is closed: no new post can be for it.")
    return redirect(_page_of(closed))


def _found(pk: int) -> Campaign:
    rows = Campaign.objects.select_related("owner", "aim", "service_area")
    return get_object_or_404(rows, pk=pk)


def _page_of(found: Campaign) -> str:
    return reverse("campaign", args=[found.pk])
