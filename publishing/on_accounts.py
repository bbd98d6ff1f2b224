"""What publishing tells an account's page: what is still to go out there, and its plan."""

from __future__ import annotations

from accounts.access import holds
from accounts.models import AccountState, SocialAccount, User
from accounts.panels import Panel
from publishing.models import Delivery
from publishing.planning.sections import PLANNERS
from publishing.planning.targets import lines_of

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


def content_plan(account: SocialAccount, reader: User) -> Panel | None:
    """An account panel: the content plan, and how next week stands to it. Two queries."""
    if account.state != AccountState.LIVE or not holds(reader, *PLANNERS):
        return None
    (line,) = lines_of([account], reader)
    return Panel("Content plan", "publishing/planning/plan_panel.html", {"line": line})
