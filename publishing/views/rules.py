"""The settings of the checks: how severe each is, the words, and the topics."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer
from accounts.views.permission import permission_required, person_of
from pages.keyset import page_of
from publishing.actions import rules as actions
from publishing.checks.finding import Finding, Severity
from publishing.checks.registry import CHECKS, check_of, findings
from publishing.checks.severities import Severities
from publishing.composition import compose
from publishing.drafts import Content
from publishing.forms.rules import ChangeTopicForm, CheckForm, TopicForm, TryForm, WordForm
from publishing.models import CheckSetting, Topic, WordRule, WordRuleKind


@permission_required(Permission.EDIT_RULES)
def checks(request: HttpRequest) -> HttpResponse:
    """Every check, its rule, and how severe it is here."""
    severities = Severities()
    changed = CheckSetting.objects.select_related("set_by").in_bulk()
    rows = [
        {"check": check, "severity": severities.of(check), "setting": changed.get(check.key)}
        for check in CHECKS
    ]
    return render(request, "publishing/rules/checks.html", {"rows": rows})


@permission_required(Permission.EDIT_RULES)
def set_check(request: HttpRequest, key: str) -> HttpResponse:
    check = check_of(key)
    if check is None or check.is_fixed:
        return HttpResponseRedirect(reverse("checks"))
    form = CheckForm(request.POST or None, initial={"severity": Severities().of(check).value})
    page = FormPage(
        title="Set a check",
        caption=check.title,
        button="Save",
        back=reverse("checks"),
        done="The check is set.",
        lead=f"It comes as “{check.severity}”.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.set_check(
            by=person_of(request),
            check_key=key,
            severity=Severity(form.cleaned_data["severity"]),
            reason=form.cleaned_data["reason"],
        ),
    )


@permission_required(Permission.EDIT_RULES)
def words(request: HttpRequest) -> HttpResponse:
    """What the council has put on its list, and a box in which to try a text."""
    in_force = WordRule.objects.filter(removed_at__isnull=True).select_related("added_by")
    form = TryForm(request.POST if request.method == "POST" else None)
    is_tried = form.is_bound and form.is_valid()
    context = {
        "page": page_of(in_force, ("text", "pk"), request.GET),
        "form": form,
        "tried": form.cleaned_data["trial"] if is_tried else "",
        "found": _words_found(form.cleaned_data["trial"]) if is_tried else [],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "publishing/rules/words.html", context, status=status)


def _words_found(text: str) -> list[Finding]:
    """What the checks say of the words alone; that no account is chosen is no news."""
    said = findings(compose(Content(text=text)))
    return [finding for finding in said if finding.field == "text" and not finding.check.is_fixed]


@permission_required(Permission.EDIT_RULES)
def add_word(request: HttpRequest) -> HttpResponse:
    form = WordForm(request.POST or None, initial={"kind": WordRuleKind.BLOCKED})
    page = FormPage(
        title="Add a word or an exception",
        button="Add",
        back=reverse("words"),
        done="It is on the list.",
    )
    return answer(
        request, page, form, lambda: actions.add_word(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.EDIT_RULES)
@require_POST
def remove_word(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = get_object_or_404(WordRule, pk=rule_id)
    actions.remove_word(by=person_of(request), rule_id=rule.pk)
    messages.success(request, f"“{rule}” is off the list.")
    return HttpResponseRedirect(reverse("words"))


@permission_required(Permission.EDIT_RULES)
def topics(request: HttpRequest) -> HttpResponse:
    """Every topic by its name, those out of use among them."""
    page = page_of(Topic.objects.all(), ("name", "pk"), request.GET)
    return render(request, "publishing/rules/topics.html", {"page": page})


@permission_required(Permission.EDIT_RULES)
def add_topic(request: HttpRequest) -> HttpResponse:
    form = TopicForm(request.POST or None)
    page = FormPage(
        title="Add a topic",
        button="Add topic",
        back=reverse("topics"),
        done="The topic is on the list.",
    )
    return answer(
        request, page, form, lambda: actions.add_topic(by=person_of(request), **form.cleaned_data)
    )


@permission_required(Permission.EDIT_RULES)
def change_topic(request: HttpRequest, topic_id: int) -> HttpResponse:
    found = get_object_or_404(Topic, pk=topic_id)
    names = ("name", "words", "guidance", "is_sensitive")
    kept = {name: getattr(found, name) for name in names}
    form = ChangeTopicForm(
        request.POST or None, initial={**kept, "is_in_use": found.archived_at is None}
    )
    page = FormPage(
        title="Change a topic",
        button="Save",
        back=reverse("topics"),
        done="The topic is changed.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.change_topic(by=person_of(request), topic_id=found.pk, **form.cleaned_data),
    )
