"""Taking posts off an account that is being closed: cancelled there, or moved to another account.

What is moved says its words somewhere else, so it is another version and must be approved again;
whoever moves it has edited it, and does not approve it. Where the words do not suit the other
account, the post goes back to its author as a draft for that one. Nothing unapproved leaves.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from accounts.access import demand, explain
from accounts.models import AccountState, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from publishing.actions.replacing import keep_in_draft, replace_version
from publishing.actions.submitting import withdraw_locked
from publishing.actions.voiding import CANCELLABLE, void_decision
from publishing.checks.registry import blocking_findings
from publishing.composition import Composition, Part, composition_of, parts_of
from publishing.delivery.moves import move_all
from publishing.drafts import Content
from publishing.errors import AlreadyOut, Conflict, Refused
from publishing.locks import lock_deliveries, lock_post, move_to
from publishing.models import UNDECIDED, DeliveryState, Post, PostState, Version
from publishing.outcomes import post_state_after
from publishing.rights import require

GOING_OUT = frozenset({PostState.APPROVED, PostState.SCHEDULED, PostState.PART_PUBLISHED})


@transaction.atomic
def cancel_on(*, post_id: int, account: SocialAccount, by: User, reason: str) -> Post:
    """Keep the post from going out on `account`. Its other accounts still get what was approved.

    One for this account only is withdrawn. Where it still awaits approval it gets a version
    without the account; nothing in it was written anew, so its editor stays. Doing it again is
    harmless. Raises AlreadyOut, Conflict and NotAllowed.
    """
    post, version = _locked(post_id, account, by)
    composition = composition_of(version)
    if account not in composition.accounts:
        return post
    if post.state in GOING_OUT:
        _cancel_deliveries(post, version, account, by, reason)
    elif post.state in UNDECIDED and len(composition.accounts) > 1:
        _without(post, version, composition, account, by, reason)
    elif post.state in UNDECIDED:
        withdraw_locked(post, by=by, reason=reason, cancelled_because=reason)
    return post


@transaction.atomic
def move_to_account(
    *, post_id: int, account: SocialAccount, to: SocialAccount, by: User, reason: str
) -> Post:
    """Have the post go out on `to` instead of `account`.

    It comes back awaiting approval, or as a draft where a check stands in the way (too long there,
    or its time has passed). Its author must be allowed to write for `to`: nobody else's post can
    be sent. Raises AlreadyOut, Conflict, Refused and NotAllowed; then nothing is changed.
    """
    post, version = _locked(post_id, account, by)
    require(by, Permission.WRITE_POST, on=to, to=f"write for {to}")
    composition = composition_of(version)
    if account not in composition.accounts:
        return post
    _refuse_target(post, account, to)
    elsewhere = _elsewhere(composition, account, to)
    before = post.state
    void_decision(post, by=by, reason=reason)
    if blocking_findings(elsewhere):
        _return_as_draft(post, version, account, to)
    else:
        replace_version(post, version, elsewhere, edited_by=by)
        _begin_again(post)
    post.save()
    record(
        Event.POST_REDIRECTED,
        by=by,
        on=post,
        before={"account": str(account), "state": before},
        after={"account": str(to), "state": post.state},
        reason=reason,
    )
    return post


def _locked(post_id: int, account: SocialAccount, by: User) -> tuple[Post, Version]:
    post = lock_post(post_id)
    demand(by, Permission.CLOSE_ACCOUNT, on=account)
    state = SocialAccount.objects.values_list("state", flat=True).get(pk=account.pk)
    if state != AccountState.CLOSING:
        raise Conflict(f"{account} is not being closed any more.")
    if post.version is None:
        raise Conflict("This post is a draft: its author changes its accounts in the form.")
    return post, post.version


def _cancel_deliveries(
    post: Post, version: Version, account: SocialAccount, by: User, reason: str
) -> None:
    deliveries = [each for each in lock_deliveries(post) if each.version_id == version.pk]
    here = [each for each in deliveries if each.account_id == account.pk]
    if any(each.state in (DeliveryState.SENDING, DeliveryState.UNKNOWN) for each in here):
        raise AlreadyOut(f"{account} may have it already. Say first whether it is live.")
    still = [each for each in here if each.state in CANCELLABLE]
    others = [each for each in deliveries if each.account_id != account.pk]
    if still and all(each.state == DeliveryState.CANCELLED for each in others):
        withdraw_locked(post, by=by, reason=reason, cancelled_because=reason)
        return
    move_all(still, DeliveryState.CANCELLED, timezone.now(), reason=reason)
    for delivery in still:
        record(Event.DELIVERY_CANCELLED, by=by, on=delivery, reason=reason)
    post_state_after(post)


def _without(
    post: Post,
    version: Version,
    composition: Composition,
    account: SocialAccount,
    by: User,
    reason: str,
) -> None:
    rest = tuple(part for part in composition.parts if part.account != account)
    void_decision(post, by=by, reason=reason)
    fewer = replace_version(
        post, version, replace(composition, parts=rest), edited_by=version.edited_by
    )
    _begin_again(post)
    post.save()
    record(
        Event.POST_VERSION_MADE,
        by=by,
        on=post,
        after={
            "version": fewer.number,
            "digest": fewer.digest,
            "accounts": [str(part.account) for part in rest],
        },
        reason=reason,
    )


def _begin_again(post: Post) -> None:
    """What was approved of another version counts for nothing."""
    if post.state != PostState.AWAITING_APPROVAL:
        move_to(post, PostState.AWAITING_APPROVAL)


def _refuse_target(post: Post, account: SocialAccount, to: SocialAccount) -> None:
    if to == account or to.state != AccountState.LIVE:
        raise Refused(f"{to} is not live: choose another account.", "to")
    author = explain(post.author, Permission.WRITE_POST, on=to)
    if not author.allowed:
        why = " ".join(missing.what for missing in author.missing)
        raise Refused(f"{post.author.name}, who wrote it, may not write for {to}. {why}", "to")


def _elsewhere(composition: Composition, account: SocialAccount, to: SocialAccount) -> Composition:
    """The same post for `to` instead; one that is for `to` anyway just loses the other."""
    kept = [part for part in composition.parts if part.account != account]
    texts = [(part.account, part.text, part.is_own) for part in kept]
    if to not in [part.account for part in kept]:
        moved = _part(composition, account)
        texts.append((to, moved.text, moved.is_own))
    return replace(composition, parts=parts_of(texts, composition.link, composition.tags))


def _part(composition: Composition, account: SocialAccount) -> Part:
    return next(part for part in composition.parts if part.account == account)


def _return_as_draft(
    post: Post, version: Version, account: SocialAccount, to: SocialAccount
) -> None:
    content = Content.of_version(version)
    own = dict(content.own_texts)
    if account.pk in own:
        own.setdefault(to.pk, own.pop(account.pk))
    own.pop(account.pk, None)
    accounts = dict.fromkeys(to.pk if pk == account.pk else pk for pk in content.account_ids)
    keep_in_draft(post, replace(content, account_ids=tuple(accounts), own_texts=tuple(own.items())))
    move_to(post, PostState.DRAFT)
    post.changed_at = timezone.now()
