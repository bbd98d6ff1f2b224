"""Talking about a post: comments, whom they ask to look, and their letters."""

from __future__ import annotations

import uuid
from smtplib import SMTPException

import structlog
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from audit.catalogue import Event
from audit.record import record
from publishing.comment_letter import send_comment_letter
from publishing.errors import NotAllowed, Refused
from publishing.locks import lock_post
from publishing.mentioned import may_see, people_named_in
from publishing.models import Comment, CommentMention, Post

LONGEST = 2000
log = structlog.get_logger(__name__)


@transaction.atomic
def comment(
    *, post_id: int, text: str, key: uuid.UUID, by: User, asked: User | None = None
) -> Comment:
    """Say something about a post to everybody who may see it; it is never changed or deleted.

    Whoever is named as "@Anna Lee", and `asked`, is asked to look, where they may see the post. It
    voids no approval. The same `key` again says nothing twice. Raises NotAllowed and Refused.
    """
    post = lock_post(post_id)
    if not may_see(by, post):
        raise NotAllowed("You cannot see this post.")
    words = text.strip()
    if not words:
        raise Refused("Write a comment", "text")
    if len(words) > LONGEST:
        raise Refused(f"Shorten the comment to {LONGEST:,} characters", "text")
    if asked is not None and not may_see(asked, post):
        raise Refused(f"{asked.name} cannot see this post: choose somebody else", "asked")
    said, is_new = Comment.objects.get_or_create(
        key=key, defaults={"post": post, "version": post.version, "by": by, "text": words}
    )
    if not is_new:
        if (said.post_id, said.by_id) != (post.pk, by.pk):
            raise Refused("This form was used before. Open the post again.")
        return said
    _ask(said, post, words, by, asked)
    return said


def _ask(said: Comment, post: Post, words: str, by: User, asked: User | None) -> None:
    named = people_named_in(words, post)
    people = {person.pk: person for person in [*named, *([asked] if asked else [])]}
    people.pop(by.pk, None)
    CommentMention.objects.bulk_create(
        CommentMention(comment=said, person=person) for person in people.values()
    )
    names = [person.name for person in people.values()]
    after = {"people": names} if names else {}
    record(Event.POST_COMMENTED, by=by, on=post, after=after, reason=words)


def asked_to_look(user: User) -> QuerySet[CommentMention]:
    """What `user` is asked to look at and has not opened, of the posts that they may see."""
    posts = Post.objects.visible_to(user).order_by()
    return CommentMention.objects.filter(person=user, seen_at__isnull=True, comment__post__in=posts)


def note_seen(post: Post, by: User) -> None:
    """Whoever opens the post has seen what was said to them there."""
    CommentMention.objects.filter(person=by, seen_at__isnull=True, comment__post=post).update(
        seen_at=timezone.now()
    )


def mail_mentions() -> None:
    """Hand over the letter of everybody who was asked to look and has not yet: once each.

    A letter that could not be handed over is tried again at the next call; one during which the
    process ended is not, so that nobody gets it twice.
    """
    waiting = CommentMention.objects.filter(mailed_at__isnull=True, seen_at__isnull=True)
    for mention_id in list(waiting.order_by("pk").values_list("pk", flat=True)):
        _mail(mention_id)


def _mail(mention_id: int) -> None:
    claimed = CommentMention.objects.filter(pk=mention_id, mailed_at__isnull=True)
    if not claimed.update(mailed_at=timezone.now()):
        return
    mention = CommentMention.objects.select_related("person", "comment__post", "comment__by").get(
        pk=mention_id
    )
    if not may_see(mention.person, mention.comment.post):
        return
    try:
        send_comment_letter(mention)
    except (SMTPException, OSError):
        log.warning("letter_not_sent", comment_mention=mention_id, exc_info=True)
        CommentMention.objects.filter(pk=mention_id).update(mailed_at=None)
