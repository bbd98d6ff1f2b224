"""What the sign-in page says in the demonstration."""

from __future__ import annotations

from django import template

from council_social.demonstration.sign_ins import (
    AT_THE_TERMINAL,
    PASSWORD,
    SIGN_INS,
    SignIn,
    TerminalSignIn,
)

register = template.Library()


@register.simple_tag
def sign_ins() -> tuple[SignIn, ...]:
    """People to sign in as."""
    return SIGN_INS


@register.simple_tag
def demonstration_password() -> str:
    return PASSWORD


@register.simple_tag
def terminal_sign_in() -> TerminalSignIn:
    """With what to sign in at the shared terminal."""
    return AT_THE_TERMINAL
