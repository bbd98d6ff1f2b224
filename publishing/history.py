"""What happened to a post, from the audit trail: its timeline."""

from __future__ import annotations

from typing import Any

from audit.catalogue import Event
from audit.models import Entry
from audit.presenters import sentence
from publishing.models import Approval, Decision, Post, Version

MOST = 50
_HIDDEN = frozenset({Event.POST_VERSION_MADE, Event.MEDIA_ADDED})
"""Said by the entry beside them already."""


def timeline_of(post: Post) -> list[dict[str, Any]]:
    """The newest entries about the post, newest first, as the timeline component takes them."""
    entries = Entry.objects.filter(subject_type="publishing.post", subject_id=str(post.pk))
    newest = entries.order_by("-sequence")[:MOST]
    return [
        {"title": sentence(entry, "this post"), "by": "", "at": entry.at, "text": entry.reason}
        for entry in newest
        if entry.event not in _HIDDEN
    ]


def last_decision(post: Post, *, before: Version) -> Approval | None:
    """What approvers know of the post: the newest approval of a version before that one.

    Where none was ever approved, the newest decision, which returned it.
    """
    decided = Approval.objects.filter(version__post=post, version__number__lt=before.number)
    newest = decided.select_related("version").order_by("-version__number", "-decided_at", "-pk")
    return newest.filter(decision=Decision.APPROVED).first() or newest.first()


def changes_asked(post: Post) -> Approval | None:
    """The last request for changes, where the newest version is the one that was returned."""
    asked = Approval.objects.filter(version=post.version, decision=Decision.CHANGES_REQUESTED)
    return asked.select_related("decided_by").first()
