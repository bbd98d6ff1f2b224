"""The e-mail to whoever confirms who still needs access to an account."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.letters import addresses
from accounts.models import AccessReview, ReviewAnswer, User


def send_access_letter(review: AccessReview, *, to: Sequence[User]) -> None:
    """What is still asked, or once the review is over what lapsed, in one e-mail to all of `to`.

    What the mail server refuses is raised.
    """
    asked = review.grants.unanswered().select_related("grant__user")
    lapsed = review.grants.filter(answer=ReviewAnswer.LAPSED).select_related("grant__user")
    is_over = review.closed_at is not None
    words = {
        "account": review.account,
        "people": to,
        "due_on": review.due_on,
        "roles": [row.grant for row in (lapsed if is_over else asked)],
        "is_over": is_over,
        "address": settings.BASE_URL + reverse("access_review", args=[review.account_id]),
    }
    what = "access has lapsed" if is_over else f"who needs access? By {review.due_on:%-d %B %Y}"
    # A name may hold anything, a subject no line break.
    subject = " ".join(f"{review.account.name}: {what}".split())
    body = render_to_string("emails/access_review.txt", words)
    EmailMessage(subject, body, to=addresses(to)).send()
