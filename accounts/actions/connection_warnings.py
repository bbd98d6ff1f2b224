"""Warning whoever can do something about it that a connection draws to its end."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.actions.letters import answerable_people, send_waiting
from accounts.connection.endings import WARNED_AHEAD
from accounts.connection.letter import send_connection_letter
from accounts.health import credential_of
from accounts.models import CorporateGrant, Credential, SocialAccount, User, Warned, WarningKind
from accounts.permissions import CorporateRole
from accounts.risk.reviews import IN_USE
from audit.catalogue import Event
from audit.record import record

AHEAD = (WARNED_AHEAD.days, 7, 1)
"""Days before the end on which a warning is given."""


def warn_of_connections() -> int:
    """Give every warning that is due and was not given; the answer is how many.

    May be called again at any time: each is given once. Only of accounts in use, and not of those
    that the platform has refused already: that is a task for the digital team, and no warning.
    """
    today = timezone.localdate()
    ending = Credential.objects.filter(
        account__state__in=IN_USE,
        refused_at__isnull=True,
        # A day more: the first warning is for a day, not for an hour of it.
        expires_at__lte=timezone.now() + WARNED_AHEAD + timedelta(days=1),
        expires_at__gt=timezone.now(),
    )
    ids = list(ending.order_by("expires_at").values_list("account", flat=True))
    given = sum(_warn(account_id, today) for account_id in ids)
    send_waiting(WarningKind.CONNECTION, _send_letter)
    return given


def warning_due(ends_on: date, today: date) -> int | None:
    """The most urgent warning whose day has come; None before the first and after the end."""
    left = (ends_on - today).days
    return min((days for days in AHEAD if 0 <= left <= days), default=None)


def people_to_tell(account: SocialAccount) -> list[User]:
    """The owner, the deputy and the digital team, each once."""
    digital = CorporateGrant.objects.in_force().filter(role=CorporateRole.DIGITAL_TEAM)
    team = User.objects.employed().filter(pk__in=digital.values("user")).order_by("name", "pk")
    return list(dict.fromkeys([*answerable_people(account), *team]))


@transaction.atomic
def _warn(account_id: int, today: date) -> bool:
    account = SocialAccount.objects.select_for_update(of=("self",)).get(pk=account_id)
    kept = credential_of(account)
    ends_on = _end_of(kept)
    days = warning_due(ends_on, today) if ends_on else None
    if kept is None or ends_on is None or days is None or account.state not in IN_USE:
        return False
    _, is_new = Warned.objects.get_or_create(
        kind=WarningKind.CONNECTION, account=account, about=_about(kept), days=days
    )
    if is_new:
        told = ", ".join(person.name for person in people_to_tell(account)) or "nobody"
        facts = {"why": f"on {ends_on:%-d %B %Y}", "told": told}
        record(Event.CONNECTION_WARNED, by=None, on=account, after=facts)
    return is_new


def _send_letter(warned: Warned) -> None:
    account = warned.account
    kept = credential_of(account)
    # Connected again, refused or on its way out while the letter waited.
    if kept is None or _about(kept) != warned.about or account.state not in IN_USE:
        return
    ends_on, people = _end_of(kept), people_to_tell(account)
    if ends_on is not None and people:
        send_connection_letter(account, ends_on, to=people)


def _end_of(kept: Credential | None) -> date | None:
    """The last day, here; None where the connection has no end, or works no more anyhow."""
    if kept is None or kept.refused_at or kept.expires_at is None:
        return None
    return timezone.localdate(kept.expires_at)


def _about(kept: Credential) -> str:
    """One end of one connection: tokens that are renewed every hour do not begin it anew."""
    return f"{kept.pk} {_end_of(kept)}"
