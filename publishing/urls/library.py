"""The addresses of the media library."""

from django.urls import path

from publishing.views.library import captions, choosing, consents, files, items, listing

urlpatterns = [
    path("library/", listing.library, name="library"),
    path("library/new/", items.upload, name="library_new"),
    path("library/<int:item_id>/", items.item, name="library_item"),
    path("library/<int:item_id>/change/", items.change, name="library_change"),
    path("library/<int:item_id>/share/", items.share, name="library_share"),
    path("library/<int:item_id>/take-out/", items.take_out, name="library_take_out"),
    path("library/<int:item_id>/file/", files.item_file, name="library_file"),
    path("library/<int:item_id>/small/", files.item_thumbnail, name="library_thumbnail"),
    path("library/<int:item_id>/captions/", captions.caption, name="library_captions"),
    path("library/<int:item_id>/captions/remove/", captions.uncaption, name="library_uncaption"),
    path("library/<int:item_id>/consents/new/", consents.record, name="consent_new"),
    path("library/consents/<int:consent_id>/", consents.change, name="consent_change"),
    path("library/consents/<int:consent_id>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("posts/<int:pk>/library/", choosing.choose, name="post_library"),
]
