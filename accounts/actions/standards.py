"""Going through the standards checklist of an account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.checking import put_answer, record_answer
from accounts.actions.locking import lock_account
from accounts.housekeeping.standards import BRAND, Standard, fingerprint_of, standards_of
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.risk.reviews import IN_USE
from audit.catalogue import Event
from audit.record import record


@dataclass(frozen=True, slots=True)
class Found:
    """What somebody says of one item; `note` is what was seen, or what is to be put right."""

    is_met: bool
    note: str


@transaction.atomic
def check_standards(
    *, by: User | None, account: SocialAccount, found: Mapping[str, Found], seen: str = ""
) -> SocialAccount:
    """Keep what was found, by the keys of the items; what is as it was leaves no entry.

    Once every item is met, the standards count as checked on that day; as soon as one is not, they
    do not. `seen` is the `fingerprint_of` the checklist as the person saw it. Raises
    ValidationError, by item, for one that is not met and does not say why, and for an account that
    is not in use.
    """
    locked = lock_account(account)
    if by is not None:
        demand(by, Permission.CHECK_ACCOUNT, on=locked)
    before = standards_of(locked)
    _guard(locked, before, found, seen)
    changed = [
        (each.item, put_answer(locked, each.item, is_met=one.is_met, proof=one.note.strip(), by=by))
        for each, one in ((each, found.get(each.item.key)) for each in before)
        if one and not _says_the_same(each, one)
    ]
    days = _put_days(locked, found)
    for item, (kept, was) in changed:
        record_answer(kept, item, was, by=by)
    if days:
        was_on, now_on = days
        record(Event.CHECK_ANSWERED, by=by, on=locked, before=was_on, after=now_on)
    return locked


def _put_days(
    account: SocialAccount, found: Mapping[str, Found]
) -> tuple[dict[str, object], dict[str, object]] | None:
    """Since when the standards, and the branding among them, count as checked: before and after."""
    today = timezone.localdate()
    all_met = all(each.answer and each.answer.is_met for each in standards_of(account))
    now_on: dict[str, object] = {"standards_checked_on": today if all_met else None}
    if BRAND.key in found:
        now_on["branding_checked_on"] = today if found[BRAND.key].is_met else None
    was_on = {name: getattr(account, name) for name in now_on}
    if now_on == was_on:
        return None
    for name, day in now_on.items():
        setattr(account, name, day)
    account.save(update_fields=list(now_on))
    return was_on, now_on


def _guard(
    account: SocialAccount, before: list[Standard], found: Mapping[str, Found], seen: str
) -> None:
    if account.state not in IN_USE:
        raise ValidationError(f"{account} is not in use: its standards are not checked.")
    if seen and seen != fingerprint_of(before):
        raise ValidationError(
            "Somebody else checked this account while you did. Read what they found on the"
            " account’s page, then save again what still holds."
        )
    errors = {
        key: "Say what is to be put right."
        for key, one in found.items()
        if not one.is_met and not one.note.strip()
    }
    if errors:
        raise ValidationError(errors)


def _says_the_same(before: Standard, one: Found) -> bool:
    answer = before.answer
    return answer is not None and (answer.is_met, answer.proof) == (one.is_met, one.note.strip())
