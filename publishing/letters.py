"""The e-mails about posts that nobody decides about."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.letters import addresses
from accounts.models import User
from publishing.models import Nudge, NudgeKind, Stage
from publishing.routes import IN_WORDS

_SUBJECTS = {
    NudgeKind.REMINDER: "waits for your decision",
    NudgeKind.ESCALATION: "still waits for a decision",
    NudgeKind.EXPIRY: "came back to you undecided",
}


def send_nudge(nudge: Nudge, *, to: Sequence[User]) -> None:
    """One e-mail to all of `to`; none where nobody is. What the mail server refuses is raised."""
    if not to:
        return
    post = nudge.version.post
    words = {
        "kind": nudge.kind,
        "people": to,
        "post": post,
        "what": IN_WORDS[Stage(nudge.stage)],
        "since": nudge.version.created_at,
        "address": settings.BASE_URL + reverse("post", args=[post.pk]),
    }
    # A title may hold anything, a subject no line break.
    subject = " ".join(f"“{post}” {_SUBJECTS[NudgeKind(nudge.kind)]}".split())
    body = render_to_string("emails/nudge.txt", words)
    EmailMessage(subject, body, to=addresses(to)).send()
