"""A form that came too late: both texts side by side, and nothing of either lost."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pages.differences import words_changed
from publishing.captioning.reading import transcript
from publishing.drafts import Content
from publishing.errors import Conflict, StaleDraft
from publishing.forms.compose import ComposeForm
from publishing.models import Captions, Post


def stale_page(
    request: HttpRequest, form: ComposeForm, conflict: Conflict, post: Post | None
) -> HttpResponse:
    """409, with what was typed, what is kept, and how they differ.

    Where the draft is still open, what was typed can be put in the place of what is kept: the form
    is sent again with the newer revision, which the person has now seen.
    """
    mine = form.content()
    is_stale = isinstance(conflict, StaleDraft)
    if isinstance(conflict, StaleDraft):
        theirs, revision = Content.from_json(conflict.draft.content), conflict.draft.revision
    else:
        theirs = Content.from_json(post.draft.content) if post else Content()
        revision = 0
    context = {
        "post": post,
        "conflict": conflict,
        "rows": _rows(form, mine, theirs),
        "again": _again(form, revision) if is_stale else [],
        "error": True,
    }
    return render(request, "publishing/stale.html", context, status=409)


def _rows(form: ComposeForm, mine: Content, theirs: Content) -> list[dict[str, object]]:
    """Each thing that differs: its name, both texts, and the difference word by word."""
    names = {str(account.pk): str(account) for account in form.choosable.values()}
    yours, kept = _as_words(form, mine, names), _as_words(form, theirs, names)
    return [
        {
            "what": what,
            "mine": yours.get(what, ""),
            "theirs": kept.get(what, ""),
            "pieces": words_changed(kept.get(what, ""), yours.get(what, "")),
        }
        for what in dict.fromkeys([*yours, *kept])
        if yours.get(what, "") != kept.get(what, "")
    ]


def _as_words(form: ComposeForm, content: Content, names: dict[str, str]) -> dict[str, str]:
    words = {
        "Text": content.text,
        "Title": content.title,
        "Link": content.link,
        "Campaign tags on the link": "Added" if content.tags_link else "",
        **form.planned_words(content),
        "Note for whoever decides": content.note,
        "Goes out": f"{content.publish_on} {content.publish_time}".strip(),
        "Accounts": ", ".join(names.get(str(pk), "") for pk in content.account_ids),
        "Pictures": ", ".join(f"{used.media_id}: {used.alt_text}" for used in content.media),
        "Captions": _spoken(content),
    }
    own = {f"Text for {names.get(str(pk), '')}": text for pk, text in content.own_texts}
    return {**words, **own}


def _spoken(content: Content) -> str:
    """The captions of its videos as text."""
    named = [attached.captions_id for attached in content.media if attached.captions_id]
    kept = Captions.objects.in_bulk(named) if named else {}
    return "\n".join(
        f"{kept[pk].get_language_display()}\n{transcript(kept[pk].text)}"
        for pk in named
        if pk in kept
    )


def _again(form: ComposeForm, revision: int) -> list[tuple[str, str]]:
    """The fields of the form as they came, with the newer revision, for sending again."""
    fields = [
        (name, value)
        for name in form.data
        for value in form.several(name)
        if name not in ("csrfmiddlewaretoken", "revision", "do")
    ]
    return [*fields, ("revision", str(revision)), ("do", "save")]
