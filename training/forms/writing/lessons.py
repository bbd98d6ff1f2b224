"""A lesson as it is typed, with the picture or video that goes into it."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms.fields import seen
from training.forms.writing.fields import LONGEST_LESSON, Prose, line
from training.models import Course, Lesson, LessonFile
from training.writing.words import LessonWords, lesson_words, token_of


class LessonForm(forms.Form):
    title = line("Title", 150, "Enter a title.")
    text = Prose(label="Text", rows=22, max_length=LONGEST_LESSON)
    picture = forms.FileField(
        label="Add a picture",
        required=False,
        help_text="A JPEG, PNG, WebP or HEIC file.",
        widget=forms.FileInput,
        error_messages={"empty": "This file is empty. Choose another."},
    )
    picture_words = forms.CharField(
        label="What does the picture show?",
        required=False,
        max_length=300,
        help_text="For people who cannot see it: one sentence.",
    )
    video = forms.FileField(
        label="Video",
        required=False,
        help_text="An MP4 or MOV file. Add captions to it before you upload it.",
        widget=forms.FileInput,
        error_messages={"empty": "This file is empty. Choose another."},
    )
    without_video = forms.BooleanField(label="Take the video out of this lesson", required=False)
    transcript = Prose(
        label="Transcript of the video",
        rows=6,
        required=False,
        max_length=LONGEST_LESSON,
        help_text="What is said and shown, for people who cannot hear or see it.",
    )
    in_refresher = forms.BooleanField(
        label="In the refresher",
        help_text="Whoever did the course before reads only these lessons again.",
        required=False,
    )
    seen = seen()

    def __init__(
        self, data: Any = None, files: Any = None, *, course: Course, lesson: Lesson | None
    ) -> None:
        words = lesson_words(lesson) if lesson else LessonWords("", "", in_refresher=False)
        initial = {
            "title": words.title,
            "text": words.text,
            "in_refresher": words.in_refresher,
            "transcript": words.transcript,
            "seen": token_of(words),
        }
        super().__init__(data, files, initial=initial, use_required_attribute=False)
        self.course, self.kept_video = course, words.video_id
        if not words.video_id:
            del self.fields["without_video"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        staying = self.kept_video and not given.get("without_video")
        if (given.get("video") or staying) and not given.get("transcript", "").strip():
            self.add_error(
                "transcript",
                "Enter a transcript of the video."
                + (" Then choose the video again." if given.get("video") else ""),
            )
        return given

    def words(self, video: LessonFile | None = None) -> LessonWords:
        """As typed; `video` is the one that was uploaded with it, if any."""
        given = self.cleaned_data
        kept = None if given.get("without_video") else self.kept_video
        video_id = video.pk if video else kept
        return LessonWords(
            title=" ".join(given["title"].split()),
            text=given["text"],
            in_refresher=given["in_refresher"],
            video_id=video_id,
            transcript=given["transcript"] if video_id else "",
        )

    def refuse_file(self, field: str, why: str) -> None:
        self.add_error(field, f"{why}.")
