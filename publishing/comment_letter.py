"""The e-mail to somebody who was named in a comment."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.letters import addresses
from publishing.models import CommentMention


def send_comment_letter(mention: CommentMention) -> None:
    """What was said, and where. What the mail server refuses is raised."""
    comment = mention.comment
    words = {
        "person": mention.person,
        "comment": comment,
        "address": settings.BASE_URL + reverse("post", args=[comment.post_id]),
    }
    # A name may hold anything, a subject no line break.
    subject = " ".join(f"{comment.by.name} asks you to look at “{comment.post}”".split())
    body = render_to_string("emails/comment.txt", words)
    EmailMessage(subject, body, to=addresses([mention.person])).send()
