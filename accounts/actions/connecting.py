"""Connecting an account by signing in at its platform: there, and back.

A person goes to the platform with a state that only they and we know, allows what is asked, and
comes back with a code. The code becomes tokens with nothing locked; they are kept only where they
open the account that is on the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.access import demand
from accounts.actions.credentials import store
from accounts.actions.keeping_identity import keep_identity, keep_linked
from accounts.connection.matching import WrongAccount, the_right_one
from accounts.connection.platform_apps import way_in, with_same_way_in
from accounts.encryption import Undecryptable, decrypt, encrypt
from accounts.models import AccountState, Credential, SignInAttempt, SocialAccount, User
from accounts.permissions import Permission
from audit.catalogue import Event
from audit.record import record
from platforms.errors import PlatformError
from platforms.known import is_publishable
from platforms.sign_in import (
    Candidate,
    NotAllowed,
    NotSetUp,
    Scope,
    SignIn,
    Tokens,
    code_in,
    new_state,
    new_verifier,
    not_granted,
)

LASTS = timedelta(minutes=10)
KEPT = timedelta(days=1)
"""How long an attempt that came to nothing is kept, to say of a late answer that it is too late."""


class NotConnected(Exception):
    """Nothing was connected; the message may be shown to a person."""

    def __init__(self, message: str, account: SocialAccount | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.account = account


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send the person, and what they will be asked to allow."""

    address: str = field(repr=False)
    scopes: tuple[Scope, ...]


@dataclass(frozen=True, slots=True)
class Connected:
    """What was connected, what was asked and not allowed, and what was learnt besides."""

    account: SocialAccount
    credential: Credential
    declined: tuple[Scope, ...]
    linked: tuple[str, ...]


@transaction.atomic
def begin_connecting(*, by: User, account: SocialAccount) -> Begun:
    """Let `by` go to the platform. Raises ValidationError where nobody can connect the account."""
    locked = _lock(account)
    demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    _guard(locked)
    try:
        way = way_in(locked.platform)
    except NotSetUp as why:
        raise ValidationError(why.message) from None
    state, verifier, now = new_state(), new_verifier(), timezone.now()
    SignInAttempt.objects.filter(expires_at__lt=now - KEPT).delete()
    SignInAttempt.objects.create(
        state_hash=_hash(state),
        account=locked,
        begun_by=by,
        verifier=encrypt(verifier.encode()),
        begun_at=now,
        expires_at=now + LASTS,
    )
    record(Event.CONNECTION_BEGUN, by=by, on=locked)
    return Begun(way.address(state, verifier), way.scopes)


def finish_connecting(*, by: User, platform: str, query: Mapping[str, str]) -> Connected:
    """Take what came back with the person, and connect the account if it is the right one.

    `query` is that of the address by which they came. Calls the platform, so never in a
    transaction. Raises NotConnected.
    """
    attempt, wrong = _use(by, platform, query.get("state", ""))
    try:
        if wrong:
            raise NotAllowed(wrong)
        return _go_through(by, attempt, query)
    except (PlatformError, WrongAccount) as why:
        said = str(why)
    except ValidationError as refusal:
        said = " ".join(refusal.messages)
    except Undecryptable:
        said = "The keys of this service were changed meanwhile. Connect again."
    with transaction.atomic():
        record(Event.CONNECTION_REFUSED, by=by, on=attempt.account, after={"why": said})
    raise NotConnected(said, attempt.account)


@transaction.atomic
def _use(by: User, platform: str, state: str) -> tuple[SignInAttempt, str]:
    """The attempt with that state, spent by this whoever comes with it, and what is wrong.

    Raises NotConnected where there is none.
    """
    attempt = (
        SignInAttempt.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(state_hash=_hash(state), account__platform=platform)
        .first()
    )
    if attempt is None:
        raise NotConnected(
            "Nobody went to the platform from here with what came back. Connect again."
        )
    demand(by, Permission.MANAGE_ACCOUNTS, on=attempt.account)
    wrong = _wrong_with(attempt, by)
    if not attempt.used_at:
        # The verifier is of no use any more, so nothing is left to be read.
        spent = SignInAttempt.objects.filter(pk=attempt.pk)
        spent.update(used_at=timezone.now(), verifier=b"")
    return attempt, wrong


