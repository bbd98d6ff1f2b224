"""The addresses of routes, cover for absence, comments and emergencies."""

from django.urls import path

from publishing.views import absences, routes

urlpatterns = [
    path("admin/routes/", routes.routes, name="routes"),
    path("admin/routes/new/", routes.add, name="route_new"),
    path("admin/routes/<int:pk>/", routes.change, name="route_change"),
    path("admin/routes/<int:pk>/move/", routes.move, name="route_move"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.add, name="absence_new"),
    path("absences/<int:pk>/end/", absences.end, name="absence_end"),
]
