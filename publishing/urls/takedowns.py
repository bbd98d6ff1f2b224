"""The addresses of takedowns."""

from django.urls import path

from publishing.views import taking_down

urlpatterns = [
    path("posts/<int:pk>/take-down/", taking_down.take_post_down, name="post_take_down"),
    path(
        "posts/<int:pk>/take-down/<int:removal_id>/by-hand/",
        taking_down.by_hand,
        name="removal_by_hand",
    ),
    path(
        "posts/<int:pk>/take-down/<int:removal_id>/again/",
        taking_down.remove_once_more,
        name="removal_again",
    ),
    path(
        "posts/<int:pk>/take-down/<int:removal_id>/proof/",
        taking_down.proof,
        name="removal_proof",
    ),
]
