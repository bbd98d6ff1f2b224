"""Every address, by app. Each app lists its own; names have no namespace."""

from django.urls import include, path

from council_social import pages
from council_social.brand import brand_css
from council_social.health import health
from council_social.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("accounts.urls")),
    path("", include("training.urls")),
    path("", include("publishing.urls")),
    path("", include("monitoring.urls")),
    path("", include("jobs.urls")),
    path("reports/", include("council_social.reports.urls")),
    path("health/", health, name="health"),
    path("brand.css", brand_css, name="brand_css"),
    path("help/", pages.help_page, name="help"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
]

handler400 = "council_social.errors.bad_request"
handler403 = "council_social.errors.permission_denied"
handler404 = "council_social.errors.not_found"
handler500 = "council_social.errors.server_error"
