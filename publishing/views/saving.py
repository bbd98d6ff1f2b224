"""What every save of the compose form does, whichever button was pressed."""

from __future__ import annotations

import uuid

from accounts.models import User
from pages.numbers import whole_number
from publishing.actions.attaching import attach
from publishing.actions.captioning import attach_captions, in_language, with_known_captions
from publishing.actions.drafting import save_draft, start_post
from publishing.actions.library.describing import say_who_is_shown
from publishing.drafts import Content
from publishing.errors import MediaRefused, Refused
from publishing.forms.compose import ComposeForm
from publishing.library.known import with_known_alt_texts
from publishing.models import Draft, Post
from publishing.starting_points.offered import INSERT, with_snippet
from publishing.writing_aids.pressed import pressed

FIRST_REVISION = 1


def save(
    form: ComposeForm, post: Post | None, *, by: User, key: uuid.UUID, button: str = ""
) -> tuple[Post, Draft, list[Refused]]:
    """Keep what a valid form holds, with the files that came with it.

    Returns the post, its draft, and why each file that cannot be used was refused: the rest is
    saved all the same. Raises what the actions raise.
    """
    content = pressed(_rearranged(form.content(), button), button)
    if button == INSERT:
        content = with_snippet(content, form.data.get("snippet", ""), by)
    revision = form.cleaned_data["revision"] or 0
    if post is None:
        post = start_post(by=by, content=content, key=key)
        revision = FIRST_REVISION
    content, refusals = _with_files(content, form, post, by)
    content = _with_captions(content, form, post, by, refusals)
    draft = save_draft(post_id=post.pk, content=content, revision=revision, by=by)
    for media_id, people in form.answers_about_people().items():
        say_who_is_shown(media_id=media_id, people=people, by=by)
    return post, draft, refusals


def _with_files(
    content: Content, form: ComposeForm, post: Post, by: User
) -> tuple[Content, list[Refused]]:
    refusals: list[Refused] = []
    added: set[int] = set()
    for file in form.cleaned_data["pictures"]:
        try:
            added.add(attach(post_id=post.pk, file=file, by=by).pk)
        except MediaRefused as refused:
            refusals.append(Refused(refused.message, "pictures"))
    content = with_known_alt_texts(content.with_media(*sorted(added)), added)
    return with_known_captions(content, added, post, by), refusals


def _with_captions(
    content: Content, form: ComposeForm, post: Post, by: User, refusals: list[Refused]
) -> Content:
    """With what came beside the videos that are still there; why some cannot be used is added."""
    there = {attached.media_id for attached in content.media}
    for media_id, captions_id, language in form.languages_changed():
        if media_id in there and _captions_of(content, media_id) == captions_id:
            other = in_language(post_id=post.pk, captions_id=captions_id, language=language, by=by)
            content = content.with_captions(media_id, other.pk)
    for media_id, file, language in form.captions_uploaded():
        if media_id not in there:
            continue
        try:
            new = attach_captions(
                post_id=post.pk, media_id=media_id, file=file, language=language, by=by
            )
        except MediaRefused as refused:
            refusals.append(Refused(refused.message, f"captions_{media_id}"))
        else:
            content = content.with_captions(media_id, new.pk)
    return content


def _captions_of(content: Content, media_id: int) -> int | None:
    return next(each.captions_id for each in content.media if each.media_id == media_id)


def _rearranged(content: Content, button: str) -> Content:
    """What the buttons beside the pictures do: "up:12", "down:12", "remove:12", "silent:12"."""
    verb, _, number = button.partition(":")
    media_id = whole_number(number)
    if media_id is None:
        return content
    if verb == "remove":
        return content.without_media(media_id)
    if verb == "silent":
        return content.with_captions(media_id, None)
    step = {"up": -1, "down": 1}.get(verb, 0)
    return content.with_media_moved(media_id, step) if step else content
