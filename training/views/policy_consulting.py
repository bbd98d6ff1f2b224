"""Consulting on a draft: whom to ask, and what those who are asked read and say."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from accounts.views.form_page import FormPage, answer, is_done
from accounts.views.permission import permission_required, person_of
from pages.differences import lines_changed
from pages.markdown import render as render_markdown
from training.actions import policy_consulting as actions
from training.forms.consultation import (
    CommentForm,
    ConsulteeForm,
    MoveDateForm,
    OpinionForm,
    ReplyForm,
)
from training.models import Consultee, PolicyComment, PolicyVersion
from training.policies.consultation import positions_of
from training.policies.reading import before
from training.views.policy_drafts import draft_of
from training.views.policy_half_typed import ANSWER, COMMENT, half_typed, keep_half
from training.views.policy_stale import (
    Since,
    TooLate,
    answer_on_wording,
    in_time,
    kept_wordings,
    sent_again,
    since,
    tells_when_over,
)

ASKED = Consultee.objects.filter(version__published_at=None, version__withdrawn_at=None)
SAID = PolicyComment.objects.filter(version__published_at=None, version__withdrawn_at=None)


@login_required
@tells_when_over
def consultation(request: HttpRequest, slug: str) -> HttpResponse:
    """The draft, for whoever is asked about it: reading, commenting, signing off."""
    me = person_of(request)
    version = _draft_for(me, slug)
    consultee = version.consultees.filter(user=me).first()
    does = request.POST.get("do")
    if does == "answer" and consultee is None:
        raise Http404
    typed = half_typed(request, version)
    opinion = OpinionForm(request.POST if does == "answer" else None, initial=dict(typed.words))
    remark = CommentForm(
        request.POST if does == "comment" else None,
        sections=_sections(version),
        initial=typed.words,
    )

    def comment() -> None:
        actions.comment_on_draft(by=me, version=version, **remark.cleaned_data)

    @in_time
    def give_answer() -> None:
        if consultee:
            actions.answer_consultation(by=me, consultee=consultee, **opinion.cleaned_data)

    if is_done(request, remark, comment, said="Your comment is kept."):
        keep_half(request, version, ANSWER)
        return redirect("policy_consultation", slug)
    changed = None
    try:
        if is_done(request, opinion, give_answer, said="Your answer is kept. Thank you."):
            keep_half(request, version, COMMENT)
            return redirect("policy_consultation", slug)
    except TooLate as late:
        version, changed = late.kept, sent_again(request, opinion, late.kept)
    if typed.has_answer and typed.digest not in ("", version.digest):
        changed = changed or since(version, typed.digest)
    return _consultation_page(request, version, consultee, opinion, remark, changed)


def _consultation_page(
    request: HttpRequest,
    version: PolicyVersion,
    consultee: Consultee | None,
    opinion: OpinionForm,
    remark: CommentForm,
    changed: Since | None,
) -> HttpResponse:
    in_force = before(version)
    positions = positions_of(version)
    context = {
        "document": version.document,
        "version": version,
        "page": render_markdown(version.text),
        "in_force": in_force,
        "pieces": lines_changed(in_force.text, version.text) if in_force else (),
        "mine": next((each for each in positions if each.consultee == consultee), None),
        "comments": version.comments.select_related("by", "consultee", "replied_by"),
        "opinion": opinion,
        "remark": remark,
        "form": opinion if opinion.errors else remark,
        "since": changed,
        "kept": kept_wordings(version),
        "error": bool(changed),
        "may_edit": holds(person_of(request), Permission.EDIT_POLICIES),
    }
    status = 422 if opinion.errors or remark.errors else 200
    if changed and opinion.is_bound and not opinion.errors:
        status = 409
    return render(request, "training/policies/consultation.html", context, status=status)


@login_required
def since_read(request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """How the draft differs from an earlier wording of it, for whoever is asked or keeps it."""
    version = _draft_for(person_of(request), slug)
    wording = get_object_or_404(version.wordings.select_related("replaced_by"), digest=digest)
    is_back = wording.digest == version.digest
    context = {
        "document": version.document,
        "version": version,
        "wording": wording,
        "pieces": () if is_back else lines_changed(wording.text, version.text),
    }
    return render(request, "training/policies/since.html", context)


@permission_required(Permission.EDIT_POLICIES)
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    version = draft_of(slug)
    form = ConsulteeForm(request.POST or None)
    page = FormPage(
        title="Ask somebody",
        caption=str(version),
        button="Ask",
        back=reverse("policy_draft", args=[slug]),
        done="They are asked.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.ask_consultee(by=person_of(request), version=version, **form.cleaned_data),
    )


@permission_required(Permission.EDIT_POLICIES)
def move_date(request: HttpRequest, consultee_id: int) -> HttpResponse:
    consultee = _asked(consultee_id)
    form = MoveDateForm(request.POST or None, initial={"answer_by": consultee.answer_by})
    page = FormPage(
        title="Give a new date",
        caption=str(consultee),
        button="Save",
        back=reverse("policy_draft", args=[consultee.version.document.slug]),
        done="The new date is kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.move_date(by=person_of(request), consultee=consultee, **form.cleaned_data),
    )


@require_POST
@permission_required(Permission.EDIT_POLICIES)
def remove(request: HttpRequest, consultee_id: int) -> HttpResponse:
    consultee = _asked(consultee_id)
    name = str(consultee)
    try:
        actions.remove_consultee(by=person_of(request), consultee=consultee)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, f"{name} is no longer asked.")
    return redirect("policy_draft", consultee.version.document.slug)


@permission_required(Permission.EDIT_POLICIES)
@tells_when_over
def answer_for(request: HttpRequest, consultee_id: int) -> HttpResponse:
    """What somebody said who cannot sign in here."""
    consultee = get_object_or_404(ASKED.select_related("version__document"), pk=consultee_id)
    if consultee.user_id:
        raise Http404
    form = OpinionForm(request.POST or None, initial={"digest": consultee.version.digest})
    page = FormPage(
        title="Record what they said",
        caption=f"{consultee}, on {consultee.version}",
        button="Record",
        back=reverse("policy_draft", args=[consultee.version.document.slug]),
        done="What they said is kept.",
        lead="Say in the words how they told you, for example in a letter of a certain day.",
    )
    return answer_on_wording(
        request,
        page,
        form,
        lambda: actions.answer_consultation(
            by=person_of(request), consultee=consultee, **form.cleaned_data
        ),
    )


@permission_required(Permission.EDIT_POLICIES)
@tells_when_over
def reply(request: HttpRequest, comment_id: int) -> HttpResponse:
    comment = get_object_or_404(SAID.select_related("version__document", "by"), pk=comment_id)
    form = ReplyForm(request.POST or None, initial={"reply": comment.reply})
    page = FormPage(
        title="Answer the comment",
        caption=f"{comment.by.name} on {comment.section or 'the whole text'}",
        lead=f"“{comment.text}”",
        button="Save",
        back=reverse("policy_draft", args=[comment.version.document.slug]),
        done="The answer is kept.",
    )
    return answer(
        request,
        page,
        form,
        lambda: actions.answer_comment(by=person_of(request), comment=comment, **form.cleaned_data),
    )


def _draft_for(reader: User, slug: str) -> PolicyVersion:
    """The draft, for whoever is asked about it or keeps policies; for the rest there is none."""
    draft = draft_of(slug)
    if not holds(reader, Permission.EDIT_POLICIES):
        get_object_or_404(Consultee.objects.of(reader), version=draft)
    return draft


def _asked(consultee_id: int) -> Consultee:
    return get_object_or_404(ASKED.select_related("version__document", "user"), pk=consultee_id)


def _sections(version: PolicyVersion) -> list[str]:
    titles = [heading.title[:200] for heading in render_markdown(version.text).contents]
    return list(dict.fromkeys(titles))
