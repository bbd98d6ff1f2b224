"""The same words were on the same account within thirty days: platforms and people tire of that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import F

from publishing.checks.finding import Check, Found, Severity, Source
from publishing.checks.language.said import shortened
from publishing.checks.language.tokens import tokens
from publishing.composition import Composition
from publishing.models import Post, PostState, VersionText

SOURCE = Source(
    "X, Platform manipulation and spam: no duplicate posts",
    "https://help.x.com/en/rules-and-policies/platform-manipulation",
)
WITHIN = timedelta(days=30)
LOOKED_AT = 200
"""The newest texts on those accounts, at most."""
ALIKE = 0.9
"""So many of the words of both are the same: a new time or name makes no new post."""
FEWEST_WORDS = 4
_NOT_OUT = (
    PostState.DRAFT,
    PostState.CHANGES_REQUESTED,
    PostState.WITHDRAWN,
    PostState.TAKEN_DOWN,
)


def check_duplicates(composition: Composition, now: datetime) -> Iterator[Found]:
    words = {part.account.pk: _words(part.text) for part in composition.parts}
    if not any(len(each) >= FEWEST_WORDS for each in words.values()):
        return
    told: set[int] = set()
    for other in _recent(composition, now):
        post = other.version.post
        if post.pk not in told and _are_alike(words[other.account_id], _words(other.text)):
            told.add(post.pk)
            yield Found(
                f"Say something new, or why it is said again: “{shortened(str(post))}” says nearly "
                "the same on this account",
                about=f"post {post.pk}",
                field="text",
            )


def _recent(composition: Composition, now: datetime) -> list[VersionText]:
    """The newest version of other posts, on the same accounts: one query."""
    texts = VersionText.objects.filter(
        account__in=[part.account for part in composition.parts],
        version=F("version__post__version"),
        version__created_at__gte=now - WITHIN,
    ).exclude(version__post__state__in=_NOT_OUT)
    if composition.post_id is not None:
        texts = texts.exclude(version__post=composition.post_id)
        # What repeats says the same by decision; whoever decides sees each of its posts.
        itself = Post.objects.filter(pk=composition.post_id, series__isnull=False)
        texts = texts.exclude(version__post__series__in=itself.values("series"))
        texts = texts.exclude(version__post__in=itself.values("series__begun_from"))
    return list(texts.select_related("version__post").order_by("-version_id")[:LOOKED_AT])


def _words(text: str) -> frozenset[str]:
    return frozenset(token.forms[0] for token in tokens(text) if token.forms)


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    if min(len(one), len(other)) < FEWEST_WORDS:
        return False
    return len(one & other) >= ALIKE * len(one | other)


CHECK = Check(
    key="duplicates",
    title="It says something new",
    find=check_duplicates,
    severity=Severity.ADVISORY,
    source=SOURCE,
)
