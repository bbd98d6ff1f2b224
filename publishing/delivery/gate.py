"""The gate: everything is checked again, with rows as they are now, at the moment of sending.

The approvals are the only reason to send, but for a version that was let go in an emergency: there
it is the word of one person who still has that right. So the digest is made anew from the rows and
compared with what was approved, or let go; each approval must be by somebody else, who is neither
author nor editor; every stage that the route asks for today on that account must be there; and
author, approvers and account must still be what they were when they were given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto

from django.conf import settings
from django.utils import timezone

from accounts.access import explain
from accounts.models import RiskAssessment, SocialAccount, User
from accounts.obstacles import obstacles
from accounts.permissions import Permission
from accounts.rights import rights_together
from publishing.delivery.let_go import NOT_IN_ORDER, emergencies_of, was_not_in_order
from publishing.delivery.locking import Locked, people_by_key
from publishing.delivery.outgoing import load_content, own_text
from publishing.delivery.prepared import Prepared, keep_related
from publishing.delivery.shown import items_shown_in
from publishing.delivery.why_stopped import overdue_after_a_stop, why_stopped
from publishing.digest import digest_of
from publishing.library.grounds import obstacles_to_showing
from publishing.models import Approval, Decision, Emergency, MediaItem, PostState, Stage
from publishing.routes import GOING_OUT, Asked, Needed, asked_on, missing, needed_on

Approvals = Mapping[Stage, Approval]
"""Of one version, by the stage at which each was given."""


class Way(Enum):
    SEND = auto()
    HOLD = auto()
    """Something that can be put right is in the way: it is looked at again later."""
    REFUSE = auto()
    """It must never be sent as it is."""
    TAMPERED = auto()
    """What would be sent is not what was approved."""
    MISSED = auto()
    """It is too late."""


@dataclass(frozen=True, slots=True)
class Verdict:
    way: Way
    reason: str = ""


SEND = Verdict(Way.SEND)


@dataclass(frozen=True, slots=True)
class Case:
    """One delivery before the gate, with its approvals."""

    delivery: Locked
    approvals: Approvals
    needed: tuple[Needed, ...]
    """What the post needs on this account today; nothing in an emergency."""
    items: Mapping[str, MediaItem]
    """What is known of pictures, by the digest of their bytes."""
    now: datetime
    stopped: str
    """Which stops hold it, and why; empty where none does."""
    emergency: Emergency | None = None
    """Only where the version has no approval and was let go without one."""


def examine(delivery: Locked, now: datetime) -> Verdict:
    """What may be done with a delivery that `lock_delivery` gave."""
    return examine_all([delivery], now)[delivery.pk]


def examine_all(deliveries: Collection[Locked], now: datetime) -> dict[int, Verdict]:
    """What may be done with each of several locked deliveries, by its id.

    Every question is asked once for all of them, and about each person once.
    """
    approvals = _approvals(deliveries)
    emergencies = emergencies_of(
        {
            delivery.version_id
            for delivery in deliveries
            if Stage.APPROVAL not in approvals.get(delivery.version_id, {})
        }
    )
    accounts = {delivery.account_id: delivery.account for delivery in deliveries}
    load_content(*(delivery.version for delivery in deliveries), accounts=accounts)
    _load_assessments(accounts)
    items = items_shown_in([delivery.version for delivery in deliveries])
    given = [each for stages in approvals.values() for each in stages.values()]
    deciders = [approval.decided_by for approval in given]
    deciders += [emergency.released_by for emergency in emergencies.values()]
    _share_rights(deliveries, deciders, now)
    stopped = why_stopped(deliveries)
    cases = [
        Case(
            delivery,
            approvals.get(delivery.version_id, {}),
            needed,
            items,
            now,
            stopped.get(delivery.pk, ""),
        )
        for delivery, needed in zip(deliveries, needed_on(_asked(deliveries)), strict=True)
    ]
    return {
        case.delivery.pk: _examine(_let_go(case, emergencies.get(case.delivery.version_id)))
        for case in cases
    }


def _let_go(case: Case, emergency: Emergency | None) -> Case:
    """In an emergency no stage comes before; its check comes afterwards."""
    return replace(case, needed=(), emergency=emergency) if emergency else case


def _asked(deliveries: Collection[Locked]) -> list[Asked]:
    return [asked_on(each.version, each.account, each.post) for each in deliveries]


def _approvals(deliveries: Collection[Locked]) -> dict[int, dict[Stage, Approval]]:
    """By version."""
    found = _approvals_of({delivery.version_id for delivery in deliveries})
    people = people_by_key({approval.decided_by_id for approval in found})
    by_version: dict[int, dict[Stage, Approval]] = defaultdict(dict)
    for approval in found:
        approval.decided_by = people[approval.decided_by_id]
        by_version[approval.version_id][Stage(approval.stage)] = approval
    return by_version


_approvals_of = Prepared(
    lambda versions: Approval.objects.filter(version__in=versions, decision=Decision.APPROVED)
)


def _load_assessments(accounts: Mapping[int, SocialAccount]) -> None:
    found = defaultdict(list)
    for assessment in _assessments_of(accounts):
        found[assessment.account_id].append(assessment)
    for account in accounts.values():
        keep_related(account, "risk_assessments", found[account.pk], RiskAssessment)


_assessments_of = Prepared(lambda accounts: RiskAssessment.objects.filter(account__in=accounts))


def _share_rights(
    deliveries: Collection[Locked], deciders: Collection[User], now: datetime
) -> None:
    """Give each person's rights, as they are now, to every object that stands for the person."""
    people = [
        *(person for each in deliveries for person in (each.post.author, each.version.edited_by)),
        *deciders,
    ]
    rights = rights_together(people, now)
    for person in people:
        person.rights = rights[person.pk]


