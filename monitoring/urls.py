from django.urls import path

from monitoring.views import inbox

urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("inbox/mentions-by-day.csv", inbox.volume_csv, name="mentions_by_day_csv"),
    path("inbox/<int:mention_id>/", inbox.mention, name="mention"),
]
