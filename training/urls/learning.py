from django.urls import path

from training.views import learning

urlpatterns = [
    path("training/", learning.training, name="training"),
]
