from django.urls import path

from training.views import importing

urlpatterns = [
    path("training/records/import/", importing.new, name="completion_import_new"),
    path("training/records/import/example/", importing.example, name="completion_import_example"),
    path("training/records/import/<int:import_id>/", importing.offered, name="completion_import"),
    path(
        "training/records/import/<int:import_id>/problems/",
        importing.problems_file,
        name="completion_import_problems",
    ),
    path(
        "training/records/import/<int:import_id>/take/",
        importing.take,
        name="completion_import_take",
    ),
]
