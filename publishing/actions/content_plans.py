"""How much an account is to say: its content plan."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.models import ContentPlan


@transaction.atomic
def set_plan(*, by: User, account_id: int, posts_a_week: int, themes: str) -> ContentPlan:
    """So many posts a week, about these themes; the same again changes nothing.

    Raises NotAllowed for whoever may not plan the content of this account.
    """
    account = SocialAccount.objects.select_for_update().get(pk=account_id)
    demand(by, Permission.PLAN_CONTENT, on=account)
    plan = ContentPlan.objects.filter(account=account).first()
    before = _facts(plan) if plan else None
    plan = plan or ContentPlan(account=account)
    plan.posts_a_week, plan.themes = posts_a_week, themes.strip()
    if _facts(plan) == before:
        return plan
    plan.set_by, plan.set_at = by, timezone.now()
    plan.save()
    record(Event.CONTENT_PLAN_SET, by=by, on=account, before=before, after=_facts(plan))
    return plan


def _facts(plan: ContentPlan) -> dict[str, object]:
    return {"posts_a_week": plan.posts_a_week, "themes": plan.themes}
