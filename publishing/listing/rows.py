"""The rows of the list: posts with their people and the names of their accounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from publishing.models import Post, PostState, VersionText


@dataclass(frozen=True, slots=True)
class Row:
    post: Post
    accounts: list[str]
    is_mine: bool

    @property
    def url_name(self) -> str:
        """Where its link goes: one's own drafts open in the form."""
        editable = self.post.state in (PostState.DRAFT, PostState.CHANGES_REQUESTED)
        return "post_edit" if editable and self.is_mine else "post"


def rows_of(posts: Sequence[Post], *, reader_id: int) -> list[Row]:
    """One query for the accounts of all posts together."""
    names = _account_names(post.version_id for post in posts)
    return [
        Row(post, names.get(post.version_id or 0, []), post.author_id == reader_id)
        for post in posts
    ]


def _account_names(versions: Iterable[int | None]) -> dict[int, list[str]]:
    texts = VersionText.objects.filter(version__in=[pk for pk in versions if pk])
    named = defaultdict(list)
    for text in texts.select_related("account").order_by("account__platform", "account__name"):
        named[text.version_id].append(f"{text.account.platform_name}: {text.account.name}")
    return named
