"""Paid promotion: asking for it, agreeing to the money and to the words, and what came of it.

Nothing is paid from here: the promotion is bought at the platform, once both have agreed.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.drafts import Content
from publishing.errors import Conflict, NotAllowed, OwnWork, Refused
from publishing.locks import lock_post
from publishing.models import (
    PROMOTION_TRANSITIONS,
    Post,
    PostState,
    Promotion,
    PromotionState,
)
from publishing.promotion.money import pounds
from publishing.promotion.people import budget_holders
from publishing.promotion.rights import (
    RECORDED_IN,
    may_agree_to_words,
    refuse_to_record,
    refuse_to_refuse,
    refuse_to_withdraw,
)

LONGEST_DAYS = 366
PROMOTABLE = frozenset(PostState) - {
    PostState.WITHDRAWN, PostState.TAKEN_DOWN, PostState.ARCHIVED, PostState.FAILED,
}  # fmt: skip
APPROVED = frozenset(
    {PostState.APPROVED, PostState.SCHEDULED, PostState.PUBLISHED, PostState.PART_PUBLISHED}
)
"""States in which communications can agree: the words themselves are approved."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; money in pence, days in London."""

    objective: str
    audience: str
    budget_pence: int
    starts_on: date
    ends_on: date
    cost_code: str


@dataclass(frozen=True, slots=True)
class Result:
    """What it cost and what it brought."""

    spent_pence: int
    reached: int | None
    clicks: int | None
    result: str


def promotable_accounts(post: Post) -> list[SocialAccount]:
    """Those that the post's draft or newest version is for."""
    wanted = {account.pk for account in post.governed_accounts()}
    wanted |= set(Content.from_json(post.draft.content).account_ids)
    return list(SocialAccount.objects.filter(pk__in=wanted).order_by("name", "pk"))


@transaction.atomic
def ask_for_promotion(
    *,
    post_id: int,
    account: SocialAccount,
    asked: Asked,
    budget_holder: User,
    key: uuid.UUID,
    by: User,
) -> Promotion:
    """Ask for money to show a post to more people. With a `key` used before, what that asked for.

    Raises NotAllowed for who may not write on the account, Conflict for a post that is over, and
    Refused for days that cannot be, or a budget holder who asks or who holds no budget.
    """
    post = lock_post(post_id)
    demand(by, Permission.WRITE_POST, on=account)
    if made := Promotion.objects.filter(key=key, asked_by=by, post=post).first():
        return made
    _refuse_impossible(post, account, asked, budget_holder, by)
    promotion = Promotion.objects.create(
        post=post,
        account=account,
        objective=asked.objective,
        audience=asked.audience,
        budget_pence=asked.budget_pence,
        starts_on=asked.starts_on,
        ends_on=asked.ends_on,
        cost_code=asked.cost_code,
        budget_holder=budget_holder,
        asked_by=by,
        key=key,
    )
    record(Event.PROMOTION_ASKED, by=by, on=promotion, after=_facts(promotion))
    return promotion


def _refuse_impossible(
    post: Post, account: SocialAccount, asked: Asked, budget_holder: User, by: User
) -> None:
    if post.state not in PROMOTABLE:
        raise Conflict(f"A post that is “{PostState(post.state).label}” cannot be promoted.")
    if account not in promotable_accounts(post):
        raise Refused("Choose an account that the post is for.", "account")
    if asked.starts_on < timezone.localdate():
        raise Refused("Choose a first day that has not passed.", "starts_on")
    if asked.ends_on < asked.starts_on:
        raise Refused("Choose a last day that is not before the first.", "ends_on")
    if (asked.ends_on - asked.starts_on).days > LONGEST_DAYS:
        raise Refused("Promote it for a year at most.", "ends_on")
    if budget_holder.pk == by.pk:
        raise Refused("Somebody else has to agree to the money.", "budget_holder")
    if not budget_holders().filter(pk=budget_holder.pk).exists():
        raise Refused("Choose somebody who holds a budget.", "budget_holder")


@transaction.atomic
def agree_to_budget(*, promotion_id: int, by: User) -> Promotion:
    """Agree to the money, as the budget holder who was named. Again is harmless.

    Raises NotAllowed, and Conflict where nothing is asked any more.
    """
    promotion = _locked(promotion_id)
    if promotion.budget_holder_id != by.pk:
        raise NotAllowed(f"{promotion.budget_holder.name} answers for this money.")
    demand(by, Permission.AGREE_SPENDING)
    if promotion.budget_agreed_at:
        return promotion
    _refuse_unless_asked(promotion)
    promotion.budget_agreed_at = timezone.now()
    _agreed_by_both(promotion)
    promotion.save()
    record(Event.PROMOTION_BUDGET_AGREED, by=by, on=promotion, after=_facts(promotion))
    return promotion


@transaction.atomic
def agree_to_words(*, promotion_id: int, by: User) -> Promotion:
    """Agree for communications, once the post itself is approved. Again is harmless.

    Raises NotAllowed, OwnWork for whoever asked, wrote or pays, and Conflict.
    """
    promotion = _locked(promotion_id)
    demand(by, Permission.APPROVE_POST, on=promotion.account)
    if not may_agree_to_words(promotion, by):
        raise OwnWork("You wrote this, asked for it or answer for its money: somebody else agrees.")
    if promotion.communications_by_id == by.pk:
        return promotion
    _refuse_unless_asked(promotion)
    if promotion.communications_agreed_at:
        raise Conflict("Communications have agreed to this already.")
    if promotion.post.state not in APPROVED:
        raise Conflict("The post is not approved. Approve it first, then agree to promote it.")
    promotion.communications_by, promotion.communications_agreed_at = by, timezone.now()
    _agreed_by_both(promotion)
    promotion.save()
    record(Event.PROMOTION_WORDS_AGREED, by=by, on=promotion, after=_facts(promotion))
    return promotion


