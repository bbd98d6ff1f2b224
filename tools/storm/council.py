"""A council in the storm: people, accounts on every platform, approved posts; by the actions."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import av
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from accounts.actions import credentials
from accounts.actions.register import Assessment, add_live_account
from accounts.models import ServiceArea, SocialAccount
from platforms.contract import Identity
from platforms.registry import PLATFORMS
from platforms.sandbox.remote import Control
from publishing.actions.attaching import attach
from publishing.actions.deciding import approve
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.library.describing import say_who_is_shown
from publishing.actions.submitting import submit
from publishing.drafts import Attached, Content
from publishing.models import People, Post
from tests.factories import READY, communications_officer, digital_officer, safe_facts

SHARES = {"x": 0.45, "facebook": 0.45, "youtube": 0.1}


class Council:
    """`deliveries` is how many are wanted in all, `per_account` how many leave one after the other
    on one account. The same seed makes the same council.
    """

    def __init__(
        self, control: Control, deliveries: int, per_account: int, chance: random.Random
    ) -> None:
        self.control = control
        self.chance = chance
        self.author = communications_officer(name="Asha Author")
        self.approver = communications_officer(name="Ali Approver")
        self.digital = digital_officer(name="Dina Digital")
        area = ServiceArea.objects.create(name="Storm")
        self.accounts = {
            key: [
                self._account(key, f"storm{key}{n}", area)
                for n in range(max(1, round(deliveries * share / per_account)))
            ]
            for key, share in SHARES.items()
        }
        self._write(deliveries)

    def reconnect(self, account: SocialAccount) -> None:
        """What a person does whose account was signed out."""
        self.control.set_tokens(account.platform, account.handle, "good")
        credentials.store(
            by=self.digital,
            account=account,
            credential=_credential(account.platform, account.handle),
        )

    def _account(self, platform: str, handle: str, area: ServiceArea) -> SocialAccount:
        credential = _credential(platform, handle)
        made = self.control.add_account(platform, handle, tokens=[credential["access_token"]])
        return add_live_account(
            by=self.digital,
            platform=platform,
            handle=handle,
            name=f"Storm {handle}",
            service_area=area,
            owner=self.author,
            deputy=self.approver,
            identity=Identity(made["remote_id"], handle, handle, f"https://storm.example/{handle}"),
            credential=credential,
            assessment=Assessment(
                likelihood=2,
                impact=2,
                summary="A storm.",
                assessed_by=self.digital,
                signed_off_by=self.approver,
                review_on=timezone.localdate() + timedelta(days=100),
            ),
            ready=READY,
            **safe_facts(),
        )

    def _write(self, deliveries: int) -> None:
        """Videos to YouTube; words, and words with pictures, to the other two at once."""
        video, picture = _video(), _picture()
        turns = {key: _in_turn(accounts) for key, accounts in self.accounts.items()}
        number, left = 0, deliveries
        while left > 0:
            number += 1
            if left == 1 or self.chance.random() < 0.2:
                self._post(number, [next(turns["youtube"])], video)
                left -= 1
            else:
                file = picture if self.chance.random() < 0.4 else None
                self._post(number, [next(turns["x"]), next(turns["facebook"])], file)
                left -= 2

    def _post(
        self, number: int, accounts: list[SocialAccount], file: SimpleUploadedFile | None
    ) -> Post:
        content = Content(
            title=f"Storm post {number}",
            text=f"Storm {number}: the river Weald is at {number} centimetres.",
            account_ids=tuple(account.pk for account in accounts),
        )
        post = start_post(by=self.author, content=content)
        if file is not None:
            file.seek(0)
            kept = attach(post_id=post.pk, file=file, by=self.author)
            say_who_is_shown(media_id=kept.pk, people=People.NONE, by=self.author)
            attached = (Attached(kept.pk, "The river at the bridge"),)
            content = replace(content, media=attached)
            save_draft(post_id=post.pk, content=content, revision=_revision(post), by=self.author)
        submit(post_id=post.pk, revision=_revision(post), by=self.author)
        version = Post.objects.select_related("version").get(pk=post.pk).version
        if version is None:
            raise RuntimeError("The post has no version.")
        return approve(version_id=version.pk, digest=version.digest, by=self.approver)


def _revision(post: Post) -> int:
    return Post.objects.select_related("draft").get(pk=post.pk).draft.revision


def _credential(platform: str, handle: str) -> dict[str, str]:
    names = PLATFORMS[platform].credential_fields
    return {name: f"{name}-of-{handle}" for name in names}


def _in_turn(accounts: list[SocialAccount]) -> Iterator[SocialAccount]:
    while True:
        yield from accounts


def _picture() -> SimpleUploadedFile:
    data = BytesIO()
    Image.new("RGB", (320, 200), "teal").save(data, "PNG")
    return SimpleUploadedFile("river.png", data.getvalue(), "image/png")


def _video() -> SimpleUploadedFile:
    """A second of nothing."""
    data = BytesIO()
    with av.open(data, "w", format="mp4") as out:
        stream = out.add_stream("mpeg4", rate=5)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(5):
            out.mux(stream.encode(av.VideoFrame(64, 48, "yuv420p")))
        out.mux(stream.encode(None))
    return SimpleUploadedFile("river.mp4", data.getvalue(), "video/mp4")
