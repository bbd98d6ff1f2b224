"""Posts as an account's archive keeps them: versions, approvals, deliveries and pictures.

Only what was for that account: another account's own words stay out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import PurePosixPath
from typing import Any, BinaryIO, cast

from django.core.files.storage import default_storage
from django.db.models import Max, Prefetch, QuerySet

from accounts.archive.windows import in_windows
from accounts.archiving import Enclosure, Item, Part
from accounts.models import SocialAccount
from platforms.registry import PLATFORMS
from publishing.models import (
    Approval,
    Attempt,
    Captions,
    Delivery,
    MediaFile,
    Post,
    Removal,
    Version,
    VersionMedia,
    VersionText,
)
from publishing.wording import link_on, tags_of

AT_ONCE = 100


def _posts(account: SocialAccount, at: datetime) -> QuerySet[Post]:
    """Every post that has, or once had, a version for the account."""
    theirs = VersionText.objects.filter(account=account, version__created_at__lte=at)
    return Post.objects.filter(pk__in=theirs.order_by().values("version__post"))


def _items(account: SocialAccount, at: datetime) -> Iterator[Item]:
    versions = (
        Version.objects.filter(texts__account=account, created_at__lte=at)
        .select_related("edited_by", "campaign")
        .order_by("number")
    )
    texts = VersionText.objects.select_related("account")
    rows = _posts(account, at).select_related("author", "service_area")
    rows = rows.prefetch_related(
        Prefetch("versions", versions),
        Prefetch("versions__texts", texts),
        Prefetch("versions__media", VersionMedia.objects.select_related("file", "captions")),
        Prefetch("versions__approvals", Approval.objects.select_related("decided_by")),
        Prefetch(
            "deliveries",
            Delivery.objects.filter(account=account)
            .select_related("version", "removal__takedown__asked_by", "removal__done_by")
            .order_by("pk"),
        ),
        Prefetch("deliveries__attempts", Attempt.objects.order_by("number")),
    )
    for post in in_windows(rows, AT_ONCE):
        yield _item(post, account)


def _item(post: Post, account: SocialAccount) -> Item:
    versions = list(post.versions.all())
    files = {used.file_id: used.file for version in versions for used in version.media.all()}
    facts = {
        "id": post.pk,
        "title": post.title,
        "state": post.state,
        "state_in_words": post.get_state_display(),
        "author": post.author.name,
        "service_area": str(post.service_area) if post.service_area else "",
        "begun_at": _iso(post.created_at),
        "versions": [_version(version, account) for version in versions],
        "deliveries": [_delivery(delivery) for delivery in post.deliveries.all()],
    }
    enclosed = [*(_enclosure(file) for file in files.values()), *_proofs(post)]
    return Item(facts, enclosed)


def _version(version: Version, account: SocialAccount) -> dict[str, Any]:
    texts = list(version.texts.all())
    return {
        "number": version.number,
        "edited_by": version.edited_by.name,
        "made_at": _iso(version.created_at),
        "title": version.title,
        "text": next(text.text for text in texts if text.account_id == account.pk),
        "link": version.link,
        "link_as_sent": _link(version, account),
        "campaign": version.campaign_name,
        "strategic_aim": version.aim_name,
        "note": version.note,
        "publish_at": _iso(version.publish_at),
        "digest": version.digest,
        "accounts": [str(text.account) for text in texts],
        "media": [_media(used) for used in version.media.all()],
        "approvals": [_approval(approval) for approval in version.approvals.all()],
    }


def _link(version: Version, account: SocialAccount) -> str:
    return link_on(PLATFORMS[account.platform], version.link, tags_of(version))


def _media(used: VersionMedia) -> dict[str, Any]:
    return {
        "file": _name(used.file),
        "kind": used.file.kind,
        "content_type": used.file.content_type,
        "sha256": used.file.digest,
        "width": used.file.width,
        "height": used.file.height,
        "uploaded_as": used.file.original_name,
        "alt_text": used.alt_text,
        "captions": _captions(used.captions),
    }


def _captions(captions: Captions | None) -> dict[str, str] | None:
    """As WebVTT."""
    if captions is None:
        return None
    return {"language": captions.language, "sha256": captions.digest, "text": captions.text}


def _approval(approval: Approval) -> dict[str, Any]:
    return {
        "stage": approval.stage,
        "stage_in_words": approval.get_stage_display(),
        "decision": approval.decision,
        "decision_in_words": approval.get_decision_display(),
        "by": approval.decided_by.name,
        "at": _iso(approval.decided_at),
        "comment": approval.comment,
        "digest": approval.digest,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    """Without what was kept in order to resume, which may hold secrets."""
    return {
        "version": delivery.version.number,
        "state": delivery.state,
        "state_in_words": delivery.get_state_display(),
        "due_at": _iso(delivery.due_at),
        "published_at": _iso(delivery.published_at),
        "remote_id": delivery.remote_id,
        "remote_url": delivery.remote_url,
        "sent_text": delivery.sent_text,
        "sent_alt_texts": delivery.sent_alt_texts,
        "reason": delivery.reason,
        "taken_down": _removal(delivery),
        "attempts": [
            {
                "number": attempt.number,
                "started_at": _iso(attempt.started_at),
                "ended_at": _iso(attempt.ended_at),
                "outcome": attempt.outcome,
                "detail": attempt.detail,
            }
            for attempt in delivery.attempts.all()
        ],
    }


def _removal(delivery: Delivery) -> dict[str, Any] | None:
    """What was there, who took it down and why; its proof is among the enclosures."""
    removal: Removal | None = getattr(delivery, "removal", None)
    if removal is None:
        return None
    takedown = removal.takedown
    return {
        "state": removal.state,
        "state_in_words": removal.get_state_display(),
        "why": takedown.get_kind_display(),
        "reason": takedown.reason,
        "asked_by": takedown.asked_by.name,
        "asked_at": _iso(takedown.asked_at),
        "was_there": removal.snapshot,
        "was_there_at": _iso(removal.snapshot_at),
        "removed_at": _iso(removal.done_at),
        "removed_by_hand_by": removal.done_by.name if removal.done_by else "",
        "detail": removal.detail,
        "proof_in_words": removal.proof_note,
        "proof": _proof_name(removal) if removal.proof else "",
        "proof_sha256": removal.proof_digest,
    }


def _name(file: MediaFile) -> str:
    return f"media/{file.digest}{PurePosixPath(str(file.file.name)).suffix}"


def _proof_name(removal: Removal) -> str:
    return f"proofs/{removal.proof_digest}{PurePosixPath(str(removal.proof.name)).suffix}"


def _proofs(post: Post) -> Iterator[Enclosure]:
    for delivery in post.deliveries.all():
        removal: Removal | None = getattr(delivery, "removal", None)
        if removal and removal.proof:
            name = _proof_name(removal)
            yield _enclosed(name, removal.proof_digest, str(removal.proof.name))


def _enclosure(file: MediaFile) -> Enclosure:
    return _enclosed(_name(file), file.digest, str(file.file.name))


def _enclosed(name: str, digest: str, stored: str) -> Enclosure:
    opened = partial(default_storage.open, stored, "rb")
    return Enclosure(name, digest, lambda: cast("BinaryIO", opened()))


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _newest(account: SocialAccount) -> datetime | None:
    deliveries = Delivery.objects.filter(account=account).aggregate(at=Max("changed_at"))["at"]
    theirs = Post.objects.filter(
        pk__in=VersionText.objects.filter(account=account).order_by().values("version__post")
    )
    posts = theirs.aggregate(at=Max("changed_at"))["at"]
    return max((at for at in (deliveries, posts) if at), default=None)


POSTS = Part(
    name="posts",
    heading="Posts",
    template="publishing/archived_post.html",
    a_page=50,
    items=_items,
    count=lambda account, at: _posts(account, at).count(),
    newest=_newest,
)
