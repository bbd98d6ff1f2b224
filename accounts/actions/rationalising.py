"""Rationalisation: opening a round, deciding on each account, carrying it out, ending the round."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.carried_out import put_done
from accounts.actions.locking import lock_account
from accounts.housekeeping.rationalisation import accounts_of, token_of
from accounts.lengths import refuse_too_long
from accounts.models import (
    AccountState,
    Fate,
    RationalisationDecision,
    RationalisationRound,
    SocialAccount,
    User,
)
from accounts.permissions import Permission
from accounts.risk.reviews import IN_USE
from audit.catalogue import Event
from audit.record import record


class DecidedMeanwhile(ValidationError):
    """Somebody else decided on the account since the page was opened; `token` is the newer one."""

    def __init__(self, decision: RationalisationDecision) -> None:
        merged = f" into {decision.merge_into}" if decision.merge_into else ""
        super().__init__(
            f"{decision.by.name} decided meanwhile: {decision.get_fate_display().lower()}{merged},"
            f" because “{decision.reason.removesuffix('.')}”. Save again to decide otherwise."
        )
        self.token = token_of(decision)


@transaction.atomic
def open_round(*, by: User, name: str, due_on: date) -> RationalisationRound:
    """Begin a round about every account in use. Raises ValidationError for a name in use."""
    demand(by, Permission.RATIONALISE)
    name = " ".join(name.split())
    if not name:
        raise ValidationError({"name": "Enter a name for the round."})
    if due_on < timezone.localdate():
        raise ValidationError({"due_on": "The day must be today or later."})
    if RationalisationRound.objects.filter(name__iexact=name, closed_at__isnull=True).exists():
        raise ValidationError({"name": "A round of this name is open already."})
    made = RationalisationRound(name=name, due_on=due_on, opened_by=by)
    refuse_too_long(made)
    made.save()
    facts = {"due_on": due_on, "accounts": accounts_of(made).count()}
    record(Event.RATIONALISATION_OPENED, by=by, on=made, after=facts)
    return made


@transaction.atomic
def decide(
    *,
    by: User,
    round_: RationalisationRound,
    account: SocialAccount,
    fate: str,
    reason: str,
    merge_into: SocialAccount | None = None,
    due_on: date | None = None,
    seen: str = "",
) -> RationalisationDecision:
    """Keep, fix, merge or close: what becomes of `account`. To keep it is done at once.

    Deciding again replaces the decision, which stays in the audit trail. `seen` is the `token_of`
    the decision as the person saw it: raises DecidedMeanwhile where somebody else was quicker.
    Raises ValidationError without a reason, and for what contradicts another decision.
    """
    held = _open_round(round_)
    locked = lock_account(account)
    demand(by, Permission.RATIONALISE, on=locked)
    before = held.decisions.filter(account=locked).select_related("by", "merge_into").first()
    if seen and before and seen != token_of(before):
        raise DecidedMeanwhile(before)
    _guard(held, locked, fate, reason, merge_into, due_on)
    was = _facts(before) if before else None
    made = before or RationalisationDecision(round=held, account=locked)
    made.fate, made.reason, made.by, made.at = fate, reason.strip(), by, timezone.now()
    made.merge_into = merge_into if fate == Fate.MERGE else None
    made.due_on = due_on if fate != Fate.KEEP else None
    made.done_at = made.at if fate == Fate.KEEP else None
    refuse_too_long(made)
    made.save()
    record(
        Event.RATIONALISATION_DECIDED,
        by=by,
        on=locked,
        before=was,
        after=_facts(made),
        reason=made.reason,
    )
    return made


@transaction.atomic
def mark_done(*, by: User, decision: RationalisationDecision) -> None:
    """Record that what was decided is carried out. An account to be merged or closed is closed."""
    rows = RationalisationDecision.objects.select_for_update(of=("self",))
    locked = rows.select_related("account", "round").get(pk=decision.pk)
    demand(by, Permission.RATIONALISE, on=locked.account)
    if locked.done_at:
        raise ValidationError("This is recorded as done already.")
    if locked.fate != Fate.FIX and locked.account.state != AccountState.CLOSED:
        raise ValidationError(f"{locked.account} is not closed yet. It is done once it is.")
    put_done(locked, by=by)


@transaction.atomic
def end_round(*, by: User, round_: RationalisationRound, reason: str = "") -> None:
    """End it: nothing is decided in it any more, but what was decided can still be done.

    Raises ValidationError while accounts are undecided and no reason is given.
    """
    held = _open_round(round_)
    demand(by, Permission.RATIONALISE)
    open_still = accounts_of(held).filter(fate__isnull=True).count()
    if open_still and not reason.strip():
        accounts = "account is" if open_still == 1 else "accounts are"
        wrong = f"{open_still:,} {accounts} not decided. Decide, or say why it ends without."
        raise ValidationError({"reason": wrong})
    held.closed_at, held.closed_by = timezone.now(), by
    held.save(update_fields=["closed_at", "closed_by"])
    facts = {"not_decided": open_still}
    record(Event.RATIONALISATION_CLOSED, by=by, on=held, after=facts, reason=reason.strip())


def _open_round(round_: RationalisationRound) -> RationalisationRound:
    """Locked, so that whoever decides and whoever ends it come one after the other."""
    held = RationalisationRound.objects.select_for_update().get(pk=round_.pk)
    if held.closed_at:
        raise ValidationError(f"{held} has ended.")
    return held


def _guard(
    round_: RationalisationRound,
    account: SocialAccount,
    fate: str,
    reason: str,
    merge_into: SocialAccount | None,
    due_on: date | None,
) -> None:
    if account.state not in IN_USE:
        raise ValidationError(f"{account} is not in use: there is nothing to decide.")
    if fate not in Fate.values:
        raise ValidationError({"fate": "Choose what becomes of the account."})
    if not reason.strip():
        raise ValidationError({"reason": "Enter a reason."})
    if due_on and due_on < timezone.localdate():
        raise ValidationError({"due_on": "The day must be today or later."})
    if fate == Fate.MERGE:
        _guard_target(round_, account, merge_into)
    if fate in (Fate.MERGE, Fate.CLOSE):
        into_it = round_.decisions.filter(merge_into=account).select_related("account")
        if others := ", ".join(str(each.account) for each in into_it):
            raise ValidationError(
                {"fate": f"It stays, because others are to be merged into it: {others}."}
            )


def _guard_target(
    round_: RationalisationRound, account: SocialAccount, target: SocialAccount | None
) -> None:
    if target is None:
        raise ValidationError({"merge_into": "Choose the account into which it is merged."})
    if target.pk == account.pk:
        raise ValidationError({"merge_into": "Choose another account than this one."})
    if target.state not in IN_USE:
        raise ValidationError({"merge_into": f"{target} is not in use."})
    leaves = round_.decisions.filter(account=target, fate__in=(Fate.MERGE, Fate.CLOSE))
    if leaves.exists():
        raise ValidationError({"merge_into": f"{target} is not to stay either."})


def _facts(decision: RationalisationDecision) -> dict[str, object]:
    return {
        "round": decision.round.name,
        "fate": decision.get_fate_display().lower(),
        "merged_into": str(decision.merge_into) if decision.merge_into else "",
        "due_on": decision.due_on.isoformat() if decision.due_on else "",
    }
