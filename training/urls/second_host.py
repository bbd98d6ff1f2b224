"""Every address of the host of PACKAGES_URL. Nothing else is reachable there."""

from django.urls import path

from training.views import second_host

urlpatterns = [
    path("p/<str:token>/", second_host.player, name="player"),
    path("p/<str:token>/content/<path:path>", second_host.content, name="package_content"),
    path("player/<str:name>", second_host.asset, name="player_asset"),
]

handler400 = "training.views.second_host.failed"
handler403 = "training.views.second_host.failed"
handler404 = "training.views.second_host.failed"
handler500 = "training.views.second_host.failed"