def _wrong_with(attempt: SignInAttempt, by: User) -> str:
    if attempt.used_at:
        return "This answer of the platform was used already. Connect again."
    if attempt.begun_by_id != by.pk:
        return "Somebody else began this. Connect the account yourself."
    if attempt.expires_at <= timezone.now():
        return "It took longer than ten minutes. Connect again."
    return ""


def _go_through(by: User, attempt: SignInAttempt, query: Mapping[str, str]) -> Connected:
    """Ask the platform, with nothing locked, and keep what opens the right account."""
    way = way_in(attempt.account.platform)
    code, verifier = code_in(query), decrypt(bytes(attempt.verifier)).decode()
    tokens = way.exchange(code, verifier)
    candidates = way.candidates(tokens)
    try:
        return _keep(by, attempt.account, way, tokens, candidates)
    except (NotAllowed, WrongAccount):
        _let_go(attempt.account.platform, way, candidates)
        raise


@transaction.atomic
def _keep(
    by: User,
    account: SocialAccount,
    way: SignIn,
    tokens: Tokens,
    candidates: Sequence[Candidate],
) -> Connected:
    """Compared with the register as it is now, whatever was changed there meanwhile."""
    locked = _lock(account)
    demand(by, Permission.MANAGE_ACCOUNTS, on=locked)
    _guard(locked)
    declined = not_granted(way.scopes, tokens)
    _guard_scopes(locked, declined)
    chosen = the_right_one(locked, candidates)
    if chosen.obstacle:
        raise NotAllowed(f"{chosen.obstacle} Ask whoever runs @{chosen.identity.handle} there.")
    keep_identity(by, locked, chosen.identity)
    kept = store(
        by=by,
        account=locked,
        credential=chosen.credential,
        remote_name=f"@{chosen.identity.handle}",
        expires_at=tokens.expires_at,
        # A platform that renews nothing gives tokens for an account that do not end by themselves.
        access_expires_at=tokens.access_expires_at if way.refreshes else None,
        scopes=tokens.scopes,
        granted_as=chosen.allowed_by,
    )
    linked = keep_linked(by, chosen, candidates, expires_at=tokens.expires_at)
    return Connected(locked, kept, declined, linked)


def _guard_scopes(account: SocialAccount, declined: Sequence[Scope]) -> None:
    needed = [f"“{scope.words}”" for scope in declined if scope.needed]
    if needed:
        raise NotAllowed(
            f"{account.platform_name} says that you did not allow {' and '.join(needed)}. Without"
            " that the account cannot be used from here. Connect again and allow it."
        )


def _let_go(platform: str, way: SignIn, candidates: Sequence[Candidate]) -> None:
    """Take back what was allowed for the wrong account, if nothing here rests on it.

    The tokens are forgotten in any case; should the platform not answer, nobody holds them.
    """
    first = {each.allowed_by: each for each in reversed(candidates)}
    in_use = Credential.objects.filter(
        granted_as__in=first, account__platform__in=with_same_way_in(platform)
    )
    for allowed_by in set(first) - set(in_use.values_list("granted_as", flat=True)):
        with suppress(PlatformError):
            way.revoke(first[allowed_by].credential, allowed_by)


def _lock(account: SocialAccount) -> SocialAccount:
    return SocialAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)


def _guard(account: SocialAccount) -> None:
    if account.state in (AccountState.DRAFT, AccountState.CLOSED):
        state = AccountState(account.state).label.lower()
        raise ValidationError(f"{account} cannot be connected: it is {state}.")
    if not is_publishable(account.platform):
        raise ValidationError(
            f"Nothing connects to {account.platform_name} yet: the account is used by hand."
        )


def _hash(state: str) -> str:
    return sha256(state.encode(errors="replace")).hexdigest()
