"""Random histories of one account: who was given what, learnt what, left and came back, and when.

The answers of the moment are kept as the history goes on, so that a question about the past can be
compared with what was true then.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import strategies as st

from accounts.access import NotAllowed, may
from accounts.actions.access_reviews import Given, answer_review
from accounts.actions.access_rounds import go_round
from accounts.actions.answerable import change_owner
from accounts.actions.handing_on import Heirs, hand_on
from accounts.actions.leaving import end_employment, return_to_work
from accounts.actions.roles import (
    change_end_of_account_role,
    end_account_role,
    end_corporate_role,
    grant_account_role,
    grant_corporate_role,
)
from accounts.models import (
    AccessReview,
    AccountGrant,
    ReviewedGrant,
    ServiceArea,
    SocialAccount,
    User,
)
from accounts.permissions import AccountRole, CorporateRole, Permission
from pages.days import midnight_after
from tests.factories import (
    AccountFactory,
    CorporateGrantFactory,
    CourseFactory,
    CourseVersionFactory,
    PolicyVersionFactory,
    ServiceAreaFactory,
    UserFactory,
)
from training.actions.acknowledgements import acknowledge
from training.actions.assigning import When, Whom, assign, end_assignment
from training.actions.completions import record_completion, withdraw_completion
from training.models import Acknowledgement, Assignment, Completion, Course, Group, PolicyVersion

BEGAN = datetime(2027, 3, 1, 9, tzinfo=UTC)
PEOPLE = 3
Steps = list[tuple[int, tuple[str, int, int | None]]]

WHO = st.integers(0, PEOPLE - 1)
DAYS = st.integers(-3, 4)
DEEDS = st.one_of(
    st.tuples(st.just("grant"), WHO, st.none() | st.integers(0, 4)),
    st.tuples(st.just("change the end"), WHO, st.none() | st.integers(0, 4)),
    st.tuples(st.just("end"), WHO, st.none()),
    st.tuples(st.just("corporate"), WHO, st.none() | st.integers(0, 4)),
    st.tuples(st.just("no corporate"), WHO, st.none()),
    st.tuples(st.just("owner"), WHO, WHO),
    st.tuples(st.just("leave"), WHO, DAYS),
    st.tuples(st.just("return"), WHO, st.none()),
    st.tuples(st.just("learn"), WHO, st.integers(-3, 0)),
    st.tuples(st.just("run out"), WHO, st.none()),
    st.tuples(st.just("accept"), WHO, st.none()),
    st.tuples(st.just("new policy"), WHO, st.integers(0, 2)),
    st.tuples(st.just("new course version"), WHO, st.none() | st.integers(0, 2)),
    st.tuples(st.just("learn the other"), WHO, st.integers(-3, 0)),
    st.tuples(st.just("withdraw"), WHO, st.none()),
    st.tuples(st.just("grace"), WHO, st.integers(0, 2)),
    st.tuples(st.just("assign"), WHO, st.integers(0, 11)),
    st.tuples(st.just("assign to one"), WHO, st.integers(0, 2)),
    st.tuples(st.just("end assignments"), WHO, st.none()),
    st.tuples(st.just("hand on"), WHO, WHO),
    st.tuples(st.just("review"), WHO, st.integers(0, 2)),
)
STEPS = st.lists(st.tuples(st.sampled_from([0, 1, 5, 13, 24, 50]), DEEDS), max_size=9)
"""How many hours after the one before, and what."""


@dataclass
class History:
    account: SocialAccount
    people: list[User]
    hr: User
    area: ServiceArea
    """Of the second of the people, and above that of the third."""
    could: dict[date, set[int]] = field(default_factory=dict)
    """By day, whoever could post at some moment of it: as `may` said at that moment."""

    def look(self) -> None:
        moment = timezone.now()
        account = SocialAccount.objects.get(pk=self.account.pk)
        allowed = {
            person.pk
            for person in User.objects.filter(pk__in=[each.pk for each in self.people])
            if may(person, Permission.WRITE_POST, on=account, at=moment)
        }
        self.could.setdefault(timezone.localdate(moment), set()).update(allowed)


@contextlib.contextmanager
def told(
    steps: Steps, after_each: Callable[[History], None] = lambda history: None
) -> Iterator[History]:
    """The history after all its steps, at its end; `after_each` is called after every one."""
    with time_machine.travel(BEGAN, tick=False) as clock:
        area = ServiceAreaFactory()
        below = ServiceAreaFactory(parent=area)
        people = [UserFactory(service_area=each) for each in (None, area, below)]
        hr = CorporateGrantFactory(role=CorporateRole.HR).user
        account = AccountFactory(owner=people[0], deputy=people[1])
        CourseFactory()
        CourseFactory(slug="safeguarding", title="Safeguarding", needed_to_write=False)
        PolicyVersionFactory(in_force_from=timezone.localdate())
        for person in people[:2]:
            _learn(person, 0)
            _accept(person)
        Authenticator.objects.create(user=people[0], type=Authenticator.Type.TOTP, data={})
        history = History(account, people, hr, area)
        history.look()
        after_each(history)
        for hours, (name, who, more) in steps:
            _wait(clock, history, hours)
            with contextlib.suppress(ValidationError):
                _DEEDS[name](history, User.objects.get(pk=people[who].pk), more)
            history.look()
            after_each(history)
        yield history


def _wait(clock: time_machine.Traveller, history: History, hours: int) -> None:
    """Until the next step; what ends with a day is looked at when the next begins."""
    until = timezone.now() + timedelta(hours=hours, minutes=1)
    while (midnight := midnight_after(timezone.localdate())) < until:
        clock.move_to(midnight, tick=False)
        history.look()
    clock.move_to(until, tick=False)


def _grant(history: History, person: User, days: int | None) -> None:
    role = AccountRole.APPROVER
    grant_account_role(by=None, user=person, account=history.account, role=role, ends_on=_in(days))


def _change(history: History, person: User, days: int | None) -> None:
    grant = person.account_grants.in_force().first()
    if grant:
        change_end_of_account_role(by=None, grant=grant, ends_on=_in(days))


def _end(history: History, person: User, _: int | None) -> None:
    role = AccountRole.APPROVER
    end_account_role(by=None, user=person, account=history.account, role=role)


def _corporate(history: History, person: User, days: int | None) -> None:
    role = CorporateRole.COMMUNICATIONS_OFFICER
    grant_corporate_role(by=None, user=person, role=role, ends_on=_in(days))


def _own(history: History, person: User, other: int | None) -> None:
    deputy = history.people[other or 0]
    change_owner(by=None, account=history.account, owner=person, deputy=deputy)


def _leave(history: History, person: User, days: int | None) -> None:
    last_day = timezone.localdate() + timedelta(days=days or 0)
    end_employment(by=None, person=person, last_day=last_day)


def _learn(person: User, days: int | None, slug: str = "running-a-council-account") -> None:
    done = timezone.localdate() + timedelta(days=days or 0)
    course = Course.objects.get(slug=slug)
    record_completion(by=None, person=person, course=course, completed_on=done)


def _withdraw(history: History, person: User, _: int | None) -> None:
    newest = person.completions.on_record().first()
    if newest:
        withdraw_completion(by=history.hr, completion=newest, reason="In a test")


def _grace(history: History, person: User, days: int | None) -> None:
    """Of what is completed from now on."""
    Course.objects.update(grace_days=days or 0)


def _new_course_version(history: History, person: User, days: int | None) -> None:
    """Of which nobody is asked again, or everybody from so many days on."""
    for course in Course.objects.all():
        CourseVersionFactory(
            course=course, number=course.versions.count() + 1, asks_again_from=_in(days)
        )


def _assign(history: History, person: User, which: int | None) -> None:
    groups = (
        Whom(Group.EVERYBODY),
        Whom(Group.CORPORATE_ROLE, corporate_role=CorporateRole.COMMUNICATIONS_OFFICER),
        Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.SITE_OWNER),
        Whom(Group.ACCOUNT_ROLE, account_role=AccountRole.APPROVER),
        Whom(Group.SERVICE_AREA, service_area=history.area),
    )
    _ask(groups[(which or 0) % len(groups)], (which or 0) % 3)


def _ask(whom: Whom, days: int) -> None:
    other = Course.objects.get(slug="safeguarding")
    assign(by=None, thing=other, whom=whom, when=When(days=days), holds_posting=True)


def _end_assignments(history: History, person: User, _: int | None) -> None:
    for each in Assignment.objects.in_force():
        end_assignment(by=None, assignment=each)


def _run_out(history: History, person: User, _: int | None) -> None:
    """What they learnt and accepted is good until today only."""
    today = timezone.localdate()
    Completion.objects.filter(user=person, completed_on__lt=today, expires_on__gt=today).update(
        expires_on=today, counts_until=today
    )
    Acknowledgement.objects.filter(user=person, expires_on__gt=today).update(expires_on=today)


def _accept(person: User) -> None:
    for version in PolicyVersion.objects.current():
        acknowledge(by=person, version=version)


def _new_policy(history: History, person: User, days: int | None) -> None:
    newest = PolicyVersion.objects.latest("number")
    tomorrow = timezone.localdate() + timedelta(days=1)
    PolicyVersionFactory(
        document=newest.document,
        number=newest.number + 1,
        in_force_from=tomorrow,
        needed_from=tomorrow + timedelta(days=days or 0),
        published_at=timezone.now(),
    )


def _hand_on(history: History, person: User, other: int | None) -> None:
    heir = User.objects.get(pk=history.people[other or 0].pk)
    number = history.account.pk
    hand_on(by=None, person=person, to=Heirs({number: heir}, {number: heir}))


def _review(history: History, person: User, answer: int | None) -> None:
    """A review begins if none is open; `person` is answered for, or it is let lapse."""
    grants = AccountGrant.objects.in_force().filter(account=history.account)
    open_one = AccessReview.objects.open().filter(account=history.account).first()
    if open_one is None:
        due_on = timezone.localdate() + timedelta(days=1)
        open_one = AccessReview.objects.create(account=history.account, due_on=due_on)
        for grant in grants:
            ReviewedGrant.objects.create(review=open_one, grant=grant)
    if answer == 2:
        go_round(open_one.due_on + timedelta(days=1))
        return
    asked = open_one.grants.filter(grant__user=person).first()
    owner = User.objects.get(pk=SocialAccount.objects.get(pk=history.account.pk).owner_id)
    with contextlib.suppress(NotAllowed):
        if asked:
            given = Given(asked.pk, keeps=answer == 0, reason="In a test")
            answer_review(by=owner, review=open_one, answers=[given])


def _in(days: int | None) -> date | None:
    return None if days is None else timezone.localdate() + timedelta(days=days)


_DEEDS: dict[str, Callable[[History, User, int | None], None]] = {
    "grant": _grant,
    "change the end": _change,
    "end": _end,
    "corporate": _corporate,
    "no corporate": lambda history, person, _: end_corporate_role(
        by=None, user=person, role=CorporateRole.COMMUNICATIONS_OFFICER
    ),
    "owner": _own,
    "leave": _leave,
    "return": lambda history, person, _: (return_to_work(by=None, person=person), None)[1],
    "learn": lambda history, person, days: _learn(person, days),
    "run out": _run_out,
    "accept": lambda history, person, _: _accept(person),
    "new policy": _new_policy,
    "new course version": _new_course_version,
    "learn the other": lambda history, person, days: _learn(person, days, "safeguarding"),
    "withdraw": _withdraw,
    "grace": _grace,
    "assign": _assign,
    "assign to one": lambda history, person, days: _ask(
        Whom(Group.PERSON, person=person), days or 0
    ),
    "end assignments": _end_assignments,
    "hand on": _hand_on,
    "review": _review,
}
