"""What an account lacks that goes live, worked out from the bare rows, apart from the product."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from accounts.models import Answerable, ChecklistAnswer, RiskAssessment, SocialAccount, User
from training.models import Acknowledgement, Completion, Course, PolicyVersion


def lacking(account: SocialAccount) -> Iterator[str]:
    """What an account that goes live now must not lack, from the rows themselves."""
    today = timezone.localdate()
    signed = RiskAssessment.objects.filter(account=account, signed_off_at__isnull=False)
    newest = signed.order_by("-assessed_at", "-id").first()
    if not newest or newest.review_on < today or newest.signed_off_by == newest.assessed_by:
        yield "an assessment"
    for part, user in (("owner", account.owner), ("deputy", account.deputy)):
        if user is None or (user.employed_until and user.employed_until < today):
            yield f"a {part} who works here"
            continue
        rows = Answerable.objects.filter(account=account, part=part, user=user, until=None)
        if not rows.filter(accepted_at__isnull=False).exists():
            yield f"the acceptance of the {part}"
        yield from (f"{what} of the {part}" for what in unlearnt(user))
    if account.two_factor not in ("on", "not_offered"):
        yield "two-factor"
    for name in ("joint_access", "recovery_contact"):
        if not getattr(account, name):
            yield name
    for item in ("branding", "profile_text"):
        met = ChecklistAnswer.objects.filter(account=account, checklist="go_live", item=item)
        if not met.filter(is_met=True).exclude(proof="").exists():
            yield item


def unlearnt(user: User) -> Iterator[str]:
    today = timezone.localdate()
    for course in Course.objects.filter(needed_to_write=True):
        if not Completion.objects.filter(course=course, user=user, expires_on__gte=today).exists():
            yield str(course)
    for version in PolicyVersion.objects.all():
        if not Acknowledgement.objects.filter(
            version=version, user=user, expires_on__gte=today
        ).exists():
            yield str(version)
