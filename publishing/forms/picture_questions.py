"""What the compose form asks about each picture: its alt text, and whether people are in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.utils import timezone

from accounts.models import User
from platforms.contract import MediaKind
from publishing.captioning.reading import transcript
from publishing.drafts import Content
from publishing.forms.captioning import captions_file, captions_language
from publishing.forms.lenient import LONGEST_TEXT, Text
from publishing.library.grounds import in_words, obstacles_in
from publishing.library.known import known_of
from publishing.library.rights import may_say_who_is_shown
from publishing.models import Captions, Consent, Language, MediaFile, MediaItem, People

ANSWERS = [(answer.value, answer.label) for answer in (People.NONE, People.SHOWN)]


@dataclass(frozen=True, slots=True)
class Shown:
    """One consent that is recorded, as the form shows it."""

    consent: Consent
    counts: bool
    until: str


@dataclass(frozen=True, slots=True)
class PictureQuestions:
    """One file of the form with what is known of its bytes; `item` is None for what is not."""

    number: int
    file: MediaFile
    item: MediaItem | None
    alt_text: str
    may_answer: bool
    captions: Captions | None = None

    @property
    def is_video(self) -> bool:
        return self.file.kind == MediaKind.VIDEO

    @property
    def spoken(self) -> str:
        """The captions as text."""
        return transcript(self.captions.text) if self.captions else ""

    @property
    def people(self) -> str:
        return self.item.people if self.item else People.NOT_SAID

    @property
    def shows_people(self) -> bool:
        return self.people == People.SHOWN

    @property
    def asks_why(self) -> bool:
        """Whether a reason for showing people may be missing."""
        return self.people != People.NONE

    @property
    def answer(self) -> str:
        return People(self.people).label

    def shown(self) -> list[Shown]:
        """The people whose consent is recorded."""
        today = timezone.localdate()
        consents = self.item.consents.all() if self.item and self.shows_people else ()
        return [
            Shown(
                consent,
                not list(obstacles_in(consent, today)),
                in_words(consent.expires_on) if consent.expires_on else "",
            )
            for consent in consents
        ]

    def fields(self) -> dict[str, forms.Field]:
        """By name, for the form that shows them."""
        fields: dict[str, forms.Field] = {f"alt_{self.file.pk}": self._alt_text()}
        if self.may_answer:
            fields[f"people_{self.file.pk}"] = self._people()
        return {**fields, **self.caption_fields()}

    def caption_fields(self) -> dict[str, forms.Field]:
        """By name; a picture has none."""
        if not self.is_video:
            return {}
        return {
            f"captions_{self.file.pk}": captions_file(
                f"{'Other captions' if self.captions else 'Captions'} of video {self.number}"
            ),
            f"captions_in_{self.file.pk}": captions_language(
                f"Language of the captions of video {self.number}",
                self.captions.language if self.captions else Language.ENGLISH,
            ),
        }

    def _alt_text(self) -> forms.Field:
        return Text(
            label=f"Alt text of {self.file.kind} {self.number}",
            max_length=LONGEST_TEXT,
            help_text="What somebody who cannot see it needs to know.",
            initial=self.alt_text,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _people(self) -> forms.Field:
        return PeopleField(
            label=f"Who is in {self.file.kind} {self.number}?",
            choices=ANSWERS,
            initial=self.people,
            widget=forms.RadioSelect,
        )


class PeopleField(forms.ChoiceField):
    """The answer; none at all if need be, for a draft may be saved with anything missing."""

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


def picture_questions(
    files: Sequence[MediaFile],
    content: Content,
    writer: User,
    captions: Mapping[int, Captions],
) -> list[PictureQuestions]:
    """For each file of the form, in order; two queries where there are any."""
    known = known_of(file.digest for file in files)
    alts = {attached.media_id: attached.alt_text for attached in content.media}
    return [
        PictureQuestions(
            number,
            file,
            item,
            alts.get(file.pk, ""),
            may_answer=item is None or may_say_who_is_shown(writer, item),
            captions=captions.get(file.pk),
        )
        for number, file in enumerate(files, 1)
        for item in [known.get(file.digest)]
    ]
