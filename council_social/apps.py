"""Start-up of what looks across all apps."""

from django.apps import AppConfig
from django.core import checks

from council_social.brand import check_brand


class CouncilSocialConfig(AppConfig):
    name = "council_social"
    verbose_name = "Council Social"

    def ready(self) -> None:
        # It reaches models, which cannot be imported before every app is loaded.
        from council_social import extensions

        checks.register(check_brand)
        extensions.install()
