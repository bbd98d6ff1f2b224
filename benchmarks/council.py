"""A council for the benchmarks: two people, many accounts on a sandbox, approved posts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count, cycle, islice

from django.db import transaction
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from accounts.actions.register import Assessment, add_live_account
from accounts.models import ServiceArea, SocialAccount
from platforms.contract import Identity
from platforms.registry import PLATFORMS
from platforms.sandbox.remote import Control
from publishing.digest import digest_of
from publishing.models import (
    Approval,
    Decision,
    Delivery,
    Post,
    PostState,
    Version,
    VersionMedia,
    VersionText,
)
from tests.factories import READY, communications_officer, digital_officer, safe_facts

ON = ("x", "facebook")
"""Those that take words alone. A video costs the platform more than it costs us."""


class Council:
    """`accounts` of them, live and connected to the sandbox that `control` steers."""

    def __init__(self, control: Control, accounts: int) -> None:
        self.control = control
        self.author = communications_officer(name="Asha Author")
        self.approver = communications_officer(name="Ali Approver")
        self.digital = digital_officer(name="Dina Digital")
        self.area = ServiceArea.objects.create(name="Benchmarks")
        self.accounts = [self._account(ON[n % len(ON)], f"bench{n}") for n in range(accounts)]
        self._numbers = count(1)

    def _account(self, platform: str, handle: str) -> SocialAccount:
        credential = {name: f"{name}-of-{handle}" for name in PLATFORMS[platform].credential_fields}
        tokens = [credential["access_token"]]
        remote_id = self.control.add_account(platform, handle, tokens=tokens)["remote_id"]
        return add_live_account(
            by=self.digital,
            platform=platform,
            handle=handle,
            name=f"Benchmark {handle}",
            service_area=self.area,
            owner=self.author,
            deputy=self.approver,
            identity=Identity(remote_id, handle, handle, f"https://bench.example/{handle}"),
            credential=credential,
            assessment=Assessment(
                likelihood=2,
                impact=2,
                summary="A benchmark.",
                assessed_by=self.digital,
                signed_off_by=self.approver,
                review_on=timezone.localdate() + timedelta(days=100),
            ),
            ready=READY,
            **safe_facts(),
        )

    @transaction.atomic
    def approved(self, dues: Sequence[datetime]) -> list[int]:
        """A delivery due at each of these times, of an approved post each, in turn on each account.

        Written in bulk, and as the actions write them: the gate and the database accept them.
        Their ids, in the order of `dues`.
        """
        versions = self._versions(len(dues))
        approvals = [
            Approval(
                version=version,
                decision=Decision.APPROVED,
                digest=version.digest,
                author=self.author,
                editor=self.author,
                decided_by=self.approver,
            )
            for version in versions
        ]
        Approval.objects.bulk_create(approvals)
        for version, due in zip(versions, dues, strict=True):
            version.post.version, version.post.due_at = version, due
            version.post.state = PostState.SCHEDULED
        posts = [version.post for version in versions]
        Post.objects.bulk_update(posts, ["version", "due_at", "state"], batch_size=500)
        deliveries = [
            Delivery(
                post=version.post,
                version=version,
                account=version.texts.all()[0].account,
                due_at=due,
                try_at=due,
            )
            for version, due in zip(versions, dues, strict=True)
        ]
        return [made.pk for made in Delivery.objects.bulk_create(deliveries)]

    def _versions(self, number: int) -> list[Version]:
        titles = [f"Benchmark {n}" for n in islice(self._numbers, number)]
        posts = Post.objects.bulk_create(
            Post(author=self.author, service_area=self.area, title=title) for title in titles
        )
        versions = Version.objects.bulk_create(
            Version(
                post=post,
                number=1,
                edited_by=self.author,
                title=post.title,
                text=f"{post.title}: the river Weald is low, and the footpath is open again.",
            )
            for post in posts
        )
        VersionText.objects.bulk_create(
            VersionText(version=version, account=account, text=version.text)
            for version, account in zip(versions, cycle(self.accounts), strict=False)
        )
        prefetch_related_objects(
            versions,
            Prefetch("texts", VersionText.objects.select_related("account")),
            Prefetch("media", VersionMedia.objects.select_related("file")),
        )
        for version in versions:
            version.digest = digest_of(version)
        Version.objects.bulk_update(versions, ["digest"], batch_size=500)
        return versions
