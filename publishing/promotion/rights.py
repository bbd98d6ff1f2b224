"""Who may decide about a promotion: three people, none of them in two parts."""

from __future__ import annotations

from accounts.access import demand, may
from accounts.models import User
from accounts.permissions import Permission
from publishing.errors import NotAllowed
from publishing.models import Promotion, PromotionState
from publishing.rights import is_own_work

RECORDED_IN = frozenset({PromotionState.AGREED, PromotionState.DONE})


def is_awaiting_budget(promotion: Promotion, user: User) -> bool:
    """Whether `user` is asked to agree to the money now."""
    return (
        promotion.state == PromotionState.ASKED
        and promotion.budget_agreed_at is None
        and promotion.budget_holder_id == user.pk
        and may(user, Permission.AGREE_SPENDING)
    )


def is_awaiting_words(promotion: Promotion, user: User) -> bool:
    """Whether `user` may agree for communications now: somebody who may approve on the account,
    and who neither asked for it, nor answers for the money, nor wrote the post.
    """
    return (
        promotion.state == PromotionState.ASKED
        and promotion.communications_agreed_at is None
        and may_agree_to_words(promotion, user)
    )


def may_agree_to_words(promotion: Promotion, user: User) -> bool:
    version = promotion.post.version
    own = (
        promotion.post.author_id == user.pk
        if version is None
        else (is_own_work(user, promotion.post, version))
    )
    return (
        not own
        and user.pk not in (promotion.asked_by_id, promotion.budget_holder_id)
        and may(user, Permission.APPROVE_POST, on=promotion.account)
    )


def may_withdraw(promotion: Promotion, user: User) -> bool:
    """Whoever asked for it, and whoever may approve on the account: stopping needs no second."""
    return user.is_employed() and (
        promotion.asked_by_id == user.pk or may(user, Permission.APPROVE_POST, on=promotion.account)
    )


def may_record(promotion: Promotion, user: User) -> bool:
    """Whoever asked for it, answers for the money, or may approve on the account."""
    return user.is_employed() and (
        user.pk in (promotion.asked_by_id, promotion.budget_holder_id)
        or may(user, Permission.APPROVE_POST, on=promotion.account)
    )


def refuse_to_refuse(promotion: Promotion, user: User) -> None:
    """Raise NotAllowed unless `user` is one of the two who decide."""
    if promotion.budget_holder_id == user.pk:
        demand(user, Permission.AGREE_SPENDING)
    elif not may_agree_to_words(promotion, user):
        raise NotAllowed("Only the budget holder, or communications, can refuse a promotion.")


def refuse_to_withdraw(promotion: Promotion, user: User) -> None:
    if not may_withdraw(promotion, user):
        raise NotAllowed("Only who asked for it, or communications, can withdraw a promotion.")


def refuse_to_record(promotion: Promotion, user: User) -> None:
    if not may_record(promotion, user):
        raise NotAllowed("Only who asked for it, pays, or communications can record the spend.")
