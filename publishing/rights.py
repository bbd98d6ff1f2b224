"""Who may do what with a post: the rules that need more than one permission."""

from __future__ import annotations

from accounts.access import Explanation, Governed, explain, may
from accounts.models import User
from accounts.permissions import Permission
from publishing.errors import NotAllowed, OwnWork
from publishing.models import Post, Version


def explain_editing(user: User, post: Post) -> Explanation:
    """Editing takes the right to write on every account of the newest version.

    A draft that never was a version belongs to its author; nobody else may, but for those who may
    write everywhere.
    """
    if post.version is None and post.author_id == user.pk:
        return explain(user, Permission.WRITE_POST)
    return explain(user, Permission.WRITE_POST, on=post)


def may_edit(user: User, post: Post) -> bool:
    return explain_editing(user, post).allowed


def may_take_away(user: User, post: Post) -> bool:
    """Withdrawing and archiving: the author always, while employed; else who may move its time.

    Keeping a post from going out needs no training.
    """
    if post.author_id == user.pk:
        return user.is_employed()
    return may(user, Permission.SCHEDULE_POST, on=post)


def is_own_work(user: User, post: Post, version: Version) -> bool:
    """Whether the person wrote the post or last edited this version: they never decide on it."""
    return user.pk in (post.author_id, version.edited_by_id)


def refuse_second_decision(user: User, version: Version) -> None:
    """Nobody decides twice about one version: the second check is by another pair of eyes."""
    if version.approvals.filter(decided_by=user).exists():
        raise OwnWork("You gave this post its approval. Somebody else has to check it again.")


def require(user: User, permission: Permission, *, on: Governed, to: str) -> None:
    """Raise NotAllowed, with what is missing, unless `user` holds the permission on all of `on`."""
    refuse_unless(explain(user, permission, on=on), to)


def refuse_unless(explanation: Explanation, to: str) -> None:
    if not explanation.allowed:
        words = " ".join(missing.what for missing in explanation.missing)
        raise NotAllowed(f"You cannot {to}. {words}", explanation)


def refuse_own_work(user: User, post: Post, version: Version) -> None:
    """Nobody approves their own words, whatever their roles."""
    if post.author_id == user.pk:
        raise OwnWork("You wrote this post. Somebody else has to decide about it.")
    if version.edited_by_id == user.pk:
        raise OwnWork("You were the last to edit this post. Somebody else has to decide about it.")
