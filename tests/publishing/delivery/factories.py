"""Approved posts and their deliveries, as the actions of publishing leave them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.actions.credentials import store
from accounts.models import SocialAccount, User
from publishing.digest import digest_of
from publishing.models import (
    Approval,
    Decision,
    Delivery,
    Post,
    PostState,
    Version,
    VersionText,
)
from tests.factories import AccountFactory, approver_of, drafter_of


def connected_account(platform: str = "x", **fields: Any) -> SocialAccount:
    """A live account with a credential (one that no platform knows)."""
    account = AccountFactory(platform=platform, **fields)
    connect_account(account)
    return account


def connect_account(account: SocialAccount) -> dict[str, str]:
    """Store a made-up credential for the account, and return it."""
    names = account.platform_facts.credential_fields
    credential = {name: f"{name}-of-{account.handle}" for name in names}
    store(by=None, account=account, credential=credential)
    return credential


def approved_post(
    *accounts: SocialAccount,
    text: str = "The library is open on Sunday.",
    due_at: datetime | None = None,
    author: User | None = None,
    approver: User | None = None,
    link: str = "",
) -> Post:
    """A post that a second person approved, with a waiting delivery for each account."""
    due = due_at or timezone.now()
    author = author or drafter_of(*accounts)
    post = Post.objects.create(author=author, title="Sunday", publish_at=due)
    version = Version.objects.create(
        post=post, number=1, edited_by=author, title="Sunday", text=text, link=link, publish_at=due
    )
    for account in accounts:
        VersionText.objects.create(version=version, account=account, text=text)
    seal(version)
    post.version = version
    post.state = PostState.SCHEDULED
    post.save()
    approve(version, approver or approver_of(*accounts))
    for account in accounts:
        Delivery.objects.create(post=post, version=version, account=account, due_at=due, try_at=due)
    return post


def seal(version: Version) -> None:
    """Give a version the digest of its rows."""
    version.digest = digest_of(version)
    version.save()


def approve(version: Version, approver: User) -> Approval:
    return Approval.objects.create(
        version=version,
        decision=Decision.APPROVED,
        digest=version.digest,
        author=version.post.author,
        editor=version.edited_by,
        decided_by=approver,
    )


def waiting(account: SocialAccount | None = None, **fields: Any) -> Delivery:
    """One waiting delivery, due now unless `due_at` says otherwise."""
    post = approved_post(account or connected_account(), **fields)
    return post.deliveries.get()
