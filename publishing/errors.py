"""What may be in the way of an action: few errors, each with words for the person who acted.

Each carries the HTTP status of its page. None of them changes anything: an action that raises
is rolled back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied

if TYPE_CHECKING:
    from accounts.access import Explanation
    from publishing.checks.finding import Finding
    from publishing.models import Draft


class PublishingError(Exception):
    """Base of all; the message may be shown to a person."""

    status = 422
    title = "There is a problem"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotAllowed(PublishingError, PermissionDenied):
    """The person lacks the permission; the 403 page shows `explanation`, where there is one."""

    status = 403
    title = "You cannot do this"

    def __init__(self, message: str, explanation: Explanation | None = None) -> None:
        super().__init__(message)
        self.explanation = explanation


class OwnWork(NotAllowed):
    """An author or last editor tried to decide about their own words."""


class Conflict(PublishingError):
    """Something moved in the meantime: another version, another decision, another state."""

    status = 409
    title = "This post has changed"


class StaleDraft(Conflict):
    """The draft was saved from somewhere else since this form was opened; `draft` is that one."""

    title = "This draft was changed somewhere else"

    def __init__(self, message: str, draft: Draft) -> None:
        super().__init__(message)
        self.draft = draft


class AlreadyOut(Conflict):
    """A platform has the post, or may have it: it cannot be changed or taken back any more."""

    title = "This post is already going out"


class ChecksFailed(PublishingError):
    """A blocking check refuses the post."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(" ".join(finding.message for finding in findings))
        self.findings = findings


class AnswersNeeded(ChecksFailed):
    """Nothing stands in the way, but the author has not said yet why these may stay."""

    title = "There is something to answer"


class Refused(PublishingError):
    """What was entered cannot be accepted; `field` is the form's field."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class MediaRefused(Refused):
    """A file that cannot be used, and why."""
