"""An account whose risk is high: what goes there is checked again, by communications."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.conf import settings

from accounts.health import current_assessment
from accounts.models import SocialAccount
from publishing.models import Stage
from publishing.routes.asked import Asked
from publishing.routes.needed import Need


def needs(asked: Collection[Asked]) -> Iterator[tuple[Asked, Need]]:
    for each in asked:
        if is_high(each.account):
            because = f"the risk of {each.account} is high"
            yield each, Need(Stage.SECOND_CHECK, because, is_firm=True)


def is_high(account: SocialAccount) -> bool:
    """Whether the newest signed assessment says so; reads the account's assessments."""
    return score_of(account) >= settings.RISK_SECOND_CHECK_FROM


def score_of(account: SocialAccount) -> int:
    """From 1 to 25; 0 where no assessment is signed."""
    current = current_assessment(account)
    return current.score if current else 0


def raised_by(accounts: Collection[SocialAccount]) -> list[SocialAccount]:
    """Those whose risk is high. Two queries."""
    keys = [account.pk for account in accounts]
    rows = SocialAccount.objects.filter(pk__in=keys).prefetch_related("risk_assessments")
    return [account for account in rows if is_high(account)]