def _examine(case: Case) -> Verdict:
    """What can never be put right is looked at first, so that it is not held in vain."""
    if Stage.APPROVAL not in case.approvals and case.emergency is None:
        return Verdict(Way.TAMPERED, "Nobody has approved this version.")
    for check in CHECKS:
        verdict = check(case)
        if verdict.way is not Way.SEND:
            return verdict
    return SEND


def _is_what_was_approved(case: Case) -> Verdict:
    version, given = case.delivery.version, case.approvals.values()
    deciders = [approval.decided_by_id for approval in given]
    if {case.delivery.post.author_id, version.edited_by_id} & set(deciders):
        return Verdict(Way.TAMPERED, "An approval is by somebody who wrote the post.")
    if len(set(deciders)) < len(deciders):
        return Verdict(Way.TAMPERED, "One person decided at two stages.")
    bound = {approval.digest for approval in given}
    if case.emergency:
        bound.add(case.emergency.digest)
    if {digest_of(version), version.digest} != bound:
        return Verdict(Way.TAMPERED, "The words, pictures or accounts are not what was approved.")
    if own_text(case.delivery) is None:
        return Verdict(Way.TAMPERED, "The approved version is not for this account.")
    return SEND


def _is_still_wanted(case: Case) -> Verdict:
    post = case.delivery.post
    if post.version_id != case.delivery.version_id:
        return Verdict(Way.REFUSE, "The post has been changed since; this version is not sent.")
    if post.state not in GOING_OUT:
        state = PostState(post.state).label.lower()
        return Verdict(Way.REFUSE, f"The post is not approved any more: it is {state}.")
    if was_not_in_order(case.emergency):
        return Verdict(Way.REFUSE, NOT_IN_ORDER)
    if case.delivery.is_being_taken_down:
        return Verdict(Way.REFUSE, "The post is being taken down.")
    return SEND


def _is_in_time(case: Case) -> Verdict:
    if not case.delivery.is_late(case.now, settings.MAX_LATENESS_MIN):
        return SEND
    return Verdict(Way.MISSED, too_late())


def _is_not_stopped(case: Case) -> Verdict:
    if case.delivery.is_stopped:
        return Verdict(Way.HOLD, case.stopped or "Delivery is stopped.")
    if case.delivery.was_stopped:
        # Nothing bursts out after a stop: what was right at its time may be wrong by now.
        return Verdict(Way.MISSED, overdue_after_a_stop())
    return SEND


def _has_every_stage(case: Case) -> Verdict:
    """What the route asks for may have grown since the post was approved."""
    lacking = missing(case.needed, case.approvals)
    if lacking is None:
        return SEND
    why = " and ".join(lacking.because)
    return Verdict(
        Way.HOLD,
        f"This needs {lacking.in_words} because {why}. It can be given on the post’s page.",
    )


def _people_still_may(case: Case) -> Verdict:
    post, version = case.delivery.post, case.delivery.version
    asked: list[tuple[User, Permission]] = [(post.author, Permission.WRITE_POST)]
    if version.edited_by_id != post.author_id:
        asked.append((version.edited_by, Permission.WRITE_POST))
    for needed in case.needed:
        asked.append((case.approvals[needed.stage].decided_by, needed.right))
    if case.emergency:
        asked.append((case.emergency.released_by, Permission.PUBLISH_IN_EMERGENCY))
    for person, permission in asked:
        explanation = explain(person, permission, on=case.delivery.account)
        if not explanation.allowed:
            why = " ".join(missing.what for missing in explanation.missing)
            return Verdict(Way.HOLD, f"{person.name} may not {permission} now. {why}")
    return SEND


def _account_is_ready(case: Case) -> Verdict:
    found = list(obstacles(case.delivery.account))
    return Verdict(Way.HOLD, " ".join(missing.what for missing in found)) if found else SEND


def _people_may_be_shown(case: Case) -> Verdict:
    """A consent may have been withdrawn, or have ended, since the post was approved."""
    today = timezone.localdate(case.now)
    for used in case.delivery.version.media.all():
        for obstacle in obstacles_to_showing(case.items.get(used.file.digest), today):
            return Verdict(Way.HOLD, f"{used.file}: {obstacle.what}. {obstacle.do}.")
    return SEND


CHECKS: tuple[Callable[[Case], Verdict], ...] = (
    _is_what_was_approved,
    _is_still_wanted,
    _is_in_time,
    _is_not_stopped,
    _has_every_stage,
    _people_still_may,
    _account_is_ready,
    _people_may_be_shown,
)


def too_late() -> str:
    return f"It was not sent within {settings.MAX_LATENESS_MIN:g} minutes of its time."
