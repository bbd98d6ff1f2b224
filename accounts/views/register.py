"""The register of social accounts: the list, on paper, as a file, and one account."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from accounts.access import may
from accounts.actions.answerable import not_accepted
from accounts.actions.archives import may_read_archives
from accounts.actions.closing import last_closing
from accounts.checklists import NOT_CHECKED
from accounts.health import connection_health, credential_of, current_assessment
from accounts.housekeeping.findings import findings_for
from accounts.housekeeping.rationalisation import decisions_on
from accounts.models import AccountRequest, AccountState, RiskAssessment, SocialAccount, User
from accounts.obstacles import obstacles
from accounts.panels import panels_for
from accounts.permissions import Permission
from accounts.register.csv_export import export_register
from accounts.register.filters import AccountFilter
from accounts.register.sorting import USUAL, heads, in_order
from accounts.sections import account_sections, register_sections
from accounts.standing import risk_words, roles_on, standing_of
from accounts.views.permission import permission_required, person_of
from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import Fact, facts, sentence
from pages.downloads import csv_download
from pages.keyset import page_of
from pages.selected import selected_filters, without_place

TIMELINE = 15
DECISIONS = 3
ON_PAPER = 100
"""Accounts on one page of the print view."""
NEWEST_FIRST = ("-sequence", "-sequence")


@permission_required(Permission.SEE_REGISTER)
def accounts(request: HttpRequest) -> HttpResponse:
    """The register, by name. The same number of queries for any number of accounts."""
    reader = person_of(request)
    chosen, rows = _chosen(request)
    ordered = in_order(rows, request.GET)
    page = page_of(ordered.rows, ordered.order, request.GET)
    return render(
        request,
        "accounts/register.html",
        {
            "sections": register_sections(reader, "accounts"),
            "form": chosen.form,
            "selected": selected_filters(chosen.form, request.GET),
            "standings": [standing_of(account) for account in page.rows],
            "page": page,
            "query": without_place(request.GET),
            "columns": heads(request.GET),
            "keep": [{"name": "sort", "value": request.GET.get("sort", USUAL)}],
            "may_manage": may(reader, Permission.MANAGE_ACCOUNTS),
            "may_export": may(reader, Permission.EXPORT_REGISTER),
        },
    )


@permission_required(Permission.SEE_REGISTER)
def accounts_print(request: HttpRequest) -> HttpResponse:
    """The accounts that the filters let through, on sheets for paper."""
    chosen, rows = _chosen(request)
    ordered = in_order(rows, request.GET)
    page = page_of(ordered.rows, ordered.order, request.GET, size=ON_PAPER)
    context = {
        "lines": [
            (account, risk_words(account), connection_health(account).value)
            for account in page.rows
        ],
        "page": page,
        "number": rows.count(),
        "selected": selected_filters(chosen.form, request.GET),
        "today": timezone.localdate(),
        "query": without_place(request.GET),
    }
    return render(request, "accounts/print.html", context)


@permission_required(Permission.EXPORT_REGISTER)
def accounts_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same accounts as a file; the audit trail says who took it out."""
    chosen, rows = _chosen(request)
    words = {each.category: each.text for each in selected_filters(chosen.form, request.GET)}
    pieces = export_register(rows.prefetch_related("aims"), by=person_of(request), chosen=words)
    return csv_download(pieces, f"accounts-{timezone.localdate().isoformat()}.csv")


@permission_required(Permission.SEE_REGISTER)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """One account: what it is, what stands in the way, who may do what, what happened."""
    reader = person_of(request)
    found = get_object_or_404(_whole(SocialAccount.objects.visible_to(reader)), pk=account_id)
    if found.state == AccountState.DRAFT:
        return redirect("request", get_object_or_404(AccountRequest, account=found).pk)
    entries = list(_told_of(found).order_by("-sequence")[: TIMELINE + 1])
    return render(
        request,
        "accounts/account.html",
        {
            "account": found,
            "sections": account_sections(found, reader, "account"),
            "standing": standing_of(found),
            "assessment": current_assessment(found),
            "credential": credential_of(found),
            "obstacles": obstacles(found),
            "roles": roles_on(found),
            "may_manage": may(reader, Permission.MANAGE_ACCOUNTS, on=found),
            "sees_contacts": _sees_contacts(reader, found),
            "asks_to_accept": _asks_to_accept(reader, found),
            "manages_people": may(reader, Permission.MANAGE_PEOPLE),
            "findings": findings_for(reader, found),
            "decisions": list(decisions_on(found)[:DECISIONS]),
            "panels": panels_for(found, reader),
            "closing": last_closing(found),
            "reads_archives": may_read_archives(reader, found),
            "timeline": [
                {"title": sentence(entry, "this account"), "at": entry.at}
                for entry in entries[:TIMELINE]
            ],
            "goes_on": len(entries) > TIMELINE,
        },
    )


