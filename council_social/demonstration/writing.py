"""What people do with a post, by the actions that the pages call, and what the engine does then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from council_social.demonstration.campaigns import campaign_called
from council_social.demonstration.cast import Cast
from council_social.demonstration.films import film
from council_social.demonstration.pictures import poster
from council_social.demonstration.words import Picture, Words
from pages.local_time import in_words_for_form
from publishing.actions.attaching import attach
from publishing.actions.deciding import approve, ask_for_changes
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.library.describing import say_who_is_shown
from publishing.actions.submitting import submit, withdraw
from publishing.checks.answered import advisory
from publishing.checks.registry import findings
from publishing.composition import compose
from publishing.delivery.claim import claim_due
from publishing.delivery.send import send_delivery
from publishing.drafts import Attached, Content
from publishing.models import Delivery, DeliveryState, People, Post, Version

ANY_ANSWER = "The service asked for these words, and I have read them aloud."
ANSWERS = {
    "sensitive_topics": "The head of service has agreed the words.",
    "duplicates": "A second reminder was planned: many people missed the first.",
    "plain_english": "The sentence is the law’s own, and the next one explains it.",
    "emoji": "They stand at the end, and the text says all without them.",
    "hashtags": "It is the organiser’s own hashtag, spelt as they spell it.",
    "phone_numbers": "It is the number of the hall’s office, which is on its website.",
}
"""What authors answer to what the checks find, by the check."""


class Writing:
    """One post of the story. It is there once `draft` was called."""

    def __init__(self, cast: Cast, words: Words, publish_at: datetime | None = None) -> None:
        self.cast = cast
        self.words = words
        self.publish_at = publish_at
        self.post_id = 0

    @property
    def post(self) -> Post:
        return Post.objects.select_related("version", "draft").get(pk=self.post_id)

    @property
    def version(self) -> Version:
        version = self.post.version
        if version is None:
            raise LookupError(f"{self.words.title} was not sent for approval.")
        return version

    def draft(self) -> None:
        author = self.cast.people[self.words.author]
        content = self._content()
        self.post_id = start_post(by=author, content=content).pk
        if self.words.picture:
            file = file_of(self.words.picture)
            kept = attach(post_id=self.post_id, file=file, by=author)
            say_who_is_shown(media_id=kept.pk, people=People.NONE, by=author)
            attached = (Attached(kept.pk, self.words.picture.alt_text),)
            save_draft(
                post_id=self.post_id,
                content=replace(content, media=attached),
                revision=self.post.draft.revision,
                by=author,
            )

    def submit(self) -> None:
        draft, author = self.post.draft, self.cast.people[self.words.author]
        found = advisory(findings(compose(Content.from_json(draft.content), self.post_id)))
        submit(
            post_id=self.post_id,
            revision=draft.revision,
            by=author,
            answers={each.key: ANSWERS.get(each.check.key, ANY_ANSWER) for each in found},
        )

    def approve(self, by: str) -> None:
        version = self.version
        approve(version_id=version.pk, digest=version.digest, by=self.cast.people[by])

    def ask_for_changes(self, comment: str, by: str) -> None:
        ask_for_changes(version_id=self.version.pk, comment=comment, by=self.cast.people[by])

    def withdraw(self, reason: str) -> None:
        withdraw(post_id=self.post_id, by=self.cast.people[self.words.author], reason=reason)

    def _content(self) -> Content:
        words, accounts = self.words, self.cast.accounts
        on, clock, fold = in_words_for_form(self.publish_at)
        return Content(
            title=words.title,
            text=words.text,
            account_ids=tuple(accounts[key].pk for key in words.accounts),
            own_texts=tuple((accounts[key].pk, text) for key, text in words.own),
            link=words.link,
            campaign_id=campaign_called(words.campaign),
            tags_link=bool(words.link and words.campaign),
            note=words.note,
            publish_on=on,
            publish_time=clock,
            publish_fold=fold,
        )


def file_of(picture: Picture) -> SimpleUploadedFile:
    """The poster or film as somebody uploads it."""
    name = picture.headline.lower().replace(" ", "-").strip("?.,:")
    if picture.is_film:
        data = film(picture.scene, picture.headline, picture.below)
        return SimpleUploadedFile(f"{name}.mp4", data, "video/mp4")
    data = poster(picture.scene, picture.headline, picture.below)
    return SimpleUploadedFile(f"{name}.png", data, "image/png")


def send_what_is_due() -> None:
    """What the sweep and the workers do, here and now: through the gate, to the platform."""
    for _ in range(100):
        with transaction.atomic():
            claim_due(timezone.now())
        # Settling one claims the next of the account: those are on their way as well.
        claimed = Delivery.objects.filter(state=DeliveryState.SENDING).order_by("due_at", "pk")
        if not (ids := list(claimed.values_list("pk", flat=True))):
            return
        for pk in ids:
            send_delivery(pk)
    raise RuntimeError("There is no end to what is due.")
