"""Sessions face to face, one past and three to come, and the ambassadors of four areas."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from accounts.models import ServiceArea, User
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from training.actions.ambassadors import name_ambassador
from training.actions.bookings import book
from training.actions.session_attendance import mark, mark_all_attended
from training.actions.sessions import cancel_session, plan_session
from training.models import Course, OpenTo, TrainingSession
from training.sessions.facts import SessionFacts
from training.sessions.letters import mail_session_letters

RUNS = "farah.aziz"
PAST = "Social media for everyone, in the room"
FULL = "Pictures that everyone can use"
ONLINE = "Answering people well"
OFF = "Filming on a telephone"
CAME = ("priya.shah", "ben.carter", "nadia.farouk", "sam.osei", "rob.tandy", "jo.whitaker")
DID_NOT = "ewa.nowak"
BOOKED = ("priya.shah", "ewa.nowak", "helen.moss", "kelly.adams", "dev.patel", "lucy.marsh")
"""For a session of four places: the last two wait."""
ABOUT_PICTURES = """\
You bring a picture that your service wants to show, and leave with one that can go out.

## What you learn

- alt text that says what the picture is there for
- whose consent is needed, and where it is kept
- crops that work on a telephone

Two hours, with a break."""


@dataclass(frozen=True, slots=True)
class _Ambassador:
    person: str
    area: str
    helps_with: str
    reach: str


AMBASSADORS = (
    _Ambassador(
        "ben.carter",
        "Libraries",
        "Events, pictures of people, and what to do with a rude comment",
        "Extension 4127, or in the office of the Central Library on weekdays",
    ),
    _Ambassador(
        "nadia.farouk",
        "Leisure and parks",
        "Short films, and posts about closures",
        "Extension 4310",
    ),
    _Ambassador(
        "ewa.nowak",
        "Highways",
        "Roadworks in plain English, and maps that everybody can read",
        "Extension 4515; she is on site until 11am",
    ),
    _Ambassador(
        "david.brandt",
        "Chief executive’s office",
        "Everything before an election, and what needs a second pair of eyes",
        "Extension 4002",
    ),
)


def tell_of_sessions(story: Story, cast: Cast) -> None:
    _tell_of_ambassadors(story, cast)
    _tell_of_the_past_one(story, cast)
    _tell_of_those_to_come(story, cast)
    # Told while letters go nowhere, so that nobody gets them from the workers later.
    story.at(story.soon(-5), mail_session_letters)


def _tell_of_ambassadors(story: Story, cast: Cast) -> None:
    for number, each in enumerate(AMBASSADORS):
        at = story.day(120 - 9 * number, "11:00")
        story.at(at, partial(_name, cast, each))


def _tell_of_the_past_one(story: Story, cast: Cast) -> None:
    starts = story.day(20, "10:00")
    facts = SessionFacts(
        title=PAST,
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        closes_at=starts,
        places=12,
        place="Council chamber, Town Hall",
        about="The course, with people to ask. For those who learn better together.",
        notes="The door on Market Street is open from 9:30am.",
    )
    plan = partial(_plan, cast, facts, course="social-media-for-everyone", trainer="sian.morgan")
    story.at(story.day(45, "09:30"), plan)
    for number, key in enumerate((*CAME, DID_NOT)):
        story.at(story.day(40 - number, "13:20"), partial(_book, cast, PAST, key))
    story.at(starts + timedelta(hours=3), partial(_mark, cast))


def _tell_of_those_to_come(story: Story, cast: Cast) -> None:
    full, online, off = (story.day(-ahead, "10:00") for ahead in (6, 12, 9))
    story.at(
        story.day(15, "10:10"),
        partial(
            _plan,
            cast,
            SessionFacts(
                title=FULL,
                starts_at=full,
                ends_at=full + timedelta(hours=2),
                closes_at=full,
                places=4,
                place="Room 3, Central Library",
                about=ABOUT_PICTURES,
                notes="Bring a picture. There is a loop system, and a lift from the car park.",
                trainer_name="Maya Lindqvist, Open Frames",
            ),
        ),
    )
    for number, key in enumerate(BOOKED):
        story.at(story.day(10 - number, "12:40"), partial(_book, cast, FULL, key))
    plan = partial(_plan, cast, _online(online), trainer="ana.lewis", area="Communities")
    story.at(story.day(8, "10:00"), plan)
    story.at(story.day(7, "10:00"), partial(_plan, cast, _about_films(off)))
    for key in ("rob.tandy", "carol.dean"):
        story.at(story.day(4, "16:15"), partial(_book, cast, OFF, key))
    story.at(story.day(2, "09:05"), partial(_cancel, cast))


def _online(starts: datetime) -> SessionFacts:
    return SessionFacts(
        title=ONLINE,
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        closes_at=starts,
        places=20,
        online_link="https://meet.wealdmoor.example/answering-people",
        about="Real questions to the council, and what a good answer to each would be.",
    )


def _about_films(starts: datetime) -> SessionFacts:
    return SessionFacts(
        title=OFF,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        closes_at=starts,
        places=8,
        place="Moorside Park, meet at the café",
        trainer_name="Maya Lindqvist, Open Frames",
    )


def _plan(
    cast: Cast, facts: SessionFacts, *, course: str = "", trainer: str = "", area: str = ""
) -> None:
    """With whom and what the story has by then."""
    said = facts.by_name()
    if course:
        said["course"] = Course.objects.get(slug=course)
    if trainer:
        said["trainer"] = cast.people[trainer]
    if area:
        said |= {"open_to": OpenTo.SERVICE_AREA, "service_area": cast.areas[area]}
    plan_session(by=cast.people[RUNS], facts=SessionFacts(**said))


def _book(cast: Cast, title: str, key: str) -> None:
    person = _now(cast.people[key])
    book(by=person, person=person, session=_session(title))


def _mark(cast: Cast) -> None:
    session, by = _session(PAST), cast.people[RUNS]
    absent = session.bookings.select_related("session").get(person=cast.people[DID_NOT])
    mark(by=by, booking=absent, came=False)
    mark_all_attended(by=by, session=session)


def _cancel(cast: Cast) -> None:
    reason = "The park is closed after the storm. A new day follows."
    cancel_session(by=cast.people[RUNS], session=_session(OFF), reason=reason)


def _name(cast: Cast, each: _Ambassador) -> None:
    area: ServiceArea = cast.areas[each.area]
    name_ambassador(
        by=cast.people["ana.lewis"],
        area=area,
        person=_now(cast.people[each.person]),
        helps_with=each.helps_with,
        reach=each.reach,
        since=timezone.localdate(),
    )


def _session(title: str) -> TrainingSession:
    return TrainingSession.objects.get(title=title)


def _now(person: User) -> User:
    """As the person is on record at this moment of the story."""
    return User.objects.get(pk=person.pk)
