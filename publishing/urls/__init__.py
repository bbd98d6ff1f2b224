"""Every address of publishing, by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("publishing.urls.posts")),
    path("", include("publishing.urls.stops")),
    path("", include("publishing.urls.approvals")),
    path("", include("publishing.urls.library")),
    path("", include("publishing.urls.rules")),
    path("", include("publishing.urls.elections")),
    path("", include("publishing.urls.planning")),
    path("", include("publishing.urls.campaigns")),
    path("", include("publishing.urls.starting_points")),
    path("", include("publishing.urls.takedowns")),
    path("", include("publishing.urls.promotions")),
]
