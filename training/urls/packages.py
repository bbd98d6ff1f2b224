from django.urls import path

from training.views import package_play, packages

urlpatterns = [
    path("training/packages/", packages.packages, name="training_packages"),
    path("training/<slug:slug>/export/", packages.export, name="training_export"),
    path("training/packages/new/", packages.add, name="training_package_new"),
    path("training/<slug:slug>/package/", package_play.package, name="training_package"),
    path(
        "training/<slug:slug>/package/state/",
        package_play.report,
        name="training_package_report",
    ),
]
