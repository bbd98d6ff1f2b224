"""Opening pages as somebody, and reading them as words."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from accounts.models import User


def as_person(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def text_of(answer: Any) -> str:
    """The words of a page, without its tags."""
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)
