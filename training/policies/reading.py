"""What readers of a policy are shown: which version, who approved it, and what changed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.access import holds
from accounts.models import User
from accounts.permissions import Permission
from training.models import (
    APPROVING,
    CommitteeDecision,
    PolicyDocument,
    PolicyVersion,
)
from training.policies.ready import Readiness, readiness_of_all
from training.standing import Learning, policies_of


@dataclass(frozen=True, slots=True)
class Shelved:
    """One document on the list, as one reader sees it."""

    document: PolicyDocument
    version: PolicyVersion | None
    """The one in force; else the next that will be; None while there is only a draft."""
    learning: Learning | None
    """How the reader stands with it; None where there is nothing to acknowledge yet."""
    draft: Readiness | None
    """Only for whoever keeps the policies."""
    today: date

    @property
    def is_in_force(self) -> bool:
        return self.version is not None and is_in_force(self.version, self.today)

    @property
    def is_put_away(self) -> bool:
        return self.document.archived_at is not None

    @property
    def review_is_over(self) -> bool:
        return self.document.review_on is not None and self.document.review_on < self.today


def shelf(reader: User) -> list[Shelved]:
    """Every document that `reader` may see, by title. A constant number of queries."""
    documents = list(
        PolicyDocument.objects.visible_to(reader)
        .select_related("owner", "archived_by")
        .order_by("title")
    )
    shown, drafts = _shown(documents), {}
    if holds(reader, Permission.EDIT_POLICIES):
        drafts = _drafts(documents)
    standing = {each.thing: each for each in policies_of(reader)}
    today = timezone.localdate()
    return [
        Shelved(each, shown.get(each.pk), standing.get(each), drafts.get(each.pk), today)
        for each in documents
    ]


def shown_of(document: PolicyDocument) -> PolicyVersion | None:
    """The version in force; before there is any, the one that will be."""
    return _shown([document]).get(document.pk)


def is_in_force(version: PolicyVersion, today: date | None = None) -> bool:
    return version.in_force_from is not None and version.in_force_from <= (
        today or timezone.localdate()
    )


def approval_of(version: PolicyVersion) -> CommitteeDecision | None:
    """The committee's approval under which a version was published; None: none is kept."""
    for decision in version.decisions.filter(verdict__in=APPROVING):
        if decision.digest == version.digest:
            return decision
    return None


def before(version: PolicyVersion) -> PolicyVersion | None:
    """The published version before this one."""
    earlier = version.document.versions.published().filter(number__lt=version.number)
    return earlier.order_by("-number").first()


def _shown(documents: Collection[PolicyDocument]) -> dict[int, PolicyVersion]:
    today = timezone.localdate()
    found: dict[int, PolicyVersion] = {}
    rows = PolicyVersion.objects.published().filter(document__in=documents).defer("text")
    for version in rows.order_by("number"):
        kept = found.get(version.document_id)
        if kept is None or is_in_force(version, today) or not is_in_force(kept, today):
            found[version.document_id] = version
    return found


def _drafts(documents: Collection[PolicyDocument]) -> dict[int, Readiness]:
    drafts = PolicyVersion.objects.drafts().filter(document__in=documents)
    ready = readiness_of_all(list(drafts.select_related("document")))
    return {each.version.document_id: each for each in ready.values()}
