"""The queue: which posts wait for whose decision."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from accounts.access import holds, holds_each
from accounts.models import SocialAccount, User
from accounts.permissions import Permission
from accounts.reach import holds_everywhere, ids_within_reach
from accounts.risk.reviews import with_score
from publishing.models import (
    UNDECIDED,
    Approval,
    Delivery,
    DeliveryState,
    Emergency,
    Post,
    PostState,
    Stage,
)
from publishing.models.posts import PostQuerySet
from publishing.routes import GOING_OUT, RIGHT_FOR
from publishing.routes.waiting import mine_and_others, more_than_roles_decide

MOST_COUNTED = 100
"""A count beside a link says "99+" from here."""
MOST_LOOKED_AT = 1000


def waiting_for(user: User, among: PostQuerySet | None = None) -> PostQuerySet:
    """Posts that `user` may decide about by their roles: not their own, nor last edited by them.

    Of the first two hundred, those for which a route names others are left out.
    """
    posts = Post.objects.all() if among is None else among
    if not holds(user, Permission.APPROVE_POST):
        return Post.objects.none()
    waiting = posts.filter(state=PostState.AWAITING_APPROVAL).exclude(author=user)
    waiting = waiting.exclude(version__edited_by=user)
    if not holds_everywhere(user, Permission.APPROVE_POST):
        waiting = waiting.only_on_accounts(ids_within_reach(user, Permission.APPROVE_POST))
    if not more_than_roles_decide(user):
        return waiting
    _, others = mine_and_others(user, waiting)
    return waiting.exclude(pk__in=others)


def second_checks_for(user: User, among: PostQuerySet | None = None) -> PostQuerySet:
    """Posts that had their approval and wait for a further stage that `user` may give: not their
    own, nor approved by them.
    """
    posts = Post.objects.all() if among is None else among
    if not holds(user, *RIGHT_FOR.values()):
        return Post.objects.none()
    waiting = _checked_by_others(user, posts.filter(state=PostState.SECOND_CHECK))
    checks_all = holds_everywhere(user, Permission.GIVE_SECOND_CHECK)
    if not more_than_roles_decide(user):
        return waiting if checks_all else Post.objects.none()
    mine, others = mine_and_others(user, waiting)
    return waiting.exclude(pk__in=others) if checks_all else waiting.filter(pk__in=mine)


def raised_for(user: User) -> PostQuerySet:
    """Posts on their way that came to need a stage which `user` may give: the risk of an account
    has risen, or a route asks for more. The gate holds them until somebody does.
    """
    if not holds(user, *RIGHT_FOR.values()):
        return Post.objects.none()
    if not more_than_roles_decide(user):
        return _risen_for(user)
    unsent = Delivery.objects.filter(state__in=(DeliveryState.WAITING, DeliveryState.HELD))
    going = Post.objects.filter(state__in=GOING_OUT, pk__in=unsent.order_by().values("post"))
    mine, others = mine_and_others(user, _checked_by_others(user, going))
    risen = _risen_for(user).exclude(pk__in=others)
    return Post.objects.filter(Q(pk__in=mine) | Q(pk__in=risen.order_by().values("pk")))


def _risen_for(user: User) -> PostQuerySet:
    """Because the risk of an account has risen: known to the database alone."""
    if not holds_everywhere(user, Permission.GIVE_SECOND_CHECK):
        return Post.objects.none()
    high = with_score(SocialAccount.objects.live()).filter(
        risk_score__gte=settings.RISK_SECOND_CHECK_FROM
    )
    unsent = Delivery.objects.filter(
        state__in=(DeliveryState.WAITING, DeliveryState.HELD), account__in=high.values("pk")
    )
    checked = Approval.objects.filter(version=OuterRef("version"), stage=Stage.SECOND_CHECK)
    at_once = Emergency.objects.filter(version=OuterRef("version"))
    waiting = Post.objects.filter(state__in=GOING_OUT, pk__in=unsent.values("post"))
    return _checked_by_others(user, waiting.exclude(Exists(checked)).exclude(Exists(at_once)))


def _checked_by_others(user: User, posts: PostQuerySet) -> PostQuerySet:
    """Without what `user` wrote, last edited or has decided about."""
    decided = Approval.objects.filter(version=OuterRef("version"), decided_by=user)
    return posts.exclude(author=user).exclude(version__edited_by=user).exclude(Exists(decided))


def count_waiting_for(user: User) -> int:
    """How many wait for `user`, second checks among them, up to a hundred.

    For whoever may approve on some accounts only, among the first thousand that await approval.
    """
    approves, checks, monitors = holds_each(user, [[right] for right in RIGHT_FOR.values()])
    if not (approves or checks or monitors):
        return 0
    if more_than_roles_decide(user):
        approvals = waiting_for(user)[:MOST_COUNTED].count()
        return min(approvals + second_checks_for(user)[:MOST_COUNTED].count(), MOST_COUNTED)
    if checks:
        # Whoever holds this may approve everywhere too, so both are counted at once: nobody has
        # decided yet about what awaits its approval.
        undecided = Post.objects.filter(state__in=UNDECIDED)
        return _checked_by_others(user, undecided)[:MOST_COUNTED].count()
    if not approves:
        return 0
    waiting = waiting_for(user)
    if not holds_everywhere(user, Permission.APPROVE_POST):
        awaiting = Post.objects.filter(state=PostState.AWAITING_APPROVAL).order_by("due_at", "id")
        waiting = waiting.filter(pk__in=awaiting.values("pk")[:MOST_LOOKED_AT])
    return waiting[:MOST_COUNTED].count()


def next_for(user: User, *, after: Post | None = None) -> Post | None:
    """The next post to decide about, in the order of the queue; after the last comes the first.

    What waits for a second check comes after what waits for its approval.
    """
    return _next_in(waiting_for(user), after) or _next_in(second_checks_for(user), after)


def _next_in(posts: PostQuerySet, after: Post | None) -> Post | None:
    queue = posts.order_by("due_at", "id")
    if after is not None:
        queue = queue.exclude(pk=after.pk)
        later = queue.filter(due_at__gte=after.due_at).first()
        if later:
            return later
    return queue.first()
