from django.urls import path

from training.views import assignments

urlpatterns = [
    path("training/assignments/", assignments.assignments, name="assignments"),
    path("training/assignments/new/", assignments.add, name="assignment_new"),
    path("training/assignments/<int:pk>/end/", assignments.end, name="assignment_end"),
]
