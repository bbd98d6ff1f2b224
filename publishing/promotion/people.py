"""Who can answer for the money of a promotion."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.forms.one_of_many import PersonField
from accounts.models import CorporateGrant, User
from accounts.permissions import CORPORATE_BUNDLES, Permission


def budget_holders() -> QuerySet[User]:
    """People at work whose role lets them agree to spending."""
    roles = [
        role for role, bundle in CORPORATE_BUNDLES.items() if Permission.AGREE_SPENDING in bundle
    ]
    granted = CorporateGrant.objects.in_force().filter(role__in=roles).order_by().values("user")
    people: QuerySet[User] = User.objects.employed().filter(pk__in=granted)
    return people.order_by("name", "pk")


class BudgetHolderField(PersonField):
    nobody = "Enter the name or the work e-mail address of a budget holder."

    def offered(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return budget_holders()
