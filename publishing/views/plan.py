"""Content plans: all accounts at a glance, and one account."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import may
from accounts.models import ServiceArea, SocialAccount
from accounts.models.social_accounts import SocialAccountQuerySet
from accounts.permissions import Permission
from accounts.views.permission import permission_required, person_of
from pages.csv_cells import csv_pieces
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.long_select import LongSelect
from pages.selected import selected_filters, without_place
from platforms import known
from publishing.actions.content_plans import set_plan
from publishing.forms.planning import PlanForm
from publishing.planning.best_times import best_times
from publishing.planning.plan_csv import rows_of_plans
from publishing.planning.sections import PLANNERS, calendar_sections
from publishing.planning.spans import Span
from publishing.planning.targets import Line, lines_of, short_next_week, weeks_around

BY_NAME = ("name", "id")
MOST_IN_A_FILE = 1000
MOST_IN_A_CHART = 12


class PlanFilter(forms.Form):
    platform = forms.ChoiceField(
        label="Platform", required=False, choices=lambda: [("", "All platforms"), *known.choices()]
    )
    area = forms.ModelChoiceField(
        label="Part of the council",
        required=False,
        queryset=ServiceArea.objects.all(),
        empty_label="All of it",
        widget=LongSelect,
    )
    show = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[("", "Every live account"), ("planned", "With a plan"), ("none", "Without a plan"),
                 ("short", "Short next week")],
    )  # fmt: skip


@permission_required(*PLANNERS)
def overview(request: HttpRequest) -> HttpResponse:
    """Every live account, its weeks against its plan, and who is short next week."""
    chosen, accounts = _chosen(request)
    reader = person_of(request)
    page = page_of(accounts, BY_NAME, request.GET)
    short = short_next_week(accounts, reader)
    lines = lines_of(page.rows, reader)
    context = {
        "sections": calendar_sections("plan", reader),
        "filter": chosen,
        "selected": selected_filters(chosen, request.GET),
        "lines": lines,
        "columns": ["Account", *(_label(span) for span in weeks_around(timezone.localdate()))],
        "page": page,
        "short": [
            (f"{account.name} ({account.platform_name})", number)
            for account, number in short[:MOST_IN_A_CHART]
        ],
        "number_short": len(short),
        "in_part": any(not line.is_whole for line in lines),
        "query": without_place(request.GET),
    }
    return render(request, "publishing/planning/plan.html", context)


@permission_required(*PLANNERS)
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same accounts and weeks as a file."""
    _, accounts = _chosen(request)
    lines = lines_of(list(accounts.order_by(*BY_NAME)[:MOST_IN_A_FILE]), person_of(request))
    name = f"content-plan-{timezone.localdate().isoformat()}.csv"
    return csv_download(csv_pieces(rows_of_plans(lines)), name)


@permission_required(*PLANNERS)
def of_account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: its plan, its weeks as a chart and a table, and the form that sets the plan."""
    planner = person_of(request)
    register = SocialAccount.objects.on_register(planner)
    account = get_object_or_404(register, pk=account_id)
    (line,) = lines_of([account], planner)
    form = PlanForm(request.POST or None, initial=_initial(line), use_required_attribute=False)
    if request.method == "POST" and form.is_valid():
        set_plan(by=planner, account_id=account.pk, **form.cleaned_data)
        messages.success(request, f"The content plan of {account.name} is set.")
        return redirect("account_plan", account_id=account.pk)
    context = {
        "account": account,
        "line": line,
        "best": best_times([account])[0],
        "columns": [(week.label, week.total) for week in line.weeks],
        "themes": line.plan.themes.splitlines() if line.plan else [],
        "may_plan": may(planner, Permission.PLAN_CONTENT, on=account),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "publishing/planning/account_plan.html", context, status=status)


def _label(span: Span) -> str:
    return f"{span.first.day} {span.first:%b}"


def _initial(line: Line) -> dict[str, object]:
    plan = line.plan
    return {"posts_a_week": plan.posts_a_week, "themes": plan.themes} if plan else {}


def _chosen(request: HttpRequest) -> tuple[PlanFilter, SocialAccountQuerySet]:
    """The filter as asked for, nonsense left out, and the live accounts it lets through."""
    chosen = PlanFilter(request.GET, auto_id="filter_%s")
    chosen.is_valid()
    asked = chosen.cleaned_data
    reader = person_of(request)
    accounts = SocialAccount.objects.on_register(reader).live()
    if asked.get("platform"):
        accounts = accounts.filter(platform=asked["platform"])
    if asked.get("area"):
        accounts = accounts.filter(service_area__in=ServiceArea.objects.within(asked["area"]))
    if asked.get("show") in ("planned", "none"):
        accounts = accounts.filter(content_plan__isnull=asked["show"] == "none")
    if asked.get("show") == "short":
        short = [account.pk for account, _ in short_next_week(accounts, reader)]
        accounts = accounts.filter(pk__in=short)
    return chosen, accounts
