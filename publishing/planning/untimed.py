"""What is not on the calendar yet: drafts, what is being changed, what goes out once approved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from pages.counts import counts, in_words
from publishing.models import UNDECIDED, Post, PostState
from publishing.models.posts import PostQuerySet

SHOWN = 8
BEING_WRITTEN = (PostState.DRAFT, PostState.CHANGES_REQUESTED)


@dataclass(frozen=True, slots=True)
class Untimed:
    posts: list[Post]
    total: str
    """How many there are, in words: "1,000+" beyond a thousand."""

    @property
    def goes_on(self) -> bool:
        return self.total != str(len(self.posts))


def untimed(visible: PostQuerySet) -> Untimed:
    """The newest of them. Two queries, each state read from its own index."""
    ways = [visible.filter(state=state) for state in BEING_WRITTEN]
    ways += [visible.filter(state=state, publish_at__isnull=True) for state in UNDECIDED]
    newest = [way.order_by("-changed_at", "-id").values("pk")[:SHOWN] for way in ways]
    among = reduce(or_, (Q(pk__in=each) for each in newest))
    posts = Post.objects.filter(among).select_related("author").order_by("-changed_at", "-id")
    numbers = counts({str(place): way for place, way in enumerate(ways)})
    return Untimed(list(posts[:SHOWN]), in_words(sum(numbers.values())))
