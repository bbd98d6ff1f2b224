"""What waits for somebody about social accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from accounts.access import may
from accounts.connection.endings import to_connect_again
from accounts.health import held_from
from accounts.housekeeping.rationalisation import to_be_done_by, undecided_in_open_rounds
from accounts.left_behind import leavers_who_still_answer
from accounts.models import AccessReview, AccountState, SocialAccount, User
from accounts.permissions import Permission
from accounts.reach import accounts_within_reach
from accounts.risk.reviews import WARNED_AHEAD, due_by, never_assessed
from accounts.risk.signing_off import returned_to, to_be_signed_off_by
from council_social.my_tasks.task import Task

LAST_WEEK = timedelta(days=7)


def reviews(user: User) -> Iterator[Task]:
    """Accounts of one's own whose risk assessment is missing, overdue or soon due."""
    today = timezone.localdate()
    mine = SocialAccount.objects.live().answered_for_by(user)
    days = due_by(mine, today + WARNED_AHEAD).values_list("review_due", flat=True)
    yield Task(
        "Risk assessments to review",
        _when_posts_are_held(list(days), today),
        len(days),
        reverse("accounts") + "?mine=on",
        urgent=any(day is None or day < today for day in days),
    )


def _when_posts_are_held(days: list[date | None], today: date) -> str:
    """What the review that is due first means for the posts of its account."""
    if not days:
        return ""
    held = [held_from(day) for day in days if day is not None]
    if len(held) < len(days) or min(held) <= today:
        return "Posts are held until the risk is assessed and signed off"
    return f"Posts are held from {min(held):%-d %B} if nobody reviews"


def to_sign_off(user: User) -> Iterator[Task]:
    unsigned = to_be_signed_off_by(user)
    if first := unsigned.first():
        yield Task(
            "Risk assessments to sign off",
            "Read what somebody else assessed, and accept or return it",
            unsigned,
            reverse("risk_sign_off", args=[first.account_id, first.pk]),
        )


def assessments_returned(user: User) -> Iterator[Task]:
    returned = returned_to(user)
    if first := returned.order_by("returned_at", "id").first():
        yield Task(
            "Risk assessments returned to you",
            "Read what has to be put right, and assess again",
            returned,
            reverse("risk_new", args=[first.account_id]),
        )


def in_retrospect(user: User) -> Iterator[Task]:
    if may(user, Permission.ASSESS_RISK):
        within = accounts_within_reach(user, Permission.ASSESS_RISK)
        yield Task(
            "Accounts to assess in retrospect",
            "In use, and no risk assessment is signed off",
            never_assessed(within),
            reverse("risk_retrospective"),
        )


def connections(user: User) -> Iterator[Task]:
    """Connections that ended or soon end: for who can connect, and for who answers for it."""
    manages = may(user, Permission.MANAGE_ACCOUNTS)
    mine = SocialAccount.objects.all() if manages else SocialAccount.objects.answered_for_by(user)
    credential = "credential__refused_at", "credential__expires_at"
    if rows := list(to_connect_again(mine).values_list("pk", *credential)):
        now = timezone.now()
        broken = any(refused_at or ends_at <= now for _, refused_at, ends_at in rows)
        yield Task(
            "Accounts to connect again",
            _what_of_connections(broken=broken, manages=manages),
            len(rows),
            reverse("connection" if manages else "account", args=[rows[0][0]]),
            urgent=broken,
        )


def _what_of_connections(*, broken: bool, manages: bool) -> str:
    what = "Posts are held where it does not work" if broken else "The connection ends soon"
    return what if manages else f"{what}: ask the digital team to connect it"


def access_to_confirm(user: User) -> Iterator[Task]:
    """One's own accounts; the digital team is asked when the last week has come."""
    mine = SocialAccount.objects.answered_for_by(user).order_by().values("pk")
    reviews = AccessReview.objects.asking(user)
    today = timezone.localdate()
    yield Task(
        "Access reviews to answer",
        "Say who still needs access: what nobody confirms ends",
        reviews.filter(account__in=mine),
        reverse("access_reviews") + "?state=open",
    )
    if may(user, Permission.MANAGE_PEOPLE):
        yield Task(
            "Access reviews that end within a week",
            "Remind the owner, or answer for them",
            reviews.exclude(account__in=mine).filter(due_on__lte=today + LAST_WEEK),
            reverse("access_reviews") + "?state=open",
        )


def left_behind(user: User) -> Iterator[Task]:
    if may(user, Permission.MANAGE_PEOPLE):
        gone = leavers_who_still_answer()
        if first := gone.order_by("employed_until", "pk").first():
            yield Task(
                "People who left and still answer for accounts",
                "Hand on what nobody looks after now",
                gone,
                # Straight to the one that waits longest.
                reverse("person_hand_on", args=[first.pk]),
                urgent=True,
            )


def to_decide(user: User) -> Iterator[Task]:
    if may(user, Permission.RATIONALISE):
        yield Task(
            "Accounts to keep, fix, merge or close",
            "A rationalisation is open, and nobody has decided on them",
            undecided_in_open_rounds(),
            reverse("rationalisation"),
        )


def to_carry_out(user: User) -> Iterator[Task]:
    yield Task(
        "Accounts of yours to fix, merge or close",
        "A rationalisation decided it, and it is not done",
        to_be_done_by(user),
        reverse("accounts") + "?mine=on",
    )


def closings(user: User) -> Iterator[Task]:
    """Accounts on which nothing goes out any more, and which are not closed yet."""
    if may(user, Permission.CLOSE_ACCOUNT):
        begun = SocialAccount.objects.filter(state=AccountState.CLOSING)
        if first := begun.order_by("closings__begun_at", "pk").first():
            yield Task(
                "Accounts to finish closing",
                "Settle their posts, make the archive, then close them",
                begun,
                reverse("account_close", args=[first.pk]),
            )
