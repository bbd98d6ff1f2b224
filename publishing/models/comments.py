"""Comments: what people say to each other about a post."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class Comment(models.Model):
    """It is never changed. `version` is what its author was looking at."""

    post = models.ForeignKey("publishing.Post", on_delete=models.PROTECT, related_name="comments")
    version = models.ForeignKey(
        "publishing.Version", null=True, on_delete=models.PROTECT, related_name="comments"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(max_length=2000)
    at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField(unique=True)
    """Given by the form: a second click does not say it twice."""

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(name="comment_has_a_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"Comment on {self.post}"


class CommentMention(models.Model):
    """Somebody who was named in a comment: asked to look, until they have."""

    comment = models.ForeignKey(Comment, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comment_mentions"
    )
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["comment", "person"], name="one_mention_of_a_person_in_a_comment"
            )
        ]
        indexes = [
            models.Index(
                fields=["person"],
                condition=Q(seen_at__isnull=True),
                name="comment_mention_unseen",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.comment}"
