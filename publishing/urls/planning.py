"""The addresses of the calendar, content plans and recurring posts."""

from django.urls import path

from publishing.views import calendar, election_guide, feeds, plan

urlpatterns = [
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/week/", calendar.week, name="calendar_week"),
    path("calendar/list/", calendar.as_list, name="calendar_list"),
    path("calendar/print/", calendar.for_paper, name="calendar_print"),
    path("calendar/elections/<int:pk>/", election_guide.election_guide, name="election_guide"),
    path("calendar/feeds/", feeds.feeds, name="calendar_feeds"),
    path("calendar/feeds/<int:feed_id>/revoke/", feeds.revoke, name="calendar_feed_revoke"),
    path("calendar-feed/<str:secret>.ics", feeds.feed, name="calendar_feed"),
    path("plan/", plan.overview, name="plan"),
    path("plan/csv/", plan.as_csv, name="plan_csv"),
    path("plan/<int:account_id>/", plan.of_account, name="account_plan"),
]
