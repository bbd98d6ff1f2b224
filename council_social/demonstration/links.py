"""The links of the demonstration lead to a website that there is not: they count as seen."""

from __future__ import annotations

from django.utils import timezone

from publishing.drafts import Content
from publishing.links.found import links_typed
from publishing.links.looking import digest_of
from publishing.models import Draft, LinkLook, LinkOutcome


def see_that_links_answer(*to_come: str) -> None:
    """Those of the posts that are there, and those `to_come`."""
    contents = map(Content.from_json, Draft.objects.values_list("content", flat=True))
    links = {*to_come, *(link for content in contents for link in links_typed(content))}
    LinkLook.objects.bulk_create(
        LinkLook(
            digest=digest_of(link),
            address=link,
            outcome=LinkOutcome.ANSWERS,
            status=200,
            looked_at=timezone.now(),
        )
        for link in sorted(links)
    )