@transaction.atomic
def refuse_promotion(*, promotion_id: int, reason: str, by: User) -> Promotion:
    """Refuse it, as the budget holder or for communications. Again is harmless.

    Raises Refused without a reason, NotAllowed and Conflict.
    """
    promotion = _locked(promotion_id)
    refuse_to_refuse(promotion, by)
    if promotion.state == PromotionState.REFUSED and promotion.ended_by_id == by.pk:
        return promotion
    _refuse_unless_asked(promotion)
    return _ended(promotion, PromotionState.REFUSED, Event.PROMOTION_REFUSED, reason, by)


@transaction.atomic
def withdraw_promotion(*, promotion_id: int, reason: str, by: User) -> Promotion:
    """Call it off before anything is recorded. What the platform was paid is not called back.

    Raises Refused without a reason, NotAllowed and Conflict.
    """
    promotion = _locked(promotion_id)
    refuse_to_withdraw(promotion, by)
    if promotion.state == PromotionState.WITHDRAWN:
        return promotion
    return _ended(promotion, PromotionState.WITHDRAWN, Event.PROMOTION_WITHDRAWN, reason, by)


@transaction.atomic
def record_spend(*, promotion_id: int, result: Result, by: User) -> Promotion:
    """Keep what an agreed promotion cost and brought; recording again corrects it.

    Raises NotAllowed, Conflict for one that was not agreed, and Refused where it has not begun, or
    cost more than was agreed and nothing says why.
    """
    promotion = _locked(promotion_id)
    refuse_to_record(promotion, by)
    if promotion.state not in RECORDED_IN:
        raise Conflict("Only a promotion that was approved has a spend to record.")
    if timezone.localdate() < promotion.starts_on:
        raise Refused("It has not begun: there is nothing to record yet.", "spent")
    if result.spent_pence > promotion.budget_pence and not result.result.strip():
        raise Refused("It cost more than was agreed: say why.", "result")
    before = _outcome(promotion)
    promotion.spent_pence, promotion.reached = result.spent_pence, result.reached
    promotion.clicks, promotion.result = result.clicks, result.result.strip()
    if promotion.state == PromotionState.DONE and _outcome(promotion) == before:
        return promotion
    if promotion.state != PromotionState.DONE:
        _move(promotion, PromotionState.DONE)
    promotion.recorded_by, promotion.recorded_at = by, timezone.now()
    promotion.save()
    after = _outcome(promotion)
    record(Event.PROMOTION_SPEND_RECORDED, by=by, on=promotion, before=before, after=after)
    return promotion


def _locked(promotion_id: int) -> Promotion:
    """The post is locked first, as everywhere. Raises Promotion.DoesNotExist."""
    post_id = Promotion.objects.values_list("post_id", flat=True).get(pk=promotion_id)
    post = lock_post(post_id)
    rows = Promotion.objects.select_for_update(of=("self",), no_key=True)
    promotion = rows.select_related("account", "asked_by", "budget_holder").get(pk=promotion_id)
    promotion.post = post
    return promotion


def _refuse_unless_asked(promotion: Promotion) -> None:
    if promotion.state != PromotionState.ASKED:
        label = PromotionState(promotion.state).label
        raise Conflict(f"This promotion does not await a decision any more: “{label}”.")


def _agreed_by_both(promotion: Promotion) -> None:
    if promotion.budget_agreed_at and promotion.communications_agreed_at:
        _move(promotion, PromotionState.AGREED)


def _ended(
    promotion: Promotion, state: PromotionState, event: Event, reason: str, by: User
) -> Promotion:
    why = reason.strip()
    if not why:
        raise Refused("Enter a reason.", "reason")
    _move(promotion, state)
    promotion.ended_by, promotion.ended_at, promotion.ended_because = by, timezone.now(), why[:500]
    promotion.save()
    record(event, by=by, on=promotion, after={"state": state}, reason=why)
    return promotion


def _move(promotion: Promotion, state: PromotionState) -> None:
    if state not in PROMOTION_TRANSITIONS[PromotionState(promotion.state)]:
        label = PromotionState(promotion.state).label
        raise Conflict(f"This promotion is “{label}”: that cannot be changed any more.")
    promotion.state = state


def _facts(promotion: Promotion) -> dict[str, object]:
    return {
        "state": promotion.state,
        "budget": pounds(promotion.budget_pence),
        "from": promotion.starts_on.isoformat(),
        "to": promotion.ends_on.isoformat(),
        "cost_code": promotion.cost_code,
        "budget_holder": promotion.budget_holder.name,
        "objective": promotion.objective,
        "audience": promotion.audience,
    }


def _outcome(promotion: Promotion) -> dict[str, object]:
    spent = promotion.spent_pence
    return {
        "spent": None if spent is None else pounds(spent),
        "reached": promotion.reached,
        "clicks": promotion.clicks,
        "result": promotion.result,
    }
