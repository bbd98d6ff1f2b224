from django.urls import path

from training.views import matrix, people, progress, reminding

urlpatterns = [
    path("training/matrix/", matrix.matrix, name="training_matrix"),
    path("training/matrix/remind/", reminding.remind, name="training_remind"),
    path("training/matrix/csv/", matrix.as_csv, name="training_matrix_csv"),
    path("training/matrix/excel/", matrix.as_excel, name="training_matrix_excel"),
    path("training/progress/", progress.progress, name="training_progress"),
    path("training/progress/csv/", progress.progress_csv, name="training_progress_csv"),
    path("training/people/<int:person_id>/", people.person, name="training_person"),
    path(
        "training/records/<int:completion_id>/withdraw/",
        people.withdraw,
        name="completion_withdraw",
    ),
    path("training/team/", matrix.team, name="training_team"),
]
