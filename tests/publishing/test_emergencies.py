"""Emergencies: one person's word, bound to a digest, for a reason; checked by another later."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import CorporateGrant
from accounts.permissions import CorporateRole
from audit.models import Entry
from council_social.my_tasks.tasks import tasks_for
from publishing.actions.attaching import attach
from publishing.actions.emergencies import check_emergency, publish_in_emergency
from publishing.actions.submitting import submit
from publishing.drafts import Attached
from publishing.errors import ChecksFailed, Conflict, NotAllowed, OwnWork, Refused
from publishing.models import (
    AfterCheck,
    Approval,
    Delivery,
    Emergency,
    Post,
    PostState,
    PostTemplate,
)
from tests.at_once import at_once
from tests.factories import RiskAssessmentFactory, communications_officer, person
from tests.publishing.making import content, drafted, fresh, newest, picture, upload

pytestmark = pytest.mark.django_db

FLOOD = "Do not go near the river at Wealdmoor. The bridge is closed."
WHY = "The river rises and nobody who approves can be reached."


@pytest.fixture
def duty(db):
    return person(CorporateRole.DUTY_OFFICER, name="Dee Duty")


@pytest.fixture
def as_duty(client, duty):
    client.force_login(duty)
    return client


def let_go(by: Any, *accounts: Any, reason: str = WHY, **fields: Any) -> Post:
    typed = content(*accounts, **{"text": FLOOD, **fields})
    return fresh(publish_in_emergency(content=typed, key=uuid.uuid4(), reason=reason, by=by))


def typed(*accounts: Any, **fields: Any) -> dict[str, Any]:
    base = {"key": str(uuid.uuid4()), "text": FLOOD, "link": "", "reason": WHY, "do": "publish"}
    return {**base, "accounts": [account.pk for account in accounts], **fields}


def checked(emergency: Emergency, by: Any, outcome: AfterCheck = AfterCheck.IN_ORDER) -> Emergency:
    return check_emergency(emergency_id=emergency.pk, outcome=outcome, comment="Seen.", by=by)


# ---- Letting it go ---------------------------------------------------------------------------


def test_it_is_on_its_way_at_once_bound_to_its_digest_and_without_an_approval(duty, account, page):
    post = let_go(duty, account, page)

    emergency = Emergency.objects.get()
    assert post.state == PostState.APPROVED
    assert (emergency.version, emergency.digest) == (newest(post), newest(post).digest)
    assert {delivery.account for delivery in Delivery.objects.all()} == {account, page}
    assert not Approval.objects.exists()
    said = Entry.objects.latest("sequence")
    assert (said.event, said.reason) == ("post.published_in_emergency", WHY)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_it_takes_a_reason_of_some_words(reason, duty, account):
    with pytest.raises(Refused):
        let_go(duty, account, reason=reason)
    assert not Post.objects.exists()


@pytest.mark.parametrize("who", ["officer", "author", "approver"])
def test_only_whoever_holds_the_right_may(who, request, account):
    with pytest.raises(NotAllowed):
        let_go(request.getfixturevalue(who), account)
    assert not Post.objects.exists()


def test_a_duty_officer_whose_training_lapsed_may_not(duty, account):
    duty.completions.update(
        expires_on=timezone.localdate() - timedelta(days=1),
        counts_until=timezone.localdate() - timedelta(days=1),
    )
    with pytest.raises(NotAllowed):
        let_go(duty, account)


def test_what_a_platform_would_refuse_stops_it(duty, account):
    with pytest.raises(ChecksFailed):
        let_go(duty, account, text="x" * 281)
    assert not Post.objects.exists()


def test_a_hint_of_its_template_that_nobody_filled_in_stops_it(duty, account):
    with pytest.raises(ChecksFailed, match="name of the bridge"):
        let_go(duty, account, text="Do not cross the [name of the bridge].")
    assert not Post.objects.exists()


def test_what_is_advisory_is_overruled_by_the_reason_and_kept(duty, account):
    post = let_go(duty, account, text=f"{FLOOD} #wealdmoorfloods")
    found = newest(post).findings.get(check_key="hashtags")
    assert found.answer == WHY
    said = Entry.objects.get(event="post.published_in_emergency").details["after"]
    assert found.message in said["overruled"]


def test_it_has_no_day_and_no_time(duty, account):
    with pytest.raises(Refused):
        let_go(duty, account, at=timezone.now() + timedelta(hours=3))


def test_what_is_on_its_way_for_high_risk_asks_for_no_second_check(client, duty, officer, account):
    RiskAssessmentFactory(account=account, assessed_at=timezone.now(), likelihood=4, impact=4)
    post = let_go(duty, account)
    client.force_login(officer)
    assert "A second check is missing" not in client.get(reverse("post", args=[post.pk])).text
    assert "Posts held for a second check" not in [task.text for task in tasks_for(officer)]


# ---- The database ----------------------------------------------------------------------------


def test_a_delivery_without_the_version_s_own_digest_is_refused(duty, account):
    post = drafted(duty, account)
    submit(post_id=post.pk, revision=post.draft.revision, by=duty)
    version = newest(post)
    Emergency.objects.create(version=version, digest="0" * 64, reason=WHY, released_by=duty)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(post=post, version=version, account=account, due_at=now, try_at=now)


@pytest.mark.parametrize(
    "fields", [{"outcome": ""}, {"checked_at": None}, {"outcome": "not_in_order"}]
)
def test_half_a_check_is_refused(fields, duty, officer, account):
    let_go(duty, account)
    whole = {"checked_by": officer, "checked_at": timezone.now(), "outcome": "in_order"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.update(**{**whole, **fields})


def test_its_check_by_the_same_person_is_refused_by_the_database(duty, account):
    let_go(duty, account)
    with pytest.raises(IntegrityError), transaction.atomic():
        Emergency.objects.update(
            checked_by=duty, checked_at=timezone.now(), outcome=AfterCheck.IN_ORDER
        )


# ---- The check afterwards --------------------------------------------------------------------


def test_somebody_else_says_that_it_was_in_order(duty, officer, account):
    let_go(duty, account)
    emergency = checked(Emergency.objects.get(), officer)
    assert (emergency.checked_by, emergency.outcome) == (officer, "in_order")
    assert checked(emergency, officer) == emergency  # pressed twice
    assert Entry.objects.filter(event="post.emergency_checked").count() == 1


def test_nobody_checks_their_own_emergency(duty, account):
    CorporateGrant.objects.create(
        user=duty, role=CorporateRole.COMMUNICATIONS_OFFICER, reason="Both"
    )
    let_go(duty, account)
    with pytest.raises(OwnWork):
        checked(Emergency.objects.get(), duty)
    assert "Emergencies to check" not in [task.text for task in tasks_for(duty)]


def test_whoever_gives_no_second_checks_gives_this_one_neither(duty, approver, account):
    let_go(duty, account)
    with pytest.raises(NotAllowed):
        checked(Emergency.objects.get(), approver)


def test_not_in_order_says_why(duty, officer, account):
    let_go(duty, account)
    with pytest.raises(Refused):
        check_emergency(
            emergency_id=Emergency.objects.get().pk,
            outcome=AfterCheck.NOT_IN_ORDER,
            comment=" ",
            by=officer,
        )


@pytest.mark.django_db(transaction=True)
def test_of_two_who_check_at_once_one_is_told_who_was_quicker(duty, officer, account):
    let_go(duty, account)
    emergency, other = Emergency.objects.get(), communications_officer(name="Cat Officer")
    results = at_once(
        lambda: checked(emergency, officer),
        lambda: checked(emergency, other, AfterCheck.NOT_IN_ORDER),
        refusals=Conflict,
    )
    lost = [result for result in results if isinstance(result, Conflict)]
    winner = Emergency.objects.select_related("checked_by").get().checked_by
    assert winner is not None
    assert len(lost) == 1
    assert f"{winner.name} checked this before you" in lost[0].message


@pytest.mark.django_db(transaction=True)
def test_a_double_click_publishes_once(duty, account):
    key, words = uuid.uuid4(), content(account, text=FLOOD)
    at_once(*[lambda: publish_in_emergency(content=words, key=key, reason=WHY, by=duty)] * 2)
    assert (Post.objects.count(), Emergency.objects.count(), Delivery.objects.count()) == (1, 1, 1)


# ---- The pages -------------------------------------------------------------------------------


def test_it_begins_with_a_template_and_shows_what_will_go_out(as_duty, duty, account):
    template = PostTemplate.objects.create(
        name="Flood",
        content={"text": FLOOD, "account_ids": [account.pk]},
        is_for_emergencies=True,
        made_by=duty,
    )
    PostTemplate.objects.create(name="Fête", content={}, made_by=duty)
    start = as_duty.get(reverse("post_emergency"), {"template": template.pk})
    assert FLOOD in start.text
    assert "Fête" not in start.text
    confirm = as_duty.post(reverse("post_emergency"), typed(account, do=""))
    assert "Publish now" in confirm.text
    assert WHY in confirm.text
    assert not Post.objects.exists()


def test_pressed_twice_it_is_one_post(as_duty, account):
    given = typed(account)
    first = as_duty.post(reverse("post_emergency"), given)
    again = as_duty.post(reverse("post_emergency"), given)
    assert first.url == again.url == reverse("post", args=[Post.objects.get().pk])
    assert "Emergency" in as_duty.get(first.url).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"reason": ""}, "Say why this cannot wait"),
        ({"accounts": []}, "Choose at least one account"),
        ({"accounts": ["9" * 30]}, "Choose only accounts from the list"),
        ({"text": " "}, "Write what is to go out"),
        ({"text": "x" * 281}, "It cannot go out like this"),
        ({"text": "a\x00b"}, "Null characters"),
        ({"key": "x"}, "Enter a valid UUID"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_leaves(fields, words, as_duty, account):
    answer = as_duty.post(reverse("post_emergency"), typed(account, **fields))
    assert answer.status_code == 422
    assert words in answer.text
    assert WHY in answer.text or fields.get("reason") == ""
    assert not Delivery.objects.exists()


def test_whoever_may_not_is_told_whom_to_ring(client, officer, duty, settings):
    settings.ON_CALL_PHONE = "01632 960 001"
    client.force_login(officer)
    for answer in (client.get(reverse("post_emergency")), client.post(reverse("post_emergency"))):
        assert answer.status_code == 403
        assert "Ring 01632 960 001" in answer.text
        assert "Dee Duty" in answer.text


def test_it_waits_on_every_screen_until_somebody_checked_it(clock, client, duty, officer, account):
    post = let_go(duty, account)
    client.force_login(officer)
    assert "Emergencies to check" in client.get(reverse("home")).text
    assert "Overdue" not in client.get(reverse("emergencies")).text
    assert "At once, in an emergency" in client.get(reverse("post", args=[post.pk])).text
    clock.shift(timedelta(hours=24))
    client.force_login(officer)
    for address in (reverse("home"), reverse("emergencies"), reverse("post", args=[post.pk])):
        assert "Overdue" in client.get(address).text
    address = reverse("emergency_check", args=[post.pk])
    refused = client.post(address, {"outcome": "not_in_order", "comment": ""})
    assert (refused.status_code, "Say what was not" in refused.text) == (422, True)
    done = client.post(address, {"outcome": "not_in_order", "comment": "Wrong river"}, follow=True)
    assert "Take it down" in done.text
    assert "Emergencies to check" not in client.get(reverse("home")).text
    assert "It was not in order" in client.get(reverse("emergencies")).text


def test_the_list_asks_few_questions(client, duty, officer, account, django_assert_max_num_queries):
    let_go(duty, account)
    client.force_login(officer)
    client.get(reverse("emergencies"))
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("emergencies"))
    for _ in range(3):
        let_go(duty, account)
    with django_assert_max_num_queries(QUERIES):
        client.get(reverse("emergencies"))


QUERIES = 7


def test_a_picture_of_somebody_else_s_draft_does_not_leave_with_it(duty, author, account):
    theirs = drafted(author, account)
    media = attach(post_id=theirs.pk, file=upload(picture()), by=author)
    post = let_go(duty, account, media=(Attached(media.pk, "A library"),))
    assert not newest(post).media.exists()
