"""The addresses of stops."""

from django.urls import path

from publishing.views import stop, stops

urlpatterns = [
    path("admin/stops/", stops.stops, name="stop"),
    path("admin/stops/place/", stops.place, name="stop_place"),
    path("admin/stops/<int:pk>/", stop.show_stop, name="stop_page"),
    path("admin/stops/<int:pk>/ask/", stop.ask, name="stop_ask"),
    path("admin/stops/<int:pk>/agree/", stop.agree, name="stop_agree"),
    path("admin/stops/<int:pk>/decline/", stop.decline, name="stop_decline"),
    path("admin/stops/<int:pk>/let-through/", stop.let_through_it, name="stop_let_through"),
    path("admin/stops/<int:pk>/spread/", stop.spread, name="stop_spread"),
]
