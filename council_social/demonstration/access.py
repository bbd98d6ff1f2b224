"""Chapter two, continued: who still needs access is asked, once long ago and again this week."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.actions.access_reviews import Given, answer_review
from accounts.actions.access_rounds import open_due
from accounts.models import AccessReview, ReviewedGrant, SocialAccount, User
from council_social.demonstration.accounts import ACCOUNTS
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story

ONCE, AGAIN = 200, 9
"""Days ago."""
DONE, BEGUN = "council-x", "libraries-x"
"""This time one owner has answered for everybody, another for the first."""


def tell_of_access(story: Story, cast: Cast) -> None:
    for ago in (ONCE, AGAIN):
        story.at(story.day(ago, "06:20"), _begin)
    for number, account in enumerate(ACCOUNTS):
        moment = story.day(ONCE - 3, "09:40") + timedelta(minutes=23 * number)
        story.at(moment, partial(_answer, cast, account.key, most=None))
    story.at(story.day(AGAIN - 2, "11:10"), partial(_answer, cast, DONE, most=None))
    story.at(story.day(AGAIN - 4, "15:25"), partial(_answer, cast, BEGUN, most=1))


def _begin() -> None:
    open_due(timezone.localdate())


def _answer(cast: Cast, key: str, *, most: int | None) -> None:
    """Everybody, or the first few, is still needed, as the owner says; of the owner, the deputy."""
    known = cast.accounts.get(key)
    review = AccessReview.objects.open().filter(account=known).first() if known else None
    if review is None:
        return
    account = SocialAccount.objects.get(pk=review.account_id)
    for row in list(review.grants.unanswered().select_related("grant__user"))[:most]:
        answer_review(by=_who(account, row), review=review, answers=[Given(row.pk, keeps=True)])


def _who(account: SocialAccount, row: ReviewedGrant) -> User:
    is_own = row.grant.user_id == account.owner_id
    return account.deputy if is_own and account.deputy else account.owner
