"""Of what signing in is made: our forms, by allauth's names for them, and what passwords are."""

from __future__ import annotations

ACCOUNT_FORMS = {
    "login": "accounts.sign_in.forms.SignInForm",
    "reauthenticate": "accounts.sign_in.forms.ConfirmPasswordForm",
    "change_password": "accounts.sign_in.forms.NewPasswordForm",
    "reset_password": "accounts.sign_in.forms.AskForResetForm",
    "reset_password_from_key": "accounts.sign_in.forms.ResetForm",
}
MFA_FORMS = {
    "authenticate": "accounts.sign_in.forms.CodeForm",
    "reauthenticate": "accounts.sign_in.forms.ConfirmCodeForm",
    "activate_totp": "accounts.sign_in.forms.SetUpForm",
}

PASSWORD_VALIDATORS: list[dict[str, object]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
