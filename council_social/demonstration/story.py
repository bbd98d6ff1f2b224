"""Chapter three: four months of posts and what became of each, and what residents say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from accounts.models import SocialAccount
from council_social.demonstration import takedowns, unfinished
from council_social.demonstration.accounts import ACCOUNTS, Account
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.emergencies import tell_of_comments, tell_of_emergencies
from council_social.demonstration.mentions import Remark, remarks
from council_social.demonstration.posts import PUBLISHED
from council_social.demonstration.words import Words
from council_social.demonstration.writing import Writing, send_what_is_due
from monitoring.intake import take_in
from monitoring.models import IntakeCursor
from publishing.actions.submitting import archive
from publishing.delivery.look_again import look_again
from publishing.delivery.reconcile import reconcile_delivery
from publishing.models import Delivery, DeliveryState

MONTHS = 118
"""Days over which the published posts are spread."""
CLOCKS = ("09:00", "12:15", "16:30", "10:30", "17:45", "08:15", "13:00", "18:30")
APPROVERS = ("david.brandt", "sian.morgan", "ana.lewis")
TALK_EVERY = timedelta(days=8)


def tell_of_posts(story: Story, cast: Cast) -> None:
    _tell_of_published(story, cast)
    _tell_of_open_ones(story, cast)
    tell_of_emergencies(story, cast)
    _tell_of_mishaps(story, cast)
    _tell_of_what_was_missed(story, cast)


def _tell_of_published(story: Story, cast: Cast) -> None:
    # The newest is two days old: later than that there is more to tell.
    for number, words in enumerate(PUBLISHED):
        ago = MONTHS - (MONTHS - 2) * number // (len(PUBLISHED) - 1)
        due = story.day(ago, CLOCKS[number % len(CLOCKS)])
        writing = Writing(cast, words, due if number % 5 else None)
        _approved(story, writing, due, by=_approver(words, number))
        story.outside(due, send_what_is_due)
        if number % 11 == 3 and ago > 40:
            story.at(due + timedelta(days=30), partial(_archive, writing))


def _tell_of_open_ones(story: Story, cast: Cast) -> None:
    """Drafts, what waits for approval, what was returned, what is scheduled, what was withdrawn."""
    for number, words in enumerate(unfinished.DRAFTS):
        story.at(story.day(1 + number, "15:40"), Writing(cast, words).draft)
    for number, words in enumerate(unfinished.WAITING):
        due = story.day(-1 - number, "11:00") if number != 2 else None
        writing = Writing(cast, words, due)
        _submitted(story, writing, story.soon(-190 - 400 * number))
        tell_of_comments(story, writing)
    for number, words in enumerate(unfinished.SCHEDULED):
        due = story.day(-1 - number, CLOCKS[number])
        by = _approver(words, number)
        _approved(story, Writing(cast, words, due), story.soon(-300 - 90 * number), by)
    soon = Writing(cast, unfinished.SOON, story.soon(45))
    _approved(story, soon, story.soon(-60), by="grace.holloway")
    second = Writing(cast, unfinished.SECOND_CHECK, story.day(-4, "16:00"))
    _approved(story, second, story.soon(-150), by="david.brandt")
    returned = Writing(cast, unfinished.RETURNED, story.day(-2, "10:00"))
    _submitted(story, returned, story.soon(-1500))
    ask = partial(returned.ask_for_changes, unfinished.RETURNED_WITH, "david.brandt")
    story.at(story.soon(-1380), ask)
    called_off = Writing(cast, unfinished.WITHDRAWN, story.day(6, "17:00"))
    _approved(story, called_off, story.day(9, "12:00"), by="ana.lewis")
    because = partial(called_off.withdraw, unfinished.WITHDRAWN_BECAUSE)
    story.at(story.day(7, "09:20"), because)


def _tell_of_mishaps(story: Story, cast: Cast) -> None:
    """Refused by a platform, refused by one of two, taken down, and never answered."""
    for words, ago, clock, by in (
        (unfinished.DUPLICATED, 4, "08:00", "martin.hale"),
        (unfinished.FAILED, 4, "14:30", "martin.hale"),
        (unfinished.WARNED, 6, "16:00", "sian.morgan"),
        (unfinished.PART_PUBLISHED, 5, "15:00", "david.brandt"),
    ):
        due = story.day(ago, clock)
        _approved(story, Writing(cast, words), due, by)
        story.outside(due, send_what_is_due)
    taken, left = Writing(cast, unfinished.TAKEN_DOWN), Writing(cast, unfinished.LEFT)
    ends = takedowns.deeds_of(story, cast, taken, left)
    for writing, ago, deed in ((taken, 12, ends[0]), (left, 3, ends[1])):
        due = story.day(ago, "11:20")
        _approved(story, writing, due, by="david.brandt")
        story.outside(due, send_what_is_due)
        story.outside(due + timedelta(hours=2), deed)
    due = story.soon(-150)
    _approved(story, Writing(cast, unfinished.UNKNOWN), due, by="ana.lewis")
    story.outside(due, partial(_lose_the_answer, story))
    for minutes in (1, 2):
        story.outside(due + timedelta(minutes=minutes), _look_for_it)


def _tell_of_what_was_missed(story: Story, cast: Cast) -> None:
    """Held by an overdue risk assessment or an expired sign-in; too late; never decided."""
    for words, due in (
        (unfinished.HELD, story.soon(-5)),
        (unfinished.MISSED_HELD, story.day(8, "15:30")),
        (unfinished.EXPIRED, story.day(3, "11:00")),
    ):
        _approved(story, Writing(cast, words, due), due - timedelta(hours=20), by="sian.morgan")
        story.outside(due, send_what_is_due)
        if due + timedelta(minutes=61) < story.now:
            story.at(due + timedelta(minutes=61), look_again)
    late = story.day(1, "12:30")
    _submitted(story, Writing(cast, unfinished.MISSED_UNDECIDED, late), late - timedelta(hours=3))
    story.at(late + timedelta(seconds=5), look_again)


def _submitted(story: Story, writing: Writing, at: datetime) -> None:
    """Written in the half hour before, and sent for approval then."""
    story.at(at - timedelta(minutes=25), writing.draft)
    story.at(at, writing.submit)


def _approved(story: Story, writing: Writing, at: datetime, by: str) -> None:
    """Approved then, or a few hours before its time where it has one in the past."""
    if writing.publish_at and writing.publish_at <= story.now:
        at = min(at, writing.publish_at - timedelta(hours=3))
    _submitted(story, writing, at - timedelta(hours=2))
    story.at(at, partial(writing.approve, by))


def _approver(words: Words, number: int) -> str:
    if number % 3 == 0 and all(key.startswith("libraries") for key in words.accounts):
        return "grace.holloway"
    others = [key for key in APPROVERS if key != words.author]
    return others[number % len(others)]


def _archive(writing: Writing) -> None:
    archive(post_id=writing.post_id, by=writing.cast.people[writing.words.author])


def _lose_the_answer(story: Story) -> None:
    """The connection drops while the platform thinks, and it drops the post as well."""
    story.control.fault("drop", platform="facebook", endpoint="publish", accept=False)
    send_what_is_due()
    story.control.clear_faults()


def _look_for_it() -> None:
    for delivery in Delivery.objects.filter(state=DeliveryState.UNKNOWN, asks_person=False):
        reconcile_delivery(delivery.pk)


def tell_of_talk(story: Story, cast: Cast) -> None:
    """Residents speak all the time; every few days what they said is taken in."""
    said = remarks(story.now)
    until = said[0].at + TALK_EVERY
    while said:
        now, said = _parted(said, lambda remark, until=until: remark.at < until)  # type: ignore[misc]
        for account in ACCOUNTS:
            of_account = [remark for remark in now if remark.account is account]
            deed = partial(_talk, story, cast, account, of_account)
            story.outside(min(until, story.now - timedelta(seconds=90)), deed)
        until += TALK_EVERY


def _parted(
    said: Sequence[Remark], is_early: Callable[[Remark], bool]
) -> tuple[list[Remark], list[Remark]]:
    early = [remark for remark in said if is_early(remark)]
    return early, list(said[len(early) :])


def _talk(story: Story, cast: Cast, about: Account, said: Sequence[Remark]) -> None:
    account = cast.accounts.get(about.key)
    if account is None or not about.talk:
        return
    posts = _posts_of(account)
    values = [remark.values(posts) for remark in said]
    story.control.say_all(about.platform, about.handle, [each for each in values if each])
    IntakeCursor.objects.filter(account=account).update(due_at=None)
    take_in(account.pk)


def _posts_of(account: SocialAccount) -> list[tuple[datetime, str]]:
    published = Delivery.objects.filter(account=account, state=DeliveryState.PUBLISHED)
    rows = published.order_by("published_at").values_list("published_at", "remote_id")
    return [(at, remote_id) for at, remote_id in rows if at]
