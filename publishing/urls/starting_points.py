"""The addresses of templates, snippets and imports of posts."""

from django.urls import path

from publishing.views import importing
from publishing.views import starting_points as views

urlpatterns = [
    path("templates/", views.templates, name="templates"),
    path("templates/new/", views.add_template, name="template_new"),
    path("templates/<int:template_id>/", views.change_template, name="template_change"),
    path("templates/<int:template_id>/away/", views.put_template_away, name="template_away"),
    path("snippets/", views.snippets, name="snippets"),
    path("snippets/new/", views.add_snippet, name="snippet_new"),
    path("snippets/<int:snippet_id>/", views.change_snippet, name="snippet_change"),
    path("snippets/<int:snippet_id>/away/", views.put_snippet_away, name="snippet_away"),
    path("posts/import/", importing.new, name="post_import_new"),
    path("posts/import/example/", importing.example, name="post_import_example"),
    path("posts/import/<int:import_id>/", importing.offered, name="post_import"),
    path(
        "posts/import/<int:import_id>/problems/",
        importing.problems_file,
        name="post_import_problems",
    ),
    path("posts/import/<int:import_id>/take/", importing.take, name="post_import_take"),
]
