from django.urls import path

from training.views import ambassadors

urlpatterns = [
    path("training/ambassadors/", ambassadors.ambassadors, name="ambassadors"),
    path("training/ambassadors/new/", ambassadors.add, name="ambassador_new"),
    path("training/ambassadors/<int:ambassador_id>/", ambassadors.change, name="ambassador_change"),
    path("training/ambassadors/<int:ambassador_id>/end/", ambassadors.end, name="ambassador_end"),
]
