"""The addresses of stops."""

from django.urls import path

from publishing.views import stops

urlpatterns = [
    path("admin/stops/", stops.stops, name="stop"),
    path("admin/stops/place/", stops.place, name="stop_place"),
    path("admin/stops/release/", stops.release, name="stop_release"),
]
