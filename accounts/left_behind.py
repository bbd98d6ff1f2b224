"""What somebody answers for or has begun, and who has left without handing it on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import handing_on
from accounts.handing_on import Kind, Thing
from accounts.models import AccessReview, AccountState, SocialAccount, User
from accounts.models.social_accounts import SocialAccountQuerySet


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """By account and by kind of work; a kind of which there is nothing is not there."""

    owned: Sequence[SocialAccount]
    deputised: Sequence[SocialAccount]
    work: Sequence[tuple[Kind, Sequence[Thing]]]
    reviews: int
    """Open access reviews, which go with their accounts."""

    def __bool__(self) -> bool:
        return bool(self.owned or self.deputised or self.work)


def left_behind(person: User) -> LeftBehind:
    """A few queries, and as many as the kinds of work ask."""
    open_accounts = SocialAccount.objects.exclude(state=AccountState.CLOSED)
    mine = open_accounts.answered_for_by(person)
    begun = [(kind, kind.begun_by(person)) for kind in handing_on.kinds()]
    return LeftBehind(
        owned=_ordered(open_accounts.filter(owner=person)),
        deputised=_ordered(open_accounts.filter(deputy=person)),
        work=[(kind, things) for kind, things in begun if things],
        reviews=AccessReview.objects.open().filter(account__in=mine.values("pk")).count(),
    )


def leavers_who_still_answer() -> QuerySet[User]:
    """People who have left and are still the owner or the deputy of an account."""
    gone = Q(employed_until__lt=timezone.localdate()) | Q(is_active=False)
    open_accounts = SocialAccount.objects.exclude(state=AccountState.CLOSED).order_by()
    return User.objects.filter(
        Exists(open_accounts.filter(owner=OuterRef("pk")))
        | Exists(open_accounts.filter(deputy=OuterRef("pk"))),
        gone,
    )


def _ordered(rows: SocialAccountQuerySet) -> list[SocialAccount]:
    return list(rows.select_related("owner", "deputy").order_by("name", "pk"))
