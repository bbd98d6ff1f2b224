from django.urls import path

from jobs import views

urlpatterns = [
    path("jobs/", views.jobs, name="jobs"),
    path("jobs/<int:job_id>/", views.job, name="job"),
    path("jobs/<int:job_id>/again/", views.try_again, name="job_try_again"),
    path("jobs/<int:job_id>/file/", views.job_file, name="job_file"),
]
