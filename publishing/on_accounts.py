"""What publishing tells an account's page: what is still to go out there."""

from __future__ import annotations

from accounts.models import SocialAccount, User
from accounts.panels import Panel
from publishing.models import Delivery

SHOWN = 5


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
