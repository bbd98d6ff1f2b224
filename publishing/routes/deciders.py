"""Who may give a stage: the right on every account, and being named where a route names people.

While somebody whom a route names is away, whoever covers for them stands in. That gives no right.
"""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from accounts.access import Explanation, Governed, account_roles, corporate_roles, explain
from accounts.evidence import Missing
from accounts.models import User
from accounts.permissions import CorporateRole
from publishing.models import Absence
from publishing.routes.needed import Needed, Who

KEEPERS = "communications or the digital team, in the approval routes"


def explain_deciding(user: User, needed: Needed, on: Governed) -> Explanation:
    """Whether `user` may give this stage to what is for these accounts, and what is missing.

    Whose work it is, and who decided before, is not asked here.
    """
    explanation = explain(user, needed.right, on=on)
    if not explanation.allowed or needed.who is None or is_named(user, needed.who, on):
        return explanation
    others = Missing(f"The route “{needed.who.route}” names others for this.", KEEPERS)
    return Explanation(needed.right, (others,))


def is_named(user: User, who: Who, on: Governed) -> bool:
    """Whether the person is named, has the role that is named, or covers for somebody named."""
    if user.pk in who.people or (who.role and _has(user, who.role, on)):
        return True
    return bool(who.people) and user.pk in covers_of(who.people)


def covers_of(people: Collection[int]) -> set[int]:
    """The ids of those who stand in today for some of these people."""
    away = Absence.objects.on(timezone.localdate()).filter(person__in=people)
    return set(away.exclude(cover=None).values_list("cover_id", flat=True))


def _has(user: User, role: str, on: Governed) -> bool:
    if role in CorporateRole.values:
        return role in corporate_roles(user)
    held = [account_roles(user, account) for account in on.governed_accounts()]
    return bool(held) and all(role in roles for roles in held)
