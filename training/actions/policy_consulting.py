"""Consulting on a draft: asking people, their comments and sign-offs, and what was done of them."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.actions.policy_drafts import StaleDraft, lock_draft
from training.models import (
    Consultee,
    ConsulteeAnswer,
    Interest,
    LetterKind,
    Opinion,
    PolicyComment,
    PolicyLetter,
    PolicyVersion,
)

LONGEST = 5_000


@transaction.atomic
def ask_consultee(
    *,
    by: User,
    version: PolicyVersion,
    interest: Interest,
    answer_by: date,
    user: User | None = None,
    name: str = "",
    body: str = "",
) -> Consultee:
    """Ask a person here, or name somebody of another body whose answer will be recorded.

    A person gets a letter. Raises ValidationError.
    """
    draft = lock_draft(version)
    demand(by, Permission.EDIT_POLICIES)
    _refuse_past(answer_by)
    if not draft.text.strip():
        raise ValidationError("Write the text first: there is nothing to read yet.")
    if user is None and not name.strip():
        raise ValidationError({"user": "Choose a person, or enter the name of somebody outside."})
    if user is not None:
        _refuse_person(draft, user)
    consultee = Consultee(
        version=draft,
        interest=interest,
        user=user,
        name="" if user else " ".join(name.split()),
        body="" if user else " ".join(body.split()),
        answer_by=answer_by,
        asked_by=by,
    )
    refuse_too_long(consultee)
    consultee.save()
    if user is not None:
        PolicyLetter.objects.create(
            document=draft.document,
            consultee=consultee,
            kind=LetterKind.ASKED,
            about_on=answer_by,
            to=user,
        )
    after = {
        "version": draft.number,
        "consultee": str(consultee),
        "interest": Interest(interest).label,
        "answer_by": answer_by,
    }
    record(Event.POLICY_CONSULTEE_ASKED, by=by, on=draft.document, after=after)
    return consultee


@transaction.atomic
def remove_consultee(*, by: User, consultee: Consultee) -> None:
    """Stop asking somebody who has said nothing yet. Raises ValidationError where they have."""
    draft = lock_draft(consultee.version)
    demand(by, Permission.EDIT_POLICIES)
    locked = Consultee.objects.get(pk=consultee.pk)
    if locked.answers.exists() or locked.comments.exists():
        raise ValidationError(f"{locked} has said something about this draft, which is kept.")
    after = {"version": draft.number, "consultee": str(locked)}
    locked.delete()
    record(Event.POLICY_CONSULTEE_REMOVED, by=by, on=draft.document, after=after)


@transaction.atomic
def move_date(*, by: User, consultee: Consultee, answer_by: date) -> Consultee:
    """Give a consultee another day to answer by. Raises ValidationError for one in the past."""
    draft = lock_draft(consultee.version)
    demand(by, Permission.EDIT_POLICIES)
    _refuse_past(answer_by)
    locked = Consultee.objects.select_related("user").get(pk=consultee.pk)
    before = {"answer_by": locked.answer_by}
    locked.answer_by = answer_by
    locked.save(update_fields=["answer_by"])
    after = {"version": draft.number, "consultee": str(locked), "answer_by": answer_by}
    record(Event.POLICY_DATE_MOVED, by=by, on=draft.document, before=before, after=after)
    return locked


@transaction.atomic
def answer_consultation(
    *, by: User, consultee: Consultee, opinion: Opinion, digest: str, words: str = ""
) -> ConsulteeAnswer:
    """Sign the wording with that digest off, or ask for changes to it.

    The consultee themself; for somebody who cannot sign in, whoever keeps the policies. Raises
    StaleDraft where the text is another by now, and ValidationError.
    """
    draft = lock_draft(consultee.version)
    locked = Consultee.objects.select_related("user").get(pk=consultee.pk)
    _permit(by, locked)
    if draft.digest != digest:
        raise StaleDraft(draft)
    words = _words(words, "words", required=False)
    if opinion == Opinion.CHANGES_ASKED and not words:
        raise ValidationError({"words": "Say which changes you ask for."})
    last = locked.answers.first()
    if last and (last.answer, last.digest, last.words) == (opinion, digest, words):
        return last
    given = ConsulteeAnswer.objects.create(
        consultee=locked, answer=opinion, digest=digest, words=words, by=by
    )
    signed = opinion == Opinion.SIGNED_OFF
    after = {"version": draft.number, "wording": digest[:12]}
    if by != locked.user:
        after["consultee"] = str(locked)
    record(
        Event.POLICY_SIGNED_OFF if signed else Event.POLICY_CHANGES_ASKED,
        by=by,
        on=draft.document,
        after=after,
        reason=words,
    )
    return given


@transaction.atomic
def comment_on_draft(
    *, by: User, version: PolicyVersion, text: str, section: str = ""
) -> PolicyComment:
    """Say something about the draft or one of its sections, as a consultee or as its keeper."""
    draft = lock_draft(version)
    consultee = draft.consultees.filter(user=by).first()
    if consultee is None or not by.is_employed():
        demand(by, Permission.EDIT_POLICIES)
    said = PolicyComment.objects.create(
        version=draft,
        consultee=consultee,
        section=" ".join(section.split())[:200],
        text=_words(text, "text"),
        by=by,
    )
    after = {"version": draft.number, "section": said.section}
    record(Event.POLICY_COMMENTED, by=by, on=draft.document, after=after, reason=said.text)
    return said


@transaction.atomic
def answer_comment(*, by: User, comment: PolicyComment, reply: str) -> PolicyComment:
    """Say what was done about a comment; saying it again replaces it. Raises ValidationError."""
    draft = lock_draft(comment.version)
    demand(by, Permission.EDIT_POLICIES)
    locked = PolicyComment.objects.select_related("by").get(pk=comment.pk)
    locked.reply, locked.replied_by = _words(reply, "reply"), by
    locked.replied_at = timezone.now()
    locked.save(update_fields=["reply", "replied_by", "replied_at"])
    after = {"version": draft.number, "consultee": locked.by.name}
    record(
        Event.POLICY_COMMENT_ANSWERED, by=by, on=draft.document, after=after, reason=locked.reply
    )
    return locked


def _permit(by: User, consultee: Consultee) -> None:
    if consultee.user is None:
        demand(by, Permission.EDIT_POLICIES)
    elif consultee.user != by or not by.is_employed():
        raise ValidationError(f"Only {consultee} can answer for themself.")


def _refuse_person(draft: PolicyVersion, user: User) -> None:
    if not user.is_employed():
        raise ValidationError({"user": f"{user.name} does not work for the council any more."})
    if user == draft.drafted_by:
        raise ValidationError({"user": f"{user.name} began this draft: ask somebody else."})
    if draft.consultees.filter(user=user).exists():
        raise ValidationError({"user": f"{user.name} has been asked already."})


def _refuse_past(answer_by: date) -> None:
    if answer_by < timezone.localdate():
        raise ValidationError({"answer_by": "The day to answer by must be today or later."})


def _words(text: str, field: str, *, required: bool = True) -> str:
    words = text.replace("\r\n", "\n").strip()
    if required and not words:
        raise ValidationError({field: "Write something."})
    if len(words) > LONGEST:
        raise ValidationError({field: f"Shorten this to {LONGEST:,} characters."})
    return words