@permission_required(Permission.SEE_REGISTER)
def timeline(request: HttpRequest, account_id: int) -> HttpResponse:
    """All that ever happened to an account; with reasons and facts for whoever may read those."""
    reader = person_of(request)
    found = get_object_or_404(SocialAccount.objects.visible_to(reader), pk=account_id)
    entries = _told_of(found)
    page = page_of(entries, NEWEST_FIRST, request.GET)
    reads_facts = may(reader, Permission.SEE_AUDIT) or _sees_contacts(reader, found)
    items = [
        {
            "title": sentence(entry, "this account"),
            "at": entry.at,
            "text": _what_changed(entry) if reads_facts else "",
        }
        for entry in page.rows
    ]
    context = {
        "account": found,
        "sections": account_sections(found, reader, "account_timeline"),
        "items": items,
        "page": page,
    }
    return render(request, "accounts/timeline.html", context)


def _told_of(account: SocialAccount) -> QuerySet[Entry]:
    """What happened to the account; that its tokens were renewed, every hour or two, hides it."""
    about = Entry.objects.about("accounts.socialaccount", str(account.pk))
    return about.exclude(event=Event.CREDENTIAL_RENEWED)


def _what_changed(entry: Entry) -> str:
    """“Reason: yearly look. Audience: “Readers” became “Families”.”"""
    words = [f"Reason: {entry.reason.removesuffix('.')}."] if entry.reason else []
    title = sentence(entry, "this account")
    for fact in facts(entry):
        is_said = not fact.before and fact.after in title
        if fact.before != fact.after and not is_said:
            words.append(f"{fact.name}: {_change(fact)}.")
    return " ".join(words)


def _change(fact: Fact) -> str:
    """What was nothing did not “become” something: it is said alone."""
    if not fact.before:
        return f"“{fact.after}”"
    return f"“{fact.before}” became “{fact.after}”" if fact.after else f"no longer “{fact.before}”"


def _asks_to_accept(reader: User, account: SocialAccount) -> str:
    """The part that waits for the reader to accept it: “deputy”; no query for anybody else."""
    if reader.pk not in (account.owner_id, account.deputy_id) or account.state in NOT_CHECKED:
        return ""
    asked = [part for part in not_accepted(account) if part.user_id == reader.pk]
    return asked[0].get_part_display().lower() if asked else ""


def _sees_contacts(reader: User, account: SocialAccount) -> bool:
    answers = reader.pk in (account.owner_id, account.deputy_id)
    return answers or may(reader, Permission.MANAGE_ACCOUNTS, on=account)


def _chosen(request: HttpRequest) -> tuple[AccountFilter, QuerySet[SocialAccount]]:
    """The filters as asked for, and what they let through: nothing while one is wrong."""
    visible = _with_health(SocialAccount.objects.on_register(person_of(request)))
    chosen = AccountFilter(request.GET, queryset=visible, request=request)
    return chosen, chosen.qs if chosen.is_valid() else visible.none()


def _with_health(rows: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """With all that the lists show."""
    return _with_connection(rows).prefetch_related("risk_assessments")


def _whole(rows: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """With all that one account's page shows: also who assessed its risk and who signed."""
    assessments = RiskAssessment.objects.select_related("assessed_by", "signed_off_by")
    return _with_connection(rows).prefetch_related(Prefetch("risk_assessments", assessments))


def _with_connection(rows: QuerySet[SocialAccount]) -> QuerySet[SocialAccount]:
    """Never with the ciphertext of a credential."""
    joined = rows.select_related("service_area", "owner", "deputy", "credential")
    return joined.defer("credential__ciphertext")
