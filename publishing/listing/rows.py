"""The rows of the list: posts with their people and the names of their accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, OuterRef, Subquery, TextField

from accounts.models import SocialAccount
from publishing.models import Post, PostState, VersionText
from publishing.models.posts import PostQuerySet


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


class IdList(Aggregate):
    """Numbers with commas between them."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="GROUP_CONCAT", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "STRING_AGG((%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


def with_account_ids(posts: PostQuerySet) -> PostQuerySet:
    """`posts`, each with the ids of its newest version's accounts, in the same query."""
    texts = VersionText.objects.filter(version=OuterRef("version")).order_by().values("version")
    return posts.annotate(account_ids=Subquery(texts.annotate(ids=IdList("account")).values("ids")))


def rows_of(
    posts: Iterable[Post], *, reader_id: int, accounts: Mapping[str, SocialAccount]
) -> list[Row]:
    """`accounts` by their ids as text; those that the reader does not know are not named."""
    rows = []
    for post in posts:
        ids = str(getattr(post, "account_ids", None) or "").split(",")
        named = [accounts[pk] for pk in ids if pk in accounts]
        names = sorted(f"{account.platform_name}: {account.name}" for account in named)
        rows.append(Row(post, names, post.author_id == reader_id))
    return rows
