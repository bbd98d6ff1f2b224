"""The request of the museum: asked for by a ranger, supported, and waiting for communications."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from django.utils import timezone

from accounts.actions import risk
from accounts.actions.deciding import say_yes
from accounts.actions.request_people import accept_parts, name_answerable
from accounts.actions.requesting import answer_request, begin_request, submit_request
from accounts.models import AccountRequest
from accounts.requests.digest import digest_of
from council_social.demonstration.accounts import Account
from council_social.demonstration.cast import Cast
from council_social.demonstration.clock import Story
from council_social.demonstration.facts import AUDIENCES, SERVED

WHY = {
    "why": "The new gallery opens in spring, and its school visits fill up in days.",
    "why_not_existing": "Those who follow the parks want walks and wildlife, not exhibitions.",
}
CONTENT = {
    "content_kinds": "One object and its story; what is on; how to book a school visit.",
    "content_rhythm": "Three times a week, and daily in the week of an opening",
    "content_first_weeks": "The making of the gallery, from the empty room to the first visitor.",
    "content_replies": "The museum desk, Tuesday to Saturday, within a working day.",
}
EQUALITY = {
    "equality_adverse": "no",
    "equality_adverse_why": "",
    "equality_positive": "yes",
    "equality_positive_why": "Every picture is described, and films have captions. Quiet hours"
    " and step-free routes are said in each invitation.",
    "equality_steps": "",
}


def tell_of_request(story: Story, cast: Cast, account: Account) -> None:
    """Begun nine days ago; the deputy, who is the owner's line manager, supported it since."""
    story.at(story.day(9, "10:00"), partial(_begin, cast, account))
    story.at(story.day(9, "10:40"), partial(_answer, cast, account))
    story.at(story.day(8, "16:10"), partial(_accept, cast, account))
    story.at(story.day(7, "09:05"), partial(_submit, cast, account))
    story.at(story.day(6, "13:30"), partial(_support, cast, account))


def _begin(cast: Cast, account: Account) -> None:
    begun = begin_request(
        by=cast.people[account.owner],
        platform=account.platform,
        handle=account.handle,
        name=account.name,
        service_area=cast.areas[account.area],
    )
    cast.accounts[account.key] = begun.account


def _answer(cast: Cast, account: Account) -> None:
    asker, request = cast.people[account.owner], _request(cast, account)
    why = {
        **WHY,
        "audience": AUDIENCES[account.area],
        "aims": [cast.aims[name] for name in SERVED[account.area]],
    }
    for task, answers in (
        ("About the account", {"purpose": account.purpose}),
        ("Why it is needed", why),
        ("Content plan", CONTENT),
        ("Equality screening", EQUALITY),
    ):
        answer_request(by=asker, request=request, task=task, answers=answers)
    name_answerable(by=asker, request=request, owner=asker, deputy=cast.people[account.deputy])
    risk.assess(
        by=asker,
        account=request.account,
        likelihood=2,
        impact=3,
        summary="A picture of a visitor is shown without consent, or an object is named wrongly.",
        controls="Two people see every post; visitors sign a consent form at the desk.",
        review_on=timezone.localdate() + timedelta(days=365),
    )


def _accept(cast: Cast, account: Account) -> None:
    accept_parts(by=cast.people[account.deputy], request=_request(cast, account))


def _submit(cast: Cast, account: Account) -> None:
    submit_request(by=cast.people[account.owner], request=_request(cast, account))


def _support(cast: Cast, account: Account) -> None:
    request = _request(cast, account)
    say_yes(
        by=cast.people[account.deputy],
        request=request,
        digest=digest_of(request),
        reason="Nadia has the time for it, and the museum has more to show than the parks page"
        " can carry.",
    )


def _request(cast: Cast, account: Account) -> AccountRequest:
    rows = AccountRequest.objects.with_answers()
    return rows.get(account=cast.accounts[account.key])
