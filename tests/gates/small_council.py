"""A council of one of each: every role, and a post in every state that the pages tell apart.

Each request of a test can be `taken_back`, so that hundreds of requests see the same council.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.credentials import store
from accounts.actions.importing import offer_file
from accounts.models import (
    AccessReview,
    AccountGrant,
    AccountState,
    CorporateGrant,
    Fate,
    Hazard,
    RationalisationDecision,
    RationalisationRound,
    RegisterImport,
    ReviewedGrant,
    RiskAssessment,
    ServiceArea,
    SocialAccount,
    StrategicAim,
    User,
)
from accounts.permissions import CorporateRole
from jobs.models import Job
from monitoring.models import Mention
from publishing.actions.deciding import ask_for_changes
from publishing.actions.emergencies import publish_in_emergency
from publishing.actions.submitting import withdraw
from publishing.models import Delivery, DeliveryState, MediaFile, Post, PostState
from tests.accounts.closing.closings import archived, being_closed
from tests.accounts.register.spreadsheets import a_row, file_of
from tests.accounts.requests.asking import Asking, asking, ready_to_submit, with_communications
from tests.factories import (
    AccountFactory,
    AccountGrantFactory,
    CorporateGrantFactory,
    HazardFactory,
    RiskAssessmentFactory,
    ServiceAreaFactory,
    StrategicAimFactory,
    approver_of,
    communications_officer,
    complete_for_live,
    digital_officer,
    drafter_of,
    person,
)
from tests.jobs.recital import asked, ended, failed_job, recital
from tests.monitoring.factories import MentionFactory
from tests.publishing.making import (
    approved,
    content,
    drafted,
    fresh,
    in_hours,
    newest,
    submitted,
    with_picture,
)
from training.models import Course, PolicyVersion

ROLES = (
    "anonymous",
    "leaver",
    "staff",
    "elsewhere",
    "drafter",
    "author",
    "owner",
    "approver",
    "manager",
    "officer",
    "digital",
    "hr",
    "auditor",
    "member",
    "monitoring",
    "duty",
    "holder",
)
"""`elsewhere` drafts for another account; `author` wrote the posts; `manager` is the author's;
`monitoring` is the Monitoring Officer, `duty` may publish in an emergency, `holder` has a budget.
"""


@dataclass(frozen=True)
class Council:
    people: dict[str, User]
    cookies: dict[str, SimpleCookie]
    area: ServiceArea
    account: SocialAccount
    elsewhere: SocialAccount
    closing: SocialAccount
    """Being closed: its posts are settled and its archive is made."""
    aim: StrategicAim
    posts: dict[str, Post]
    """By state: "draft", "awaiting", …; "own" awaits approval and is the approver's."""
    media: MediaFile
    mention: Mention
    corporate_grant: CorporateGrant
    account_grant: AccountGrant
    assessment: RiskAssessment
    """Of `account`, by its owner, waiting for somebody to sign it off."""
    hazard: Hazard
    reviewed: ReviewedGrant
    """A question of the open access review of `account`: the drafter's role."""
    ready: SocialAccount
    """Approved, with everything on its go-live checklist."""
    requests: dict[str, Asking]
    """By the author, whose deputy is the approver: "asked" waits for the people to accept, "draft"
    is ready to be submitted, "manager" and "communications" wait for those."""
    course: Course
    policy: PolicyVersion
    fix: RationalisationDecision
    """What an open round decided of `account`."""
    jobs: dict[str, Job]
    """The digital team's: one "failed", one "done"."""
    offered: RegisterImport
    """The digital team's: one good row, one bad."""

    def browser(self, role: str) -> Client:
        """A browser in which `role` is signed in, as if nothing had been asked before."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies[role].output(header=""))
        return client


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever is written inside is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def make_council() -> Council:
    area = ServiceAreaFactory(name="Libraries")
    people = _people()
    account = _connected(area, people["owner"])
    elsewhere = AccountFactory(name="Wealdmoor Parks", handle="wmparks")
    people |= {
        "drafter": drafter_of(account, name="Dan Drafter"),
        "author": drafter_of(account, name="Ann Author", manager=people["manager"]),
        "elsewhere": drafter_of(elsewhere, name="Ed Elsewhere"),
        "approver": approver_of(account, name="Abe Approver"),
    }
    posts = _posts(people, account)
    _has_left(people["leaver"], account)
    return Council(
        people=people,
        cookies={role: _cookies(people.get(role)) for role in ROLES},
        area=area,
        account=account,
        elsewhere=elsewhere,
        closing=_being_closed(people["officer"]),
        aim=StrategicAimFactory(),
        posts=posts,
        media=MediaFile.objects.get(),
        mention=MentionFactory(account=account),
        corporate_grant=people["hr"].corporate_grants.get(),
        account_grant=people["drafter"].account_grants.get(),
        assessment=RiskAssessmentFactory(
            account=account, assessed_by=people["owner"], signed_off_by=None, signed_off_at=None
        ),
        hazard=HazardFactory(name="Floods"),
        reviewed=_review(account, people["drafter"].account_grants.get()),
        ready=complete_for_live(
            AccountFactory(name="Wealdmoor Ready", handle="wmready", state=AccountState.APPROVED)
        ),
        requests=_requests(people),
        course=Course.objects.get(),
        policy=PolicyVersion.objects.get(),
        fix=_to_be_fixed(account, people["officer"]),
        jobs=_jobs(people["digital"]),
        offered=offer_file(
            by=people["digital"], name="accounts.csv", data=rows_of_accounts(people)
        ),
    )


def _connected(area: ServiceArea, owner: User) -> SocialAccount:
    account = AccountFactory(
        name="Wealdmoor Libraries", handle="wmlibraries", service_area=area, owner=owner
    )
    store(
        by=None,
        account=account,
        credential={"access_token": "a-token", "refresh_token": "another"},
        remote_name="@wmlibraries",
        granted_as=account.remote_id,
    )
    return account


def _has_left(leaver: User, account: SocialAccount) -> None:
    """Yesterday was the last day; nobody has taken the roles away."""
    CorporateGrantFactory(user=leaver, role=CorporateRole.COMMUNICATIONS_OFFICER)
    AccountGrantFactory(user=leaver, account=account)
    type(leaver).objects.filter(pk=leaver.pk).update(
        employed_until=timezone.localdate() - timedelta(days=1)
    )


def rows_of_accounts(people: dict[str, User]) -> bytes:
    """A file that can be imported; its second row cannot."""
    good = {"site owner": people["owner"].email, "service area": "Libraries"}
    return file_of([{**a_row(), **good}, {**a_row(handle="second", name=""), **good}])


def _jobs(by: User) -> dict[str, Job]:
    recital()
    return {"failed": failed_job(by), "done": ended(asked(by))}


def _review(account: SocialAccount, grant: AccountGrant) -> ReviewedGrant:
    due_on = timezone.localdate() + timedelta(days=20)
    review = AccessReview.objects.create(account=account, due_on=due_on)
    return ReviewedGrant.objects.create(review=review, grant=grant)


def _being_closed(officer: User) -> SocialAccount:
    account = being_closed(AccountFactory(name="Wealdmoor Museum", handle="wmmuseum"), officer)
    archived(account, officer)
    return account


def _to_be_fixed(account: SocialAccount, officer: User) -> RationalisationDecision:
    round_ = RationalisationRound.objects.create(
        name="Autumn tidy-up", due_on=timezone.localdate(), opened_by=officer
    )
    return round_.decisions.create(account=account, fate=Fate.FIX, reason="Old logo", by=officer)


def _people() -> dict[str, User]:
    return {
        "leaver": person(name="Lee Leaver"),
        "staff": person(name="Sam Staff"),
        "owner": person(name="Olu Owner"),
        "manager": person(name="Mo Manager"),
        "officer": communications_officer(name="Cat Officer"),
        "digital": digital_officer(name="Di Digital"),
        "hr": person(CorporateRole.HR, name="Hal Resources"),
        "auditor": person(CorporateRole.AUDITOR, name="Ava Auditor"),
        "member": person(CorporateRole.ELECTED_MEMBER, name="Max Member"),
        "monitoring": person(CorporateRole.MONITORING_OFFICER, name="Mel Monitor"),
        "duty": person(CorporateRole.DUTY_OFFICER, name="Dot Duty"),
        "holder": person(CorporateRole.BUDGET_HOLDER, name="Bea Budget"),
    }


def _requests(people: dict[str, User]) -> dict[str, Asking]:
    who = {
        "asker": people["author"],
        "manager": people["manager"],
        "deputy": people["approver"],
        "officer": people["drafter"],
        "communications": people["officer"],
        "colleague": people["digital"],
    }
    return {
        "asked": asking("wmasked", **who).answered(),
        "draft": ready_to_submit("wmdraft", **who),
        "manager": ready_to_submit("wmmanager", **who).submitted(),
        "communications": with_communications("wmcommunications", **who).signed_off(),
    }


def _cookies(user: User | None) -> SimpleCookie:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.cookies


def _posts(people: dict[str, User], account: SocialAccount) -> dict[str, Post]:
    author, approver = people["author"], people["approver"]
    posts = {
        "draft": drafted(author, account, text="New large print books are on the shelves."),
        "illustrated": drafted(author, account, text="A seed swap comes to Moorside on Friday."),
        "awaiting": submitted(author, account, at=in_hours(30)),
        "own": submitted(approver, account, at=in_hours(31)),
        "scheduled": approved(author, approver, account, at=in_hours(32)),
        "returned": submitted(
            author, account, at=in_hours(33), text="Bring last year’s calendars: we fold them."
        ),
        "withdrawn": submitted(author, account, at=in_hours(34)),
        "missed": _in_state(submitted(author, account), PostState.MISSED_SLOT),
        "published": _sent(approved(author, approver, account), PostState.PUBLISHED),
        "failed": _sent(approved(author, approver, account), PostState.FAILED),
        "unknown": _sent(approved(author, approver, account), PostState.APPROVED),
        "emergency": publish_in_emergency(
            content=content(account, text="The bridge is closed."),
            key=uuid.uuid4(),
            reason="It floods.",
            by=people["duty"],
        ),
    }
    with_picture(posts["illustrated"], author)
    version = newest(posts["returned"])
    ask_for_changes(version_id=version.pk, comment="Which library?", by=approver)
    withdraw(post_id=posts["withdrawn"].pk, by=author)
    return {name: fresh(post) for name, post in posts.items()}


def _in_state(post: Post, state: PostState) -> Post:
    Post.objects.filter(pk=post.pk).update(state=state)
    return post


def _sent(post: Post, state: PostState) -> Post:
    """As the engine leaves it: live, refused, or asking a person."""
    outcomes: dict[PostState, dict[str, Any]] = {
        PostState.PUBLISHED: {
            "state": DeliveryState.PUBLISHED,
            "published_at": timezone.now(),
            "remote_url": "https://x.example/wmlibraries/1",
        },
        PostState.FAILED: {"state": DeliveryState.REJECTED, "reason": "It is too long."},
        PostState.APPROVED: {"state": DeliveryState.UNKNOWN, "asks_person": True},
    }
    Delivery.objects.filter(post=post).update(**outcomes[state])
    return _in_state(post, state)


def typed_post(post: Post | None, account: SocialAccount, **fields: Any) -> dict[str, Any]:
    """What a browser sends for the compose form, with all that was in it."""
    kept = content(account) if post is None else None
    base = {
        "revision": 0 if post is None else post.draft.revision,
        "key": str(uuid.uuid4() if post is None else post.key),
        "accounts": [account.pk],
        "text": kept.text if kept else "Open until nine.",
        "title": "Library hours",
        "link": "",
        "campaign": "",
        "publish_on": "",
        "publish_time": "",
        "do": "save",
    }
    return {**base, **fields}
