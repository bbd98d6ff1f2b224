from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        # It reaches models, which cannot be imported before the apps are loaded.
        from accounts.sign_in import trail

        trail.connect()
