"""The addresses of posts, their files, and of what became of them."""

from django.urls import path

from publishing.views import (
    captions,
    checking,
    comparing,
    composing,
    deciding,
    duplicating,
    emoji,
    listing,
    media,
    moving,
    presence,
    reading,
    results,
)

urlpatterns = [
    path("posts/", listing.list_posts, name="posts"),
    path("posts/next/", deciding.next_post, name="post_next"),
    path("posts/new/", composing.new_post, name="post_new"),
    path("posts/new/save/", composing.autosave, name="post_new_save"),
    path("posts/new/preview/", composing.preview, name="post_new_preview"),
    path("posts/new/own-texts/", composing.own_texts, name="post_new_own_texts"),
    path("posts/emoji/", emoji.emoji, name="emoji"),
    path("posts/<int:pk>/emoji/", emoji.choose_emoji, name="post_emoji"),
    path("posts/<int:pk>/", reading.show_post, name="post"),
    path("posts/<int:pk>/edit/", composing.edit_post, name="post_edit"),
    path("posts/<int:pk>/save/", composing.autosave, name="post_save"),
    path("posts/<int:pk>/preview/", composing.preview, name="post_preview"),
    path("posts/<int:pk>/own-texts/", composing.own_texts, name="post_own_texts"),
    path("posts/<int:pk>/presence/", presence.presence, name="post_presence"),
    path("posts/<int:pk>/duplicate/", duplicating.duplicate_post, name="post_duplicate"),
    path("posts/<int:pk>/take-back/", composing.take_back_post, name="post_take_back"),
    path("posts/<int:pk>/check/", checking.check_post, name="post_check"),
    path("posts/<int:pk>/approve/", deciding.approve_post, name="post_approve"),
    path("posts/<int:pk>/changes/", deciding.changes, name="post_changes"),
    path("posts/<int:pk>/schedule/", moving.schedule, name="post_schedule"),
    path("posts/<int:pk>/withdraw/", moving.withdraw_post, name="post_withdraw"),
    path("posts/<int:pk>/archive/", moving.archive_post, name="post_archive"),
    path("posts/<int:pk>/versions/", comparing.compare, name="post_compare"),
    path("posts/<int:pk>/results/", results.results, name="post_results"),
    path(
        "posts/<int:pk>/results/<int:delivery_id>/answer/",
        results.answer,
        name="delivery_answer",
    ),
    path(
        "posts/<int:pk>/results/<int:delivery_id>/again/",
        results.try_again,
        name="delivery_try_again",
    ),
    path(
        "posts/<int:pk>/results/<int:delivery_id>/captions/",
        captions.by_hand,
        name="captions_by_hand",
    ),
    path(
        "posts/<int:pk>/results/<int:delivery_id>/captions/again/",
        captions.again,
        name="captions_again",
    ),
    path(
        "posts/<int:pk>/captions/<int:captions_id>/", captions.captions_file, name="post_captions"
    ),
    path("media/<int:pk>/", media.media_file, name="media_file"),
]
