"""The fields that the compose form has for each picture and video."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from accounts.models import User
from pages.numbers import whole_number
from publishing.drafts import Attached, Content
from publishing.forms.picture_questions import PictureQuestions, picture_questions
from publishing.models import Captions, MediaFile, People, Post


class PictureFields(forms.Form):
    """What a form asks about the files in it; `files_in_order` and `post` are the form's own."""

    files_in_order: list[MediaFile]
    post: Post | None

    def ask_about_files(self, content: Content, writer: User) -> None:
        self.captions = self._captions(content)
        self.questions = picture_questions(self.files_in_order, content, writer, self.captions)
        for question in self.questions:
            self.fields.update(question.fields())

    def attached(self) -> tuple[Attached, ...]:
        """The files in order, as typed. Only for a valid form."""
        typed = self.cleaned_data
        return tuple(
            Attached(
                file.pk,
                " ".join(typed.get(f"alt_{file.pk}", "").split()),
                self.captions[file.pk].pk if file.pk in self.captions else None,
            )
            for file in self.files_in_order
        )

    def answers_about_people(self) -> dict[int, People]:
        """What was answered about the people in each file. Only for a valid form."""
        typed = {
            file.pk: self.cleaned_data.get(f"people_{file.pk}") for file in self.files_in_order
        }
        return {pk: People(answer) for pk, answer in typed.items() if answer}

    def captions_uploaded(self) -> Iterator[tuple[int, UploadedFile, str]]:
        """For each video that came with a file of captions: its id, the file, the language."""
        for asked in self.questions:
            if asked.is_video and (file := self.cleaned_data.get(f"captions_{asked.file.pk}")):
                yield asked.file.pk, file, self._language(asked.file.pk)

    def languages(self) -> dict[str, str]:
        """Each language as it was chosen, by the name of its field. Only for a valid form."""
        names = [f"captions_in_{asked.file.pk}" for asked in self.questions if asked.is_video]
        return {name: str(self.cleaned_data.get(name, "")) for name in names}

    def languages_changed(self) -> Iterator[tuple[int, int, str]]:
        """For each video whose captions are in another language now: its id, theirs, the language.

        Only for a valid form.
        """
        for media_id, captions in self.captions.items():
            language = self._language(media_id)
            if language and language != captions.language:
                yield media_id, captions.pk, language

    def picture_fields(self) -> list[tuple[PictureQuestions, Any, Any, list[Any]]]:
        """Each file with the fields for its alt text, for the people in it, and for its captions.

        That for people is None where it is not this writer's to say; a picture has no captions.
        """
        return [
            (
                asked,
                self[f"alt_{asked.file.pk}"],
                self[f"people_{asked.file.pk}"] if asked.may_answer else None,
                [self[name] for name in asked.caption_fields()],
            )
            for asked in self.questions
        ]

    def _language(self, media_id: int) -> str:
        return str(self.cleaned_data.get(f"captions_in_{media_id}") or "")

    def _captions(self, content: Content) -> dict[int, Captions]:
        """Those that the form shows, by the id of their video; others are not the post's."""
        if self.is_bound:
            named = {
                file.pk: whole_number(self.data.get(f"captions_of_{file.pk}", ""))
                for file in self.files_in_order
            }
        else:
            named = {attached.media_id: attached.captions_id for attached in content.media}
        wanted = [pk for pk in named.values() if pk]
        kept = self.post.captions.in_bulk(wanted) if self.post and wanted else {}
        return {
            file.pk: kept[pk]
            for file in self.files_in_order
            if (pk := named.get(file.pk)) in kept and kept[pk].video_digest == file.digest
        }
