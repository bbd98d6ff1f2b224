"""Looking at links, and keeping what they answered for a while."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.utils import timezone

from publishing.delivery.queueing import LOOK_AT_LINKS, enqueue
from publishing.drafts import Content
from publishing.links.asking import ask
from publishing.links.found import links_typed
from publishing.models import UNDECIDED, Draft, LinkLook, PostState

FRESH_FOR = timedelta(minutes=15)
"""Within which a link is not asked again, whoever uses it."""
STALE_AFTER = timedelta(hours=12)
"""After which a link of a post on its way is asked again."""
KEPT_FOR = timedelta(days=90)
AT_ONCE = 50
WATCHED = (*UNDECIDED, PostState.SCHEDULED)
"""Posts whose links are looked at again until they go out."""


def digest_of(link: str) -> str:
    return hashlib.sha256(link.encode("utf-8", "surrogatepass")).hexdigest()


def known_looks(links: Collection[str]) -> dict[str, LinkLook]:
    """What is known of each, by the link. One query, or none where there is no link."""
    digests = {digest_of(link): link for link in links}
    looks = LinkLook.objects.filter(digest__in=digests) if digests else ()
    return {digests[look.digest]: look for look in looks}


def look_soon(post_id: int, content: Content) -> None:
    """Have a worker look at what the post links to, where nobody has for long."""
    if _to_look_at(links_typed(content)):
        enqueue(LOOK_AT_LINKS, [post_id])


def look_at_links_of(post_id: int) -> None:
    """Look at the links of a post's draft, where nobody has for long."""
    for link in _to_look_at(_links_of_drafts(Draft.objects.filter(post=post_id))):
        look_at(link)


def look_again() -> int:
    """Look at the links of posts on their way again, and forget what was seen long ago.

    The answer is how many were asked.
    """
    LinkLook.objects.filter(looked_at__lt=timezone.now() - KEPT_FOR).delete()
    drafts = Draft.objects.filter(post__state__in=WATCHED).order_by("post__due_at", "pk")
    links = _to_look_at(_links_of_drafts(drafts[:AT_ONCE]))[:AT_ONCE]
    for link in links:
        look_at(link)
    return len(links)


def look_at(link: str) -> LinkLook:
    """Ask the link, unless somebody did a moment ago, and keep what it answered."""
    digest, since = digest_of(link), timezone.now() - FRESH_FOR
    known = LinkLook.objects.filter(digest=digest, looked_at__gt=since).first()
    if known is not None:
        return known
    answer = ask(link)
    seen = {
        "address": link,
        "outcome": answer.outcome,
        "status": answer.status,
        "detail": answer.detail,
        "looked_at": timezone.now(),
    }
    look, _ = LinkLook.objects.update_or_create(digest=digest, defaults=seen)
    return look


def _to_look_at(links: Collection[str]) -> list[str]:
    """Those that nobody has looked at for long. One query."""
    since, known = timezone.now() - STALE_AFTER, known_looks(links)
    return [link for link in links if link not in known or known[link].looked_at < since]


def _links_of_drafts(drafts: Iterable[Draft]) -> list[str]:
    contents = (Content.from_json(draft.content) for draft in drafts)
    return list(dict.fromkeys(link for content in contents for link in links_typed(content)))
