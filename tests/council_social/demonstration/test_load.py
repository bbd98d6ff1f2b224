"""The demonstration council: everything there is to see is in it, by the ways people use."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.db.models import Max, Min
from django.utils import timezone

from accounts.actions.closing import finish_closing, not_ready
from accounts.actions.credentials import open_credential
from accounts.connection.adapters import connect
from accounts.connection.endings import to_connect_again
from accounts.housekeeping.found import ALL, counts
from accounts.housekeeping.rationalisation import in_all, progress_by_area
from accounts.models import (
    AccessReview,
    AccountRequest,
    AccountState,
    Credential,
    RationalisationRound,
    RegisterImport,
    RequestState,
    SocialAccount,
    User,
)
from accounts.obstacles import obstacles
from accounts.requests.lists import to_decide
from accounts.requests.tasks import not_done
from accounts.who_has_access.reviews import progress_of, with_progress
from audit.chain import verify
from audit.models import Entry
from council_social.demonstration.load import connect_again
from council_social.demonstration.sign_ins import AT_THE_TERMINAL, PASSWORD, SIGN_INS
from monitoring.models import DailyFigure, DailyMentions, Mention
from publishing.library.uses import ending_soon
from publishing.models import (
    Absence,
    Consent,
    ContentPlan,
    Delivery,
    DeliveryState,
    ElectionPeriod,
    MediaItem,
    Post,
    PostImport,
    PostState,
    PostTemplate,
    Promotion,
    PromotionState,
    Route,
    Series,
    Snippet,
    Stop,
    WordRule,
    WordRuleKind,
)
from training.models import ActionState, Completion, Course, Enrolment, PolicyVersion
from training.policies.consultation import Stand
from training.policies.ready import readiness_of
from training.standing import learning_due
from training.strategy.progress import progress
from training.writing.problems import obstacles_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("council")]


def account(handle: str, platform: str) -> SocialAccount:
    return SocialAccount.objects.get(handle=handle, platform=platform)


def test_posts_are_in_every_state_that_there_is():
    states = Counter(Post.objects.values_list("state", flat=True))
    assert set(states) == set(PostState.values)
    assert 40 <= states[PostState.PUBLISHED] <= 80


def test_the_library_has_consents_that_count_that_end_soon_and_that_are_withdrawn():
    shared = MediaItem.objects.shared()
    assert shared.count() == 12
    assert not shared.filter(alt_text="").exists()
    assert Consent.objects.filter(is_child=True, withdrawn_at=None).exists()
    assert Consent.objects.filter(withdrawn_at__isnull=False).exists()
    assert ending_soon().exists()


def test_an_election_is_over_and_another_is_coming_whose_notice_is_still_ahead():
    over, coming = ElectionPeriod.objects.order_by("poll_on")
    today = timezone.localdate()
    assert over.poll_on < today < coming.notice_on
    assert [ward.name for ward in coming.wards.all()] == ["Moorside"]
    assert coming.names.count() == 4


def test_a_stop_was_released_by_a_second_person():
    stop = Stop.objects.get()
    assert stop.released_by is not None
    assert stop.released_by != stop.release_asked_by


def test_a_route_names_somebody_who_is_away_and_another_stands_in():
    route = Route.objects.get(name__startswith="Roads")
    away = Absence.objects.get()
    assert away.person in route.stages.get().people.all()
    assert away.cover is not None


def test_promotions_were_paid_refused_and_wait_for_either_person():
    states = Counter(Promotion.objects.values_list("state", flat=True))
    assert states == {PromotionState.DONE: 1, PromotionState.REFUSED: 1, PromotionState.ASKED: 2}
    waiting = Promotion.objects.filter(state=PromotionState.ASKED)
    assert waiting.filter(communications_agreed_at__isnull=False).count() == 1


def test_a_post_repeats_and_its_next_ones_wait_for_approval():
    series = Series.objects.get()
    made = list(series.posts.values_list("state", flat=True))
    assert made
    assert set(made) == {PostState.AWAITING_APPROVAL}


def test_accounts_have_content_plans_and_the_council_its_own_words():
    assert ContentPlan.objects.count() == 7
    assert set(WordRule.objects.values_list("kind", flat=True)) == set(WordRuleKind.values)


def test_a_file_of_accounts_waits_with_two_rows_that_are_wrong():
    sent = RegisterImport.objects.get()
    assert len(sent.good) == 3
    assert [problem["column"] for problem in sent.problems] == ["handle", "service area"]


def test_a_course_was_re_issued_with_a_picture_and_a_film_and_somebody_is_in_the_middle_of_one():
    course = Course.objects.get(slug="running-a-council-account")
    assert list(course.versions.order_by("number").values_list("number", flat=True)) == [1, 2]
    second = course.versions.get(number=2)
    assert {each.is_video for each in course.files.all()} == {True, False}
    assert second.lessons.filter(text__contains="](picture:").count() == 1
    assert second.lessons.exclude(video=None).get().transcript
    assert obstacles_of(second) == []
    way = Enrolment.objects.under_way().get(user__email__startswith="carol.dean")
    assert way.read.count() == 4


def test_posts_begin_with_templates_and_a_file_of_posts_waits_with_one_row_that_is_wrong():
    assert PostTemplate.objects.filter(is_for_emergencies=True).count() == 1
    assert PostTemplate.objects.filter(is_for_emergencies=False).count() == 2
    assert Snippet.objects.count() == 2
    offered = PostImport.objects.get()
    assert (len(offered.good), offered.bad_rows) == (3, 1)


def test_access_was_reviewed_once_and_is_being_reviewed_again():
    reviews = AccessReview.objects.filter(account__handle="WealdmoorLibs")
    assert [review.closed_at is None for review in reviews] == [True, False]
    open_ones = with_progress(AccessReview.objects.open())
    progress = {progress_of(each).words for each in open_ones}
    assert any(not words.startswith("0 of") for words in progress)
    assert any(words.startswith("0 of") for words in progress)


def test_deliveries_are_in_every_state_that_lasts_and_one_asks_a_person():
    states = set(Delivery.objects.values_list("state", flat=True))
    # What is being sent is so for a moment only.
    assert states == set(DeliveryState.values) - {DeliveryState.SENDING}
    assert Delivery.objects.filter(asks_person=True).count() == 1


def test_some_posts_go_out_within_the_hour_and_others_in_the_days_ahead():
    now = timezone.now()
    ahead = Post.objects.filter(state=PostState.SCHEDULED, publish_at__gt=now)
    assert ahead.filter(publish_at__lt=now + timedelta(hours=1)).exists()
    assert ahead.filter(publish_at__gt=now + timedelta(days=1)).exists()


def test_everything_published_is_on_its_platform_once(stand_in):
    for one in SocialAccount.objects.publishable().exclude(state=AccountState.REQUESTED):
        ours = one.deliveries.filter(state=DeliveryState.PUBLISHED)
        there = stand_in.control.posts(one.platform, one.handle)
        assert sorted(post["remote_id"] for post in there) == sorted(
            ours.values_list("remote_id", flat=True)
        )


def test_people_and_accounts_are_as_they_are_in_a_council():
    assert User.objects.count() == 34
    assert Counter(SocialAccount.objects.values_list("state", flat=True)) == {
        "live": 11, "suspended": 1, "closing": 1, "requested": 1, "partner": 1,
    }  # fmt: skip
    assert "due for review" in obstacles(account("WealdmoorParks", "facebook"))[0].what
    assert "does not accept" in obstacles(account("WealdmoorHomes", "x"))[0].what
    assert obstacles(account("WealdmoorLibs", "x")) == []
    lapsed = User.objects.get(email__startswith="lucy.marsh")
    assert [str(learning.thing) for learning in learning_due(lapsed)] == [
        "Running a council account",
        "Social media for everyone at the council",
        "Working with children and vulnerable adults",
    ]


def test_housekeeping_finds_something_and_a_rationalisation_is_half_done():
    found = counts(SocialAccount.objects.all())
    by_hand = account("wealdmoorarchive", "flickr")
    [open_round] = RationalisationRound.objects.filter(closed_at__isnull=True)
    total = in_all(progress_by_area(open_round))
    assert min(found[key] for key in ("standards", "two_factor_off", "connection_lost")) >= 1
    assert found["standards"] < found[ALL]
    assert by_hand.last_post_on
    assert account("WealdmoorDC", "x").last_post_on
    assert 0 < total.done < total.decided < total.accounts


def test_a_closing_waits_to_be_finished_with_its_archive_made():
    planning = account("WealdmoorPlanning", "youtube")
    archive = planning.archives.get()
    assert archive.posts > 0
    assert archive.lost == 0
    assert not_ready(planning) == []


def test_a_request_waits_for_communications_with_everything_answered():
    request = AccountRequest.objects.with_answers().get()
    assert request.state == RequestState.WITH_COMMUNICATIONS
    assert not_done(request) == []
    waiting = to_decide(User.objects.get(email__startswith="david.brandt"))
    assert list(waiting) == [request]


def test_everybody_to_try_can_sign_in_but_the_one_who_left():
    able = {one.email for one in SIGN_INS if authenticate(None, email=one.email, password=PASSWORD)}
    assert {one.email for one in SIGN_INS} - able == {"peter.vance@wealdmoor.example"}


def test_somebody_without_an_e_mail_address_signs_in_at_the_terminal():
    here = AT_THE_TERMINAL
    assert authenticate(None, staff_number=here.number, code=here.code) == User.objects.get(
        name=here.name
    )
    sheet = Completion.objects.exclude(evidence="")
    assert {each.user.name for each in sheet} == {"Reg Cole", "Andrzej Wilk"}


def test_residents_have_spoken_for_three_months_and_nobody_from_the_future():
    now = timezone.now()
    times = Mention.objects.aggregate(first=Min("said_at"), last=Max("said_at"))
    assert 1_950 <= Mention.objects.count() <= 2_050
    assert now - timedelta(days=91) < times["first"] < now - timedelta(days=87)
    assert times["last"] <= now
    assert sum(DailyMentions.objects.values_list("count", flat=True)) == Mention.objects.count()


def test_each_watched_account_has_eighteen_months_of_figures():
    for one in SocialAccount.objects.publishable().exclude(state=AccountState.REQUESTED):
        days = DailyFigure.objects.filter(account=one).values("on").distinct().count()
        assert days >= 548


def test_the_trail_is_unbroken_and_in_the_order_of_time():
    assert verify().unbroken
    times = list(Entry.objects.order_by("sequence").values_list("at", flat=True))
    assert times == sorted(times)
    assert len(times) > 500


def test_a_second_start_adds_nothing(capsys):
    before = [model.objects.count() for model in (Post, Mention, User, Entry, DailyFigure)]
    call_command("load_demonstration")
    assert [m.objects.count() for m in (Post, Mention, User, Entry, DailyFigure)] == before
    assert capsys.readouterr().out == ""


def test_two_pages_are_connected_by_signing_in_and_one_of_them_ends_soon():
    signed_in = Credential.objects.exclude(granted_as="").order_by("expires_at")
    kept = list(signed_in.values_list("account__handle", "connected_by__name"))
    assert kept == [("RecycleWealdmoor", "Tom Okafor"), ("WealdmoorCouncil", "Tom Okafor")]
    in_a_week = timezone.now() + timedelta(days=7)
    assert signed_in.filter(expires_at__lt=in_a_week).count() == 1
    assert to_connect_again(SocialAccount.objects.all()).count() == 2


def test_a_policy_is_in_consultation_and_another_waits_for_the_committee():
    drafts = PolicyVersion.objects.drafts().select_related("document")
    ready = {each.document.slug: readiness_of(each) for each in drafts}
    asked = ready["social-media-guidelines"]
    assert asked.next_step == "In consultation: 2 of 7 signed off"
    assert {each.stand for each in asked.positions} == {
        Stand.SIGNED_OFF,
        Stand.CHANGES_ASKED,
        Stand.EARLIER_WORDING,
        Stand.WAITING,
    }
    assert asked.version.comments.count() == 2
    assert ready["social-media-strategy"].next_step == "Waits for the committee"


def test_the_strategy_has_a_phase_that_is_complete_and_actions_that_are_late():
    found = progress()
    assert next(each.words for each in found.phases) == "Complete"
    assert len(found.late) == 1
    assert found.due_next
    assert {each.state for phase in found.phases for each in phase.actions} == set(ActionState)


def test_a_page_that_was_connected_by_signing_in_works_in_a_sandbox_that_forgot(stand_in):
    recycling = account("RecycleWealdmoor", "facebook")
    stand_in.control.set_tokens("facebook", "RecycleWealdmoor", "revoked")
    connect_again(stand_in.control)
    assert connect(recycling).identify().handle == "RecycleWealdmoor"


def test_a_start_days_later_says_how_to_begin_anew(capsys):
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=5)):
        call_command("load_demonstration")
    said = capsys.readouterr().out
    assert "loaded 3 days ago" in said
    assert "./run demo --fresh" in said


def test_an_account_that_was_closed_meanwhile_is_not_connected_again(stand_in):
    planning = account("WealdmoorPlanning", "youtube")
    finish_closing(by=User.objects.get(email__startswith="tom.okafor"), account=planning)
    assert connect_again(stand_in.control) == 0
    assert not Credential.objects.filter(account=planning).exists()


def test_a_sign_in_that_does_not_open_is_stored_anew(stand_in):
    broken = account("WealdmoorLibs", "x")
    Credential.objects.filter(account=broken).update(ciphertext=b"of another key")
    assert connect_again(stand_in.control) == 1
    assert open_credential(broken)["access_token"]
    assert connect_again(stand_in.control) == 0
