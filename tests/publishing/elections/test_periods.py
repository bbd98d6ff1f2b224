"""Periods entered, changed and cancelled; what was on its way into one is listed and looked at."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.access import NotAllowed
from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from audit.models import Entry
from publishing.actions.election_reviews import keep, say_changed, withdraw_listed
from publishing.actions.elections import (
    Details,
    cancel_period,
    change_period,
    enter_period,
    keep_names,
)
from publishing.actions.moving import move
from publishing.actions.wards import add_non_working_day, add_ward, change_ward
from publishing.errors import Conflict
from publishing.models import ElectionPeriod, ElectionReview, NameKind, PostState, Ward
from tests.at_once import at_once
from tests.factories import communications_officer, person
from tests.publishing.making import approved, decided, fresh, in_hours, newest, submitted
from tests.visiting import text_of

pytestmark = pytest.mark.django_db


def details(**changed: object) -> Details:
    today = timezone.localdate()
    given = {
        "name": "Town council",
        "nation": "england",
        "kind": "local",
        "poll_on": today + timedelta(days=30),
        "notice_on": today + timedelta(days=1),
    }
    return Details(**{**given, **changed})  # type: ignore[arg-type]


@pytest.fixture
def monitor(db: None) -> User:
    return person(CorporateRole.MONITORING_OFFICER, name="Mel Monitor")


def listed() -> list[str]:
    return [str(each.post) for each in ElectionReview.objects.order_by("pk")]


@pytest.mark.usefixtures("clock")
def test_what_goes_out_in_the_period_is_listed_and_nothing_else(
    author: User, approver: User, account: SocialAccount, monitor: User
) -> None:
    approved(author, approver, account, at=in_hours(100), title="Inside")
    submitted(author, account, at=in_hours(101), title="Waits")
    approved(author, approver, account, at=in_hours(2), title="Before")
    approved(author, approver, account, at=in_hours(24 * 40), title="After")

    period = enter_period(details=details(), by=monitor)

    assert listed() == ["Inside", "Waits"]
    events = Entry.objects.filter(event__startswith="election.").values_list("event", flat=True)
    assert sorted(events) == ["election.entered", "election.post_listed", "election.post_listed"]
    assert period.suggested_notice_on < period.poll_on
    change_period(period_id=period.pk, details=details(), by=monitor)
    assert Entry.objects.filter(event="election.changed").count() == 0
    later = details(poll_on=timezone.localdate() + timedelta(days=60))
    change_period(period_id=period.pk, details=later, by=monitor)
    assert listed() == ["Inside", "Waits", "After"]


def test_for_a_ward_only_what_speaks_of_it_or_of_a_name_is_listed(
    author: User, approver: User, account: SocialAccount, monitor: User
) -> None:
    ward = add_ward(name="Hill", by=monitor)
    for title, text in (
        ("Of the ward", "The fair in Hill is open."),
        ("Elsewhere", "The fair in Valley is open."),
        ("Of a name", "Jane Smith was here."),
    ):
        approved(author, approver, account, at=in_hours(100), title=title, text=text)
    entered = details(kind="by_election", wards=[ward])
    period = enter_period(details=entered, by=monitor)
    assert listed() == ["Of the ward"]
    first = ElectionReview.objects.get()
    keep(review_id=first.pk, by=monitor, comment="A fair is a fair.")

    keep_names(period_id=period.pk, names=[(NameKind.CANDIDATE, " Jane  Smith ")], by=monitor)

    assert listed() == ["Of the ward", "Of a name"]
    assert "names Jane Smith" in ElectionReview.objects.last().because  # type: ignore[union-attr]
    first.refresh_from_db()
    assert first.outcome == "kept"
    keep_names(period_id=period.pk, names=[(NameKind.GROUP, "the fair")], by=monitor)
    first.refresh_from_db()
    assert (first.outcome, "the fair" in first.because) == ("", True)


def test_each_answer_is_kept_once_and_does_what_it_says(
    author: User, approver: User, account: SocialAccount, monitor: User
) -> None:
    officer = communications_officer()
    posts = [
        approved(author, approver, account, at=in_hours(100 + n), title=f"P{n}") for n in range(3)
    ]
    enter_period(details=details(), by=monitor)
    reviews = list(ElectionReview.objects.order_by("pk"))

    keep(review_id=reviews[0].pk, by=monitor)
    keep(review_id=reviews[0].pk, by=monitor)
    with pytest.raises(Conflict, match="reviewed already"):
        withdraw_listed(review_id=reviews[0].pk, by=officer)
    assert fresh(posts[0]).state == PostState.SCHEDULED
    withdraw_listed(review_id=reviews[1].pk, by=officer)
    assert fresh(posts[1]).state == PostState.WITHDRAWN
    with pytest.raises(Conflict, match="is what it was"):
        say_changed(review_id=reviews[2].pk, by=monitor)
    move(version_id=newest(posts[2]).pk, at=in_hours(24 * 50), by=officer)
    say_changed(review_id=reviews[2].pk, by=monitor)
    said = ElectionReview.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(said) == ["kept", "withdrawn", "changed"]
    assert Entry.objects.filter(event="election.post_reviewed").count() == 3


def test_what_cannot_be_is_refused(author: User, monitor: User) -> None:
    today = timezone.localdate()
    for wrong in (
        {"name": "  "},
        {"notice_on": today + timedelta(days=30)},
        {"kind": "by_election"},
        {"name": "x" * 151},
    ):
        with pytest.raises(ValidationError):
            enter_period(details=details(**wrong), by=monitor)
    with pytest.raises(NotAllowed):
        enter_period(details=details(), by=author)
    period = enter_period(details=details(), by=monitor)
    for name in ("!!!", "x" * 151):
        with pytest.raises(ValidationError):
            keep_names(period_id=period.pk, names=[(NameKind.GROUP, name)], by=monitor)
    with pytest.raises(ValidationError):
        cancel_period(period_id=period.pk, reason=" ", by=monitor)
    cancel_period(period_id=period.pk, reason="Countermanded.", by=monitor)
    cancel_period(period_id=period.pk, reason="Again.", by=monitor)
    with pytest.raises(ValidationError, match="cancelled"):
        keep_names(period_id=period.pk, names=[], by=monitor)
    assert Entry.objects.filter(event="election.cancelled").count() == 1


def test_wards_and_days_are_there_once(monitor: User, author: User) -> None:
    ward = add_ward(name="Hill", by=monitor)
    for name in ("hill", " ", "!"):
        with pytest.raises(ValidationError):
            add_ward(name=name, by=monitor)
    assert change_ward(ward_id=ward.pk, name="Hill and Dale", by=monitor).name == "Hill and Dale"
    day = {"on": date(2027, 4, 20), "name": "Mourning", "nation": "", "by": monitor}
    add_non_working_day(**day)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        add_non_working_day(**day)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        add_ward(name="Mine", by=author)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_page_suggests_the_day_and_says_how_it_was_reckoned(monitor: User) -> None:
    mel = signed_in(monitor)
    typed = {"name": "Town", "nation": "england", "kind": "local", "poll_on": "07/05/2026"}
    page = mel.post(reverse("election_new"), typed)
    assert (page.status_code, ElectionPeriod.objects.count()) == (200, 0)
    assert "30 March 2026" in text_of(page)
    assert "Good Friday" in text_of(page)
    assert "30/03/2026" in page.content.decode()

    done = mel.post(reverse("election_new"), {**typed, "notice_on": "27/03/2026"})

    period = ElectionPeriod.objects.get()
    assert done["Location"] == reverse("election", args=[period.pk])
    assert period.notice_on == date(2026, 3, 27)
    assert period.suggested_notice_on == date(2026, 3, 30)
    names = {"candidate": "Jane Smith\r\n\r\nTom Fox", "group": "Green Party\njane smith"}
    assert mel.post(reverse("election_names", args=[period.pk]), names).status_code == 302
    shown = text_of(mel.get(reverse("election", args=[period.pk])))
    assert "Jane Smith, Tom Fox" in shown
    assert "Green Party" in shown
    for wrong in ({"wards": ["9" * 30]}, {"poll_on": "x"}, {"nation": "\x00"}):
        assert mel.post(reverse("election_new"), {**typed, **wrong}).status_code == 422


def test_a_form_that_is_sent_twice_makes_one_period(monitor: User) -> None:
    mel = signed_in(monitor)
    address = reverse("election_new")
    key = mel.get(address).context["form"]["key"].value()
    typed = {"key": str(key), "name": "Town", "nation": "england", "kind": "local"}
    typed["poll_on"] = "07/05/2026"
    suggested = mel.post(address, typed)
    assert str(suggested.context["form"]["key"].value()) == str(key)
    answers = [mel.post(address, {**typed, "notice_on": "27/03/2026"})["Location"] for _ in "ab"]
    period = ElectionPeriod.objects.get()
    assert answers == [reverse("election", args=[period.pk])] * 2
    assert Entry.objects.filter(event="election.entered").count() == 1
    enter_period(details=details(), by=monitor, key=uuid.uuid4())
    enter_period(details=details(), by=monitor)
    assert ElectionPeriod.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_period(monitor: User) -> None:
    key = uuid.uuid4()
    made = at_once(
        lambda: enter_period(details=details(), by=monitor, key=key),
        lambda: enter_period(details=details(), by=monitor, key=key),
    )
    assert made[0] == made[1] == ElectionPeriod.objects.get()


def test_everybody_who_writes_is_told_and_who_reviews_has_a_task(
    author: User, approver: User, account: SocialAccount, monitor: User
) -> None:
    approved(author, approver, account, at=in_hours(100), title="Inside")
    ward = Ward.objects.create(name="Hill")
    enter_period(details=details(kind="by_election", wards=[ward]), by=monitor)
    enter_period(details=details(name="All"), by=monitor)
    for page in ("/", reverse("post_new")):
        told = text_of(signed_in(author).get(page))
        assert "Election period for Hill ward from" in told
        assert "Election period for the whole council from" in told
    assert "Posts to review before an election" in text_of(signed_in(monitor).get("/"))
    assert "Posts to review before" not in text_of(signed_in(author).get("/"))


def test_the_monitoring_officer_decides_from_home(
    author: User, approver: User, account: SocialAccount, monitor: User
) -> None:
    post = submitted(author, account, at=in_hours(100), text="Jane Smith was here.")
    period = enter_period(details=details(), by=monitor)
    keep_names(period_id=period.pk, names=[(NameKind.CANDIDATE, "Jane Smith")], by=monitor)
    assert decided(post, approver).state == PostState.SECOND_CHECK
    mel = signed_in(monitor)
    assert "Posts for the Monitoring Officer’s check" in text_of(mel.get("/"))
    assert "Library hours" in text_of(mel.get(reverse("elections")))
    assert "Approve" in text_of(mel.get(reverse("post", args=[post.pk])))
    version = newest(post)
    form = {"version": version.pk, "digest": version.digest, "stage": "election_check"}

    answer = mel.post(reverse("post_approve", args=[post.pk]), form)

    assert answer.status_code == 302
    assert fresh(post).state == PostState.SCHEDULED
    assert Entry.objects.filter(event="post.election_checked").exists()
