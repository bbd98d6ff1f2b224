"""What waits for somebody about social accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q
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
from council_social.my_tasks.task import First, Task, Told

LAST_WEEK = timedelta(days=7)


def reviews(user: User) -> Iterator[Told]:
    """Accounts of one's own whose risk assessment is missing, overdue or soon due."""
    today = timezone.localdate()
    mine = SocialAccount.objects.live().answered_for_by(user)
    due = due_by(mine, today + WARNED_AHEAD)
    first = due.order_by(F("review_due").asc(nulls_first=True), "pk")
    yield Told(first, ["review_due"], _reviews)


def _reviews(count: int, first_due: str | None) -> Task:
    day, today = date.fromisoformat(first_due) if first_due else None, timezone.localdate()
    return Task(
        "Risk assessments to review",
        _when_posts_are_held(day, today),
        count,
        reverse("accounts") + "?mine=on",
        urgent=not day or day < today,
    )


def _when_posts_are_held(first_due: date | None, today: date) -> str:
    """What the review that is due first means for the posts of its account."""
    if not first_due or held_from(first_due) <= today:
        return "Posts are held until the risk is assessed and signed off"
    return f"Posts are held from {held_from(first_due):%-d %B} if nobody reviews"


def to_sign_off(user: User) -> Iterator[Task]:
    yield Task(
        "Risk assessments to sign off",
        "Read what somebody else assessed, and accept or return it",
        to_be_signed_off_by(user),
        First("risk_sign_off", ["account_id", "pk"]),
    )


def assessments_returned(user: User) -> Iterator[Task]:
    yield Task(
        "Risk assessments returned to you",
        "Read what has to be put right, and assess again",
        returned_to(user).order_by("returned_at", "id"),
        First("risk_new", ["account_id"]),
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


def connections(user: User) -> Iterator[Told]:
    """Connections that ended or soon end: for who can connect, and for who answers for it."""
    manages = may(user, Permission.MANAGE_ACCOUNTS)
    mine = SocialAccount.objects.all() if manages else SocialAccount.objects.answered_for_by(user)
    ended = Q(credential__expires_at__lte=timezone.now())
    is_broken = Q(credential__refused_at__isnull=False) | ended

    def told(count: int, first: int, broken: bool) -> Task:
        # The worst is the first.
        return Task(
            "Accounts to connect again",
            _what_of_connections(broken=bool(broken), manages=manages),
            count,
            reverse("connection" if manages else "account", args=[first]),
            urgent=bool(broken),
        )

    yield Told(to_connect_again(mine), ["pk", is_broken], told)


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
        yield Task(
            "People who left and still answer for accounts",
            "Hand on what nobody looks after now",
            # Straight to the one that waits longest.
            leavers_who_still_answer().order_by("employed_until", "pk"),
            First("person_hand_on"),
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
        yield Task(
            "Accounts to finish closing",
            "Settle their posts, make the archive, then close them",
            begun.order_by("closings__begun_at", "pk"),
            First("account_close"),
        )
