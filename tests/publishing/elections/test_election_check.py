"""In a period, what names somebody or touches a topic waits for the Monitoring Officer."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from accounts.models import SocialAccount, User
from accounts.permissions import CorporateRole
from publishing.actions.deciding import approve
from publishing.actions.submitting import submit
from publishing.checks.registry import findings
from publishing.composition import compose, composition_of
from publishing.delivery.gate import Way, examine_all
from publishing.delivery.locking import lock_deliveries
from publishing.drafts import Content
from publishing.elections.waiting import election_checks_for
from publishing.errors import NotAllowed
from publishing.models import ElectionName, ElectionPeriod, Post, PostState, Stage, Topic, Ward
from publishing.routes import stages_for
from tests.factories import communications_officer, person
from tests.publishing.delivery.factories import connected_account, waiting
from tests.publishing.making import decided, drafted, fresh, in_hours, newest

pytestmark = pytest.mark.django_db


def period(
    *names: str,
    wards: tuple[str, ...] = (),
    topics: dict[str, str] | None = None,
    begins: int = -1,
    ends: int = 20,
    by: User | None = None,
) -> ElectionPeriod:
    """One that runs today, by default, entered without listing anything."""
    today = timezone.localdate()
    made = ElectionPeriod.objects.create(
        name="Hill ward",
        nation="england",
        kind="by_election" if wards else "local",
        notice_on=today + timedelta(days=begins),
        suggested_notice_on=today + timedelta(days=begins),
        poll_on=today + timedelta(days=ends),
        created_by=by or communications_officer(),
    )
    made.wards.set(Ward.objects.create(name=ward) for ward in wards)
    made.topics.set(Topic.objects.create(name=n, words=w) for n, w in (topics or {}).items())
    for name in names:
        ElectionName.objects.create(period=made, name=name, kind="candidate")
    return made


def sent(author: User, *accounts: SocialAccount, **fields: Any) -> Post:
    """Sent for approval, with an answer to whatever asks for one."""
    post = drafted(author, *accounts, **fields)
    found = findings(compose(Content.from_json(post.draft.content), post.pk))
    answers = {each.key: "It states a fact." for each in found}
    submit(post_id=post.pk, revision=post.draft.revision, by=author, answers=answers)
    return fresh(post)


@pytest.fixture
def monitoring_officer(db: None) -> User:
    return person(CorporateRole.MONITORING_OFFICER, name="Mel Monitor")


def election_check(post: Post, by: User) -> Post:
    version = newest(post)
    stage = Stage.ELECTION_CHECK
    return fresh(approve(version_id=version.pk, digest=version.digest, stage=stage, by=by))


def test_a_name_needs_the_monitoring_officer_after_the_approval(
    author: User, approver: User, account: SocialAccount, monitoring_officer: User
) -> None:
    period("Jane Smith")
    post = sent(author, account, at=in_hours(5), text="Meet JANE SMITH’S team.")
    assert stages_for(newest(post)) == (Stage.APPROVAL, Stage.ELECTION_CHECK)

    post = decided(post, approver)

    assert post.state == PostState.SECOND_CHECK
    assert not post.deliveries.exists()
    assert election_checks_for(monitoring_officer) == [post]
    with pytest.raises(NotAllowed):
        election_check(post, communications_officer())
    assert election_check(post, monitoring_officer).state == PostState.SCHEDULED
    assert election_checks_for(monitoring_officer) == []


@pytest.mark.parametrize(
    ("changed", "is_asked"),
    [
        ({"text": "The library is open."}, False),
        ({"text": "Ask Jane Smith."}, True),
        ({"text": "Ask Jane Smithson."}, False),
        ({"title": "Jane Smith opens the park"}, True),
        ({"link": "https://council.example/jane-smith"}, True),
        ({"text": "Ask Jane Smith.", "at": 24 * 40}, False),
        ({"text": "The new tram line is open."}, True),
    ],
)
def test_only_what_is_about_the_period_and_goes_out_in_it(
    author: User, account: SocialAccount, changed: dict[str, Any], is_asked: bool
) -> None:
    period("Jane Smith", topics={"Transport": "tram line\nbus lane"})
    at = in_hours(changed.get("at", 5))
    version = newest(sent(author, account, **{**changed, "at": at}))
    assert (Stage.ELECTION_CHECK in stages_for(version)) is is_asked
    found = [each for each in findings(composition_of(version)) if each.check.key == "pre_election"]
    assert bool(found) is is_asked
    assert all("Code of Recommended Practice" in each.source for each in found)


def test_in_a_by_election_a_topic_counts_only_with_the_ward(
    author: User, account: SocialAccount, page: SocialAccount
) -> None:
    made = period("Jane Smith", wards=("Hill",), topics={"Parking": "parking"})
    made.wards.get().accounts.add(page)

    def asked(account: SocialAccount, text: str) -> bool:
        version = newest(sent(author, account, at=in_hours(5), text=text))
        return Stage.ELECTION_CHECK in stages_for(version)

    assert not asked(account, "New parking rules in Valley.")
    assert asked(account, "New parking rules in Hill ward.")
    assert not asked(account, "New parking rules at Hillside.")
    assert asked(page, "New parking rules.")
    assert asked(account, "Jane Smith visits Valley.")
    assert not asked(account, "The fair in Hill is open.")


def test_a_period_that_is_entered_after_the_approval_holds_what_was_approved(
    monitoring_officer: User,
) -> None:
    delivery = waiting(text="Jane Smith opens the library.")
    assert way_of(delivery.pk) is Way.SEND
    made = period("Jane Smith")

    assert way_of(delivery.pk) is Way.HOLD
    assert election_checks_for(monitoring_officer) == [delivery.post]

    election_check(delivery.post, monitoring_officer)
    assert way_of(delivery.pk) is Way.SEND
    delivery.version.approvals.filter(stage=Stage.ELECTION_CHECK).delete()
    ElectionPeriod.objects.filter(pk=made.pk).update(
        cancelled_at=timezone.now(), cancelled_by=made.created_by
    )
    assert way_of(delivery.pk) is Way.SEND


def way_of(delivery: int, at: datetime | None = None) -> Way:
    with transaction.atomic():
        verdicts = examine_all(lock_deliveries([delivery]), at or timezone.now())
    return verdicts[delivery].way


@pytest.mark.parametrize(
    "text", ["Promoted by Tom Fox.", "Vote for change", "See https://x.example/ #VoteForJane"]
)
def test_campaign_material_is_flagged_and_no_imprint_is_added(
    author: User, account: SocialAccount, text: str
) -> None:
    version = newest(sent(author, account, at=in_hours(5), text=text))
    keys = {each.check.key for each in findings(composition_of(version))}
    assert "campaign_material" in keys
    assert version.text == text


NAMES = ("Jane Smith", "Siân O’Brien", "Green Party")
WORDS = ("jane", "smith", "Smithson", "Sian", "O'Brien", "OBRIEN", "green", "party", "bins", "tram")


def oracle(text: str) -> bool:
    """Whether a name or the topic is in it, written apart from the product."""
    plain = unicodedata.normalize("NFD", text.lower().replace("'", "").replace("’", ""))
    plain = re.sub(r"[\u0300-\u036f]", "", plain)
    wanted = r"jane\s+smith|sian\s+obrien|green\s+party|tram"
    return re.search(rf"\b(?:{wanted})\b", plain) is not None


@runs(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    words=st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
    runs_now=st.booleans(),
    checked=st.booleans(),
)
def test_nothing_that_names_somebody_passes_the_gate_in_a_period_without_the_check(
    monitoring_officer: User, words: str, runs_now: bool, checked: bool
) -> None:
    with transaction.atomic():
        begins = -1 if runs_now else 5
        period(*NAMES, topics={"Transport": "tram"}, begins=begins, by=monitoring_officer)
        delivery = waiting(connected_account(), text=words or "Nothing")
        touches = runs_now and oracle(words)
        if checked and touches:
            election_check(delivery.post, monitoring_officer)
        assert (way_of(delivery.pk) is Way.SEND) is (not touches or checked)
        transaction.set_rollback(True)
