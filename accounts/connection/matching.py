"""Which of the accounts that a person let us use is the one on the register, if any.

A wrong connection looks healthy until something is posted in another account's name.
"""

from __future__ import annotations

from collections.abc import Sequence

from accounts.connection.identity import same_handle
from accounts.models import AccountState, SocialAccount
from platforms.sign_in import Candidate

MOST_NAMED = 5


class WrongAccount(Exception):
    """None of them is; the message says who it was, who it should be, and what to do."""


def the_right_one(account: SocialAccount, candidates: Sequence[Candidate]) -> Candidate:
    """The candidate that is `account`: by the platform's id where it is known, else by its handle.

    Raises WrongAccount, also for one that stands elsewhere on the register.
    """
    offered = [each for each in candidates if each.platform == account.platform]
    for candidate in offered:
        if _is(account, candidate):
            _guard_nobody_elses(account, candidate)
            return candidate
    raise WrongAccount(_who_it_was(account, offered))


def _is(account: SocialAccount, candidate: Candidate) -> bool:
    if account.remote_id:
        return candidate.identity.remote_id == account.remote_id
    return same_handle(candidate.identity.handle, account.handle)


def _guard_nobody_elses(account: SocialAccount, candidate: Candidate) -> None:
    others = SocialAccount.objects.exclude(pk=account.pk).exclude(state=AccountState.CLOSED)
    other = others.filter(platform=account.platform, remote_id=candidate.identity.remote_id).first()
    if other is not None:
        raise WrongAccount(
            f"@{candidate.identity.handle} stands on the register a second time, as {other}."
            " Close one of the two, then connect the other."
        )


def _who_it_was(account: SocialAccount, offered: Sequence[Candidate]) -> str:
    platform = account.platform_name
    if not offered:
        return (
            f"Whoever signed in at {platform} runs no account there that we could use. It should"
            f" be @{account.handle}."
        )
    names = [f"@{each.identity.handle}" for each in offered[:MOST_NAMED]]
    more = len(offered) - len(names)
    found = " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
    if more:
        found = f"{', '.join(names)} and {more} more"
    namesake = any(same_handle(each.identity.handle, account.handle) for each in offered)
    if account.remote_id and namesake:
        return (
            f"{platform} says that @{account.handle} is not the account that stands on the"
            f" register: its number there is another than {account.remote_id}. Somebody else may"
            " have taken the name. Tell the digital team before anything is posted."
        )
    return (
        f"You signed in at {platform} as {found}. It should be @{account.handle}. Sign out there,"
        " or choose the right account, and connect again."
    )
