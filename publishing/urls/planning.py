"""The addresses of the calendar, content plans and recurring posts."""

from django.urls import path

from publishing.views import calendar, election_guide, feeds, plan, repeating

urlpatterns = [
    path("calendar/", calendar.month, name="calendar"),
    path("calendar/week/", calendar.week, name="calendar_week"),
    path("calendar/list/", calendar.as_list, name="calendar_list"),
    path("calendar/print/", calendar.for_paper, name="calendar_print"),
    path("calendar/elections/<int:pk>/", election_guide.election_guide, name="election_guide"),
    path("calendar/feeds/", feeds.feeds, name="calendar_feeds"),
    path("calendar/feeds/<int:feed_id>/revoke/", feeds.revoke, name="calendar_feed_revoke"),
    path("calendar-feed/<str:secret>.ics", feeds.feed, name="calendar_feed"),
    path("repeating/", repeating.all_series, name="all_series"),
    path("repeating/<int:series_id>/", repeating.one_series, name="series"),
    path("repeating/<int:series_id>/change/", repeating.change_series, name="series_change"),
    path("repeating/<int:series_id>/pause/", repeating.pause, name="series_pause"),
    path("repeating/<int:series_id>/resume/", repeating.resume, name="series_resume"),
    path("repeating/<int:series_id>/take-over/", repeating.take_over, name="series_take_over"),
    path("repeating/<int:series_id>/end/", repeating.end, name="series_end"),
    path("posts/<int:pk>/repeat/", repeating.repeat_post, name="post_repeat"),
    path("plan/", plan.overview, name="plan"),
    path("plan/csv/", plan.as_csv, name="plan_csv"),
    path("plan/<int:account_id>/", plan.of_account, name="account_plan"),
]
