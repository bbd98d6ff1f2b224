"""Media files: checked, re-encoded pictures and videos, each kept once under its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from platforms.contract import MediaKind
from publishing.models.posts import Post
from publishing.models.versions import VersionMedia

if TYPE_CHECKING:
    from accounts.models import User


def _path(media: MediaFile, file_name: str) -> str:
    extension = file_name.rpartition(".")[2]
    return f"posts/{media.digest[:2]}/{media.digest}.{extension}"


class MediaFileQuerySet(models.QuerySet["MediaFile"]):
    def visible_to(self, user: User) -> MediaFileQuerySet:
        """One's own uploads, and what belongs to a post that one may read."""
        posts = Post.objects.visible_to(user)
        used = VersionMedia.objects.filter(file=OuterRef("pk"), version__post__in=posts)
        return self.filter(Q(uploaded_by=user) | Q(post__in=posts) | Q(Exists(used)))

    def usable_in(self, post: Post) -> MediaFileQuerySet:
        """What the post's form may name: uploaded for the post, or in one of its versions."""
        used = VersionMedia.objects.filter(file=OuterRef("pk"), version__post=post)
        return self.filter(Q(post=post) | Q(Exists(used)))


class MediaFile(models.Model):
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="uploads")
    """The post that it was uploaded for."""
    kind = models.CharField(max_length=10, choices=[(kind, kind.title()) for kind in MediaKind])
    content_type = models.CharField(max_length=50)
    digest = models.CharField(max_length=64, db_index=True)
    """SHA-256 of the bytes as stored and sent."""
    file = models.FileField(upload_to=_path, max_length=200)
    original_name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    milliseconds = models.PositiveBigIntegerField(null=True)
    """How long a video lasts; empty where nobody has measured it yet."""
    has_sound = models.BooleanField(null=True)
    """Whether a video has sound; empty where nobody has measured it yet."""
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects = MediaFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "digest"], name="one_upload_for_a_post")
        ]

    def __str__(self) -> str:
        return self.original_name

    @property
    def key(self) -> str:
        """The id as text, for the values of buttons."""
        return str(self.pk)
