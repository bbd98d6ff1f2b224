"""allauth's forms with our labels. Placeholders go: they vanish when one begins to type."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as ReauthenticateByCodeForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.core.validators import EmailValidator

HOW_TO_CHOOSE = (
    "At least 12 characters. Three random words make a good one. It must not be a common password,"
    " your name or your e-mail address."
)
ADDRESS_LIKE = "Enter an e-mail address such as name@council.gov.uk."
CODE_HINT = "The 6 digits that your app shows, or one of your recovery codes"

LABELS: dict[str, tuple[str, str]] = {
    "login": ("E-mail address", ""),
    "email": ("E-mail address", ""),
    "password": ("Password", ""),
    "oldpassword": ("The password you have now", ""),
    "password1": ("New password", HOW_TO_CHOOSE),
    "password2": ("New password again", ""),
    "code": ("Code", CODE_HINT),
}


class PlainWords(forms.Form):
    """Our labels and hints in place of allauth's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in LABELS:
                field.label, field.help_text = LABELS[name]
                field.error_messages["required"] = f"Enter {_the(str(field.label))}."
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = ADDRESS_LIKE
                field.validators = [EmailValidator(message=ADDRESS_LIKE)]


class SignInForm(PlainWords, LoginForm):
    pass


class ConfirmPasswordForm(PlainWords, ReauthenticateForm):
    pass


class NewPasswordForm(PlainWords, ChangePasswordForm):
    pass


class AskForResetForm(PlainWords, ResetPasswordForm):
    pass


class ResetForm(PlainWords, ResetPasswordKeyForm):
    pass


class CodeForm(PlainWords, AuthenticateForm):
    pass


class ConfirmCodeForm(PlainWords, ReauthenticateByCodeForm):
    pass


class SetUpForm(PlainWords, ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "The 6 digits that the app shows now"
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


def _the(label: str) -> str:
    lowered = label[:1].lower() + label[1:]
    return lowered if lowered.startswith("the ") else f"the {lowered}"
