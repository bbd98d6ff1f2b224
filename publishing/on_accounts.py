"""What publishing tells an account's page and its closing: what is still to go out there."""

from __future__ import annotations

from collections.abc import Iterator

from accounts.evidence import Missing
from accounts.models import SocialAccount, User
from accounts.panels import Panel
from publishing.models import Delivery

SHOWN = 5


def still_open(account: SocialAccount) -> Iterator[Missing]:
    """A closing guard: posts that wait, are held, or whose outcome nobody knows yet."""
    count = Delivery.objects.open().filter(account=account).count()
    if count:
        posts = "post is" if count == 1 else "posts are"
        yield Missing(
            f"{count} {posts} still to go out on {account}. Move or withdraw them first.",
            "communications",
        )


def next_posts(account: SocialAccount, reader: User) -> Panel:
    """An account panel: the next posts that `reader` may see. One query."""
    waiting = (
        Delivery.objects.visible_to(reader)
        .open()
        .filter(account=account)
        .select_related("post")
        .order_by("due_at", "pk")
    )
    return Panel("Next posts", "publishing/next_posts.html", {"deliveries": list(waiting[:SHOWN])})
