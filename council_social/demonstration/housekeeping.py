"""An account that is used by hand, standards that were checked, and a rationalisation half done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from accounts.actions import risk
from accounts.actions.answerable import accept_on_paper
from accounts.actions.checking import answer_checks
from accounts.actions.locking import lock_account
from accounts.actions.rationalising import decide, open_round
from accounts.actions.register import register_account
from accounts.actions.standards import Found, check_standards
from accounts.actions.states import move_state
from accounts.checklists import BRANDING, PROFILE_TEXT
from accounts.housekeeping.standards import STANDARDS
from accounts.models import AccountState, Fate, RationalisationRound, TwoFactorState
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.council import DOMAIN

ROUND = "Fewer and better accounts"


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of one account; keys as in `accounts.ACCOUNTS`."""

    key: str
    fate: Fate
    reason: str
    into: str = ""


DECIDED = (
    Decided("council-x", Fate.KEEP, "Where people look first when something happens."),
    Decided("council-facebook", Fate.KEEP, "Most of our conversations are here."),
    Decided("libraries-x", Fate.KEEP, "Answers within the hour, and is read for it."),
    Decided("housing-x", Fate.FIX, "Two-factor sign-in is off, and the connection is lost."),
    Decided(
        "leisure-x",
        Fate.MERGE,
        "Parks and the leisure centre talk to the same families. Bring the class times over.",
        into="parks-facebook",
    ),
    Decided("planning-youtube", Fate.CLOSE, "The meetings are streamed on the council’s website."),
)


def tell_of_housekeeping(story: Story, cast: Cast) -> None:
    story.at(story.day(540, "11:00"), partial(_keep_photographs, cast))
    story.at(story.day(31, "10:15"), partial(_check, cast, "council-x", {}))
    missed = {"hashtags": "#wealdmoorlibraries and others are all in small letters."}
    story.at(story.day(31, "11:00"), partial(_check, cast, "libraries-facebook", missed))
    story.at(story.day(20, "09:30"), partial(_begin, cast))
    for number, one in enumerate(DECIDED):
        begun = story.day(19, "14:00") + timedelta(minutes=6 * number)
        story.at(begun, partial(_decide, cast, one))


@transaction.atomic
def _keep_photographs(cast: Cast) -> None:
    """On a platform to which the product does not connect: somebody puts the pictures there."""
    owner, today = cast.people["grace.holloway"], timezone.localdate()
    account = register_account(
        by=cast.digital,
        platform="flickr",
        handle="wealdmoorarchive",
        name="Wealdmoor in Pictures",
        service_area=cast.areas["Libraries"],
        owner=owner,
        deputy=cast.people["ben.carter"],
        purpose="Photographs from the local history archive",
        audience="Families, schools and everybody who grew up here",
        predates_policy=True,
        last_post_on=today - timedelta(days=40),
        recovery_contact=f"social@{DOMAIN}",
        two_factor=TwoFactorState.ON,
        two_factor_checked_on=today,
        joint_access="The digital team signed in, with a picture on file",
        joint_access_on=today,
    )
    made = risk.assess(
        by=owner,
        account=account,
        likelihood=1,
        impact=3,
        summary="A picture of somebody who has not agreed.",
        review_on=today + timedelta(days=730),
        is_retrospective=True,
    )
    risk.sign_off(by=cast.digital, assessment=made)
    accept_on_paper(lock_account(account), paper="Signed form, kept by communications", by=None)
    seen = ((BRANDING, "The logo is up"), (PROFILE_TEXT, "Says whose it is and whom to ask"))
    answer_checks(by=cast.digital, account=account, proofs=seen)
    move_state(by=cast.digital, account=account, to=AccountState.LIVE)


def _check(cast: Cast, key: str, missed: dict[str, str]) -> None:
    found = {
        item.key: Found(item.key not in missed, missed.get(item.key, "")) for item in STANDARDS
    }
    check_standards(by=cast.people["ana.lewis"], account=cast.accounts[key], found=found)


def _begin(cast: Cast) -> None:
    due_on = timezone.localdate() + timedelta(days=45)
    open_round(by=cast.people["ana.lewis"], name=ROUND, due_on=due_on)


def _decide(cast: Cast, one: Decided) -> None:
    round_ = RationalisationRound.objects.get(name=ROUND)
    decide(
        by=cast.people["ana.lewis"],
        round_=round_,
        account=cast.accounts[one.key],
        fate=one.fate,
        reason=one.reason,
        merge_into=cast.accounts[one.into] if one.into else None,
        due_on=None if one.fate is Fate.KEEP else round_.due_on + timedelta(days=60),
    )
