"""Writing policies: a new document, its details, and drafts of its versions."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accounts.access import demand
from accounts.lengths import refuse_too_long
from accounts.models import User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from training.models import PolicyDocument, PolicyKind, PolicyVersion, PolicyWording
from training.policies.consultation import positions_of

LONGEST_TEXT = 100_000
TAKEN = frozenset({"comments", "consultees", "new", "that-come-with-it"})
"""What stands in addresses beside the policies' own names."""


class StaleDraft(ValidationError):
    """The draft was changed since the form was opened; `kept` is how it is now."""

    def __init__(self, kept: PolicyVersion) -> None:
        super().__init__("The text has changed since you opened this page. Read it again first.")
        self.kept = kept


@dataclass(frozen=True, slots=True)
class Details:
    """What is said of a document as a whole."""

    title: str
    kind: PolicyKind
    summary: str
    owner: User | None
    valid_months: int
    needed_to_write: bool


def seen_of(version: PolicyVersion) -> str:
    """A token of what a form was opened with: it tells whether the draft changed meanwhile."""
    kept = f"{version.text}\0{version.what_changed}"
    return hashlib.sha256(kept.encode()).hexdigest()


@transaction.atomic
def add_document(*, by: User, details: Details, text: str = "") -> PolicyVersion:
    """A new document with the draft of its first version. Raises ValidationError."""
    demand(by, Permission.EDIT_POLICIES)
    document = PolicyDocument(slug=_free_slug(details.title))
    _take_over(document, details)
    document.save()
    draft = PolicyVersion(document=document, number=1, drafted_by=by)
    draft.text = _checked(text)
    draft.save()
    record(Event.POLICY_ADDED, by=by, on=document, after=_facts(document))
    return draft


@transaction.atomic
def change_document(
    *, by: User, document: PolicyDocument, details: Details, review_on: date | None
) -> PolicyDocument:
    """Change what is said of the document as a whole; its texts stay. Raises ValidationError."""
    locked = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    demand(by, Permission.EDIT_POLICIES)
    refuse_put_away(locked)
    before = _facts(locked)
    _take_over(locked, details)
    locked.review_on = review_on
    if _facts(locked) == before:
        return locked
    locked.save()
    record(Event.POLICY_CHANGED, by=by, on=locked, before=before, after=_facts(locked))
    return locked


@transaction.atomic
def start_version(*, by: User, document: PolicyDocument) -> PolicyVersion:
    """A draft that begins as a copy of the newest version. Raises ValidationError."""
    locked = PolicyDocument.objects.select_for_update().get(pk=document.pk)
    demand(by, Permission.EDIT_POLICIES)
    refuse_put_away(locked)
    if locked.versions.drafts().exists():
        raise ValidationError("There is a draft already. Go on with that one.")
    newest = locked.versions.published().order_by("-number").first()
    last = locked.versions.filter(withdrawn_at=None).aggregate(Max("number"))["number__max"]
    draft = PolicyVersion.objects.create(
        document=locked,
        number=(last or 0) + 1,
        text=newest.text if newest else "",
        drafted_by=by,
    )
    record(Event.POLICY_DRAFT_STARTED, by=by, on=locked, after={"version": draft.number})
    return draft


@transaction.atomic
def save_draft(
    *, by: User, version: PolicyVersion, text: str, what_changed: str, seen: str
) -> PolicyVersion:
    """Keep the words of the draft. Sign-offs of another wording do not count for this one.

    `seen` is what the form was opened with. Raises StaleDraft, and ValidationError.
    """
    draft = lock_draft(version)
    demand(by, Permission.EDIT_POLICIES)
    if seen_of(draft) != seen:
        raise StaleDraft(draft)
    before, signed = draft.digest, [each for each in positions_of(draft) if each.has_signed]
    kept = old, _ = draft.text, draft.what_changed
    draft.text, draft.what_changed = _checked(text), what_changed.replace("\r\n", "\n").strip()
    if (draft.text, draft.what_changed) == kept:
        return draft
    draft.save(update_fields=["text", "what_changed"])
    if draft.digest != before:
        replaced = {"text": old, "replaced_at": timezone.now(), "replaced_by": by}
        PolicyWording.objects.update_or_create(version=draft, digest=before, defaults=replaced)
    facts = {"version": draft.number, "wording": draft.digest[:12]}
    record(
        Event.POLICY_DRAFT_CHANGED,
        by=by,
        on=draft.document,
        before={"wording": before[:12]},
        after=facts,
    )
    if signed and draft.digest != before:
        names = ", ".join(str(each.consultee) for each in signed)
        after = {"version": draft.number, "consultees": names}
        record(Event.POLICY_SIGN_OFFS_VOIDED, by=by, on=draft.document, after=after)
    return draft


@transaction.atomic
def withdraw_draft(*, by: User, version: PolicyVersion, reason: str) -> PolicyVersion:
    """Give the draft up. It is kept, with what was said of it; nobody is asked any more."""
    draft = lock_draft(version)
    demand(by, Permission.EDIT_POLICIES)
    draft.withdrawn_at, draft.withdrawn_by = timezone.now(), by
    draft.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record(
        Event.POLICY_DRAFT_WITHDRAWN,
        by=by,
        on=draft.document,
        after={"version": draft.number},
        reason=reason,
    )
    return draft


def lock_draft(version: PolicyVersion) -> PolicyVersion:
    """The draft as it is now, with its document locked: to be called within a transaction.

    Raises ValidationError where it is no draft any more.
    """
    PolicyDocument.objects.select_for_update().get(pk=version.document_id)
    draft = PolicyVersion.objects.select_related("document").get(pk=version.pk)
    if not draft.is_draft:
        done = "published" if draft.published_at else "withdrawn"
        raise ValidationError(f"This draft has been {done} meanwhile.")
    return draft


def refuse_put_away(document: PolicyDocument) -> None:
    """To be called with the document locked. Raises ValidationError."""
    if document.archived_at:
        raise ValidationError("This document is put away. Bring it back first.")


def _take_over(document: PolicyDocument, details: Details) -> None:
    document.title = " ".join(details.title.split())
    if not document.title:
        raise ValidationError({"title": "Enter the title."})
    same = PolicyDocument.objects.filter(title__iexact=document.title).exclude(pk=document.pk)
    if same.exists():
        raise ValidationError({"title": "There is a document with this title already."})
    document.kind, document.summary = details.kind, " ".join(details.summary.split())
    document.owner, document.valid_months = details.owner, details.valid_months
    document.needed_to_write = details.needed_to_write
    refuse_too_long(document)


def _free_slug(title: str) -> str:
    wanted = slugify(title)[:40] or "policy"
    taken = TAKEN | set(PolicyDocument.objects.values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (wanted, *numbered) if slug not in taken)


def _checked(text: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": f"Shorten the text to {LONGEST_TEXT:,} characters."})
    return text


def _facts(document: PolicyDocument) -> dict[str, object]:
    return {
        "title": document.title,
        "kind": PolicyKind(document.kind).label,
        "summary": document.summary,
        "owner": document.owner.name if document.owner else "",
        "valid_months": document.valid_months,
        "needed_to_write": document.needed_to_write,
        "review_on": document.review_on,
    }
