"""The addresses of election periods."""

from django.urls import path

from publishing.views import election_reviews, elections, wards

urlpatterns = [
    path("admin/elections/", elections.elections, name="elections"),
    path("admin/elections/new/", elections.new_period, name="election_new"),
    path("admin/elections/<int:pk>/", elections.show_period, name="election"),
    path("admin/elections/<int:pk>/change/", elections.change_period, name="election_change"),
    path("admin/elections/<int:pk>/names/", elections.names, name="election_names"),
    path("admin/elections/<int:pk>/cancel/", elections.cancel, name="election_cancel"),
    path(
        "admin/elections/<int:period_id>/review/<int:review_id>/",
        election_reviews.review,
        name="election_review",
    ),
    path("admin/wards/", wards.wards, name="wards"),
    path("admin/wards/new/", wards.new_ward, name="ward_new"),
    path("admin/wards/<int:pk>/", wards.change_ward, name="ward_change"),
    path("admin/wards/days/new/", wards.new_day, name="non_working_day_new"),
]
