"""Every address of training, by area."""

from django.urls import include, path

urlpatterns = [
    path("", include("training.urls.learning")),
    path("", include("training.urls.writing")),
    path("", include("training.urls.assignments")),
    path("", include("training.urls.records")),
    path("", include("training.urls.importing")),
    path("", include("training.urls.matrix")),
    path("", include("training.urls.packages")),
    path("", include("training.urls.codes")),
    path("", include("training.urls.conversations")),
    path("", include("training.urls.policies")),
    path("", include("training.urls.sessions")),
    path("", include("training.urls.ambassadors")),
    path("", include("training.urls.strategy")),
    path("", include("training.urls.certificates")),
    # Last: any word after /training/ may be the name of a course.
    path("", include("training.urls.taking")),
]
