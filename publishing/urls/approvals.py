"""The addresses of routes, cover for absence, comments and emergencies."""

from django.urls import path

from publishing.views import absences, commenting, emergencies, routes, several

urlpatterns = [
    path("admin/routes/", routes.routes, name="routes"),
    path("admin/routes/new/", routes.add, name="route_new"),
    path("admin/routes/<int:pk>/", routes.change, name="route_change"),
    path("admin/routes/<int:pk>/move/", routes.move, name="route_move"),
    path("absences/", absences.absences, name="absences"),
    path("absences/new/", absences.add, name="absence_new"),
    path("absences/<int:pk>/end/", absences.end, name="absence_end"),
    path("posts/several/", several.several, name="posts_several"),
    path("posts/<int:pk>/comment/", commenting.comment_on_post, name="post_comment"),
    path("posts/emergency/", emergencies.publish, name="post_emergency"),
    path("posts/emergencies/", emergencies.list_emergencies, name="emergencies"),
    path("posts/<int:pk>/emergency-check/", emergencies.check, name="emergency_check"),
]
